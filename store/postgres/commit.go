package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"rabta/internal/fault"
	"rabta/store"
	"rabta/store/layout"
)

// entry is a journal entry that has no position yet.
type entry struct {
	noun      store.Noun
	id        string
	version   int64
	operation store.Operation
}

// append adds a journal entry behind the others of the transaction.
func (t *tx) append(noun store.Noun, id string, version int64, operation store.Operation) {
	t.entries = append(t.entries, entry{noun, id, version, operation})
}

// channel is where a commit is told to those who wait for it.
const channel = "rabta_journal"

// flushRows is how many entries one statement writes.
const flushRows = 10_000

// flushSQL takes the next $1 positions for as many entries and tells of them once they are committed. The head's row stays locked
// until then: nobody else's entries come between, and nobody's positions are ever seen out of order. The transaction's replies learn
// where they stand.
const flushSQL = `WITH head AS (UPDATE journal_head SET position = position + $1 RETURNING epoch, position),
	written AS (INSERT INTO journal (position, noun, id, version, op, at)
		SELECT head.position - $1 + e.n, e.noun, e.id, e.version, e.op, $2
		FROM head, unnest($3::text[], $4::text[], $5::bigint[], $6::text[]) WITH ORDINALITY AS e (noun, id, version, op, n)),
	replied AS (UPDATE reply SET position = head.position
		FROM head, unnest($7::text[], $8::text[], $9::bytea[]) AS r (subject, operation, key)
		WHERE reply.subject = r.subject AND reply.operation = r.operation AND reply.key = r.key)
	SELECT epoch, position, pg_notify('` + channel + `', '') FROM head`

// flush writes what the transaction has kept back: new records, then the entries.
func (t *tx) flush(ctx context.Context) error {
	if err := t.send(ctx); err != nil {
		return err
	}
	for len(t.entries) > 0 {
		n := min(len(t.entries), flushRows)
		nouns, ids, versions, operations := make([]string, n), make([]string, n), make([]int64, n), make([]string, n)
		for i, e := range t.entries[:n] {
			nouns[i], ids[i], versions[i], operations[i] = string(e.noun), e.id, e.version, string(e.operation)
		}
		var epoch string
		var position int64
		err := t.conn.QueryRow(ctx, flushSQL, int64(n), layout.Micro(t.at), nouns, ids, versions, operations,
			t.replies.subjects, t.replies.operations, t.replies.keys).Scan(&epoch, &position, nil)
		if err != nil {
			return err
		}
		t.entries = t.entries[n:]
		t.head = &store.Head{Epoch: store.Epoch(epoch), Position: store.Position(position)}
	}
	return nil
}

// commit makes the transaction durable.
func (t *tx) commit(ctx context.Context) error {
	if err := commit(ctx, t.conn); err != nil {
		return t.doom("postgres.commit", err)
	}
	t.ended = true
	return nil
}

// commit ends a transaction. When the answer does not come, nobody knows whether it is durable: that is said, and it is not tried again.
func commit(ctx context.Context, c *pgx.Conn) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.IsClosed() {
		return pgconn.ErrConnClosed
	}
	delete(c.PgConn().CustomData(), unreplicated)
	answers, err := c.PgConn().Exec(ctx, "COMMIT").ReadAll()
	switch {
	case err != nil && certain(err):
		return err
	case err != nil:
		return &fault.Error{Kind: fault.Unavailable, Op: "postgres.commit", Message: unknownOutcome, Err: plain(err)}
	case c.PgConn().CustomData()[unreplicated] != nil:
		return fault.New(fault.Unavailable, "postgres.commit", unknownOutcome)
	case len(answers) != 1 || answers[0].CommandTag.String() != "COMMIT":
		return errUndone
	}
	return nil
}

// unknownOutcome is what a caller is told of a commit whose answer was lost.
const unknownOutcome = "It is not known whether this was stored: the answer of the database was lost. Send it again with the same Idempotency-Key."

// certain tells whether a commit that was sent has certainly changed nothing: the server has refused it and lives. What pgx says of
// other errors is no proof: of a connection that was lost before the answer it may say that nothing was sent.
func certain(err error) bool {
	server, ok := errors.AsType[*pgconn.PgError](err)
	return ok && server.SeverityUnlocalized == "ERROR"
}

// unreplicated marks a connection whose commit the server has answered although no replica had it yet.
const unreplicated = "rabta unreplicated"

// noteUnreplicated hears the server's warnings. The one that it may give to a commit says that it has stopped waiting for the
// synchronous replica: what is then called committed could be lost with this server.
func noteUnreplicated(c *pgconn.PgConn, notice *pgconn.Notice) {
	if notice.Code == codeWarning {
		c.CustomData()[unreplicated] = true
	}
}
