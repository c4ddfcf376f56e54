package postgres

import (
	"context"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// Application reads an application.
func (v view) Application(ctx context.Context, id matching.ID) (*matching.Application, error) {
	return get(ctx, v, &applications, id)
}

// ApplicationOf finds the application of a graduate for a posting.
func (v view) ApplicationOf(ctx context.Context, graduate, posting matching.ID) (*matching.Application, error) {
	const op = "postgres.ApplicationOf"
	query := "SELECT " + layout.ReadColumns + " FROM application WHERE graduate = $1 AND posting = $2"
	a, err := one(ctx, v, v.locked(query), []any{string(graduate), string(posting)}, applications.Read)
	return a, fail(op, err)
}

// ApplicationsOf lists the applications of a graduate or of a posting.
func (v view) ApplicationsOf(ctx context.Context, owner, after matching.ID, limit int) ([]*matching.Application, error) {
	switch {
	case owner.Is(matching.GraduatePrefix):
		return of(ctx, v, &applications, "graduate", owner, after, limit)
	case owner.Is(matching.PostingPrefix):
		return of(ctx, v, &applications, "posting", owner, after, limit)
	}
	return nil, fault.Field("of", "Applications are those of a graduate or of a posting. Send the id of one.")
}

// ApplicationText opens what was written with an application.
func (v view) ApplicationText(ctx context.Context, id matching.ID) (string, error) {
	var text string
	err := v.unseal(ctx, store.ApplicationNoun, "SELECT sealed FROM application WHERE id = $1", id, store.TextColumn, &text)
	return text, fail("postgres.ApplicationText", err)
}

// EachApplication walks the applications of one snapshot.
func (v view) EachApplication(ctx context.Context, after matching.ID, visit func(*matching.Application) error) (store.Head, error) {
	return withHead(ctx, v, func() error { return walk(ctx, v, &applications, after, visit) })
}

// PutApplication stores an application, and seals what was written with it.
func (t *tx) PutApplication(ctx context.Context, a *matching.Application, text *string) error {
	sealed, err := layout.SealText(t.keys, a.ID, text)
	if err != nil {
		return t.doom("postgres.put application", err)
	}
	return put(ctx, t, &applications, a, sealed)
}

// removeAll deletes the rows of a noun whose column has a value, each with its entry, in id order.
func (t *tx) removeAll(ctx context.Context, noun store.Noun, column string, value matching.ID) error {
	ids, err := t.ids(ctx, "SELECT id FROM "+string(noun)+" WHERE "+column+" = $1 ORDER BY id", string(value))
	if err != nil {
		return t.doom("postgres.delete "+string(noun)+" of "+column, err)
	}
	for _, id := range ids {
		if err := t.remove(ctx, noun, string(id)); err != nil {
			return err
		}
	}
	return nil
}
