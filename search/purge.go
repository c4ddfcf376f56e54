package search

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	zap "github.com/blevesearch/scorch_segment_api/v2"

	"rabta/matching"
)

// purgeMark is the id of a document without fields that stands in the index while it is purged: Bleve plans no merge for an index of one
// segment, and this makes a second. No search finds it.
const purgeMark matching.ID = "purging"

// PurgeTimeout is how long a purge may take before it is given up.
const PurgeTimeout = 10 * time.Minute

// purgeLook is how often a purge looks whether Bleve has dropped the files that it rewrote.
const purgeLook = 50 * time.Millisecond

// PurgeDue tells whether a batch with Erase was applied since the index was last purged, in an earlier life of the process too.
func (x *Index) PurgeDue() (bool, error) {
	return use(x, "search.PurgeDue", shortTimeout, func() (bool, error) {
		mark, err := x.bleve.GetInternal(purgeKey)
		return mark != nil, err
	})
}

// Purge rewrites the segments that hold deleted documents, and returns once no file of the index holds any that was deleted before the
// call. Searches and batches go on meanwhile. A deletion that is applied while it runs needs another Purge. One at a time: a second is an error.
func (x *Index) Purge(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, PurgeTimeout)
	defer cancel() // one that is given up ends too
	_, err := use(x, "search.Purge", PurgeTimeout, func() (struct{}, error) {
		if !x.purging.TryLock() {
			return struct{}{}, errors.New("the index is being purged already")
		}
		defer x.purging.Unlock()
		return struct{}{}, x.purge(ctx)
	})
	return err
}

func (x *Index) purge(ctx context.Context) error {
	core, ok := x.core.(*scorch.Scorch)
	if !ok {
		return errors.New("not an index of segments")
	}
	defer x.watch.landing.hurry()()
	mark, err := x.bleve.GetInternal(purgeKey)
	if err != nil {
		return err
	}
	err = x.rewrite(ctx, core)
	x.letGo()
	if err == nil {
		err = x.dropped(ctx, core)
	}
	if err != nil {
		return err
	}
	return x.purged(mark)
}

// purged takes the mark of erasures away, if it is still the one that the purge began with: one that came meanwhile set another. It goes
// last, so that a purge that a crash ends is due in the next life.
func (x *Index) purged(mark []byte) error {
	x.applying.Lock()
	defer x.applying.Unlock()
	now, err := x.bleve.GetInternal(purgeKey)
	if err != nil || now == nil || !bytes.Equal(now, mark) {
		return err
	}
	return x.note(purgeKey, nil)
}

// rewrite merges each segment that holds deleted documents with itself alone. The others stay as they are, however small.
func (x *Index) rewrite(ctx context.Context, core *scorch.Scorch) error {
	marked := x.bleve.NewBatch()
	if err := marked.IndexAdvanced(document.NewDocument(string(purgeMark))); err != nil {
		return err
	}
	if err := x.put(marked); err != nil {
		return err
	}
	err := x.watch.landing.settle(ctx, x.watch) // a merge is of what lies on disk
	if err == nil {
		err = core.ForceMerge(ctx, &mergeplan.MergePlanOptions{MaxSegmentSize: 1 << 30, MaxSegmentFileSize: 1 << 40, SegmentsPerMergeTask: 1,
			CalcBudget:    func(int64, int64, *mergeplan.MergePlanOptions) int { return 0 },
			ScoreSegments: func([]mergeplan.Segment, *mergeplan.MergePlanOptions) float64 { return 0 }})
	}
	if err == nil {
		err = ctx.Err() // a merge that was called off is no error to Bleve
	}
	unmarked := x.bleve.NewBatch()
	unmarked.Delete(string(purgeMark))
	return errors.Join(err, x.put(unmarked), x.watch.landing.settle(ctx, x.watch))
}

// dropped waits until the segments that are out of use now have left the directory. Those that come and go meanwhile are no matter.
func (x *Index) dropped(ctx context.Context, core *scorch.Scorch) error {
	stale, err := x.unused(core)
	for err == nil {
		left, looked := x.unused(core)
		if looked != nil {
			return looked
		}
		maps.DeleteFunc(stale, func(name string, _ bool) bool { return !left[name] })
		if len(stale) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(purgeLook):
		}
		err = x.sweep(ctx)
	}
	return err
}

// sweep has Bleve remove the old files that it can. Its persister does so when it has nothing left to write, which beside a writer may be
// never: so no batch is applied until it has. The second time that it begins, the first has ended.
func (x *Index) sweep(ctx context.Context) error {
	x.applying.Lock()
	defer x.applying.Unlock()
	l := x.watch.landing
	for range 2 {
		begun := l.sweepsBegun()
		if err := x.note(nothingKey, nil); err != nil { // it wakes when there is something to write
			return err
		}
		if err := l.until(ctx, x.watch, func() bool { return l.sweeps > begun }); err != nil {
			return err
		}
	}
	return nil
}

// unused gives the files of segments that are not those of the newest snapshot.
func (x *Index) unused(core *scorch.Scorch) (map[string]bool, error) {
	reader, err := core.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { _ = reader.Close() }() // nothing was written
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.New("not an index of segments")
	}
	entries, err := os.ReadDir(filepath.Join(x.dir, "store"))
	if err != nil {
		return nil, fmt.Errorf("looking for old segments: %w", err)
	}
	files := map[string]bool{}
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".zap" {
			files[e.Name()] = true
		}
	}
	for _, s := range snapshot.Segments() {
		if p, ok := s.Segment().(zap.PersistedSegment); ok {
			delete(files, filepath.Base(p.Path()))
		}
	}
	return files, nil
}
