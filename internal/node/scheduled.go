package node

import (
	"maps"
	"slices"
	"sync"
	"time"

	"rabta/matching"
)

// scheduled knows the postings that were put before their time: they begin by themselves, without an entry of the journal. They are
// kept until they change again, so that a reader of the feed who was away for long hears of their beginning too.
type scheduled struct {
	mu     sync.Mutex
	begins map[matching.ID]time.Time
}

// isScheduled tells whether a posting was put before its time.
func isScheduled(p *matching.Posting) bool {
	return p != nil && p.Status == matching.Open && p.Posted.After(p.Updated.Truncate(time.Second))
}

// note takes in how postings are now.
func (s *scheduled) note(postings map[matching.ID]*matching.Posting) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.begins == nil {
		s.begins = map[matching.ID]time.Time{}
	}
	for id, p := range postings {
		if isScheduled(p) {
			s.begins[id] = p.Posted
		} else {
			delete(s.begins, id)
		}
	}
}

// between lists those whose time came after one moment, up to another, by id.
func (s *scheduled) between(after, to time.Time) []matching.ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	began := map[matching.ID]bool{}
	for id, at := range s.begins {
		if at.After(after) && !at.After(to) {
			began[id] = true
		}
	}
	return slices.Sorted(maps.Keys(began))
}

// lastBegun is the time at which one of them began last.
func (s *scheduled) lastBegun(now time.Time) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	var last time.Time
	for _, at := range s.begins {
		if !at.After(now) && at.After(last) {
			last = at
		}
	}
	return last
}
