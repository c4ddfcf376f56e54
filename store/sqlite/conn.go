package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"

	"github.com/mattn/go-sqlite3"

	"rabta/store"
)

// What every connection is opened with. secure_delete overwrites deleted content with zeros.
const commonParameters = "_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&_secure_delete=1"

// The cache is in KiB when negative, and a connection fills it sooner or later: 15 MiB for all together. The system's own cache of the file
// lies behind it, so a larger one saves little. Readers cannot write, whatever statement they are given. The busy timeout (ms) covers other
// processes, since in this one a single connection writes; the mover's is how long readers are waited for while writers stand aside.
const (
	writerParameters = commonParameters + "&_busy_timeout=5000&_txlock=immediate&_cache_size=-8192"
	moverParameters  = commonParameters + "&_busy_timeout=5&_cache_size=-1024"
	readerParameters = commonParameters + "&_busy_timeout=5000&_query_only=1&_cache_size=-512"
)

// pragmas that the driver has no parameter for. The checkpointer moves the WAL into the database; should it not come to it, the writer
// does at 512 MiB. The WAL's file is cut back to 256 MiB when it begins anew, and not to less than it grows to while writers write much
// (checkpointLarge): a file system may take a tenth of a second to free the rest, in a commit, and has to find it again for the next.
const connPragmas = "PRAGMA wal_autocheckpoint=131072; PRAGMA journal_size_limit=268435456; PRAGMA temp_store=MEMORY"

// connector opens connections of one kind. database/sql would otherwise want a driver registered for the whole process.
type connector struct {
	dsn    string
	driver *sqlite3.SQLiteDriver
}

// Connect opens a connection; with Driver it makes a driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }

// Driver gives the driver of the connections.
func (c connector) Driver() driver.Driver { return c.driver }

// openDB gives a database of at most n connections, none of them opened yet.
func openDB(path, parameters string, n int) *sql.DB {
	file := url.URL{Scheme: "file", Path: path, RawQuery: parameters} // a ? or % in the path must not end it
	db := sql.OpenDB(connector{dsn: file.String(), driver: &sqlite3.SQLiteDriver{
		ConnectHook: func(c *sqlite3.SQLiteConn) error {
			_, err := c.Exec(connPragmas, nil)
			return err
		},
	}})
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db
}

// conn is one connection with its prepared statements, used by one goroutine at a time.
//
// Statements run without the caller's context: the driver would start a goroutine for each to be able to interrupt it, which
// costs more than the statement. They are short; what is long (walks, checks) looks at the context between rows.
type conn struct {
	sql      *sql.Conn // nil: not opened yet
	prepared map[string]*sql.Stmt
	due      func() error // writes what a transaction has kept back, before anything else is asked; nil: nothing is
}

func (c *conn) open(ctx context.Context, db *sql.DB) error {
	opened, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	c.sql, c.prepared = opened, map[string]*sql.Stmt{}
	return nil
}

// statement prepares a query once for the life of the connection, and first has written what a transaction has kept back.
func (c *conn) statement(query string) (*sql.Stmt, error) {
	if c.due != nil {
		if err := c.due(); err != nil {
			return nil, err
		}
	}
	if s, ok := c.prepared[query]; ok {
		return s, nil
	}
	s, err := c.sql.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	c.prepared[query] = s
	return s, nil
}

// exec runs a statement that answers nothing.
func (c *conn) exec(query string, args ...any) error {
	s, err := c.statement(query)
	if err != nil {
		return err
	}
	_, err = s.Exec(args...)
	return err
}

// row runs a query for one row; without one Scan answers sql.ErrNoRows, and so does a failure to prepare its own error.
func (c *conn) row(query string, args []any, dest ...any) error {
	s, err := c.statement(query)
	if err != nil {
		return err
	}
	return s.QueryRow(args...).Scan(dest...)
}

// each runs a query and calls scan for every row until it fails.
func (c *conn) each(query string, args []any, scan func(*sql.Rows) error) error {
	s, err := c.statement(query)
	if err != nil {
		return err
	}
	rows, err := s.Query(args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// rollback ends a transaction without effect. A connection that cannot (an error such as a full disk may have ended the
// transaction already, or worse) is given up and opened again when it is next needed.
func (c *conn) rollback() {
	c.due = nil
	if err := c.exec("ROLLBACK"); err != nil {
		c.discard()
	}
}

// discard closes the connection below database/sql too.
func (c *conn) discard() {
	// Raw hands ErrBadConn back to us: that is how a connection is declared unfit.
	_ = c.sql.Raw(func(any) error { return driver.ErrBadConn })
	_ = c.sql.Close()
	c.sql, c.prepared = nil, nil
}

func (c *conn) close() error {
	if c.sql == nil {
		return nil
	}
	for _, s := range c.prepared {
		_ = s.Close() // closing the connection finds whatever was wrong
	}
	return c.sql.Close()
}

// pool lends a fixed number of connections.
type pool struct {
	db      *sql.DB
	free    chan *conn
	closing <-chan struct{}
}

func newPool(db *sql.DB, n int, closing <-chan struct{}) *pool {
	p := &pool{db: db, free: make(chan *conn, n), closing: closing}
	for range n {
		p.free <- &conn{}
	}
	return p
}

// take waits for a connection until ctx ends or the store closes.
func (p *pool) take(ctx context.Context) (*conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case <-p.closing:
		return nil, store.Closed()
	default:
	}
	select {
	case c := <-p.free:
		if c.sql == nil {
			if err := c.open(ctx, p.db); err != nil {
				p.free <- c
				return nil, err
			}
		}
		return c, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.closing:
		return nil, store.Closed()
	}
}

func (p *pool) give(c *conn) { p.free <- c }

// drain closes every connection, waiting for those that are lent.
func (p *pool) drain() {
	for range cap(p.free) {
		_ = (<-p.free).close() // the database's own Close reports what matters
	}
}
