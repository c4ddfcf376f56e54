package node

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rabta/internal/fault"
	"rabta/store"
	"rabta/store/postgres"
	"rabta/store/sqlite"
)

// Where says where records lie: in the database file of a data directory, or in a database of PostgreSQL.
type Where struct {
	Dir string // of SQLite; absolute
	URL string // of PostgreSQL, with its password: never shown
}

// The forms of ParseWhere.
const (
	sqliteForm    = "sqlite:"
	postgresForm  = "postgres://"
	postgresForm2 = "postgresql://"
)

// ParseWhere reads "sqlite:DIR" or "postgres://USER@HOST/DATABASE".
func ParseWhere(text string) (Where, error) {
	if dir, ok := strings.CutPrefix(text, sqliteForm); ok && dir != "" {
		path, err := filepath.Abs(dir)
		return Where{Dir: path}, fault.Wrap("node.ParseWhere", err)
	}
	if strings.HasPrefix(text, postgresForm) || strings.HasPrefix(text, postgresForm2) {
		return Where{URL: text}, nil
	}
	return Where{}, fault.New(fault.Invalid, "node.ParseWhere", "Say where the records lie as sqlite:DIR, or as postgres://USER@HOST/DATABASE.")
}

// String gives the form that ParseWhere reads, of a database of PostgreSQL only that it is one.
func (w Where) String() string {
	if w.Dir != "" {
		return sqliteForm + w.Dir
	}
	return "PostgreSQL"
}

// records is an open store whose directory, if it has one, is held.
type records struct {
	store.Store
	lock *os.File // nil for PostgreSQL
}

// Close closes the store and gives the directory back.
func (r *records) Close() error {
	err := r.Store.Close()
	if r.lock != nil {
		err = errors.Join(err, r.lock.Close())
	}
	return err
}

// openRecords opens the store of a place that is there already, and nothing that is derived from it. ErrHeld when another process holds the
// directory.
func openRecords(ctx context.Context, w Where, keys *store.Keys, now func() time.Time) (*records, error) {
	if w.Dir != "" && !Exists(w.Dir) {
		return nil, fault.New(fault.NotFound, "node.openRecords", "There is no data directory of this name. Name one that holds records.")
	}
	return makeRecords(ctx, w, keys, now)
}

// makeRecords is openRecords for a place that may be new.
func makeRecords(ctx context.Context, w Where, keys *store.Keys, now func() time.Time) (*records, error) {
	if w.URL != "" {
		s, err := postgres.Open(ctx, w.URL, postgres.Options{Keys: keys, Now: now})
		if err != nil {
			return nil, err
		}
		return &records{s, nil}, nil
	}
	lock, err := lockDir(w.Dir)
	if err != nil {
		return nil, err
	}
	s, err := sqlite.Open(ctx, w.Dir, sqlite.Options{Keys: keys, Now: now})
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return &records{s, lock}, nil
}

// keyFileOf gives the key file of a place: the one named, else that beside its directory.
func keyFileOf(w Where, named string) (string, error) {
	if named != "" {
		return named, nil
	}
	if w.Dir == "" {
		return "", fault.Field("key", "A database of PostgreSQL has its key file elsewhere. Name it with --key.")
	}
	return store.KeyPath(w.Dir), nil
}

// placeKeys puts keys into a new key file. One that holds the same keys already is as good; one that holds others is a fault.Conflict.
func placeKeys(path string, keys *store.Keys) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return keys.Create(path)
	}
	held, err := store.LoadKeys(path)
	if err != nil {
		return err
	}
	return held.Verify(keys.Checks())
}
