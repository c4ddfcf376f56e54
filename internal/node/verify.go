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

// VerifyIndex compares every record that lists may hold with both boards and the index, and checks the store itself. It is meant for a
// store at rest: a change under way may show as a difference. While the index is being built anew it waits for it.
func (n *Node) VerifyIndex(ctx context.Context) (IndexReport, error) {
	v := verification{node: n, report: IndexReport{Wrong: []string{}}, unseen: map[matching.ID]bool{}}
	index, err := n.levelIndex(ctx)
	if err != nil {
		return v.report, err
	}
	if v.report.Indexed, err = index.Count(); err != nil {
		return v.report, err
	}
	if err := index.EachID(ctx, func(id matching.ID) { v.unseen[id] = true }); err != nil {
		return v.report, err
	}
	if _, err := n.store.EachPosting(ctx, "", v.posting); err != nil {
		return v.report, err
	}
	if _, err := n.store.EachGraduate(ctx, "", v.graduate); err != nil {
		return v.report, err
	}
	v.rest()
	for _, wrong := range n.checkSnapshots() {
		v.wrong("%s", wrong)
	}
	if err := n.store.Check(ctx); err != nil {
		if ctx.Err() != nil {
			return v.report, err
		}
		v.wrong("the store: %v", err)
	}
	return v.report, nil
}

// verification is one run of VerifyIndex.
type verification struct {
	node   *Node
	report IndexReport
	unseen map[matching.ID]bool // in the index, and of no record so far
	rows   int                  // that graduates must have on their board
}

func (v *verification) wrong(format string, args ...any) {
	if len(v.report.Wrong) < 100 {
		v.report.Wrong = append(v.report.Wrong, fmt.Sprintf(format, args...))
	}
}

func (v *verification) posting(p *matching.Posting) error {
	want, held := v.node.postingRow(p), v.unseen[p.ID]
	have, onBoard := v.node.postings.Row(p.ID)
	switch {
	case want == nil && (held || onBoard):
		v.wrong("%s: closed, and still listed", p.ID)
	case want != nil && (!held || !onBoard):
		v.wrong("%s: open, and on board %t, in index %t", p.ID, onBoard, held)
	case want != nil && !sameRow(*want, have):
		v.wrong("%s: the board holds another version", p.ID)
	}
	if want != nil {
		v.report.Postings++
	}
	delete(v.unseen, p.ID)
	return nil
}

func (v *verification) graduate(g *matching.Graduate) error {
	want, have, held := v.node.graduateRows(g), v.node.graduates.Rows(g.ID), v.unseen[g.ID]
	if len(want) != len(have) || held != (len(want) > 0) {
		v.wrong("%s: %d rows expected, %d on the board, in index %t", g.ID, len(want), len(have), held)
	}
	if len(want) > 0 {
		v.report.Graduates++
	}
	v.rows += len(want)
	delete(v.unseen, g.ID)
	return nil
}

// rest tells what is listed and of no record. Every record was compared with its own rows: whatever else a board holds is of none.
func (v *verification) rest() {
	for id := range v.unseen {
		v.wrong("%s: in the index, and not in the store", id)
	}
	if more := v.node.postings.Count() - v.report.Postings; more > 0 {
		v.wrong("%d postings on the board, and not in the store", more)
	}
	if more := v.node.graduates.Count() - v.rows; more > 0 {
		v.wrong("%d rows of graduates on the board, and not in the store", more)
	}
}

// sameRow tells whether two rows judge alike.
func sameRow(a, b board.Posting) bool {
	same := slices.Equal(a.Skills, b.Skills)
	a.Skills, b.Skills = nil, nil
	return same && reflect.DeepEqual(a, b)
}
