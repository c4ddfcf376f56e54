package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/store/postgres/cluster"
)

// peer is PostgreSQL with PostGIS, in a cluster of our own.
type peer struct {
	*pgx.Conn // over the unix socket, with prepared statements
	cluster   *cluster.Cluster
	dir       string
}

// tuned are the settings of a server that has the machine to itself: everything stays in its buffers, nothing is forced to the disk,
// nothing happens beside, and no question is compiled or split, which costs more than these take.
func tuned() map[string]string {
	return map[string]string{
		"shared_buffers": "2GB", "effective_cache_size": "4GB", "work_mem": "128MB", "maintenance_work_mem": "1GB", "max_wal_size": "8GB",
		"wal_level": "minimal", "max_wal_senders": "0", "hot_standby": "off", "synchronous_commit": "off", "autovacuum": "off", "jit": "off",
		"random_page_cost": "1.0", "seq_page_cost": "1.0", "max_parallel_workers_per_gather": "0", "max_parallel_maintenance_workers": "1",
		"huge_pages": "off", "track_activities": "off",
	}
}

// startPeer runs the server and connects.
func startPeer(ctx context.Context, dir string) (*peer, error) {
	p := &peer{dir: filepath.Join(dir, "pg")}
	var err error
	if p.cluster, err = cluster.Start(ctx, p.dir, cluster.Options{Settings: tuned()}); err != nil {
		return nil, err
	}
	if p.Conn, err = p.connect(ctx); err == nil {
		err = p.extend(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, p.stop())
	}
	return p, nil
}

// connect opens one more connection: over the socket, unless its directory has too long a name for one.
func (p *peer) connect(ctx context.Context) (*pgx.Conn, error) {
	host, port := p.dir, strconv.Itoa(p.cluster.Port())
	if _, err := os.Stat(filepath.Join(p.dir, ".s.PGSQL."+port)); err != nil {
		host = "127.0.0.1"
	}
	return pgx.Connect(ctx, fmt.Sprintf("host=%s port=%s user=postgres database=postgres sslmode=disable", host, port))
}

// extend adds what the comparison needs, after trying to install PostGIS where it is missing.
func (p *peer) extend(ctx context.Context) error {
	const create = "create extension postgis; create extension btree_gist; create extension btree_gin; create extension intarray"
	_, err := p.Exec(ctx, create)
	if err == nil {
		return nil
	}
	install(ctx, p.major(ctx))
	if _, again := p.Exec(ctx, create); again != nil {
		return fault.New(fault.Unavailable, "compare", "PostGIS was not found and could not be installed: install postgresql-"+p.major(ctx)+
			"-postgis-3 and postgresql-contrib beside the server.")
	}
	return nil
}

func (p *peer) major(ctx context.Context) string {
	var version string
	if err := p.QueryRow(ctx, "show server_version").Scan(&version); err != nil {
		return "15"
	}
	major, _, _ := strings.Cut(version, ".")
	return major
}

// install tries to install PostGIS as the tests install PostgreSQL: as root, by apt-get. What is then still missing, its caller says.
func install(ctx context.Context, major string) {
	apt, err := exec.LookPath("apt-get")
	if err != nil || os.Geteuid() != 0 {
		return
	}
	for _, args := range [][]string{{"update"}, {"install", "-y", "--no-install-recommends", "postgresql-" + major + "-postgis-3"}} {
		cmd := exec.CommandContext(ctx, apt, args...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if cmd.Run() != nil {
			return
		}
	}
}

// run runs statements one after the other.
func (p *peer) run(ctx context.Context, statements ...string) error {
	for _, sql := range statements {
		if _, err := p.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	return nil
}

// stop ends the server and deletes it.
func (p *peer) stop() error {
	if p.Conn != nil {
		_ = p.Close(context.Background()) // the server goes with it
	}
	return p.cluster.Remove()
}
