package sqlite

import (
	"context"
	"database/sql"

	"rabta/matching"
	"rabta/store"
)

// TokensOf lists the tokens of a subject.
func (v view) TokensOf(ctx context.Context, subject matching.ID) ([]store.Token, error) {
	const op = "sqlite.TokensOf"
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	var tokens []store.Token
	err := v.conn.each("SELECT id, role, subject, created, expires FROM token WHERE subject = ? ORDER BY id", []any{string(subject)},
		func(rows *sql.Rows) error {
			var t store.Token
			var created int64
			var expires sql.NullInt64
			if err := rows.Scan(&t.ID, &t.Role, (*string)(&t.Subject), &created, &expires); err != nil {
				return err
			}
			t.Created = fromMicro(created)
			if expires.Valid {
				t.Expires = fromMicro(expires.Int64)
			}
			tokens = append(tokens, t)
			return nil
		})
	return tokens, fail(op, err)
}

// RepliesAbout lists the replies that name a record.
func (v view) RepliesAbout(ctx context.Context, id matching.ID) ([]store.Reply, error) {
	const op = "sqlite.RepliesAbout"
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	var replies []store.Reply
	err := v.conn.each("SELECT subject, operation, status, id, version, position, at FROM reply WHERE id = ? ORDER BY at", []any{string(id)},
		func(rows *sql.Rows) error {
			var r store.Reply
			var position, at int64
			err := rows.Scan(&r.Subject, &r.Operation, &r.Status, (*string)(&r.ID), &r.Version, &position, &at)
			r.Position, r.At = store.Position(position), fromMicro(at)
			replies = append(replies, r)
			return err
		})
	return replies, fail(op, err)
}
