package search

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"rabta/matching"
)

// holders gives the files of an index in which an id can be found: by its bytes, or by Bleve's own reading of the segment, where ids lie
// in an automaton and in compressed records.
func holders(t testing.TB, x *Index, dir string, id matching.ID) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if bytes.Contains(body, []byte(id)) {
			files = append(files, filepath.Base(path)+" (bytes)")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	eachSegment(t, x, id, func(s *scorch.SegmentSnapshot, knows bool, err error) {
		if knows {
			files = append(files, fmt.Sprintf("segment %d (dictionary, %v)", s.Id(), err))
		}
		for n := range s.Segment().Count() {
			err := s.Segment().VisitStoredFields(n, func(_ string, _ byte, value []byte, _ []uint64) bool {
				if string(value) == string(id) {
					files = append(files, fmt.Sprintf("segment %d (stored)", s.Id()))
				}
				return true
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	return files
}

// eachSegment visits the segments of the newest snapshot with whether they know an id, deleted or not; one that cannot tell, by its error,
// counts as knowing it.
func eachSegment(t testing.TB, x *Index, id matching.ID, visit func(s *scorch.SegmentSnapshot, knows bool, err error)) {
	t.Helper()
	reader, err := x.core.Reader()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	for _, s := range reader.(*scorch.IndexSnapshot).Segments() {
		dict, err := s.Segment().Dictionary("_id")
		if err != nil {
			t.Fatal(err)
		}
		found, err := dict.Contains([]byte(id))
		visit(s, found || err != nil, err)
	}
}

func graduateDocument(n int) Document {
	return Document{ID: matching.ID(fmt.Sprintf("grd_01J8%022d", n)), Noun: NounGraduate, Trade: "electrician", Names: []string{"Electrician", "الیکٹریشن"}}
}

// TestPurgedMeansGone deletes in one segment, in all of several, and in ones that other documents replaced.
func TestPurgedMeansGone(t *testing.T) {
	for _, segments := range []int{1, 2, 12} {
		t.Run(fmt.Sprint(segments, " segments"), func(t *testing.T) {
			dir := t.TempDir()
			x := openIndex(t, dir)
			apply(t, x, Batch{Epoch: "e", Position: 1, Put: market(100)})
			for i := range segments {
				var put []Document
				for n := range 20 {
					put = append(put, graduateDocument(i*20+n))
				}
				apply(t, x, Batch{Epoch: "e", Position: uint64(i + 2), Put: put})
			}
			before, err := x.Count()
			if err != nil {
				t.Fatal(err)
			}
			var gone []matching.ID
			for i := range segments {
				gone = append(gone, graduateDocument(i*20+7).ID)
			}
			apply(t, x, Batch{Epoch: "e", Position: 99, Put: []Document{graduateDocument(7)}}) // a second copy of one
			apply(t, x, Batch{Epoch: "e", Position: 100, Delete: gone, Erase: true})
			if due, err := x.PurgeDue(); !due || err != nil {
				t.Errorf("due: %t, %v", due, err)
			}
			if len(holders(t, x, dir, gone[0])) == 0 {
				t.Fatal("Bleve leaves nothing behind by itself: the test shows nothing")
			}
			if err := x.Purge(context.Background()); err != nil {
				t.Fatal(err)
			}
			for _, id := range gone {
				if files := holders(t, x, dir, id); len(files) > 0 {
					t.Errorf("%s is in %q", id, files)
				}
			}
			if files := holders(t, x, dir, graduateDocument(3).ID); len(files) == 0 {
				t.Error("one that stays is found nowhere: the test shows nothing")
			}
			after, err := x.Count()
			if after != before-uint64(segments) || err != nil {
				t.Errorf("%d documents of %d, %v", after, before, err)
			}
			if due, err := x.PurgeDue(); due || err != nil {
				t.Errorf("still due: %t, %v", due, err)
			}
			if _, position, err := x.At(); position != 100 || err != nil {
				t.Errorf("position %d, %v", position, err)
			}
			err = x.EachID(context.Background(), func(id matching.ID) {
				if !id.Is(matching.GraduatePrefix) && !slices.ContainsFunc(market(100), func(d Document) bool { return d.ID == id }) {
					t.Errorf("%q is in the index", id)
				}
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestPurgingBesideWritersAndReaders: searches see every batch whole, and what is deleted before the last purge is gone.
func TestPurgingBesideWritersAndReaders(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir)
	apply(t, x, Batch{Epoch: "e", Position: 1, Put: market(200)})
	want := found(t, x, TextQuery{Text: "wiring"})
	stop, stopped := make(chan struct{}), make(chan error, 2)
	go func() {
		random := rand.New(rand.NewPCG(1, 2))
		for i := uint64(2); ; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			put := []Document{graduateDocument(random.IntN(50)), graduateDocument(50 + random.IntN(50))}
			err := x.Apply(Batch{Epoch: "e", Position: i, Put: put, Delete: []matching.ID{graduateDocument(random.IntN(50)).ID}, Erase: true})
			if err != nil {
				stopped <- err
				return
			}
		}
	}()
	go func() {
		for {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			if hits, err := x.Postings(context.Background(), TextQuery{Text: "wiring"}); err != nil || len(hits) != len(want) {
				stopped <- fmt.Errorf("%d hits of %d: %w", len(hits), len(want), err)
				return
			}
		}
	}()
	for range 4 {
		if err := x.Purge(context.Background()); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	for range 2 {
		if err := <-stopped; err != nil {
			t.Error(err)
		}
	}
	for n := range 50 {
		apply(t, x, Batch{Epoch: "e", Position: 1 << 40, Delete: []matching.ID{graduateDocument(n).ID}, Erase: true})
	}
	if err := x.Purge(context.Background()); err != nil {
		t.Fatal(err)
	}
	for n := range 50 {
		if files := holders(t, x, dir, graduateDocument(n).ID); len(files) > 0 {
			t.Errorf("%d is in %q", n, files)
		}
	}
}

// TestACalledOffPurgeIsStillDue.
func TestACalledOffPurgeIsStillDue(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir)
	apply(t, x, Batch{Put: market(50)})
	apply(t, x, Batch{Delete: []matching.ID{market(50)[0].ID}, Erase: true})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := x.Purge(ctx); err == nil {
		t.Error("a purge that was called off succeeded")
	}
	if due, err := x.PurgeDue(); !due || err != nil {
		t.Errorf("due: %t, %v", due, err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	again := openIndex(t, dir)
	if due, err := again.PurgeDue(); !due || err != nil {
		t.Errorf("in another life: due %t, %v", due, err)
	}
}

// BenchmarkPurge deletes one graduate of n documents and purges, in an index as batches of 2,000 and Bleve's own merges leave it.
func BenchmarkPurge(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x := openIndex(b, b.TempDir())
			for from := 0; from < n; from += 2_000 {
				put := market(1_500)
				for i := range put {
					put[i].ID = matching.ID(fmt.Sprintf("pst_01J8%022d", from+i))
				}
				for i := len(put); i < 2_000; i++ {
					put = append(put, graduateDocument(from+i))
				}
				apply(b, x, Batch{Epoch: "e", Position: 1, Put: put})
			}
			random := rand.New(rand.NewPCG(1, 2))
			slowest := time.Duration(0)
			for b.Loop() {
				apply(b, x, Batch{Epoch: "e", Position: 2, Delete: []matching.ID{graduateDocument(random.IntN(n/2_000)*2_000 + 1_999).ID}, Erase: true})
				began := time.Now()
				if err := x.Purge(context.Background()); err != nil {
					b.Fatal(err)
				}
				slowest = max(slowest, time.Since(began))
			}
			b.ReportMetric(slowest.Seconds(), "s-slowest")
		})
	}
}
