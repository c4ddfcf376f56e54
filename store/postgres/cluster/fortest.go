package cluster

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// dirPrefix begins the name of a shared cluster's directory; the process's id and a dash follow.
const dirPrefix = "rabta-postgres-"

// shared is the one cluster of a test binary, started by the first test that asks.
var shared struct {
	sync.Mutex
	cluster   *Cluster
	failed    error
	databases int
	templates map[string]bool
}

// Main runs the tests of a package and then stops the cluster that they shared: for TestMain. A binary without it, or one that is
// killed, leaves no server either, since servers die with who started them; the directory goes with the next run.
func Main(m *testing.M) int {
	defer Cleanup()
	return m.Run()
}

// Cleanup stops the shared cluster and deletes its directory, for a TestMain that does more than Main.
func Cleanup() {
	shared.Lock()
	defer shared.Unlock()
	if shared.cluster == nil {
		return
	}
	if err := shared.cluster.Remove(); err != nil {
		fmt.Fprintln(os.Stderr, "removing the tests' cluster:", err)
	}
	shared.cluster = nil
}

// ForTest gives the URL of an empty database of its own to a test, in the cluster that the tests of this binary share. A test fails
// where there is no PostgreSQL, and never skips.
func ForTest(t testing.TB) string { return FromTemplate(t, "", nil) }

// FromTemplate is ForTest with a database that begins as a copy of the one that fill has prepared: fill runs once for a name.
func FromTemplate(t testing.TB, template string, fill func(url string) error) string {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	// Not the test's context: the cluster outlives the test.
	ctx, cancel := context.WithTimeout(context.Background(), installTimeout+startTimeout)
	defer cancel()
	c, err := sharedCluster(ctx)
	if err == nil && template != "" && !shared.templates[template] {
		if _, err = c.Exec(ctx, "postgres", "CREATE DATABASE template_"+template); err == nil {
			err = fill(c.URL("template_" + template))
		}
		shared.templates[template] = err == nil
	}
	if err != nil {
		t.Fatal(err)
	}
	shared.databases++
	name := "test_" + strconv.Itoa(shared.databases)
	create := "CREATE DATABASE " + name
	if template != "" {
		create += " TEMPLATE template_" + template
	}
	if _, err := c.Exec(ctx, "postgres", create); err != nil {
		t.Fatal(err)
	}
	return c.URL(name)
}

// sharedCluster starts the cluster once; when that has failed it fails for every test alike.
func sharedCluster(ctx context.Context) (*Cluster, error) {
	if shared.cluster != nil || shared.failed != nil {
		return shared.cluster, shared.failed
	}
	sweep()
	dir, err := NewDir()
	if err == nil {
		shared.cluster, err = Start(ctx, dir, Options{})
	}
	shared.failed, shared.templates = err, map[string]bool{}
	return shared.cluster, err
}

// NewDir makes a directory for a cluster, short enough for its socket and open to the server's user on the way there. One that this
// process leaves behind is removed by a later one.
func NewDir() (string, error) {
	dir, err := os.MkdirTemp("", dirPrefix+strconv.Itoa(os.Getpid())+"-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o711) // the server's user passes through it to a directory below
}

// DirForTest is NewDir for a test that starts clusters of its own: it is removed with the test.
func DirForTest(t testing.TB) string {
	t.Helper()
	dir, err := NewDir()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// sweep removes directories whose process was killed before it could.
func sweep() {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), dirPrefix+"*")) // fails for a bad pattern alone
	for _, dir := range left {
		owner, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(dir), dirPrefix), "-")
		pid, err := strconv.Atoi(owner)
		if err != nil || syscall.Kill(pid, 0) != syscall.ESRCH {
			continue
		}
		if info, err := os.Stat(dir); err == nil && time.Since(info.ModTime()) > time.Minute {
			_ = os.RemoveAll(dir) // the next run tries again
		}
	}
}
