package node

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"rabta/matching"
	"rabta/store"
)

// What shown keeps at the most: some tens of megabytes.
const (
	shownPostings  = 16_384
	shownEmployers = 16_384
)

// shown keeps the records that lists show, as the store has them: a page of twenty postings is else forty reads. The follower drops
// whatever an entry of the journal names, before boards and index change, so that who has waited for a position sees no older record. A
// record that was read while something was dropped is not kept: it may be what was dropped.
type shown struct {
	mu        sync.Mutex // held to drop and to keep
	drops     uint64     // guarded by mu
	postings  *lru.Cache[matching.ID, *Record]
	employers *lru.Cache[matching.ID, string] // their names
	pages     *lru.Cache[matching.ID, *writtenPage]
	renames   atomic.Uint64 // times that a name was dropped: what a record knows of an employer holds as long as there is no further one
}

// Record is a posting's record, kept for the lists that show it. It is shared: not to be changed. Who writes lists keeps in Made what he
// makes of the posting; it goes with the record.
type Record struct {
	Posting *matching.Posting
	Made    atomic.Value

	employer atomic.Pointer[employerName]
	notes    atomic.Pointer[recordNotes]
}

// recordNotes are a posting's labels on a day.
type recordNotes struct {
	day      int32
	language Language
	notes    []string
}

// employerName is the name of a posting's employer, as it was after so many renames.
type employerName struct {
	name string
	of   uint64
}

func newShown() *shown {
	return &shown{postings: newCache[*Record](shownPostings), employers: newCache[string](shownEmployers),
		pages: newCache[*writtenPage](writtenPages)}
}

func newCache[V any](size int) *lru.Cache[matching.ID, V] {
	cache, err := lru.New[matching.ID, V](size)
	if err != nil {
		panic("node: " + err.Error()) // a size below 1 alone
	}
	return cache
}

// drop forgets what entries name. A batch names nothing that was kept: its records were not seen before.
func (s *shown) drop(entries []store.Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drops++
	renamed := false
	for _, e := range entries {
		switch e.Noun {
		case store.PostingNoun:
			s.postings.Remove(e.ID)
		case store.EmployerNoun:
			s.employers.Remove(e.ID)
			renamed = true
		case store.GraduateNoun:
			s.pages.Remove(e.ID)
		}
	}
	if renamed {
		s.renames.Add(1) // last: a name that was looked up after it is none of those dropped
	}
}

// forget drops everything.
func (s *shown) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drops++
	s.postings.Purge()
	s.employers.Purge()
	s.pages.Purge()
	s.renames.Add(1)
}

// dropped counts the times that something was dropped.
func (s *shown) dropped() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drops
}

// keep keeps what was read, unless something was dropped since.
func keep[V any](s *shown, cache *lru.Cache[matching.ID, V], since uint64, id matching.ID, value V) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drops == since {
		cache.Add(id, value)
	}
}

// shownPosting reads a posting that a list shows.
func (n *Node) shownPosting(ctx context.Context, id matching.ID) (*Record, error) {
	if r, ok := n.shown.postings.Get(id); ok {
		return r, nil
	}
	since := n.shown.dropped()
	p, err := n.store.Posting(ctx, id)
	if err != nil {
		return nil, err
	}
	r := &Record{Posting: p}
	keep(n.shown, n.shown.postings, since, id, r)
	return r, nil
}

// notesOf gives the labels of a posting, which change by the day. They are shared: not to be changed.
func (n *Node) notesOf(r *Record, at time.Time, lang Language) []string {
	day := matching.Day(at)
	if known := r.notes.Load(); known != nil && known.day == day && known.language == lang {
		return known.notes
	}
	notes := n.PostingNotes(r.Posting, at, lang)
	r.notes.Store(&recordNotes{day, lang, notes})
	return notes
}

// employerOf gives the name of the employer of a posting, if the record knows it.
func (s *shown) employerOf(r *Record) (name string, known bool) {
	if e := r.employer.Load(); e != nil && e.of == s.renames.Load() {
		return e.name, true
	}
	return "", false
}

// employerOf reads the name of the employer of a posting that a list shows.
func (n *Node) employerOf(ctx context.Context, r *Record) (string, error) {
	renames := n.shown.renames.Load()
	if name, known := n.shown.employerOf(r); known {
		return name, nil
	}
	name, err := n.shownEmployer(ctx, r.Posting.Employer)
	if err == nil {
		r.employer.Store(&employerName{name, renames})
	}
	return name, err
}

// shownEmployer reads the name of an employer whose posting a list shows.
func (n *Node) shownEmployer(ctx context.Context, id matching.ID) (string, error) {
	if name, ok := n.shown.employers.Get(id); ok {
		return name, nil
	}
	since := n.shown.dropped()
	e, err := n.store.Employer(ctx, id)
	if err != nil {
		return "", err
	}
	keep(n.shown, n.shown.employers, since, id, e.Name)
	return e.Name, nil
}
