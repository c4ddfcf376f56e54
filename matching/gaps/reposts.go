package gaps

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
)

// A repost is a posting of the same employer for the same trade and kind of work, at the same place (one resolution-9 cell, or both
// remote), that began before an earlier one ended or within 30 days after, the earlier one not having been filled by then.
// An earlier posting and its reposts are one demand: on a day it asks for as many people as the one of its live postings that
// asks for most, and it has stood open since the first began.
const repostDays = 30

// demand is a posting with its reposts, as seen on a day.
type demand struct {
	*opening     // the live posting that asks for most; else the last
	live         bool
	repeats      int64 // live postings that repeat it
	began, ended int32
	filled       bool
}

type demandKey struct {
	employer ulid.ULID
	kind     uint8
	cell     geo.Cell
}

// demands joins the postings of one trade that began up to a day, in the order of employer, kind, place and time. What happened
// after the day is not known to it.
func demands(all []opening, day int32) []demand {
	begun := make([]*opening, 0, len(all))
	for i := range all {
		if o := &all[i]; o.Posted <= day && (o.Ended > o.Posted || o.Filled && o.Ended == o.Posted) {
			begun = append(begun, &all[i])
		}
	}
	slices.SortFunc(begun, func(a, b *opening) int {
		return cmp.Or(bytes.Compare(a.Employer[:], b.Employer[:]), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.cell, b.cell),
			cmp.Compare(a.Posted, b.Posted), bytes.Compare(a.Key[:], b.Key[:]))
	})
	var joined []demand
	var last demandKey
	for i, o := range begun {
		key := demandKey{o.Employer, o.Kind, o.cell}
		if n := len(joined); i > 0 && key == last && joined[n-1].continues(o) {
			joined[n-1].join(o, day)
			continue
		}
		last = key
		d := demand{began: o.Posted}
		d.join(o, day)
		joined = append(joined, d)
	}
	return joined
}

func (d *demand) continues(o *opening) bool {
	if d.filled && d.ended <= o.Posted {
		return false
	}
	return o.Posted <= d.ended+repostDays
}

func (d *demand) join(o *opening, day int32) {
	d.ended = max(d.ended, o.Ended)
	live := o.live(day)
	d.filled = d.filled || o.Filled && o.Ended <= day
	switch {
	case d.opening == nil, live && !d.live, live == d.live && (!live || o.Vacancies > d.Vacancies):
		if d.live && live {
			d.repeats++
		}
		d.opening = o
	case live:
		d.repeats++
	}
	d.live = d.live || live
}

// spell gives how long the demand has stood open up to a day.
func (d *demand) spell(day int32) spell {
	end := min(d.ended, day)
	return spell{days: uint16(min(max(0, end-d.began), 1<<16-1)), filled: d.filled && !d.live}
}
