package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"rabta/internal/fault"
	"rabta/store"
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
// until then: nobody else's entries come between, and nobody's positions are ever seen out of order.
const flushSQL = `WITH head AS (UPDATE journal_head SET position = position + $1 RETURNING epoch, position),
	written AS (INSERT INTO journal (position, noun, id, version, op, at)
		SELECT head.position - $1 + e.n, e.noun, e.id, e.version, e.op, $2
		FROM head, unnest($3::text[], $4::text[], $5::bigint[], $6::text[]) WITH ORDINALITY AS e (noun, id, version, op, n))
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
		err := t.conn.QueryRow(ctx, flushSQL, int64(n), micro(t.at), nouns, ids, versions, operations).Scan(&epoch, &position, nil)
		if err != nil {
			return err
		}
		t.entries = t.entries[n:]
		t.head = &store.Head{Epoch: store.Epoch(epoch), Position: store.Position(position)}
	}
	return nil
}

// commit makes the transaction durable. When the answer does not come, nobody knows whether it is: that is said, and it is not tried
// again.
func (t *tx) commit(ctx context.Context) error {
	delete(t.conn.PgConn().CustomData(), unreplicated)
	tag, err := t.conn.Exec(ctx, "COMMIT")
	switch {
	case err != nil && certain(err):
		return t.doom("postgres.commit", err)
	case err != nil:
		return &fault.Error{Kind: fault.Unavailable, Op: "postgres.commit", Message: unknownOutcome, Err: plain(err)}
	case t.conn.PgConn().CustomData()[unreplicated] != nil:
		return fault.New(fault.Unavailable, "postgres.commit", unknownOutcome)
	case tag.String() != "COMMIT":
		return errUndone
	}
	t.ended = true
	return nil
}

// unknownOutcome is what a caller is told of a commit whose answer was lost.
const unknownOutcome = "It is not known whether this was stored: the answer of the database was lost. Send it again with the same Idempotency-Key."

// certain tells whether a failed commit has certainly changed nothing: it was never sent, or the server has refused it and lives.
func certain(err error) bool {
	if server, ok := errors.AsType[*pgconn.PgError](err); ok {
		return server.SeverityUnlocalized == "ERROR"
	}
	return pgconn.SafeToRetry(err)
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
