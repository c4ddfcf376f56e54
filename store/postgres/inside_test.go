package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/postgres/cluster"
)

// pair opens two stores on one new database, as two nodes do.
func pair(t *testing.T) (one, two *Store, url string) {
	t.Helper()
	url = cluster.ForTest(t)
	keys := store.NewKeys()
	open := func() *Store {
		s, err := Open(t.Context(), url, Options{Keys: keys})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	}
	return open(), open(), url
}

func graduate(n int) *matching.Graduate {
	return &matching.Graduate{ID: matching.ID(fmt.Sprintf("grd_01J8%022d", n)), Trades: []matching.TradeHeld{{Trade: "mason"}}, Status: matching.Searching}
}

// A commit of one node wakes those who wait on another, without their looking.
func TestNotificationsWakeTheOtherNode(t *testing.T) {
	one, two, url := pair(t)
	two.poll = time.Hour
	awaitListener(t, url, 2)
	for n := range 5 {
		woken := make(chan error, 1)
		go func() { woken <- two.Wait(t.Context(), store.Position(n)) }()
		time.Sleep(20 * time.Millisecond)
		if _, err := one.Update(t.Context(), func(tx store.Tx) error { return tx.PutGraduate(t.Context(), graduate(n), nil) }); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-woken:
			if err != nil {
				t.Fatal(err)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("nobody was woken")
		}
	}
}

// awaitListener waits until n connections listen.
func awaitListener(t *testing.T, url string, n int) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer closeQuietly(c)
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		var listening int
		err := c.QueryRow(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN "+channel+"'").Scan(&listening)
		if err != nil || time.Now().After(deadline) {
			t.Fatalf("%d of %d listen: %v", listening, n, err)
		}
		if listening == n {
			return
		}
	}
}

// Sessions have what config.go says, whatever the database's own settings are.
func TestSessions(t *testing.T) {
	url := cluster.ForTest(t)
	c, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Exec(t.Context(), "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$"); err != nil {
		t.Fatal(err)
	}
	closeQuietly(c)
	s, err := Open(t.Context(), url, Options{Keys: store.NewKeys(), MaxConns: 1, LockTimeout: 1500 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for setting, want := range map[string]string{"synchronous_commit": "on", "lock_timeout": "1500ms", "statement_timeout": "30s",
		"idle_in_transaction_session_timeout": "30s", "client_connection_check_interval": "2s", "application_name": "rabta"} {
		var got string
		if err := s.pool.QueryRow(t.Context(), "SELECT current_setting($1)", setting).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, want %s: %v", setting, got, want, err)
		}
	}
	if got := s.pool.Config().MaxConns; got != minConns {
		t.Errorf("%d connections, want %d: writers, walks and reads need their own", got, minConns)
	}
}

// A transaction's connection is given up when the server has become read-only, and the next one is a new one.
func TestReadOnlyServerIsLeft(t *testing.T) {
	one, _, url := pair(t)
	c, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer closeQuietly(c)
	put := func(n int) error {
		_, err := one.Update(t.Context(), func(tx store.Tx) error { return tx.PutGraduate(t.Context(), graduate(n), nil) })
		return err
	}
	if err := put(1); err != nil {
		t.Fatal(err)
	}
	err = one.lend(t.Context(), one.writers, func(c *pgx.Conn) error {
		_, err := c.Exec(t.Context(), "SET default_transaction_read_only = on")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	failures := 0
	for n := 2; n < 5; n++ {
		if err := put(n); err != nil {
			if fault.KindOf(err) != fault.Unavailable {
				t.Fatal(err)
			}
			failures++
		}
	}
	if failures > 1 {
		t.Fatalf("%d failures: the connection stayed in use", failures)
	}
}

func TestKindsOfErrors(t *testing.T) {
	state := func(code string) error {
		return &pgconn.PgError{Severity: "ERROR", SeverityUnlocalized: "ERROR", Code: code, Message: "zebra", Detail: "Key (a)=(zebra)", Where: "zebra"}
	}
	for _, c := range []struct {
		name string
		err  error
		want fault.Kind
		lost bool
	}{
		{"disk full", state("53100"), fault.Full, false},
		{"out of memory", state("53200"), fault.Unavailable, false},
		{"too many connections", state("53300"), fault.Unavailable, false},
		{"id taken", state("23505"), fault.Conflict, false},
		{"check", state("23514"), fault.Conflict, false},
		{"a character that no text may hold", state("22021"), fault.Invalid, false},
		{"deadlock", state("40P01"), fault.Unavailable, false},
		{"waited too long for a lock", state("55P03"), fault.Unavailable, false},
		{"statement took too long", state("57014"), fault.Unavailable, false},
		{"stopped by its administrator", state("57P01"), fault.Unavailable, true},
		{"starting up", state("57P03"), fault.Unavailable, true},
		{"read-only", state("25006"), fault.Unavailable, true},
		{"connection failure", state("08006"), fault.Unavailable, true},
		{"wrong password", state("28P01"), fault.Unavailable, false},
		{"no such database", state("3D000"), fault.Unavailable, false},
		{"a bug of ours", state("42601"), fault.Internal, false},
		{"damaged", state("XX001"), fault.Internal, false},
		{"the other end is gone", io.ErrUnexpectedEOF, fault.Unavailable, true},
		{"no row", pgx.ErrNoRows, fault.NotFound, false},
		{"deadline", context.DeadlineExceeded, fault.Unavailable, false},
		{"one of ours", fault.New(fault.Stale, "", "stale"), fault.Stale, false},
		{"unknown", errors.New("zebra"), fault.Internal, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := fail("op", c.err)
			if got := fault.KindOf(err); got != c.want {
				t.Errorf("kind %v, want %v", got, c.want)
			}
			if lost(c.err) != c.lost || lost(err) != c.lost {
				t.Errorf("lost: %v before and %v after, want %v", lost(c.err), lost(err), c.lost)
			}
			if text := fmt.Sprintf("%v %+v", err, errors.Unwrap(err)); strings.Contains(text, "Key (a)") || c.want != fault.Unavailable && c.name != "disk full" &&
				c.name != "a bug of ours" && strings.Contains(text, "zebra") {
				t.Errorf("it says %q", text)
			}
		})
	}
}

// A commit that the server has answered without its replica is not acknowledged.
func TestAWarningAtCommitIsNoAcknowledgement(t *testing.T) {
	one, _, _ := pair(t)
	err := one.exclusively(t.Context(), func(c *pgx.Conn) error {
		// A deferred trigger warns in the midst of COMMIT, as the server does when it stops waiting for its replica.
		_, err := c.PgConn().Exec(t.Context(), `CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS
			$$ BEGIN RAISE WARNING 'canceling wait for synchronous replication due to user request'; RETURN NULL; END $$;
			CREATE CONSTRAINT TRIGGER warn AFTER INSERT ON graduate DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn()`).ReadAll()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = one.Update(t.Context(), func(tx store.Tx) error { return tx.PutGraduate(t.Context(), graduate(1), nil) })
	if shown, _ := fault.Shown(err); fault.KindOf(err) != fault.Unavailable || shown == nil || shown.Message != unknownOutcome {
		t.Fatalf("%v", err)
	}
}

func TestKeysInUse(t *testing.T) {
	keys := store.NewKeys()
	second := keys.Rotated(store.SealingKey).Rotated(store.LookupKey)
	held := func(rows ...[2]string) (held [][][]byte) {
		for _, row := range rows {
			held = append(held, [][]byte{[]byte(row[0]), []byte(row[1])})
		}
		return held
	}
	first := held([2]string{"sealing", "1"}, [2]string{"lookup", "1"})
	both := held([2]string{"sealing", "1"}, [2]string{"sealing", "2"}, [2]string{"lookup", "1"}, [2]string{"lookup", "2"})
	forgotten := held([2]string{"sealing", "2"}, [2]string{"lookup", "1"}, [2]string{"lookup", "2"})
	for _, c := range []struct {
		name string
		held [][][]byte
		keys *store.Keys
		want bool
	}{
		{"those of the database", first, keys, true}, {"newer ones, not told of yet", first, second, true},
		{"older ones that are still in use", both, keys, true}, {"older ones that are forgotten", forgotten, keys, false},
		{"the newest", forgotten, second, true},
	} {
		if got := inUse(c.held, c.keys); got != c.want {
			t.Errorf("%s: in use %v, want %v", c.name, got, c.want)
		}
	}
}
