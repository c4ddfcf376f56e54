package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/sqlite"
)

var marked = matching.Personal{Name: "MarkedNasreenBibi", Phone: "0345-9876501", Whose: "MarkedFather", SafeHours: "MarkedHours",
	CNIC: "61101-7654321-8", Address: "MarkedStreet 4"}

// found gives those of the values that stand in the clear in a file of the directory. The files must hold something.
func found(t *testing.T, dir string, values ...string) (hits []string) {
	t.Helper()
	total := 0
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		content, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		total += len(content)
		for _, v := range values {
			if bytes.Contains(content, []byte(v)) {
				hits = append(hits, f.Name()+": "+v)
			}
		}
	}
	if total == 0 {
		t.Fatal("the directory holds nothing to look through")
	}
	return hits
}

func TestNothingPersonalInTheClear(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, store.NewKeys())
	g, p := benchGraduate(1)
	*p = marked
	g.Certificates = []matching.Certificate{{Programme: "MarkedProgramme"}} // shows that the search finds what is in the clear
	e := &matching.Employer{ID: "emp_01J80000000000000000000001", Name: "Workshop"}
	contact := matching.EmployerContact{Person: "MarkedUsman", Phone: "0345-9876502", Email: "marked@example.pk"}
	update(t, s, func(ctx context.Context, tx store.Tx) error {
		if err := tx.PutEmployer(ctx, e, &contact); err != nil {
			return err
		}
		return tx.PutGraduate(ctx, g, p)
	})
	update(t, s, func(ctx context.Context, tx store.Tx) error { return tx.PutGraduate(ctx, g, p) })
	secrets := []string{"MarkedNasreen", "9876501", "9876502", "MarkedFather", "MarkedHours", "7654321", "61101", "MarkedStreet", "MarkedUsman", "marked@"}
	if hits := found(t, dir, secrets...); hits != nil { // with the WAL beside the database
		t.Fatalf("in the clear: %v", hits)
	}
	if found(t, dir, "MarkedProgramme") == nil {
		t.Fatal("the search finds nothing that is in the clear either")
	}
	closeStore(t, s)
	if hits := found(t, dir, secrets...); hits != nil {
		t.Fatalf("in the clear after closing: %v", hits)
	}
}

// After a deletion the record's bytes leave the database and the WAL of a running store, within the minute that is promised.
func TestDeletionScrubsTheFiles(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, store.NewKeys())
	g, p := benchGraduate(1)
	g.Certificates = []matching.Certificate{{Programme: "MarkedProgramme"}}
	update(t, s, func(ctx context.Context, tx store.Tx) error { return tx.PutGraduate(ctx, g, p) })
	putGraduates(t, s, 2, 50, true)
	update(t, s, func(ctx context.Context, tx store.Tx) error { return tx.DeleteGraduate(ctx, g.ID) })
	for deadline := time.Now().Add(10 * time.Second); found(t, dir, "MarkedProgramme") != nil; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still there: %v", found(t, dir, "MarkedProgramme"))
		}
	}
	putGraduates(t, s, 100, 1, true)
}

// A walk that holds old pages delays the scrubbing and neither fails nor stops writers.
func TestDeletionDuringAWalk(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, store.NewKeys())
	g, p := benchGraduate(1)
	g.Certificates = []matching.Certificate{{Programme: "MarkedProgramme"}}
	update(t, s, func(ctx context.Context, tx store.Tx) error { return tx.PutGraduate(ctx, g, p) })
	_, err := s.EachGraduate(t.Context(), "", func(seen *matching.Graduate) error {
		update(t, s, func(ctx context.Context, tx store.Tx) error { return tx.DeleteGraduate(ctx, seen.ID) })
		began := time.Now()
		putGraduates(t, s, 2, 1, true)
		time.Sleep(50 * time.Millisecond)
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("a write waited %v for the scrubber", took)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); found(t, dir, "MarkedProgramme") != nil; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("still there after the walk has ended")
		}
	}
}

func TestAnotherKeyFileIsRefused(t *testing.T) {
	dir, keys := t.TempDir(), store.NewKeys()
	s := open(t, dir, keys)
	g, p := benchGraduate(1)
	update(t, s, func(ctx context.Context, tx store.Tx) error { return tx.PutGraduate(ctx, g, p) })
	closeStore(t, s)
	_, err := sqlite.Open(t.Context(), dir, sqlite.Options{Keys: store.NewKeys()})
	if shown, ok := fault.Shown(err); fault.KindOf(err) != fault.Conflict || !ok || shown.Message == "" {
		t.Fatalf("opened with other keys: %v", err)
	}
	if _, err := sqlite.Open(t.Context(), dir, sqlite.Options{}); fault.KindOf(err) != fault.Invalid {
		t.Fatalf("opened without keys: %v", err)
	}
	rotated := keys.Rotated(store.SealingKey)
	closeStore(t, open(t, dir, rotated))
	if _, err := sqlite.Open(t.Context(), dir, sqlite.Options{Keys: keys}); fault.KindOf(err) != fault.Conflict {
		t.Fatalf("opened with a key file from before the rotation: %v", err)
	}
	if got, err := open(t, dir, rotated).Personal(t.Context(), g.ID); err != nil || got != *p {
		t.Fatalf("after the rotation: %+v, %v", got, err)
	}
}

func TestFilesAreTheOwnersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a ?dir#with%41 odd name")
	s := open(t, dir, store.NewKeys())
	putGraduates(t, s, 1, 1, true)
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("files %v, %v; want the database and its WAL", files, err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("%s has mode %v, %v; want 0600", f.Name(), info.Mode(), err)
		}
	}
}

func TestDamageIsNoticed(t *testing.T) {
	for _, c := range []struct{ name, statement string }{
		{"a changed blob", `UPDATE graduate SET sealed = zeroblob(length(sealed)) WHERE id = 'grd_01J80000000000000000000001'`},
		{"another record's blob", `UPDATE graduate SET sealed = (SELECT sealed FROM graduate WHERE id = 'grd_01J80000000000000000000002')`},
		{"a column that differs from the body", `UPDATE graduate SET status = 'placed'`},
		{"a gap in the journal", `DELETE FROM journal WHERE position = 2`},
		{"a head that lags", `UPDATE journal_head SET position = 1`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, keys := t.TempDir(), store.NewKeys()
			s := open(t, dir, keys)
			putGraduates(t, s, 1, 3, true)
			closeStore(t, s)
			db, err := sql.Open("sqlite3", filepath.Join(dir, sqlite.FileName))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(c.statement); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if err := open(t, dir, keys).Check(t.Context()); err == nil {
				t.Fatal("the check finds nothing")
			}
		})
	}
}

func TestADamagedBlobDoesNotOpen(t *testing.T) {
	dir, keys := t.TempDir(), store.NewKeys()
	s := open(t, dir, keys)
	putGraduates(t, s, 1, 2, true)
	closeStore(t, s)
	path := filepath.Join(dir, sqlite.FileName)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	var blob []byte
	if err := db.QueryRow("SELECT sealed FROM graduate ORDER BY id LIMIT 1").Scan(&blob); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(content, blob)
	if at < 0 {
		t.Fatal("the blob is not in the file in one piece")
	}
	content[at+len(blob)-1] ^= 0x40 // one bit on the disk
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, keys)
	if p, err := s.Personal(t.Context(), "grd_01J80000000000000000000001"); err == nil || p != (matching.Personal{}) {
		t.Fatalf("a damaged blob opened as %+v", p)
	}
	if _, err := s.Personal(t.Context(), "grd_01J80000000000000000000002"); err != nil {
		t.Fatalf("its neighbour: %v", err)
	}
	if _, err := s.Graduate(t.Context(), "grd_01J80000000000000000000001"); err != nil {
		t.Fatalf("the rest of the record: %v", err)
	}
	if err := s.Check(t.Context()); err == nil {
		t.Fatal("the check finds nothing")
	}
}

func update(t *testing.T, s store.Store, change func(context.Context, store.Tx) error) {
	t.Helper()
	if _, err := s.Update(t.Context(), func(tx store.Tx) error { return change(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func closeStore(t *testing.T, s store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
