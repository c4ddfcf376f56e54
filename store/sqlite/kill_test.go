package sqlite_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"rabta/matching"
	"rabta/store"
	"rabta/store/sqlite"
)

var killRounds = flag.Int("kill-rounds", 3, "how many times TestKill kills a writing process")

// The environment by which the test's program is told to write until it is killed.
const (
	killDir = "RABTA_TEST_KILL_DIR"
	killKey = "RABTA_TEST_KILL_KEY"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(killDir); dir != "" {
		if err := writeUntilKilled(context.Background(), dir, os.Getenv(killKey)); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1) // it must not end by itself
	}
	os.Exit(m.Run())
}

// writeUntilKilled has four writers, each of which prints what it has stored once Update has acknowledged it.
func writeUntilKilled(ctx context.Context, dir, key string) error {
	keys, err := store.LoadKeys(key)
	if err != nil {
		return err
	}
	s, err := sqlite.Open(ctx, dir, sqlite.Options{Keys: keys})
	if err != nil {
		return err
	}
	failed := make(chan error)
	for range 4 {
		go func() {
			for {
				records := 1 + rand.IntN(20)
				var ids []string
				position, err := s.Update(ctx, func(tx store.Tx) error {
					for range records {
						g, p := benchGraduate(rand.IntN(1 << 40))
						p.CNIC, p.Phone = "", fmt.Sprintf("03%09d", rand.IntN(1e9))
						g.ExternalID = ""
						if err := tx.PutGraduate(ctx, g, p); err != nil {
							return err
						}
						ids = append(ids, string(g.ID))
					}
					return nil
				})
				if err != nil {
					failed <- err
					return
				}
				// One write to a pipe of less than its atomic size: a kill leaves the line whole or absent.
				fmt.Fprintf(os.Stdout, "%d %s\n", position, strings.Join(ids, " "))
			}
		}()
	}
	return <-failed
}

// What Update has acknowledged survives kill -9, and the store opens sound after it.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	keyPath := store.KeyPath(dir)
	keys, err := store.CreateKeys(keyPath)
	if err != nil {
		t.Fatal(err)
	}
	acknowledged := map[matching.ID]store.Position{}
	for round := range *killRounds {
		lines := runAndKill(t, dir, keyPath, time.Duration(20+rand.IntN(250))*time.Millisecond)
		last := store.Position(0)
		for _, line := range lines {
			fields := strings.Fields(line)
			var position store.Position
			if _, err := fmt.Sscan(fields[0], &position); err != nil {
				t.Fatalf("line %q: %v", line, err)
			}
			for _, id := range fields[1:] {
				acknowledged[matching.ID(id)] = position
			}
			last = max(last, position)
		}
		checkAfterKill(t, round, dir, keys, acknowledged, last)
	}
	if len(acknowledged) == 0 {
		t.Fatal("nothing was acknowledged in any round")
	}
	t.Logf("%d acknowledged records in %d rounds", len(acknowledged), *killRounds)
}

// runAndKill starts the writing process, kills it some time after its first line, and gives its whole lines.
func runAndKill(t *testing.T, dir, key string, after time.Duration) []string {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killDir+"="+dir, killKey+"="+key)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var kill sync.Once
	var lines []string
	r := bufio.NewReader(out)
	for {
		line, err := r.ReadString('\n')
		if err == io.EOF {
			break // a line without its end was not acknowledged to anybody
		}
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
		kill.Do(func() {
			time.AfterFunc(after, func() {
				if err := child.Process.Kill(); err != nil {
					t.Error(err)
				}
			})
		})
	}
	if err := child.Wait(); err == nil || child.ProcessState.ExitCode() != -1 {
		t.Fatalf("the writing process ended by itself: %v", child.ProcessState)
	}
	return lines
}

func checkAfterKill(t *testing.T, round int, dir string, keys *store.Keys, acknowledged map[matching.ID]store.Position, last store.Position) {
	t.Helper()
	s := open(t, dir, keys)
	defer closeStore(t, s)
	stored := map[matching.ID]bool{}
	head, err := s.EachGraduate(t.Context(), "", func(g *matching.Graduate) error { stored[g.ID] = true; return nil })
	if err != nil {
		t.Fatal(err)
	}
	if head.Position < last || int(head.Position) != len(stored) {
		t.Fatalf("round %d: head %d, %d records, position %d was acknowledged", round, head.Position, len(stored), last)
	}
	for id, position := range acknowledged {
		if !stored[id] {
			t.Fatalf("round %d: a record acknowledged at position %d is lost", round, position)
		}
	}
	if err := s.Check(t.Context()); err != nil {
		t.Fatalf("round %d: %v", round, err)
	}
}
