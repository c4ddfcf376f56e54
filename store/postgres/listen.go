package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// How long the listener pauses before it connects again, at first and at most.
const (
	firstRelisten = 100 * time.Millisecond
	lastRelisten  = time.Second
)

// listen rings the bell at every commit of every process, on a connection of its own, until the store closes.
func (s *Store) listen(config *pgx.ConnConfig) {
	defer s.listening.Done()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-s.closing
		cancel()
	}()
	wait, told := firstRelisten, false
	for ctx.Err() == nil {
		heard, err := s.hear(ctx, config, func() {
			if told {
				s.log.Info("the database is back")
				told = false
			}
		})
		if ctx.Err() != nil {
			return
		}
		if !told {
			s.log.Warn("the database does not tell of commits just now", "error", fail("postgres.listen", err))
			told = true
		}
		if wait = min(2*wait, lastRelisten); heard {
			wait = firstRelisten
		}
		pause(ctx, wait)
	}
}

// hear listens on one connection until it fails. heard tells whether it was connected at all.
func (s *Store) hear(ctx context.Context, config *pgx.ConnConfig, connected func()) (heard bool, err error) {
	c, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return false, err
	}
	defer closeQuietly(c)
	subscribing, cancel := context.WithTimeout(ctx, config.ConnectTimeout)
	defer cancel()
	if _, err := c.Exec(subscribing, "LISTEN "+channel); err != nil {
		return false, err
	}
	connected()
	s.bell.Ring() // what was committed while nobody listened
	for {
		if _, err := c.WaitForNotification(ctx); err != nil {
			return true, err
		}
		s.bell.Ring()
	}
}
