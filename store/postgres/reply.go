package postgres

import (
	"bytes"
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"rabta/store"
	"rabta/store/layout"
)

// forgetBatch is how many replies one step of ForgetReplies removes: few enough that writers wait for milliseconds.
const forgetBatch = 1000

// Reply finds what a request was answered with.
func (v view) Reply(ctx context.Context, subject, operation string, key []byte) (*store.Reply, error) {
	const op = "postgres.Reply"
	r := &store.Reply{Subject: subject, Operation: operation, Key: bytes.Clone(key)}
	var position, at int64
	err := v.about().row(ctx, "SELECT body, status, id, version, position, at FROM reply WHERE subject = $1 AND operation = $2 AND key = $3",
		[]any{subject, operation, key}, &r.Body, &r.Status, (*string)(&r.ID), &r.Version, &position, &at)
	if err != nil {
		return nil, fail(op, err)
	}
	r.Position, r.At = store.Position(position), layout.Time(at)
	return r, nil
}

// PutReply keeps what a request is answered with. Its position is that of the transaction's last entry, which is known when the entries
// are written: until then it has the position of before.
func (t *tx) PutReply(ctx context.Context, r *store.Reply) error {
	const op = "postgres.put reply"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if err := layout.CheckReply(r); err != nil {
		return t.doom(op, err)
	}
	err := t.about().exec(ctx, `INSERT INTO reply (subject, operation, key, body, status, id, version, position, at)
		SELECT $1, $2, $3, $4, $5, $6, $7, position, $8 FROM journal_head`,
		r.Subject, r.Operation, r.Key, r.Body, r.Status, string(r.ID), r.Version, layout.Micro(t.at))
	if err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	t.replies.subjects = append(t.replies.subjects, r.Subject)
	t.replies.operations = append(t.replies.operations, r.Operation)
	t.replies.keys = append(t.replies.keys, r.Key)
	return nil
}

// replies are the primary keys of the replies that a transaction has put.
type replies struct {
	subjects, operations []string
	keys                 [][]byte
}

// forgetRepliesAbout removes the replies that name a record.
func (t *tx) forgetRepliesAbout(ctx context.Context, id string) error {
	return t.about().exec(ctx, "DELETE FROM reply WHERE id = $1", id)
}

// ForgetReplies removes the replies of before a time.
func (s *Store) ForgetReplies(ctx context.Context, before time.Time) (int, error) {
	return s.inSteps(ctx, "postgres.ForgetReplies", forgetBatch, `DELETE FROM reply WHERE (subject, operation, key) IN
		(SELECT subject, operation, key FROM reply WHERE at < $1 LIMIT $2)`, layout.Micro(before))
}

// inSteps runs a statement that removes up to $2 rows of before $1 until it removes fewer, and tells how many they were.
func (s *Store) inSteps(ctx context.Context, op string, step int, statement string, before int64) (int, error) {
	for total := 0; ; {
		var removed int64
		err := s.exclusively(ctx, func(c *pgx.Conn) error {
			tag, err := c.Exec(ctx, statement, before, step)
			removed = tag.RowsAffected()
			return err
		})
		if err != nil {
			return total, fail(op, err)
		}
		if total += int(removed); removed < int64(step) {
			return total, nil
		}
	}
}
