package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/pressly/goose/v3"

	"rabta/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the schema up to date. A newer schema than ours is left as it is: migrations only add within two versions
// of the program, so that the older one still runs.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("bringing the schema up to date: %w", err)
	}
	return nil
}

// checkKeys compares the keys with what the database keeps of its own, and keeps what it does not have yet.
func checkKeys(c *conn, keys *store.Keys) error {
	var held []store.KeyCheck
	err := c.each("SELECT use, version, value FROM key_check", nil, func(rows *sql.Rows) error {
		var k store.KeyCheck
		if err := rows.Scan(&k.Use, &k.Version, &k.Value); err != nil {
			return err
		}
		held = append(held, k)
		return nil
	})
	if err != nil {
		return err
	}
	if err := keys.Verify(held); err != nil {
		return err
	}
	for _, k := range keys.Checks() {
		known := func(h store.KeyCheck) bool { return h.Use == k.Use && h.Version == k.Version }
		if slices.ContainsFunc(held, known) {
			continue
		}
		if err := c.exec("INSERT INTO key_check (use, version, value) VALUES (?, ?, ?)", string(k.Use), int64(k.Version), k.Value); err != nil {
			return err
		}
	}
	return nil
}
