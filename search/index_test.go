package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
)

func TestMain(m *testing.M) {
	// Bleve starts its analysers with the process and keeps them.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

func openIndex(t testing.TB, dir string) *Index {
	t.Helper()
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func apply(t testing.TB, x *Index, b Batch) {
	t.Helper()
	if err := x.Apply(b); err != nil {
		t.Fatal(err)
	}
}

func posting(id, title string) Document {
	return Document{ID: matching.ID(id), Noun: NounPosting, Trade: "electrician", Kind: "job", Title: title}
}

func found(t testing.TB, x *Index, q TextQuery) []matching.ID {
	t.Helper()
	hits, err := x.Postings(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var ids []matching.ID
	for _, h := range hits {
		ids = append(ids, h.ID)
	}
	return ids
}

func TestANewIndexIsEmptyAndAtNoPosition(t *testing.T) {
	x := openIndex(t, filepath.Join(t.TempDir(), "index"))
	epoch, position, err := x.At()
	if epoch != "" || position != 0 || err != nil {
		t.Errorf("At = %q, %d, %v", epoch, position, err)
	}
	if n, err := x.Count(); n != 0 || err != nil {
		t.Errorf("Count = %d, %v", n, err)
	}
	if ids := found(t, x, TextQuery{Text: "wiring"}); len(ids) > 0 {
		t.Errorf("found %v", ids)
	}
}

func TestReopeningKeepsDocumentsAndPosition(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir)
	apply(t, x, Batch{Epoch: "e1", Position: 7, Put: []Document{posting("pst_a", "wiring of a house")}})
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	again := openIndex(t, dir)
	epoch, position, err := again.At()
	if epoch != "e1" || position != 7 || err != nil {
		t.Errorf("At = %q, %d, %v", epoch, position, err)
	}
	if diff := cmp.Diff([]matching.ID{"pst_a"}, found(t, again, TextQuery{Text: "wiring"})); diff != "" {
		t.Error(diff)
	}
}

func TestApplyPutsReplacesAndDeletes(t *testing.T) {
	x := openIndex(t, t.TempDir())
	apply(t, x, Batch{Epoch: "e", Position: 1, Put: []Document{posting("pst_a", "solar panel"), posting("pst_b", "solar pump"), posting("pst_c", "solar")}})
	apply(t, x, Batch{Epoch: "e", Position: 2, Put: []Document{posting("pst_a", "geyser"), posting("pst_c", "solar")},
		Delete: []matching.ID{"pst_b", "pst_unknown", "pst_c", ""}})
	if ids := found(t, x, TextQuery{Text: "solar"}); len(ids) != 0 {
		t.Errorf("still found: %v", ids)
	}
	if diff := cmp.Diff([]matching.ID{"pst_a"}, found(t, x, TextQuery{Text: "geyser"})); diff != "" {
		t.Error(diff)
	}
	if n, err := x.Count(); n != 1 || err != nil {
		t.Errorf("Count = %d, %v", n, err)
	}
}

func TestApplyingABatchTwiceChangesNothing(t *testing.T) {
	x := openIndex(t, t.TempDir())
	b := Batch{Epoch: "e", Position: 3, Put: market(60), Delete: []matching.ID{"pst_gone"}}
	apply(t, x, b)
	q := TextQuery{Text: "bijli ki wiring lahore"}
	before, err := x.Postings(context.Background(), q)
	if err != nil || len(before) == 0 {
		t.Fatal(before, err)
	}
	apply(t, x, b)
	after, err := x.Postings(context.Background(), q)
	if diff := cmp.Diff(before, after); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, position, _ := x.At(); position != 3 {
		t.Errorf("position %d", position)
	}
}

func TestApplyRefusesWhatCannotBeIndexedAsAWhole(t *testing.T) {
	good := posting("pst_good", "wiring")
	outside := posting("pst_out", "wiring")
	outside.At = &geo.Point{Lat: 51, Lon: 0}
	noun := posting("pst_n", "wiring")
	noun.Noun = "employer"
	for name, bad := range map[string]Document{"no id": posting("", "wiring"), "another noun": noun, "outside the box": outside} {
		t.Run(name, func(t *testing.T) {
			x := openIndex(t, t.TempDir())
			err := x.Apply(Batch{Epoch: "e", Position: 1, Put: []Document{good, bad}})
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("error %v of kind %s", err, fault.KindOf(err))
			}
			if n, err := x.Count(); n != 0 || err != nil {
				t.Errorf("Count = %d, %v", n, err)
			}
		})
	}
}

func TestADamagedIndexIsAnErrorAndNoPanic(t *testing.T) {
	damages := map[string]func(t *testing.T, dir string){
		"description cut":  func(t *testing.T, dir string) { overwrite(t, filepath.Join(dir, "index_meta.json"), []byte("{")) },
		"description gone": func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "index_meta.json")) },
		"database garbage": func(t *testing.T, dir string) {
			overwrite(t, filepath.Join(dir, "store", "root.bolt"), []byte(strings.Repeat("x", 40_000)))
		},
		"database gone": func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "store", "root.bolt")) },
		"database cut":  func(t *testing.T, dir string) { cut(t, filepath.Join(dir, "store", "root.bolt"), 5000) },
		"something else": func(t *testing.T, dir string) {
			os.RemoveAll(dir)
			overwrite(t, filepath.Join(dir, "notes"), []byte("mine"))
		},
		"a file":             func(t *testing.T, dir string) { os.RemoveAll(dir); overwrite(t, dir, []byte("mine")) },
		"another's analysis": func(t *testing.T, dir string) { otherLayout(t, dir) },
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "index")
			x := openIndex(t, dir)
			apply(t, x, Batch{Epoch: "e", Position: 1, Put: market(200)})
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
			damage(t, dir)
			again, err := Open(dir)
			if err == nil {
				err = again.Close()
				t.Errorf("opened (close: %v)", err)
			} else if fault.KindOf(err) != fault.Unavailable {
				t.Errorf("kind %s of %v", fault.KindOf(err), err)
			}
		})
	}
}

// TestADamagedSegmentLosesNothingSilently: Bleve goes back to an older state when a segment cannot be read, which is right as long as
// the position goes back with the documents. What it does not notice on opening must not end the process later.
func TestADamagedSegmentLosesNothingSilently(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, path string){
		"gone":    remove,
		"cut":     func(t *testing.T, path string) { cut(t, path, 100) },
		"empty":   func(t *testing.T, path string) { cut(t, path, 0) },
		"garbled": garble,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			x := openIndex(t, dir)
			apply(t, x, Batch{Epoch: "e", Position: 1, Put: market(200)})
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
			damage(t, segment(t, dir))
			again, err := Open(dir)
			if err != nil {
				if fault.KindOf(err) != fault.Unavailable {
					t.Errorf("kind of %v", err)
				}
				return
			}
			defer again.Close()
			_, position, atErr := again.At()
			n, countErr := again.Count()
			if position == 1 && n != 250 || position != 1 && n != 0 {
				t.Errorf("position %d with %d documents (%v, %v)", position, n, atErr, countErr)
			}
			for _, text := range marketQueries {
				if _, err := again.Postings(context.Background(), TextQuery{Text: text}); err != nil && fault.KindOf(err) != fault.Unavailable {
					t.Errorf("%s: %v", text, err)
				}
			}
		})
	}
}

// garble changes every seventh byte but those of the footer.
func garble(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(content)-200; i += 7 {
		content[i] ^= 0x5a
	}
	overwrite(t, path, content)
}

func overwrite(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func cut(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
}

func segment(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
	if err != nil || len(files) == 0 {
		t.Fatal("no segment", err)
	}
	return files[len(files)-1]
}

func otherLayout(t *testing.T, dir string) {
	t.Helper()
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.note(layoutKey, []byte("0")); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestASecondOpenerIsRefused(t *testing.T) {
	dir := t.TempDir()
	openIndex(t, dir)
	began := time.Now()
	_, err := Open(dir)
	if fault.KindOf(err) != fault.Unavailable {
		t.Errorf("error %v", err)
	}
	if waited := time.Since(began); waited > 30*time.Second {
		t.Errorf("waited %s", waited)
	}
}

func TestAClosedIndexAnswersUnavailable(t *testing.T) {
	x := openIndex(t, t.TempDir())
	for range 2 {
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	_, searching := x.Postings(context.Background(), TextQuery{Text: "wiring"})
	_, _, at := x.At()
	_, count := x.Count()
	for name, err := range map[string]error{"Postings": searching, "At": at, "Count": count, "Apply": x.Apply(Batch{})} {
		if fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPanicsAndHangsBecomeErrors(t *testing.T) {
	_, err := within("test", time.Minute, nil, func() (int, error) { panic("segment base is nil") })
	if fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "segment base is nil") {
		t.Errorf("panic: %v", err)
	}
	release := make(chan struct{})
	_, err = within("test", time.Millisecond, nil, func() (int, error) { <-release; return 1, nil })
	if fault.KindOf(err) != fault.Unavailable {
		t.Errorf("hang: %v", err)
	}
	close(release)
	if shown, ok := fault.Shown(err); !ok || shown.MessageUr == "" {
		t.Error("no sentence for a person")
	}
}

func TestReadersRunWhileBatchesAreApplied(t *testing.T) {
	x := openIndex(t, t.TempDir())
	docs := market(300)
	apply(t, x, Batch{Epoch: "e", Put: docs})
	want := found(t, x, TextQuery{Text: "wiring"})
	var wait sync.WaitGroup
	stop := make(chan struct{})
	for range 3 {
		wait.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				// Every batch is whole: the same documents again and some that no reader finds.
				hits, err := x.Postings(context.Background(), TextQuery{Text: "wiring"})
				if err != nil || len(hits) != len(want) {
					t.Errorf("%d hits of %d, %v", len(hits), len(want), err)
					return
				}
			}
		})
	}
	for i := range 20 {
		apply(t, x, Batch{Epoch: "e", Position: uint64(i), Put: append([]Document{posting(fmt.Sprintf("pst_x%d", i), "zzz")}, docs...)})
	}
	close(stop)
	wait.Wait()
	if diff := cmp.Diff(want, found(t, x, TextQuery{Text: "wiring"})); diff != "" {
		t.Error(diff)
	}
}

func TestACallerWhoGaveUpGetsItsOwnError(t *testing.T) {
	x := openIndex(t, t.TempDir())
	apply(t, x, Batch{Put: market(20)})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Postings(ctx, TextQuery{Text: "wiring"}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
