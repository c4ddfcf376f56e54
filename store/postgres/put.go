package postgres

import (
	"context"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// PutGraduate implements store.Tx, as do the methods below.
func (t *tx) PutGraduate(ctx context.Context, g *matching.Graduate, personal *matching.Personal) error {
	sealed, err := layout.SealPersonal(t.keys, g.ID, personal)
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
	sealed, err := layout.SealContact(t.keys, e.ID, contact)
	if err != nil {
		return t.doom("postgres.put employer", err)
	}
	return put(ctx, t, &employers, e, sealed)
}

// PutInstitute stores an institute.
func (t *tx) PutInstitute(ctx context.Context, i *matching.Institute) error {
	return put(ctx, t, &institutes, i, nil)
}

// PutPlace stores an imported place, in the stead of one with its id.
func (t *tx) PutPlace(ctx context.Context, p store.ImportedPlace) error {
	const op = "postgres.put place"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if err := layout.CheckPlace(p); err != nil {
		return t.doom(op, err)
	}
	if p.Imported.IsZero() {
		p.Imported = t.at
	}
	var version int64
	err := t.about().row(ctx, `INSERT INTO place (id, version, source, imported, body) VALUES ($1, 1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET version = place.version + 1, source = excluded.source, imported = excluded.imported,
		body = excluded.body RETURNING version`, []any{p.ID, p.Source, layout.Micro(p.Imported), string(p.Body)}, &version)
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
	next, err := layout.Token(*k, t.at)
	if err != nil {
		return t.doom(op, err)
	}
	var version int64
	err = t.about().row(ctx, `INSERT INTO token (`+layout.TokenColumns+`, version) VALUES ($1, $2, $3, $4, $5, $6, 1)
		ON CONFLICT (id) DO UPDATE SET version = token.version + 1, role = excluded.role, subject = excluded.subject,
		hash = excluded.hash, created = excluded.created, expires = excluded.expires RETURNING version`,
		layout.TokenRow(next), &version)
	if err != nil {
		return t.doom(op, err)
	}
	t.append(store.TokenNoun, k.ID, version, store.Put)
	layout.Set(&t.undo, k, next)
	return nil
}
