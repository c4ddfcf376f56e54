package node_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

// rotateDir tells the test's program to enrol people and rotate keys in a data directory until it is killed.
const rotateDir = "RABTA_TEST_NODE_ROTATE_DIR"

var both = []store.KeyUse{store.SealingKey, store.LookupKey}

// rotateUntilKilled prints the id of each person once she was acknowledged, while the keys are rotated and pruned over and over.
func rotateUntilKilled(dir string) error {
	ctx := context.Background()
	n, err := node.Open(ctx, node.Config{Dir: dir, Now: func() time.Time { return day }})
	if err != nil {
		return err
	}
	failed := make(chan error, 2)
	go func() {
		for {
			g := sparky()
			if _, err := n.CreateGraduate(ctx, g, called(g)); err != nil {
				failed <- err
				return
			}
			if got, err := n.Personal(ctx, g.ID); err != nil || got.Name == "" {
				failed <- fmt.Errorf("reading her: %w", err)
				return
			}
			fmt.Println(g.ID)
		}
	}()
	go func() {
		for {
			if _, err := n.RotateKeys(ctx, both...); err != nil {
				failed <- err
				return
			}
			if _, err := n.PruneKeys(ctx); err != nil {
				failed <- err
				return
			}
		}
	}()
	return <-failed
}

// called is what names a graduate of these tests.
func called(*matching.Graduate) *matching.Personal {
	return &matching.Personal{Name: "Bashir", Phone: "03922222222"}
}

// TestKilledWhileRotating kills a process that rotates keys under writers, five times: each time everybody who was acknowledged opens and
// is found by phone, and the rotation can be finished.
func TestKilledWhileRotating(t *testing.T) {
	dir := t.TempDir() + "/data"
	var acknowledged []matching.ID
	for round := range 5 {
		acknowledged = append(acknowledged, killed(t, rotateDir, dir, 5+rand.IntN(20))...)
		n, err := node.Open(context.Background(), config(t, dir))
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		everybodyOpens(t, n, acknowledged)
		if report, err := n.RotateKeys(context.Background()); err != nil || report.Unfinished() != 0 {
			t.Errorf("round %d: finishing: %+v, %v", round, report, err)
		}
		everybodyOpens(t, n, acknowledged)
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d people over 5 kills", len(acknowledged))
}

func everybodyOpens(t *testing.T, n *node.Node, people []matching.ID) {
	t.Helper()
	for _, id := range people {
		if got, err := n.Personal(context.Background(), id); err != nil || got.Name != "Bashir" {
			t.Fatalf("%s opens as %+v, %v", id, got, err)
		}
	}
	err := n.WithoutFollower(func(s store.Store) error {
		found, err := s.GraduatesByPhone(context.Background(), "03922222222")
		if err == nil && len(found) < len(people) {
			err = fmt.Errorf("%d of %d are found by phone", len(found), len(people))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// cutting is a store that fails at one step of a rotation.
type cutting struct {
	store.Store
	at string
}

var errCut = errors.New("cut off")

func (c cutting) SetKeys(ctx context.Context, keys *store.Keys) error {
	if c.at == "before the store takes the keys" && len(keys.Versions(store.SealingKey)) > 1 {
		return errCut
	}
	return c.Store.SetKeys(ctx, keys)
}

func (c cutting) Reseal(ctx context.Context) (int, error) {
	counts, err := c.KeyCounts(ctx)
	if err == nil && c.at == "before anything is sealed again" && len(counts) > 0 {
		status, _ := c.Store.Head(ctx)
		if status.Position > 0 {
			return 0, errCut
		}
	}
	return c.Store.Reseal(ctx)
}

// TestARotationThatIsCutOffGoesOn cuts a rotation off at each step: the node that opens next reads everything, and finishes it with the
// keys that were made, by its hourly work.
func TestARotationThatIsCutOffGoesOn(t *testing.T) {
	for _, step := range []string{"before the store takes the keys", "before anything is sealed again"} {
		t.Run(step, func(t *testing.T) {
			ctx, dir := context.Background(), t.TempDir()+"/data"
			n, err := node.Open(ctx, config(t, dir))
			if err != nil {
				t.Fatal(err)
			}
			g := worldOf(t, n).enrol()
			if err := store.ReplaceKeys(store.KeyPath(dir), mustLoad(t, dir).Rotated(store.SealingKey)); err != nil {
				t.Fatal(err)
			}
			if err := n.WrapStore(func(s store.Store) store.Store { return cutting{s, step} }); err != nil {
				t.Fatal(err)
			}
			if _, err := n.RotateKeys(ctx); !errors.Is(err, errCut) {
				t.Fatalf("not cut off: %v", err)
			}
			everybodyOpens(t, n, []matching.ID{g.ID})
			if err := n.Close(); err != nil {
				t.Fatal(err)
			}
			n = openNode(t, dir)
			everybodyOpens(t, n, []matching.ID{g.ID})
			if err := n.Hourly(ctx); err != nil {
				t.Fatal(err)
			}
			status, err := n.KeyStatus(ctx)
			if err != nil || status.Unfinished() != 0 || fmt.Sprint(status.Sealing) != "[1 2]" {
				t.Errorf("after the hourly work: %+v, %v", status, err)
			}
			pruned, err := n.PruneKeys(ctx)
			if err != nil || fmt.Sprint(pruned.Sealing, pruned.Lookup) != "[2] [1]" {
				t.Errorf("after pruning: %+v, %v", pruned, err)
			}
			everybodyOpens(t, n, []matching.ID{g.ID})
		})
	}
}

func mustLoad(t *testing.T, dir string) *store.Keys {
	t.Helper()
	keys, err := store.LoadKeys(store.KeyPath(dir))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// TestWhatHangsOnTheFirstLookupKeyStays rotates and prunes both uses: pseudonyms, the audit log's chain and a copy of the records hold.
func TestWhatHangsOnTheFirstLookupKeyStays(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	p, g := w.post(), w.enrol()
	if err := w.NoteLook(ctx, node.Actor{Role: "staff", Subject: "a"}, "get-personal", g.ID); err != nil {
		t.Fatal(err)
	}
	names := func() string {
		found, err := w.Candidates(ctx, node.MatchRequest{ID: p.ID})
		if err != nil || len(found.Results) != 1 {
			t.Fatalf("candidates: %+v, %v", found, err)
		}
		return string(found.Results[0].ID)
	}
	before := names()
	for range 2 {
		w.done(w.RotateKeys(ctx, both...))
		w.done(w.PruneKeys(ctx))
	}
	if after := names(); after != before {
		t.Errorf("the candidate is called %s after a rotation, and was %s", after, before)
	}
	if err := w.NoteLook(ctx, node.Actor{Role: "staff", Subject: "a"}, "get-personal", g.ID); err != nil {
		t.Fatal(err)
	}
	if report, err := w.VerifyAudit(ctx, ""); err != nil || report.Entries != 2 {
		t.Errorf("the audit log: %+v, %v", report, err)
	}
	to := t.TempDir() + "/copy"
	if _, err := (node.Copy{To: node.Where{Dir: to}}).RunFrom(ctx, w.Node); err != nil {
		t.Fatal(err)
	}
	everybodyOpens(t, openNode(t, to), []matching.ID{g.ID})
}

// TestAKeyFileFromAnotherNodeIsFollowed puts a newer key file in place, as an operator does who copies it from the node that rotated.
func TestAKeyFileFromAnotherNodeIsFollowed(t *testing.T) {
	dir := t.TempDir() + "/data"
	n := openNode(t, dir)
	if err := store.ReplaceKeys(store.KeyPath(dir), mustLoad(t, dir).Rotated(store.SealingKey)); err != nil {
		t.Fatal(err)
	}
	if err := n.FollowKeyFile(context.Background()); err != nil {
		t.Fatal(err)
	}
	g := worldOf(t, n).enrol()
	status, err := n.KeyStatus(context.Background())
	if err != nil || len(status.Used) == 0 || status.Used[0].Version != 2 {
		t.Errorf("%s is sealed by another key than the newest: %+v, %v", g.ID, status, err)
	}
	if err := store.ReplaceKeys(store.KeyPath(dir), store.NewKeys()); err != nil {
		t.Fatal(err)
	}
	if err := n.FollowKeyFile(context.Background()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("another store's key file was taken: %v", err)
	}
	everybodyOpens(t, n, []matching.ID{g.ID})
}

// TestTheAuditHeadIsLogged holds that the head stands in the server's log each hour and at the end, and is found later.
func TestTheAuditHeadIsLogged(t *testing.T) {
	dir := t.TempDir() + "/data"
	n, log := logged(t, dir)
	g, ctx := worldOf(t, n).enrol(), context.Background()
	for range 3 {
		if err := n.NoteLook(ctx, node.Actor{Role: "staff", Subject: "a"}, "get-personal", g.ID); err != nil {
			t.Fatal(err)
		}
	}
	report, err := n.VerifyAudit(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(n.Hourly(ctx), n.Close()); err != nil {
		t.Fatal(err)
	}
	if line := `msg="audit head" number=3 mac=` + report.Head; strings.Count(log.String(), line) != 2 {
		t.Errorf("the log has not twice %q:\n%s", line, log)
	}
	n = openNode(t, dir)
	if found, err := n.VerifyAudit(ctx, report.Head); err != nil || found.Found != 3 {
		t.Errorf("the head that was logged: %+v, %v", found, err)
	}
	if _, err := n.VerifyAudit(ctx, strings.Repeat("0", 64)); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a head that was never logged: %v", err)
	}
	if _, err := n.VerifyAudit(ctx, "x"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a head of no form: %v", err)
	}
}
