// Package cluster runs private PostgreSQL clusters from the installed binaries, for tests, scripts and benchmarks: on a loopback
// port that is picked at the start, in a directory of their own, as another user when we are root (PostgreSQL refuses root), and
// gone with the process that started them. Nothing here knows what a cluster is used for.
package cluster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"rabta/internal/fault"
)

// superuser is the role that initdb makes, and the one of URL.
const superuser = "postgres"

// How long a server may take to be ready, to stop, and how often we look.
const (
	startTimeout = 60 * time.Second
	stopTimeout  = 30 * time.Second
	lookEvery    = 10 * time.Millisecond
)

// Options say what a cluster is for. The zero value is a fast one for tests: nothing is forced to the disk, so it survives the
// kill of its processes and not the loss of power.
type Options struct {
	Durable  bool              // fsync and full_page_writes on, as in service; initdb syncs too
	Password string            // when set, connections prove it by SCRAM; otherwise every local one is trusted
	Settings map[string]string // more lines of postgresql.conf
}

// Cluster is one server and its data directory. Its methods are for one goroutine at a time.
type Cluster struct {
	dir     string // holds data, the log and the socket
	bin     string // where the binaries lie
	account *account
	opts    Options
	port    int
	server  *process // nil: not running
}

// Start makes a cluster in a directory, which must be empty or absent, and runs it. Without installed binaries it tries to install
// them when it may, and is otherwise a fault.Unavailable of one line.
func Start(ctx context.Context, dir string, opts Options) (*Cluster, error) {
	c, err := prepare(ctx, dir, opts)
	if err != nil {
		return nil, fault.Wrap("cluster.Start", err)
	}
	if err := c.initialise(ctx); err != nil {
		return nil, fault.Wrap("cluster.Start", err)
	}
	if err := c.launch(ctx); err != nil {
		return nil, fault.Wrap("cluster.Start", err)
	}
	return c, nil
}

// prepare finds binaries and user, and makes the directory the user's own.
func prepare(ctx context.Context, dir string, opts Options) (*Cluster, error) {
	bin, err := findBinaries(ctx)
	if err != nil {
		return nil, err
	}
	account, err := serverAccount()
	if err != nil {
		return nil, err
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if err := account.own(dir); err != nil {
		return nil, err
	}
	return &Cluster{dir: dir, bin: bin, account: account, opts: opts}, nil
}

// initialise runs initdb and writes the settings.
func (c *Cluster) initialise(ctx context.Context) error {
	args := []string{"-D", c.data(), "-U", superuser, "-E", "UTF8", "--no-locale", "--no-instructions"}
	if c.opts.Password == "" {
		args = append(args, "-A", "trust")
	} else {
		file := filepath.Join(c.dir, "password")
		if err := os.WriteFile(file, []byte(c.opts.Password+"\n"), 0o600); err != nil {
			return err
		}
		defer os.Remove(file)
		if err := c.account.own(file); err != nil {
			return err
		}
		args = append(args, "-A", "scram-sha-256", "--pwfile", file)
	}
	if !c.opts.Durable {
		args = append(args, "--no-sync")
	}
	if _, err := c.run(ctx, "initdb", args...); err != nil {
		return err
	}
	return c.configure(c.settings())
}

// settings are what our clusters have beside PostgreSQL's defaults. Shared memory lies in the data directory, so that a killed
// server leaves none behind elsewhere but its small lock.
func (c *Cluster) settings() map[string]string {
	all := map[string]string{
		"listen_addresses": "127.0.0.1", "unix_socket_directories": c.socketDir(), "max_connections": "200", "shared_buffers": "64MB",
		"dynamic_shared_memory_type": "mmap", "wal_level": "replica", "max_wal_senders": "8", "hot_standby": "on",
		"log_min_messages": "warning", "lc_messages": "C",
	}
	if !c.opts.Durable {
		all["fsync"], all["full_page_writes"] = "off", "off"
	}
	for name, value := range c.opts.Settings {
		all[name] = value
	}
	return all
}

// configure appends settings; the last line of a name holds.
func (c *Cluster) configure(settings map[string]string) error {
	f, err := os.OpenFile(filepath.Join(c.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	for name, value := range settings {
		if _, err := fmt.Fprintf(f, "%s = '%s'\n", name, strings.ReplaceAll(value, "'", "''")); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return f.Close()
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// LogFile is where the server writes its log.
func (c *Cluster) LogFile() string { return filepath.Join(c.dir, "log") }

// maxSocketPath is what a Unix socket's address holds on every system we know, with the name that PostgreSQL gives it.
const maxSocketPath = 100 - len("/.s.PGSQL.65535")

// socketDir is where the socket lies: none when the directory's name is too long for one.
func (c *Cluster) socketDir() string {
	if len(c.dir) > maxSocketPath {
		return ""
	}
	return c.dir
}

// Port is where the server listens on 127.0.0.1, from its start on the same.
func (c *Cluster) Port() int { return c.port }

// URL is how to connect to a database of the cluster ("postgres" is there from the beginning).
func (c *Cluster) URL(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Host: "127.0.0.1:" + strconv.Itoa(c.port), Path: "/" + database,
		RawQuery: "sslmode=disable"}
	if c.opts.Password != "" {
		u.User = url.UserPassword(superuser, c.opts.Password)
	}
	return u.String()
}

// Exec runs SQL in a database and gives what it answers: a line for a row, | between columns.
func (c *Cluster) Exec(ctx context.Context, database, sql string) (string, error) {
	return c.run(ctx, "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", strconv.Itoa(c.port), "-U", superuser,
		"-d", database, "-c", sql)
}

// run runs one of PostgreSQL's programs as the cluster's user to its end. Its complaint is the error.
func (c *Cluster) run(ctx context.Context, program string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, program), args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "PGPASSWORD="+c.opts.Password, "PGCONNECT_TIMEOUT=5")
	cmd.SysProcAttr = c.account.attributes()
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w: %s", program, err, strings.TrimSpace(complaint.String()))
	}
	return strings.TrimRight(out.String(), "\n"), nil
}
