package postgres_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"rabta/store"
	"rabta/store/postgres"
	"rabta/store/postgres/cluster"
	"rabta/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(cluster.Main(m)) }

func TestConformance(t *testing.T) {
	database(t) // the cluster's own goroutines are there from now on
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	storetest.Run(t, func(t *testing.T, keys *store.Keys) (store.Store, func() store.Store) {
		url := database(t)
		s := open(t, url, keys)
		return s, func() store.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, url, keys)
		}
	})
}

// emptied are databases that a test has left behind, as new: making one takes ten times as long.
var emptied struct {
	sync.Mutex
	urls []string
}

// database gives a database with the schema, no record and no key.
func database(t testing.TB) string {
	t.Helper()
	emptied.Lock()
	defer emptied.Unlock()
	var url string
	if last := len(emptied.urls) - 1; last >= 0 {
		url, emptied.urls = emptied.urls[last], emptied.urls[:last]
	} else {
		url = cluster.FromTemplate(t, "schema", prepare)
	}
	t.Cleanup(func() {
		if t.Failed() {
			return // it may be looked at
		}
		if err := empty(url); err != nil {
			t.Error(err)
			return
		}
		emptied.Lock()
		defer emptied.Unlock()
		emptied.urls = append(emptied.urls, url)
	})
	return url
}

// prepare brings the schema into a database.
func prepare(url string) error {
	s, err := postgres.Open(context.Background(), url, postgres.Options{Keys: store.NewKeys()})
	if err != nil {
		return err
	}
	return errors.Join(s.Close(), empty(url))
}

// empty deletes all that a store has put into its database.
func empty(url string) error {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	tables, err := c.Query(ctx, `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('goose_db_version', 'journal_head')`)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(tables, pgx.RowTo[string])
	if err != nil {
		return err
	}
	_, err = c.Exec(ctx, "TRUNCATE "+strings.Join(names, ", ")+"; UPDATE journal_head SET position = 0, erased = 0, epoch = md5(random()::text)",
		pgx.QueryExecModeSimpleProtocol)
	return err
}

// open opens a store that closes with the test.
func open(t testing.TB, url string, keys *store.Keys) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url, postgres.Options{Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// exec runs SQL behind the store's back.
func exec(t testing.TB, url, sql string, args ...any) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	if _, err := c.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}
