package search

import (
	"slices"
	"sync"
)

// waiting holds batches for a concordance that is being made.
type waiting struct {
	batches []Batch
	changes int
	void    bool // too many came, or the files had to be let go
}

func (w *waiting) take(b Batch) {
	if w.changes += len(b.Put) + len(b.Delete); w.changes > maxChanges {
		w.void, w.batches = true, nil
	}
	if !w.void {
		w.batches = append(w.batches, b)
	}
}

// followers are the concordances that follow an index, and those that will.
type followers struct {
	mu      sync.Mutex
	made    []*Concordance
	waiting []*waiting
}

func (x *Index) join(w *waiting, c *Concordance) {
	x.followers.mu.Lock()
	defer x.followers.mu.Unlock()
	if w != nil {
		x.followers.waiting = append(x.followers.waiting, w)
	}
	if c != nil {
		x.followers.made = append(x.followers.made, c)
	}
}

func (x *Index) leave(w *waiting, c *Concordance) {
	x.followers.mu.Lock()
	defer x.followers.mu.Unlock()
	x.followers.waiting = slices.DeleteFunc(x.followers.waiting, func(other *waiting) bool { return other == w })
	x.followers.made = slices.DeleteFunc(x.followers.made, func(other *Concordance) bool { return other == c })
}

// tell has all concordances follow a batch that is in the index. x.applying is held.
func (x *Index) tell(b Batch) {
	x.followers.mu.Lock()
	for _, w := range x.followers.waiting {
		w.take(b)
	}
	made := slices.Clone(x.followers.made)
	x.followers.mu.Unlock()
	for _, c := range made {
		c.follow(b)
	}
}

// letGo ends all concordances, so that the files that they hold can go.
func (x *Index) letGo() {
	x.followers.mu.Lock()
	for _, w := range x.followers.waiting {
		w.void, w.batches = true, nil
	}
	made := x.followers.made
	x.followers.made = nil
	x.followers.mu.Unlock()
	for _, c := range made {
		c.end()
	}
}
