package postgres_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/postgres"
	"rabta/store/postgres/cluster"
)

// lines is a log that several goroutines write.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// everything is all that an error can be made to say.
func everything(err error) string {
	text := fmt.Sprintf("%v %+v %#v", err, err, err)
	if shown, ok := fault.Shown(err); ok {
		text += shown.Message + shown.MessageUr
	}
	for ; err != nil; err = unwrap(err) {
		text += fmt.Sprintf("%v %+v %#v", err, err, err)
	}
	return text
}

func unwrap(err error) error {
	if u, ok := err.(interface{ Unwrap() error }); ok {
		return u.Unwrap()
	}
	return nil
}

// Neither the URL nor its password, user or host is in an error or in the log, whatever goes wrong.
func TestSecretsAreKept(t *testing.T) {
	const password = "MarkedPassword"
	c := ownCluster(t, cluster.Options{Password: password})
	good := c.URL("postgres")
	var log lines
	opts := postgres.Options{Keys: store.NewKeys(), Log: slog.New(slog.NewTextHandler(&log, nil)), ConnectTimeout: time.Second}
	secrets := []string{password, "MarkedUser", "marked.host", "MarkedDatabase", "postgres://"}
	silent := func(what, text string) {
		t.Helper()
		for _, secret := range secrets {
			if strings.Contains(text, secret) && !strings.Contains(secret, "postgres://") || strings.Contains(text, "://postgres") {
				t.Errorf("%s repeats %q: %s", what, secret, text)
			}
		}
	}
	for _, bad := range []struct {
		name, url string
		kind      fault.Kind
	}{
		{"no URL at all", "postgres://MarkedUser:MarkedPassword@marked.host:port/x", fault.Invalid},
		{"an unknown setting", "postgres://MarkedUser:MarkedPassword@marked.host/x?sslmode=MarkedPassword", fault.Invalid},
		{"nobody there", "postgres://MarkedUser:MarkedPassword@127.0.0.1:1/MarkedDatabase", fault.Unavailable},
		{"an unknown host", "postgres://MarkedUser:MarkedPassword@marked.host.invalid/MarkedDatabase", fault.Unavailable},
		{"another password", strings.Replace(good, password, "MarkedUser", 1), fault.Unavailable},
		{"another user", strings.Replace(good, "postgres:"+password, "MarkedUser:"+password, 1), fault.Unavailable},
		{"another database", strings.Replace(good, "/postgres?", "/MarkedDatabase?", 1), fault.Unavailable},
	} {
		t.Run(bad.name, func(t *testing.T) {
			_, err := postgres.Open(t.Context(), bad.url, opts)
			if fault.KindOf(err) != bad.kind || err == nil {
				t.Errorf("%v, want a %v", err, bad.kind)
			}
			silent("Open", everything(err))
			_, err = postgres.Fresh(t.Context(), bad.url)
			silent("Fresh", everything(err))
		})
	}
	s, err := postgres.Open(t.Context(), good, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c.Kill()
	_, err = s.Head(t.Context())
	if fault.KindOf(err) != fault.Unavailable || err == nil {
		t.Errorf("without a server: %v", err)
	}
	silent("Head", everything(err))
	for deadline := time.Now().Add(10 * time.Second); log.String() == ""; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("nothing was logged of the outage")
		}
	}
	silent("the log", log.String())
}

// Nothing personal stands in the clear in any file of the server, its log included.
func TestNothingPersonalInTheClear(t *testing.T) {
	dir := filepath.Join(cluster.DirForTest(t), "c")
	c, err := cluster.Start(t.Context(), dir, cluster.Options{Settings: map[string]string{"log_statement": "all", "wal_compression": "off"}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.Remove(); err != nil {
			t.Error(err)
		}
	}()
	s := open(t, c.URL("postgres"), store.NewKeys())
	g, p := benchGraduate(1)
	*p = matching.Personal{Name: "MarkedNasreenBibi", Phone: "0345-9876501", Whose: "MarkedFather", SafeHours: "MarkedHours",
		CNIC: "61101-7654321-8", Address: "MarkedStreet 4"}
	g.Certificates = []matching.Certificate{{Programme: "MarkedProgramme"}} // shows that the search finds what is in the clear
	for range 2 {
		if _, err := s.Update(t.Context(), func(tx store.Tx) error { return tx.PutGraduate(t.Context(), g, p) }); err != nil {
			t.Fatal(err)
		}
	}
	putGraduates(t, s, 100, 200) // by COPY
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	for value, want := range map[string]bool{"MarkedProgramme": true, "MarkedNasreen": false, "9876501": false, "MarkedFather": false,
		"MarkedHours": false, "7654321": false, "MarkedStreet": false, "0300000010": false} {
		if got := inFiles(t, dir, value); got != want {
			t.Errorf("%s is in the files: %v, want %v", value, got, want)
		}
	}
}

// inFiles tells whether a value stands in a file below a directory.
func inFiles(t *testing.T, dir, value string) (found bool) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		found = found || bytes.Contains(content, []byte(value))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestDamageIsNoticed(t *testing.T) {
	for _, c := range []struct{ name, statement string }{
		{"a changed blob", `UPDATE graduate SET sealed = decode(repeat('00', length(sealed)), 'hex') WHERE id = 'grd_01J80000000000000000000001'`},
		{"another record's blob", `UPDATE graduate SET sealed = (SELECT sealed FROM graduate WHERE id = 'grd_01J80000000000000000000002')`},
		{"a column that differs from the body", `UPDATE graduate SET status = 'placed'`},
		{"a gap in the journal", `DELETE FROM journal WHERE position = 2`},
		{"a head that lags", `UPDATE journal_head SET position = 1`},
		{"a look that was dropped", `DELETE FROM audit WHERE number = 1`},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := database(t)
			s := open(t, url, store.NewKeys())
			putGraduates(t, s, 1, 3)
			_, err := s.Update(t.Context(), func(tx store.Tx) error {
				for range 2 {
					if err := tx.AppendLook(t.Context(), &store.Look{Role: "staff", Action: "read"}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Check(t.Context()); err != nil {
				t.Fatal(err)
			}
			exec(t, url, c.statement)
			if err := s.Check(t.Context()); err == nil {
				t.Fatal("the check finds nothing")
			}
		})
	}
}
