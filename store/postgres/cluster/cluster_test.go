package cluster

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The environment by which the test's program is told to start a cluster in a directory and wait to be killed.
const orphanDir = "RABTA_TEST_ORPHAN_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(orphanDir); dir != "" {
		c, err := Start(context.Background(), dir, Options{})
		if err != nil {
			panic(err)
		}
		os.Stdout.WriteString(strconv.Itoa(c.server.cmd.Process.Pid) + "\n")
		select {}
	}
	os.Exit(Main(m))
}

// start runs a cluster of the test's own, which goes with the test.
func start(t *testing.T, opts Options) *Cluster {
	t.Helper()
	c, err := Start(t.Context(), filepath.Join(DirForTest(t), "c"), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Remove(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func (c *Cluster) answer(t *testing.T, sql string) string {
	t.Helper()
	answer, err := c.Exec(t.Context(), "postgres", sql)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// alive tells which of the processes are there.
func alive(pids []int) (left []int) {
	for _, pid := range pids {
		if syscall.Kill(pid, 0) == nil {
			left = append(left, pid)
		}
	}
	return left
}

// soon waits for what takes a moment.
func soon(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !done(); time.Sleep(lookEvery) {
		if time.Now().After(deadline) {
			t.Fatal("not in time: " + what)
		}
	}
}

func TestLifeOfACluster(t *testing.T) {
	c := start(t, Options{Durable: true, Password: "it's a \\ secret"})
	if got := c.answer(t, "SHOW fsync"); got != "on" {
		t.Fatalf("fsync is %s in a durable cluster", got)
	}
	c.answer(t, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)")
	port := c.Port()
	for _, end := range []struct {
		name string
		end  func()
	}{
		{"stopped", func() { must(t, c.Stop()) }}, {"stopped at once", func() { must(t, c.StopImmediately()) }}, {"killed", c.Kill},
	} {
		tree := append(descendants(c.server.cmd.Process.Pid), c.server.cmd.Process.Pid)
		if len(tree) < 4 {
			t.Fatalf("a server of %d processes", len(tree))
		}
		end.end()
		soon(t, end.name+": its processes are gone", func() bool { return len(alive(tree)) == 0 })
		if c.Running() {
			t.Fatal(end.name + " and running")
		}
		if _, err := c.Exec(t.Context(), "postgres", "SELECT 1"); err == nil {
			t.Fatal(end.name + " and answering")
		}
		must(t, c.Restart(t.Context()))
		if got := c.answer(t, "SELECT n FROM kept"); got != "42" || c.Port() != port {
			t.Fatalf("%s and started again: %q on port %d, was %d", end.name, got, c.Port(), port)
		}
	}
}

func TestAReplicaTakesOver(t *testing.T) {
	c := start(t, Options{Password: "secret"})
	r, err := c.Replica(t.Context(), filepath.Join(DirForTest(t), "r"), "second", true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Remove(); err != nil {
			t.Error(err)
		}
	})
	c.answer(t, "CREATE TABLE kept AS SELECT 42 AS n")
	if _, err := r.Exec(t.Context(), "postgres", "CREATE TABLE refused (n int)"); err == nil {
		t.Fatal("a replica takes writes")
	}
	c.Kill()
	must(t, r.Promote(t.Context()))
	if got := r.answer(t, "INSERT INTO kept VALUES (43); SELECT sum(n) FROM kept"); got != "85" {
		t.Fatalf("the promoted replica has %q", got)
	}
	if got := r.answer(t, "SHOW synchronous_standby_names"); got != "" {
		t.Fatalf("it waits for %q", got)
	}
}

func TestDatabasesForTests(t *testing.T) {
	one, two := ForTest(t), ForTest(t)
	if one == two || !strings.HasPrefix(one, "postgres://") {
		t.Fatalf("%s and %s", one, two)
	}
	fills := 0
	for range 2 {
		FromTemplate(t, "filled", func(string) error { fills++; return nil })
	}
	if fills != 1 {
		t.Fatalf("the template was filled %d times", fills)
	}
}

// A server ends with the process that started it, even when that one is killed.
func TestNoOrphans(t *testing.T) {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), orphanDir+"="+filepath.Join(DirForTest(t), "c"))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	line := make([]byte, 20)
	n, err := out.Read(line)
	must(t, err)
	pid, err := strconv.Atoi(strings.TrimSpace(string(line[:n])))
	must(t, err)
	tree := append(descendants(pid), pid)
	if len(alive(tree)) < 4 {
		t.Fatalf("a server of %d processes", len(tree))
	}
	must(t, child.Process.Kill())
	_ = child.Wait() // killed
	soon(t, "the server is gone", func() bool { return len(alive(tree)) == 0 })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
