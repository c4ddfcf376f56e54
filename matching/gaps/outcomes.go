package gaps

import (
	"cmp"
	"slices"
)

// Learnt is how it went with one graduate of a batch: what staff ask 30, 90 and 180 days after it ended.
type Learnt struct {
	Institute string // ids and names as they are to be shown
	Course    string
	Batch     string
	Ended     int32 // day on which the batch ended
	Woman     bool
	Answers   [3]Answer // at 30, 90 and 180 days
}

// Answer is what is known of somebody at one of the days.
type Answer uint8

// The answers; nobody who did not answer is taken as out of work.
const (
	NoAnswer Answer = iota
	AtWork
	NotAtWork
)

// outcomeDays are the days after the end of a batch on which people are asked.
var outcomeDays = [3]int32{30, 90, 180}

// Outcome is the table's row of an institute, of a course there, or of a batch of it (the finer names are empty in the coarser rows). Counts
// and shares are nil where they are suppressed.
type Outcome struct {
	Institute string         `json:"institute"`
	Course    string         `json:"course,omitempty"`
	Batch     string         `json:"batch,omitempty"`
	Graduates *int64         `json:"graduates"`
	After     [3]OutcomeDays `json:"after"` // 30, 90 and 180 days
}

// OutcomeDays is one day's answers: shares of those who have been out for so long, coarse as every share of people is. Work is of those who
// answered. Both are nil with fewer than 22 people behind them.
type OutcomeDays struct {
	Days     int32    `json:"days"`
	AtWork   *float64 `json:"at_work"`
	NoAnswer *float64 `json:"no_answer"`
}

// Outcomes gives the table by institute, course and batch on a day. An institute's graduates are shown from Threshold on; its courses (and a
// course's batches) are shown in falling order of size, for as long as both the next one and all that are left after it have Threshold:
// the last ones are shown together in their parent alone, so that no small one can be worked out.
func Outcomes(all []Learnt, day int32) []Outcome {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Learnt) int {
		return cmp.Or(cmp.Compare(a.Institute, b.Institute), cmp.Compare(a.Course, b.Course), cmp.Compare(a.Batch, b.Batch))
	})
	var table []Outcome
	whole := Outcome{Graduates: shown(len(sorted))}
	for _, institute := range together(sorted, func(l Learnt) string { return l.Institute }, whole.Graduates != nil) {
		row := Outcome{Institute: institute.name}
		row.fill(institute, day)
		table = append(table, row)
		for _, course := range together(institute.people, func(l Learnt) string { return l.Course }, institute.known) {
			row := Outcome{Institute: institute.name, Course: course.name}
			row.fill(course, day)
			table = append(table, row)
			for _, batch := range together(course.people, func(l Learnt) string { return l.Batch }, course.known) {
				row := Outcome{Institute: institute.name, Course: course.name, Batch: batch.name}
				row.fill(batch, day)
				table = append(table, row)
			}
		}
	}
	return table
}

func shown(n int) *int64 {
	if n < Threshold {
		return nil
	}
	count := int64(n)
	return &count
}

// cohort is people of one name, and whether their number may be known.
type cohort struct {
	name   string
	people []Learnt
	known  bool
}

// together divides sorted people by a name, in that order.
func together(sorted []Learnt, name func(Learnt) string, known bool) []cohort {
	var all []cohort
	for i, l := range sorted {
		if i == 0 || name(l) != name(sorted[i-1]) {
			all = append(all, cohort{name: name(l)})
		}
		c := &all[len(all)-1]
		c.people = append(c.people, l)
	}
	bySize := make([]*cohort, len(all))
	for i := range all {
		bySize[i] = &all[i]
	}
	slices.SortStableFunc(bySize, func(a, b *cohort) int { return cmp.Compare(len(b.people), len(a.people)) })
	left := len(sorted)
	for i, c := range bySize {
		left -= len(c.people)
		if !known || len(c.people) < Threshold || left < Threshold && i+1 < len(bySize) {
			break
		}
		c.known = true
	}
	return all
}

func (o *Outcome) fill(c cohort, day int32) {
	for i, days := range outcomeDays {
		o.After[i].Days = days
	}
	if !c.known {
		return
	}
	o.Graduates = shown(len(c.people))
	for i, days := range outcomeDays {
		var out, answered, working int64
		for _, l := range c.people {
			if l.Ended+days > day {
				continue
			}
			out++
			answered += count(l.Answers[i] != NoAnswer)
			working += count(l.Answers[i] == AtWork)
		}
		o.After[i].NoAnswer, o.After[i].AtWork = coarseShare(out-answered, out), coarseShare(working, answered)
	}
}

// Silent is an employer who has stopped answering: staff call it. It is an employer's figure and shown as it is.
type Silent struct {
	Employer string `json:"employer"`
	Waiting  int    `json:"unanswered"`  // applications that await an answer
	Oldest   int32  `json:"oldest_days"` // days that the oldest has waited
	Last     int32  `json:"-"`           // day of its last answer; matching.NoDay when it never gave one
}

// Asked is one application as the employer has dealt with it.
type Asked struct {
	Employer string
	Since    int32 // day on which it began to await an answer
	Answered int32 // day of the answer; matching.NoDay while there is none
}

// silentDays is how long an employer may let an application wait.
const silentDays = 14

// StoppedAnswering gives the employers who have let an application wait for 14 days and answered nothing since it came, the longest wait first.
func StoppedAnswering(all []Asked, day int32) []Silent {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Asked) int {
		return cmp.Or(cmp.Compare(a.Employer, b.Employer), cmp.Compare(a.Since, b.Since))
	})
	var silent []Silent
	for i := 0; i < len(sorted); {
		from := i
		s := Silent{Employer: sorted[from].Employer, Last: noDay}
		for ; i < len(sorted) && sorted[i].Employer == s.Employer; i++ {
			s.see(&sorted[i], day)
		}
		if s.Waiting > 0 && s.Oldest >= silentDays && s.Last <= day-s.Oldest {
			silent = append(silent, s)
		}
	}
	slices.SortFunc(silent, func(a, b Silent) int {
		return cmp.Or(cmp.Compare(b.Oldest, a.Oldest), cmp.Compare(b.Waiting, a.Waiting), cmp.Compare(a.Employer, b.Employer))
	})
	return silent
}

func (s *Silent) see(a *Asked, day int32) {
	switch {
	case a.Since > day:
	case a.Answered != noDay && a.Answered <= day:
		s.Last = max(s.Last, a.Answered)
	default:
		s.Waiting++
		s.Oldest = max(s.Oldest, day-a.Since)
	}
}
