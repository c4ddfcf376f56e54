package gaps

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func batch(institute, course, name string, n, working, silent int) []Learnt {
	var all []Learnt
	for i := range n {
		l := Learnt{Institute: institute, Course: course, Batch: name, Ended: today - 100}
		for d := range l.Answers {
			switch {
			case i < working:
				l.Answers[d] = AtWork
			case i < n-silent:
				l.Answers[d] = NotAtWork
			}
		}
		all = append(all, l)
	}
	return all
}

func TestOutcomes(t *testing.T) {
	all := append(batch("ins_a", "mason", "1", 40, 20, 8), batch("ins_a", "mason", "2", 3, 1, 0)...)
	all = append(all, batch("ins_a", "tailor", "1", 200, 48, 40)...)
	table := Outcomes(all, today)
	find := func(course, name string) *Outcome {
		for i := range table {
			if table[i].Course == course && table[i].Batch == name {
				return &table[i]
			}
		}
		t.Fatalf("no row for %q %q", course, name)
		return nil
	}
	if row := find("mason", ""); row.Graduates == nil || *row.Graduates != 43 {
		t.Errorf("masons: %+v", row)
	}
	if row := find("mason", "1"); row.Graduates != nil {
		t.Error("a batch of 40 beside one of 3 gives the 3 away")
	}
	row := find("tailor", "1")
	if row.Graduates == nil || *row.After[0].AtWork != 0.35 || row.After[0].NoAnswer == nil || row.After[2].AtWork != nil {
		t.Errorf("tailors, of whom 48 of 160 who answered work, 100 days after: %+v", row)
	}
}

// TestNoSmallCohortIsWorkedOut is that the parts of a parent that are not shown have Threshold together.
func TestNoSmallCohortIsWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []Learnt
		for course := range rapid.IntRange(1, 5).Draw(t, "courses") {
			for b := range rapid.IntRange(1, 4).Draw(t, "batches") {
				all = append(all, batch("ins_a", fmt.Sprint("course ", course), fmt.Sprint("batch ", b), rapid.IntRange(1, 30).Draw(t, "size"), 0, 0)...)
			}
		}
		type parent struct{ course, batch string }
		children, hidden := make(map[parent]int64), make(map[parent]int)
		totals := make(map[parent]*int64)
		for _, o := range Outcomes(all, today) {
			own := parent{o.Course, o.Batch}
			totals[own] = o.Graduates
			if o.Course == "" {
				continue
			}
			up := parent{o.Course, ""}
			if o.Batch == "" {
				up = parent{}
			}
			if o.Graduates == nil {
				hidden[up]++
				continue
			}
			if *o.Graduates < Threshold || totals[up] == nil {
				t.Fatalf("%+v", o)
			}
			children[up] += *o.Graduates
		}
		for p, total := range totals {
			if total != nil && hidden[p] > 0 && *total-children[p] < Threshold {
				t.Fatalf("%d of %+v are hidden, and there are %d of them", hidden[p], p, *total-children[p])
			}
		}
	})
}

func TestStoppedAnswering(t *testing.T) {
	got := StoppedAnswering([]Asked{
		{"emp_answers", today - 40, today - 38}, {"emp_answers", today - 10, noDay},
		{"emp_silent", today - 40, today - 39}, {"emp_silent", today - 30, noDay}, {"emp_silent", today - 5, noDay},
		{"emp_never", today - 20, noDay},
		{"emp_back", today - 30, noDay}, {"emp_back", today - 20, today - 2},
	}, today)
	want := []Silent{{"emp_silent", 2, 30, today - 39}, {"emp_never", 1, 20, noDay}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLongest(t *testing.T) {
	l := NewLedger(smallSettings(t, cellsAround(1)))
	for i, since := range []int32{5, 40, 90} {
		s := someone(keyOf(uint32(i)), 1, cellsAround(1)[0], false)
		s.Since = today - since
		l.PutSearcher(s)
	}
	if got := l.Longest(1, "", today, 2); len(got) != 2 || got[0] != (Waiting{keyOf(2), today - 90}) || got[1].Key != keyOf(1) {
		t.Errorf("%v", got)
	}
}
