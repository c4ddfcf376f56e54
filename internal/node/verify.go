package node

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"rabta/matching"
	"rabta/matching/board"
)

// IndexReport is what a comparison of the store with boards and index found.
type IndexReport struct {
	Postings  int      `json:"postings"`  // records that boards and index must hold
	Graduates int      `json:"graduates"` // the same
	Indexed   uint64   `json:"indexed"`   // documents that the index holds
	Wrong     []string `json:"wrong"`     // what differs, at most 100 lines; empty when clean
}

// VerifyIndex compares every record that lists may hold with both boards and the index, and checks the store itself. It is meant for a store at rest: a change under
// way may show as a difference. While the index is being built anew it waits for it.
func (n *Node) VerifyIndex(ctx context.Context) (IndexReport, error) {
	report := IndexReport{Wrong: []string{}}
	wrong := func(format string, args ...any) {
		if len(report.Wrong) < 100 {
			report.Wrong = append(report.Wrong, fmt.Sprintf(format, args...))
		}
	}
	index, err := n.levelIndex(ctx)
	if err != nil {
		return report, err
	}
	if report.Indexed, err = index.Count(); err != nil {
		return report, err
	}
	indexed := map[matching.ID]bool{}
	if err := index.EachID(ctx, func(id matching.ID) { indexed[id] = true }); err != nil {
		return report, err
	}
	_, err = n.store.EachPosting(ctx, "", func(p *matching.Posting) error {
		want, held := n.postingRow(p), indexed[p.ID]
		have, onBoard := n.postings.Row(p.ID)
		switch {
		case want == nil && (held || onBoard):
			wrong("%s: closed, and still listed", p.ID)
		case want != nil && (!held || !onBoard):
			wrong("%s: open, and on board %t, in index %t", p.ID, onBoard, held)
		case want != nil && !sameRow(*want, have):
			wrong("%s: the board holds another version", p.ID)
		}
		if want != nil {
			report.Postings++
		}
		delete(indexed, p.ID)
		return nil
	})
	if err != nil {
		return report, err
	}
	rows := 0
	_, err = n.store.EachGraduate(ctx, "", func(g *matching.Graduate) error {
		want, have, held := n.graduateRows(g), n.graduates.Rows(g.ID), indexed[g.ID]
		if len(want) != len(have) || held != (len(want) > 0) {
			wrong("%s: %d rows expected, %d on the board, in index %t", g.ID, len(want), len(have), held)
		}
		if len(want) > 0 {
			report.Graduates++
		}
		rows += len(want)
		delete(indexed, g.ID)
		return nil
	})
	for id := range indexed {
		wrong("%s: in the index, and not in the store", id)
	}
	// Every record was compared with its own rows: whatever else a board holds is of no record.
	if more := n.postings.Count() - report.Postings; more > 0 {
		wrong("%d postings on the board, and not in the store", more)
	}
	if more := n.graduates.Count() - rows; more > 0 {
		wrong("%d rows of graduates on the board, and not in the store", more)
	}
	if err != nil {
		return report, err
	}
	if err := n.store.Check(ctx); err != nil {
		if ctx.Err() != nil {
			return report, err
		}
		wrong("the store: %v", err)
	}
	return report, nil
}

// sameRow tells whether two rows judge alike.
func sameRow(a, b board.Posting) bool {
	same := slices.Equal(a.Skills, b.Skills)
	a.Skills, b.Skills = nil, nil
	return same && reflect.DeepEqual(a, b)
}
