package postgres_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabta/matching"
	"rabta/store"
	"rabta/store/postgres/cluster"
)

// erasable is a cluster that keeps no old log, and where it lies.
func erasable(t *testing.T) (c *cluster.Cluster, dir string) {
	t.Helper()
	dir = filepath.Join(cluster.DirForTest(t), "c")
	c, err := cluster.Start(t.Context(), dir, cluster.Options{Settings: map[string]string{"wal_recycle": "off", "wal_compression": "off"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Remove(); err != nil {
			t.Error(err)
		}
	})
	return c, dir
}

// column reads a value behind the store's back.
func column(t *testing.T, url, sql string, args ...any) (value []byte) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	if err := c.QueryRow(t.Context(), sql, args...).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// leavings puts a graduate with everything that is deleted with her, changes her so that older versions of it all lie about, and gives
// the bytes to look for, by what they are.
func leavings(t *testing.T, s store.Store, url string) (matching.ID, map[string]string) {
	t.Helper()
	g, p := benchGraduate(1)
	g.ExternalID, g.Certificates = "MarkedRoster-1", []matching.Certificate{{Programme: "MarkedProgramme"}}
	a := &matching.Application{ID: "app_01J80000000000000000000001", Graduate: g.ID, Posting: "pst_01J80000000000000000000001", State: matching.Interested}
	text := "MarkedText"
	update(t, s, func(ctx context.Context, tx store.Tx) error { return tx.PutGraduate(ctx, g, p) })
	bytes := map[string]string{"first blob": string(column(t, url, "SELECT sealed FROM graduate WHERE id = $1", g.ID))}
	update(t, s, func(ctx context.Context, tx store.Tx) error {
		p.Address = "Another"
		if err := tx.NoteRow(ctx, g.ID, []byte("MarkedRow-0123456789")); err != nil {
			return err
		}
		if err := tx.PutApplication(ctx, a, &text); err != nil {
			return err
		}
		reply := &store.Reply{Subject: "staff", Operation: "op", Key: []byte("MarkedKey-0123456789MarkedKey-01"), Body: []byte("MarkedBody-123456789MarkedBody-1"), Status: 200, ID: g.ID}
		if err := tx.PutReply(ctx, reply); err != nil {
			return err
		}
		return tx.PutGraduate(ctx, g, p)
	})
	putGraduates(t, s, 2, 500)
	exec(t, url, "ANALYZE")
	for name, sql := range map[string]string{"blob": "SELECT sealed FROM graduate WHERE id = $1", "phone": "SELECT phone_mac FROM graduate WHERE id = $1",
		"CNIC": "SELECT cnic_mac FROM graduate WHERE id = $1", "text": "SELECT sealed FROM application WHERE graduate = $1"} {
		bytes[name] = string(column(t, url, sql, g.ID))
	}
	for _, clear := range []string{"MarkedRoster-1", "MarkedProgramme", "MarkedRow", "MarkedKey", "MarkedBody"} {
		bytes[clear] = clear
	}
	exec(t, url, "CHECKPOINT")
	return g.ID, bytes
}

// After a deletion nothing of the person stands in any file of the server, its log included, and her id only in the journal.
func TestDeletionRewritesTheFiles(t *testing.T) {
	c, dir := erasable(t)
	url := c.URL("postgres")
	s := open(t, url, store.NewKeys())
	id, bytes := leavings(t, s, url)
	for name, value := range bytes {
		if !inFiles(t, dir, value) {
			t.Fatalf("%s is not in the files while she is there: the search finds nothing", name)
		}
	}
	update(t, s, func(ctx context.Context, tx store.Tx) error { return tx.DeleteGraduate(ctx, id) })
	began := time.Now()
	done, err := s.EraseDeleted(t.Context(), false)
	if err != nil || done.Left() || !done.Log || done.Tables == 0 {
		t.Fatalf("erasing: %+v, %v", done, err)
	}
	t.Logf("erased in %v", time.Since(began))
	for name, value := range bytes {
		if inFiles(t, dir, value) {
			t.Errorf("%s is still in the files", name)
		}
	}
	// Her id is in the journal: without it, and what the log says of that, nowhere.
	exec(t, url, "TRUNCATE journal")
	exec(t, url, "SELECT pg_switch_wal()")
	exec(t, url, "CHECKPOINT")
	if inFiles(t, dir, string(id)) {
		t.Error("her id is in a file beside the journal's")
	}
	if again, err := s.EraseDeleted(t.Context(), false); err != nil || again.Tables != 0 {
		t.Errorf("once more: %+v, %v; want nothing to do", again, err)
	}
	if _, err := s.Graduate(t.Context(), "grd_01J80000000000000000000002"); err != nil {
		t.Errorf("another: %v", err)
	}
}

// What a transaction that began before the deletion may still see is kept for it, and erased once it has ended.
func TestErasingWaitsForThoseWhoMaySeeHer(t *testing.T) {
	c, dir := erasable(t)
	url := c.URL("postgres")
	s := open(t, url, store.NewKeys())
	id, bytes := leavings(t, s, url)
	old, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close(context.Background())
	for _, statement := range []string{"BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM place"} {
		if _, err := old.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	update(t, s, func(ctx context.Context, tx store.Tx) error { return tx.DeleteGraduate(ctx, id) })
	if done, err := s.EraseDeleted(t.Context(), false); err != nil || !done.Left() {
		t.Fatalf("beside an old transaction: %+v, %v; want something left", done, err)
	}
	if _, err := old.Exec(t.Context(), "COMMIT"); err != nil {
		t.Fatal(err)
	}
	if done, err := s.EraseDeleted(t.Context(), false); err != nil || done.Left() {
		t.Fatalf("after it: %+v, %v", done, err)
	}
	for name, value := range bytes {
		if inFiles(t, dir, value) {
			t.Errorf("%s is still in the files", name)
		}
	}
}

// A table that somebody holds is left, and those who read it wait no longer than for one attempt.
func TestErasingHoldsNobodyUp(t *testing.T) {
	url := database(t)
	s := open(t, url, store.NewKeys())
	putGraduates(t, s, 1, 50)
	var erased store.Erasure
	var failed error
	_, err := s.EachGraduate(t.Context(), "", func(g *matching.Graduate) error {
		if g.ID != "grd_01J80000000000000000000001" {
			return nil
		}
		update(t, s, func(ctx context.Context, tx store.Tx) error { return tx.DeleteGraduate(ctx, g.ID) })
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			erased, failed = s.EraseDeleted(t.Context(), false)
		}()
		for done := false; !done; {
			began := time.Now()
			if _, err := s.Graduate(t.Context(), "grd_01J80000000000000000000002"); err != nil {
				return err
			}
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("a read waited %v", took)
			}
			select {
			case <-ended:
				done = true
			case <-time.After(5 * time.Millisecond):
			}
		}
		return nil
	})
	if err != nil || failed != nil || !erased.Left() {
		t.Fatalf("beside a walk: %+v, %v, %v", erased, failed, err)
	}
	if erased, err = s.EraseDeleted(t.Context(), false); err != nil || erased.Left() {
		t.Fatalf("after the walk: %+v, %v", erased, err)
	}
}

func update(t *testing.T, s store.Store, change func(context.Context, store.Tx) error) {
	t.Helper()
	if _, err := s.Update(t.Context(), func(tx store.Tx) error { return change(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}
