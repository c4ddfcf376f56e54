package node

import (
	"sync"

	"rabta/matching"
)

// pageRoom is the memory that a page of results lies in.
type pageRoom struct {
	found []Found
	views []Views
	terms Terms
}

// rooms are used again: what a page holds would else be half of what a request leaves to the garbage collector.
var rooms = sync.Pool{New: func() any { return new(pageRoom) }}

// largestRoom is how many results a room may hold that is kept: more than a page of the API has.
const largestRoom = 128

func takeRoom() *pageRoom { return rooms.Get().(*pageRoom) }

// of gives room for so many results, all of it empty.
func (r *pageRoom) of(results int) ([]Found, []Views, Terms) {
	if cap(r.found) < results {
		r.found, r.views, r.terms = make([]Found, results), make([]Views, results), make(Terms, results*matching.NumTerms)
	}
	return r.found[:results], r.views[:results], r.terms[:results*matching.NumTerms]
}

// give gives the room back and lets go of what lay in it.
func (r *pageRoom) give() {
	if cap(r.found) > largestRoom {
		return
	}
	clear(r.found[:cap(r.found)])
	clear(r.views)
	clear(r.terms)
	rooms.Put(r)
}

// Done gives back the memory of the results, for those who have written them down: none may be looked at any more. Who keeps them does
// not call it.
func (r *MatchResult) Done() {
	if r.room == nil {
		return
	}
	room := r.room
	r.Results, r.room = nil, nil
	room.give()
}
