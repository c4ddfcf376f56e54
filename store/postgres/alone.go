package postgres

import (
	"context"
	"hash/fnv"
	"time"

	"github.com/jackc/pgx/v5"

	"rabta/store"
)

// aloneClass begins the pair of numbers of the advisory locks of Alone, apart from those of one number.
const aloneClass = 0x72616274

// spendClass begins the pairs of Spend.
const spendClass = aloneClass + 1

// How often who runs alone asks whether its lock is still there, and how long the answer may take. Its server notices later (settle has
// it ask after 10 s, and then three times every 5), so that nobody else begins before we have stopped.
const (
	aloneEvery  = 2 * time.Second
	aloneAnswer = 3 * time.Second
)

// Alone implements store.Store, by an advisory lock on a connection that is kept for it: whoever dies loses it.
func (s *Store) Alone(ctx context.Context, name string, do func(context.Context) error) (bool, error) {
	const op = "postgres.Alone"
	select {
	case <-s.closing:
		return false, store.Closed()
	default:
	}
	c, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return false, fail(op, err)
	}
	defer closeQuietly(c) // and with it the lock goes
	if err := keepAlive(ctx, c); err != nil {
		return false, fail(op, err)
	}
	h := fnv.New32a()
	h.Write([]byte(name))
	var held bool
	if err := c.QueryRow(ctx, "SELECT pg_try_advisory_lock($1, $2)", int32(aloneClass), int32(h.Sum32())).Scan(&held); err != nil || !held {
		return false, fail(op, err)
	}
	ctx, lose := context.WithCancel(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		defer lose()
		watch(ctx, c)
	}()
	defer func() { lose(); <-watched }() // before the connection is closed
	return true, do(ctx)
}

// watch returns when the connection does not answer any more, or ctx ends.
func watch(ctx context.Context, c *pgx.Conn) {
	for {
		pause(ctx, aloneEvery)
		if ctx.Err() != nil {
			return
		}
		asked, cancel := context.WithTimeout(context.WithoutCancel(ctx), aloneAnswer)
		err := c.Ping(asked)
		cancel()
		if err != nil {
			return
		}
	}
}
