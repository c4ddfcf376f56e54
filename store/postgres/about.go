package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"rabta/matching"
	"rabta/store"
)

// TokensOf lists the tokens of a subject.
func (v view) TokensOf(ctx context.Context, subject matching.ID) ([]store.Token, error) {
	const op = "postgres.TokensOf"
	var tokens []store.Token
	err := v.each(ctx, "SELECT id, role, subject, created, expires FROM token WHERE subject = $1 ORDER BY id", []any{string(subject)},
		func(rows pgx.Rows) error {
			var t store.Token
			var created int64
			var expires *int64
			if err := rows.Scan(&t.ID, &t.Role, (*string)(&t.Subject), &created, &expires); err != nil {
				return err
			}
			t.Created = fromMicro(created)
			if expires != nil {
				t.Expires = fromMicro(*expires)
			}
			tokens = append(tokens, t)
			return nil
		})
	return tokens, fail(op, err)
}

// RepliesAbout lists the replies that name a record.
func (v view) RepliesAbout(ctx context.Context, id matching.ID) ([]store.Reply, error) {
	const op = "postgres.RepliesAbout"
	var replies []store.Reply
	err := v.each(ctx, "SELECT subject, operation, status, id, version, position, at FROM reply WHERE id = $1 ORDER BY at", []any{string(id)},
		func(rows pgx.Rows) error {
			var r store.Reply
			var position, at int64
			err := rows.Scan(&r.Subject, &r.Operation, &r.Status, (*string)(&r.ID), &r.Version, &position, &at)
			r.Position, r.At = store.Position(position), fromMicro(at)
			replies = append(replies, r)
			return err
		})
	return replies, fail(op, err)
}
