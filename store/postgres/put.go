package postgres

import (
	"context"
	"encoding/json"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// PutGraduate implements store.Tx, as do the methods below.
func (t *tx) PutGraduate(ctx context.Context, g *matching.Graduate, personal *matching.Personal) error {
	sealed, err := sealPersonal(t.keys, g.ID, personal)
	if err != nil {
		return t.doom("postgres.put graduate", err)
	}
	return put(ctx, t, &graduates, g, sealed)
}

// PutPosting stores a posting.
func (t *tx) PutPosting(ctx context.Context, p *matching.Posting) error {
	return put(ctx, t, &postings, p, nil)
}

// PutEmployer stores an employer, and seals how it is reached.
func (t *tx) PutEmployer(ctx context.Context, e *matching.Employer, contact *matching.EmployerContact) error {
	sealed, err := sealContact(t.keys, e.ID, contact)
	if err != nil {
		return t.doom("postgres.put employer", err)
	}
	return put(ctx, t, &employers, e, sealed)
}

// PutInstitute stores an institute.
func (t *tx) PutInstitute(ctx context.Context, i *matching.Institute) error {
	return put(ctx, t, &institutes, i, nil)
}

// sealPersonal gives the values of a graduate's sealed columns: nil for nil, nothing but NULLs for a person without any.
func sealPersonal(keys *store.Keys, id matching.ID, p *matching.Personal) ([]any, error) {
	if p == nil {
		return nil, nil
	}
	if *p == (matching.Personal{}) {
		return make([]any, len(graduates.sealed)), nil
	}
	blob, err := sealJSON(keys, id, store.PersonalColumn, p)
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
	return []any{blob, int64(keys.SealingVersion()), phone, cnic, int64(keys.LookupVersion())}, nil
}

// sealContact is sealPersonal for an employer.
func sealContact(keys *store.Keys, id matching.ID, c *matching.EmployerContact) ([]any, error) {
	if c == nil {
		return nil, nil
	}
	if *c == (matching.EmployerContact{}) {
		return make([]any, len(employers.sealed)), nil
	}
	blob, err := sealJSON(keys, id, store.ContactColumn, c)
	if err != nil {
		return nil, err
	}
	return []any{blob, int64(keys.SealingVersion())}, nil
}

func sealJSON(keys *store.Keys, id matching.ID, column string, value any) ([]byte, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return nil, errDamaged
	}
	return keys.Seal(id, column, plain)
}

// PutPlace stores an imported place, in the stead of one with its id.
func (t *tx) PutPlace(ctx context.Context, p store.ImportedPlace) error {
	const op = "postgres.put place"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if p.ID == "" || !json.Valid(p.Body) {
		return t.doom(op, fault.Field("place", "A place needs an id and a body in JSON."))
	}
	if p.Imported.IsZero() {
		p.Imported = t.at
	}
	var version int64
	err := t.about().row(ctx, `INSERT INTO place (id, version, source, imported, body) VALUES ($1, 1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET version = place.version + 1, source = excluded.source, imported = excluded.imported,
		body = excluded.body RETURNING version`, []any{p.ID, p.Source, micro(p.Imported), string(p.Body)}, &version)
	if err != nil {
		return t.doom(op, err)
	}
	t.append(store.PlaceNoun, p.ID, version, store.Put)
	return nil
}

// PutToken stores a token, in the stead of one with its id.
func (t *tx) PutToken(ctx context.Context, k *store.Token) error {
	const op = "postgres.put token"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if k.ID == "" || len(k.Hash) != store.TokenHashBytes {
		return t.doom(op, fault.Field("token", "A token needs an id and the SHA-256 of its secret."))
	}
	created := store.UTC(k.Created)
	if k.Created.IsZero() {
		created = t.at
	}
	var expires any
	if !k.Expires.IsZero() {
		expires = micro(k.Expires)
	}
	var version int64
	err := t.about().row(ctx, `INSERT INTO token (id, version, role, subject, hash, created, expires) VALUES ($1, 1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET version = token.version + 1, role = excluded.role, subject = excluded.subject,
		hash = excluded.hash, created = excluded.created, expires = excluded.expires RETURNING version`,
		[]any{k.ID, k.Role, string(k.Subject), k.Hash, micro(created), expires}, &version)
	if err != nil {
		return t.doom(op, err)
	}
	t.append(store.TokenNoun, k.ID, version, store.Put)
	wasCreated, wasExpires := k.Created, k.Expires
	t.undo = append(t.undo, func() { k.Created, k.Expires = wasCreated, wasExpires })
	k.Created = created
	if !k.Expires.IsZero() {
		k.Expires = store.UTC(k.Expires)
	}
	return nil
}
