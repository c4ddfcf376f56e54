package postgres_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"rabta/store"
	"rabta/store/postgres/cluster"
	"rabta/store/storetest"
)

// TestConformanceOnALaterSchema holds the store to what writes and reads every table, on a schema that a later version of the program has
// changed. SQLite is held to the whole suite there, which takes minutes here.
func TestConformanceOnALaterSchema(t *testing.T) {
	var left []string // databases that a case has done with, emptied
	storetest.Run(t, func(t *testing.T, keys *store.Keys) (store.Store, func() store.Store) {
		var url string
		if last := len(left) - 1; last >= 0 {
			url, left = left[last], left[:last]
		} else {
			url = cluster.FromTemplate(t, "later", prepareLater)
		}
		t.Cleanup(func() {
			if err := empty(url); err != nil {
				t.Error(err)
				return
			}
			left = append(left, url)
		})
		s := open(t, url, keys)
		return s, func() store.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, url, keys)
		}
	}, "records", "people", "applications", "replies", "audit", "copies", "imports", "imported rows", "life of a store")
}

func prepareLater(url string) (err error) {
	if err := prepare(url); err != nil {
		return err
	}
	ctx := context.Background()
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close(ctx)) }()
	_, err = c.Exec(ctx, strings.Join(storetest.Later(), "; "), pgx.QueryExecModeSimpleProtocol)
	return err
}
