package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
)

// Look is one entry of the audit log: somebody read what is personal, or was given it. It holds identifiers and nothing personal.
// Entries are numbered from 1 without gaps, and each carries a MAC over itself and the MAC before it: nobody can change, drop or
// insert one unseen without the key, and whoever kept a later MAC notices when the end was cut off.
type Look struct {
	Number   uint64      `json:"number"` // set by the store
	At       time.Time   `json:"at"`     // set by the store
	Role     string      `json:"role"`   // who looked: the role and subject of the token
	Subject  string      `json:"subject"`
	Action   string      `json:"action"`             // the operation's id: "list-contacts"
	Graduate matching.ID `json:"graduate,omitempty"` // whose data
	Posting  matching.ID `json:"posting,omitempty"`  // for which posting
	MAC      []byte      `json:"mac"`                // set by the store; 32 bytes
}

// LookFilter narrows the audit log; what is empty lets everything through.
type LookFilter struct {
	Graduate, Posting matching.ID
	Subject           string // of the token that looked
}

// AuditMAC gives the MAC of an entry whose predecessor has the MAC before (nil for the first): HMAC-SHA256 under a key derived from
// the first lookup key, which rotations keep. Lengths go before texts, so that no two entries read the same.
func (k *Keys) AuditMAC(before []byte, l *Look) []byte {
	h := hmac.New(sha256.New, derive(k.lookup[0].Key, "rabta audit"))
	write := func(text string) {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(text))))
		h.Write([]byte(text))
	}
	write(string(before))
	h.Write(binary.BigEndian.AppendUint64(nil, l.Number))
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(l.At.UnixMicro())))
	for _, text := range []string{l.Role, l.Subject, l.Action, string(l.Graduate), string(l.Posting)} {
		write(text)
	}
	return h.Sum(nil)
}

// CheckLook tells whether an entry follows the one before it (nil: it is the first): a fault.Conflict that names its number when it does not.
func (k *Keys) CheckLook(before, l *Look) error {
	number, mac := uint64(1), []byte(nil)
	if before != nil {
		number, mac = before.Number+1, before.MAC
	}
	if l.Number == number && hmac.Equal(k.AuditMAC(mac, l), l.MAC) {
		return nil
	}
	return fault.New(fault.Conflict, "store.CheckLook", "The audit log was changed at entry "+strconv.FormatUint(number, 10)+
		": it, or one before it, is not what was written.")
}
