package postgres

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"rabta/internal/fault"
	"rabta/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// oldestServer is the first version that has every setting that we set; 15 is what is tried.
const oldestServer = 140000

// start brings the schema up to date and compares the keys, one process at a time.
func start(ctx context.Context, config *pgx.ConnConfig, keys *store.Keys) error {
	c, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	defer closeQuietly(c) // and with it the lock goes
	if err := checkServer(ctx, c); err != nil {
		return err
	}
	if _, err := c.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(startLock)); err != nil {
		return err
	}
	if err := migrate(ctx, config); err != nil {
		return err
	}
	return checkKeys(ctx, c, keys)
}

// checkServer refuses a server that is too old, or whose database cannot hold every text.
func checkServer(ctx context.Context, c *pgx.Conn) error {
	var version, encoding string
	if err := c.QueryRow(ctx, "SELECT current_setting('server_version_num'), current_setting('server_encoding')").Scan(&version, &encoding); err != nil {
		return err
	}
	if number, err := strconv.Atoi(version); err != nil || number < oldestServer {
		return fault.New(fault.Invalid, "postgres.start", "The database server is too old. Use PostgreSQL 14 or newer.")
	}
	if encoding != "UTF8" {
		return fault.New(fault.Invalid, "postgres.start", "The database does not hold UTF-8. Create it with ENCODING 'UTF8' TEMPLATE template0.")
	}
	return nil
}

// migrate brings the schema up to date. A newer schema than ours is left as it is: migrations only add within two versions
// of the program, so that the older one still runs. One that meets a deadlock with the changes under way is done again.
func migrate(ctx context.Context, config *pgx.ConnConfig) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	db := stdlib.OpenDB(*config.Copy())
	db.SetMaxOpenConns(1)
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return errors.Join(err, db.Close())
	}
	for tries := 1; ; tries++ {
		if _, err = provider.Up(ctx); tries == attempts || stateOf(err) != codeDeadlock {
			return errors.Join(err, db.Close())
		}
	}
}

// checkKeys compares the keys with what the database keeps of its own, and keeps what it does not have yet.
func checkKeys(ctx context.Context, c *pgx.Conn, keys *store.Keys) error {
	var held []store.KeyCheck
	err := each(ctx, c, "SELECT use, version, value FROM key_check", nil, func(rows pgx.Rows) error {
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
		_, err := c.Exec(ctx, "INSERT INTO key_check (use, version, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
			string(k.Use), int64(k.Version), k.Value)
		if err != nil {
			return err
		}
	}
	return nil
}

// Fresh tells whether a database has no store yet, so that only then a new key file is made for it.
func Fresh(ctx context.Context, url string) (bool, error) {
	const op = "postgres.Fresh"
	config, err := configure(url, Options{})
	if err != nil {
		return false, fail(op, err)
	}
	c, err := pgx.ConnectConfig(ctx, config.ConnConfig)
	if err != nil {
		return false, fail(op, err)
	}
	defer closeQuietly(c)
	var fresh bool
	err = c.QueryRow(ctx, "SELECT to_regclass('journal_head') IS NULL").Scan(&fresh)
	return fresh, fail(op, err)
}

// closeQuietly ends a connection that has done its work.
func closeQuietly(c *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), rollbackTimeout)
	defer cancel()
	_ = c.Close(ctx) // nothing is lost with it
}
