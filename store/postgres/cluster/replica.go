package cluster

import (
	"context"
	"strconv"
	"strings"
	"time"

	"rabta/internal/fault"
)

// Replica makes a streaming replica of a running cluster in a directory and runs it. name is what the primary calls it. When it is
// synchronous, the primary acknowledges no commit from then on that the replica has not on its disk.
func (c *Cluster) Replica(ctx context.Context, dir, name string, synchronous bool) (*Cluster, error) {
	const op = "cluster.Replica"
	r, err := prepare(ctx, dir, c.opts)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	source := "host=127.0.0.1 port=" + strconv.Itoa(c.port) + " user=" + superuser + " application_name=" + name
	if c.opts.Password != "" {
		source += " password='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(c.opts.Password) + "'"
	}
	args := []string{"-D", r.data(), "-d", source, "-R", "-X", "stream", "-c", "fast"}
	if !c.opts.Durable {
		args = append(args, "--no-sync")
	}
	if _, err := r.run(ctx, "pg_basebackup", args...); err != nil {
		return nil, fault.Wrap(op, err)
	}
	// The copy brought the primary's settings along: its socket lies elsewhere, and it must wait for nobody when it is promoted.
	err = r.configure(map[string]string{"unix_socket_directories": r.socketDir(), "cluster_name": name})
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	if err := r.launch(ctx); err != nil {
		return nil, fault.Wrap(op, err)
	}
	if synchronous {
		if err := c.WaitFor(ctx, name); err != nil {
			return nil, fault.Wrap(op, err)
		}
	}
	return r, nil
}

// WaitFor has the cluster acknowledge commits only once the named replica has them on disk; with "" it waits for none again. It
// returns when the replica keeps up.
func (c *Cluster) WaitFor(ctx context.Context, name string) error {
	const op = "cluster.WaitFor"
	for _, sql := range []string{"ALTER SYSTEM SET synchronous_standby_names = '" + name + "'", "SELECT pg_reload_conf()"} {
		if _, err := c.Exec(ctx, "postgres", sql); err != nil {
			return fault.Wrap(op, err)
		}
	}
	if name == "" {
		return nil
	}
	return c.await(ctx, op, "SELECT count(*) FROM pg_stat_replication WHERE application_name = '"+name+"' AND state = 'streaming' AND sync_state = 'sync'")
}

// Promote makes a replica a primary that waits for nobody, and returns when it takes writes.
func (c *Cluster) Promote(ctx context.Context) error {
	const op = "cluster.Promote"
	// Promoted first: a reload before it costs five seconds.
	if _, err := c.Exec(ctx, "postgres", "SELECT pg_promote(true, 60)"); err != nil {
		return fault.Wrap(op, err)
	}
	if err := c.WaitFor(ctx, ""); err != nil {
		return err
	}
	return c.await(ctx, op, "SELECT count(*) WHERE NOT pg_is_in_recovery()")
}

// await asks until the answer is 1.
func (c *Cluster) await(ctx context.Context, op, sql string) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		if answer, err := c.Exec(ctx, "postgres", sql); err == nil && answer == "1" {
			return nil
		}
		select {
		case <-ctx.Done():
			return fault.Wrap(op, ctx.Err())
		case <-time.After(lookEvery):
		}
	}
}
