package layout

import (
	"encoding/json"

	"rabta/matching"
	"rabta/store"
)

// sealedColumns are those of any sealed part: the blob, and the version of the key that it is sealed with.
func sealedColumns() []string { return []string{"sealed", "sealing_key"} }

// personalColumns are sealedColumns and what a person is looked up by.
func personalColumns() []string {
	return append(sealedColumns(), "phone_mac", "cnic_mac", "lookup_key")
}

// SealedParts names what is sealed in the column sealed of each table that has one, which its opening wants to know.
func SealedParts() map[store.Noun]string {
	return map[store.Noun]string{
		store.GraduateNoun: store.PersonalColumn, store.EmployerNoun: store.ContactColumn, store.ApplicationNoun: store.TextColumn,
	}
}

// SealPersonal gives the values of a graduate's sealed columns: nil for nil, nothing but NULLs for a person without any.
func SealPersonal(keys *store.Keys, id matching.ID, p *matching.Personal) ([]any, error) {
	if p == nil {
		return nil, nil
	}
	if *p == (matching.Personal{}) {
		return make([]any, len(personalColumns())), nil
	}
	sealed, err := seal(keys, id, store.PersonalColumn, p)
	if err != nil {
		return nil, err
	}
	var phone, cnic any // NULL without one
	if p.Phone != "" {
		if phone, err = keys.PhoneMAC(p.Phone); err != nil {
			return nil, err
		}
	}
	if p.CNIC != "" {
		if cnic, err = keys.CNICMAC(p.CNIC); err != nil {
			return nil, err
		}
	}
	return append(sealed, phone, cnic, int64(keys.LookupVersion())), nil
}

// SealContact is SealPersonal for how an employer is reached.
func SealContact(keys *store.Keys, id matching.ID, c *matching.EmployerContact) ([]any, error) {
	return sealOne(keys, id, store.ContactColumn, c)
}

// SealText is SealPersonal for the text of an application.
func SealText(keys *store.Keys, id matching.ID, text *string) ([]any, error) {
	return sealOne(keys, id, store.TextColumn, text)
}

func sealOne[T comparable](keys *store.Keys, id matching.ID, column string, value *T) ([]any, error) {
	var none T
	if value == nil {
		return nil, nil
	}
	if *value == none {
		return make([]any, len(sealedColumns())), nil
	}
	return seal(keys, id, column, value)
}

// seal gives the values of sealedColumns.
func seal(keys *store.Keys, id matching.ID, column string, value any) ([]any, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return nil, ErrDamaged
	}
	blob, err := keys.Seal(id, column, plain)
	if err != nil {
		return nil, err
	}
	return []any{blob, int64(keys.SealingVersion())}, nil
}

// Open opens a sealed part into dest, with the keys given or newer ones of the ring.
func Open(ring *store.Keyring, keys *store.Keys, id matching.ID, column string, blob []byte, dest any) error {
	plain, err := ring.Open(keys, id, column, blob)
	if err != nil {
		return err
	}
	if json.Unmarshal(plain, dest) != nil {
		return ErrDamaged
	}
	return nil
}

// Reseal gives a function that opens what is sealed in a column and seals it again by one of the functions above.
func Reseal[T any](ring *store.Keyring, keys *store.Keys, column string,
	seal func(*store.Keys, matching.ID, *T) ([]any, error)) func(matching.ID, []byte) ([]any, error) {
	return func(id matching.ID, blob []byte) ([]any, error) {
		var part T
		if err := Open(ring, keys, id, column, blob, &part); err != nil {
			return nil, err
		}
		return seal(keys, id, &part)
	}
}
