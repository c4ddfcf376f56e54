package sqlite

import (
	"bytes"
	"context"
	"time"

	"rabta/store"
	"rabta/store/layout"
)

// forgetBatch is how many replies one step of ForgetReplies removes: few enough that writers wait for milliseconds.
const forgetBatch = 1000

// Reply finds what a request was answered with.
func (v view) Reply(ctx context.Context, subject, operation string, key []byte) (*store.Reply, error) {
	const op = "sqlite.Reply"
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	r := &store.Reply{Subject: subject, Operation: operation, Key: bytes.Clone(key)}
	var position, at int64
	err := v.conn.row("SELECT body, status, id, version, position, at FROM reply WHERE subject = ? AND operation = ? AND key = ?",
		[]any{subject, operation, key}, &r.Body, &r.Status, (*string)(&r.ID), &r.Version, &position, &at)
	if err != nil {
		return nil, fail(op, err)
	}
	r.Position, r.At = store.Position(position), layout.Time(at)
	return r, nil
}

// PutReply keeps what a request is answered with. Its position is that of the last entry so far: the change is written before it.
func (t *tx) PutReply(ctx context.Context, r *store.Reply) error {
	const op = "sqlite.put reply"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if err := layout.CheckReply(r); err != nil {
		return t.doom(op, err)
	}
	err := t.conn.exec("INSERT INTO reply (subject, operation, key, body, status, id, version, position, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		r.Subject, r.Operation, r.Key, r.Body, r.Status, string(r.ID), r.Version, int64(t.head.Position), layout.Micro(t.at))
	if err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	return nil
}

// forgetRepliesAbout removes the replies that name a record.
func (t *tx) forgetRepliesAbout(id string) error {
	return t.conn.exec("DELETE FROM reply WHERE id = ?", id)
}

// ForgetReplies removes the replies of before a time.
func (s *Store) ForgetReplies(ctx context.Context, before time.Time) (int, error) {
	const op = "sqlite.ForgetReplies"
	for total := 0; ; {
		var done int64
		err := s.exclusively(ctx, func(c *conn) error {
			err := c.exec(`DELETE FROM reply WHERE (subject, operation, key) IN
				(SELECT subject, operation, key FROM reply WHERE at < ? LIMIT ?)`, layout.Micro(before), forgetBatch)
			if err != nil {
				return err
			}
			return c.row("SELECT changes()", nil, &done)
		})
		if err != nil {
			return total, fail(op, err)
		}
		if total += int(done); done < forgetBatch {
			return total, nil
		}
	}
}
