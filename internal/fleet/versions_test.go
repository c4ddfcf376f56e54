package fleet_test

import (
	"strings"
	"testing"
	"time"

	"rabta/internal/fleet"
)

// later is a migration of a later version of the program, in one statement: to each table it adds a column that may be null and one with a
// default, and it notes its own number.
const later = `DO $$ DECLARE name text; BEGIN
	FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'goose%' LOOP
		EXECUTE format('ALTER TABLE %I ADD COLUMN later_note text, ADD COLUMN later_count bigint NOT NULL DEFAULT 7', name);
	END LOOP;
	CREATE TABLE later_course (id text PRIMARY KEY);
	INSERT INTO goose_db_version (version_id, is_applied) VALUES (9001, TRUE);
END $$`

// TestALaterVersionMigratesUnderLoad changes the schema as a later version would while a node of this one is under load, then starts another
// node of this version on it. No request fails.
func TestALaterVersionMigratesUnderLoad(t *testing.T) {
	c := startCluster(t)
	n := newNodes(t, c.URL("postgres"), 1)
	first := n.load(3)
	first.Begin(n.ctx)
	time.Sleep(time.Second)
	for tries := 1; ; tries++ { // as the program does, whose tables are locked in another order by the changes under way
		_, err := c.Exec(n.ctx, "postgres", later)
		if err == nil {
			break
		}
		if tries == 5 || !strings.Contains(err.Error(), "deadlock detected") {
			t.Fatal(err)
		}
	}
	n.join()
	both := n.load(3)
	both.Begin(n.ctx)
	time.Sleep(time.Second)
	first.End(30 * time.Second)
	both.End(30 * time.Second)
	n.unfailing(first, 1)
	n.unfailing(both, 2)
}

// TestTwoVersionsUnderLoad runs the program of -old beside this one on one database that this one has migrated. No request fails. Without
// -old it runs this one twice, which says that the trial itself is sound.
func TestTwoVersionsUnderLoad(t *testing.T) {
	n := newNodes(t, startCluster(t).URL("postgres"), 1)
	older := binary
	if *old != "" {
		older = *old
	}
	n.joinAs(older)
	l := n.load(4)
	l.Begin(n.ctx)
	during := 2 * time.Second
	if *old != "" {
		during = 30 * time.Second
	}
	time.Sleep(during)
	l.End(30 * time.Second)
	n.unfailing(l, 2)
}

// unfailing holds a load to its ledger, and to no failed request at any of the first servers.
func (n *nodes) unfailing(l *fleet.Load, servers int) {
	n.Helper()
	counts, total := n.sound(l), 0
	for i := range servers {
		share, requests := l.Failed(i)
		total += requests
		if share > 0 || requests == 0 {
			n.Errorf("node %d failed %.3f %% of %d requests\n%s", i, 100*share, requests, n.logged(i))
		}
	}
	if n.Failed() {
		return
	}
	n.Logf("two versions: acknowledged %d, lost %d, twice %d; none of %d requests failed", counts.Acknowledged, counts.Lost,
		counts.Twice, total)
}
