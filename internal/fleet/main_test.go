package fleet_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"rabta/internal/fleet"
	"rabta/store/postgres/cluster"
)

// How long the tests take: short forms by default, the long ones by make soak.
var (
	kills     = flag.Int("kills", 2, "how often a node is killed under load")
	failovers = flag.Int("failovers", 1, "how often the primary is lost to its replica")
	strict    = flag.Bool("strict", false, "hold the times to their aims, which a machine that does other work misses; otherwise to ten times them")
	mixed     = flag.Duration("mixed", 10*time.Second, "how long readers and writers are at one server")
	old       = flag.String("old", "", "binary of an older version of the program, to run beside this one; by default this one twice")
	away      = flag.Duration("away", 2*time.Second, "how long PostgreSQL is away under load")
	bad       = flag.Duration("bad", 3*time.Second, "how long the network to PostgreSQL is bad, of each kind")
)

// binary is the path of the rabta that the tests run, built once.
var binary string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	defer cluster.Cleanup()
	dir, err := os.MkdirTemp("", "rabta-fleet-")
	if err == nil {
		defer func() { _ = os.RemoveAll(dir) }()
		binary = filepath.Join(dir, "rabta")
		build := exec.Command("go", "build", "-tags", "nomsgpack", "-o", binary, "rabta/cmd/rabta")
		build.Stderr = os.Stderr
		err = build.Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "building rabta:", err)
		return 1
	}
	return m.Run()
}

// late tells whether something took longer than it may.
func late(took, aim time.Duration) bool {
	if !*strict {
		aim *= 10
	}
	return took > aim
}

// nodes are servers of one database.
type nodes struct {
	*testing.T
	ctx     context.Context
	url     string // of the database
	key     string
	root    string           // of the data directories
	flags   []string         // of serve
	cluster *cluster.Cluster // of the database, where a test looks into its files
	servers []*fleet.Server
}

// newNodes starts n servers of a database, with further flags.
func newNodes(t *testing.T, url string, n int, flags ...string) *nodes {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
	t.Cleanup(cancel)
	set := &nodes{T: t, ctx: ctx, url: url, root: t.TempDir(), flags: flags}
	set.key = filepath.Join(set.root, "key")
	for range n {
		set.join()
	}
	return set
}

// join starts one more server, with an empty directory, and gives how long it took to be ready.
func (n *nodes) join() time.Duration {
	n.Helper()
	return n.joinAs(binary)
}

// joinAs is join for another version of the program.
func (n *nodes) joinAs(program string) time.Duration {
	n.Helper()
	s := &fleet.Server{Binary: program, Log: n.log(len(n.servers)),
		Args: append([]string{"--data", n.dir(len(n.servers)), "--database-url", n.url, "--key-file", n.key}, n.flags...)}
	took, err := s.Start(n.ctx)
	if err != nil {
		n.Fatalf("starting node %d: %v\n%s", len(n.servers), err, n.logged(len(n.servers)))
	}
	n.servers = append(n.servers, s)
	n.Cleanup(func() { _ = s.Kill() }) // it may have been stopped
	return took
}

func (n *nodes) dir(i int) string { return filepath.Join(n.root, fmt.Sprintf("node%d", i)) }

func (n *nodes) log(i int) *os.File {
	n.Helper()
	f, err := os.OpenFile(n.dir(i)+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		n.Fatal(err)
	}
	n.Cleanup(func() { _ = f.Close() })
	return f
}

// logged gives the end of a node's log.
func (n *nodes) logged(i int) string {
	text, err := os.ReadFile(n.dir(i) + ".log")
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}

// load makes writers whose tokens the first node makes.
func (n *nodes) load(writers int) *fleet.Load {
	n.Helper()
	l, err := fleet.NewLoad(n.ctx, n.dir(0), writers, n.servers...)
	if err != nil {
		n.Fatalf("%v\n%s", err, n.logged(0))
	}
	return l
}

// sound holds the ledger and the index of every node to what is stored.
func (n *nodes) sound(l *fleet.Load) fleet.Counts {
	n.Helper()
	counts, err := l.Verify(n.ctx)
	if err != nil {
		n.Fatal(err)
	}
	if counts.Acknowledged == 0 || counts.Lost > 0 || counts.Twice > 0 || len(counts.Complaints) > 0 {
		n.Errorf("acknowledged %d, lost %d, twice %d, complaints %q", counts.Acknowledged, counts.Lost, counts.Twice, counts.Complaints)
	}
	for i, s := range n.servers {
		if _, err := s.Run(n.ctx, "index", "verify", "--data", n.dir(i)); err != nil {
			n.Errorf("node %d: %v", i, err)
		}
	}
	return counts
}
