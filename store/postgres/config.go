package postgres

import (
	"context"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabta/internal/fault"
)

// The defaults of Options.
const (
	defaultMaxConns         = 24
	defaultConnectTimeout   = 3 * time.Second
	defaultStatementTimeout = 30 * time.Second
	defaultLockTimeout      = 5 * time.Second
)

// idleInTransaction is how long the server keeps the locks of a transaction whose node says nothing: a node that has lost its network
// must not hold up the others.
const idleInTransaction = 30 * time.Second

// configure reads a URL (or the keyword form) and adds what we need of every connection. What it says of a bad URL never quotes it.
func configure(url string, opts Options) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fault.New(fault.Invalid, "postgres.configure",
			"The database URL cannot be read. Send one as postgres://user:password@host:5432/database.")
	}
	if opts.MaxConns > 0 {
		config.MaxConns = int32(opts.MaxConns)
	} else if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = defaultMaxConns
	}
	config.MaxConns = max(config.MaxConns, minConns)
	conn := config.ConnConfig
	if conn.ConnectTimeout = opts.ConnectTimeout; opts.ConnectTimeout == 0 {
		conn.ConnectTimeout = connectTimeoutOf(url)
	}
	config.ShouldPing = func(context.Context, pgxpool.ShouldPingParams) bool { return false } // acquire does
	if conn.RuntimeParams["application_name"] == "" {
		conn.RuntimeParams["application_name"] = "rabta"
	}
	// After a failover the old primary may still answer, read-only: it is passed over unless the URL wants otherwise.
	if !strings.Contains(url, "target_session_attrs") && os.Getenv("PGTARGETSESSIONATTRS") == "" {
		conn.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	}
	// A connection whose other end has gone without a word is found out within half a minute.
	dialer := net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}}
	conn.DialFunc = dialer.DialContext
	conn.OnNotice = noteUnreplicated
	// Bodies are sent by the types of their columns, which the server tells once for a statement.
	conn.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		ctx, cancel := context.WithTimeout(ctx, conn.ConnectTimeout) // the pool gives none, and a place in it is held meanwhile
		defer cancel()
		return settle(ctx, c, orDefault(opts.StatementTimeout, defaultStatementTimeout), orDefault(opts.LockTimeout, defaultLockTimeout))
	}
	return config, nil
}

// connectTimeoutOf gives ours where the URL names none; pgx would then take two minutes.
func connectTimeoutOf(url string) time.Duration {
	if !strings.Contains(url, "connect_timeout") && os.Getenv("PGCONNECT_TIMEOUT") == "" {
		return defaultConnectTimeout
	}
	config, err := pgconn.ParseConfig(url)
	if err != nil {
		return defaultConnectTimeout // configure has reported it
	}
	return orDefault(config.ConnectTimeout, defaultConnectTimeout)
}

func orDefault(d, standard time.Duration) time.Duration {
	if d == 0 {
		return standard
	}
	return d
}

// settle sets what every session has. synchronous_commit is raised where server, role or URL have lowered it below what makes a
// commit durable, and never lowered. The server looks for clients that have gone while it works for them. It compiles no statement: none
// of ours is long enough for that, and one whose cost is misjudged would wait for it.
func settle(ctx context.Context, c *pgx.Conn, statement, lock time.Duration) error {
	_, err := c.Exec(ctx, `SELECT `+keepAliveSettings+`, set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false),
		set_config('idle_in_transaction_session_timeout', $3, false), set_config('client_connection_check_interval', '2s', false),
		set_config('jit', 'off', false), set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
			ELSE current_setting('synchronous_commit') END, false)`,
		milliseconds(statement), milliseconds(lock), milliseconds(idleInTransaction))
	return err
}

// keepAlive has the server find out within half a minute that we have gone without a word: it keeps our locks until then.
func keepAlive(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "SELECT "+keepAliveSettings)
	return err
}

const keepAliveSettings = `set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
	set_config('tcp_keepalives_count', '3', false)`

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
