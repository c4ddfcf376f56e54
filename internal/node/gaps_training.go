package node

import (
	"github.com/oklog/ulid/v2"

	"rabta/matching"
	"rabta/matching/gaps"
)

// training is one certificate of a person, or a course that she is in: whom it is of, and how it went since.
type training struct {
	institute     ulid.ULID
	course, batch string // course is a trade's slug where that is known, else the programme
	ended         int32
	woman         bool
	searching     bool
	answers       [3]gaps.Answer
}

// asked are the days after a batch ended on which people are asked whether they work.
var asked = [3]int32{30, 90, 180}

// vouched is for how many days a hiring itself says that she is at work: the first confirmation is due then.
const vouched = 30

// trainingOf gives a person's certificates of institutes, with their dates.
func (m *marketLedger) trainingOf(g *matching.Graduate, ways []passed) (all []training) {
	for _, c := range g.Certificates {
		if c.Institute == "" || c.Date == nil {
			continue
		}
		t := training{institute: c.Institute.ULID(), course: m.text(c.Course), batch: m.text(c.Batch), ended: matching.Day(*c.Date),
			woman: g.Gender == matching.Woman, searching: g.Status == matching.Searching}
		if t.course == "" {
			t.course = m.text(c.Programme)
		}
		for i, days := range asked {
			t.answers[i] = answerOn(ways, t.ended+days)
		}
		all = append(all, t)
	}
	return all
}

// text keeps equal texts once.
func (m *marketLedger) text(s string) string {
	if kept, ok := m.texts[s]; ok {
		return kept
	}
	m.texts[s] = s
	return s
}

// answerOn gives what her applications tell of a day: she was at work when she had been hired and either left later, or was hired up to 30
// days before, or somebody of her side confirmed it on that day or later. She was not when she had left all that had hired her. Else nothing
// is known: nobody who told nothing is taken as out of work.
func answerOn(ways []passed, day int32) gaps.Answer {
	answer := gaps.NoAnswer
	for i := range ways {
		w := &ways[i]
		hired, ok := w.day(matching.Hired)
		if !ok || hired > day {
			continue
		}
		left, gone := w.day(matching.Left)
		if gone && left <= day {
			answer = gaps.NotAtWork
			continue
		}
		if gone || day <= hired+vouched || day <= w.confirmed() {
			return gaps.AtWork
		}
	}
	return answer
}

// confirmed gives the last day on which her side said that she is at work; before all days when it never did.
func (p *passed) confirmed() int32 {
	last := int32(matching.NoDay)
	for _, state := range []matching.State{matching.Confirmed30, matching.Confirmed90, matching.Confirmed180} {
		if day, ok := p.day(state); ok {
			last = max(last, day)
		}
	}
	return last
}

// learners counts, by trade and the district of their institute, who is in a course now and does not search yet.
func (m *marketLedger) learners(day int32, districtOf func(institute ulid.ULID) string) []gaps.Learners {
	counts := map[gaps.Learners]int64{}
	for _, all := range m.trained {
		for i := range all {
			t := &all[i]
			trade, known := m.n.ref.Catalogue.Number(t.course)
			if place := districtOf(t.institute); known && t.ended > day && !t.searching && place != "" {
				counts[gaps.Learners{Trade: trade, Place: place, Ends: t.ended}]++
			}
		}
	}
	list := make([]gaps.Learners, 0, len(counts))
	for l, n := range counts {
		l.Count = n
		list = append(list, l)
	}
	return list
}

// taught gives the trades that people have learnt at each institute.
func (m *marketLedger) taught() map[ulid.ULID]map[uint16]bool {
	trades := map[ulid.ULID]map[uint16]bool{}
	for _, all := range m.trained {
		for i := range all {
			trade, known := m.n.ref.Catalogue.Number(all[i].course)
			if !known {
				continue
			}
			if trades[all[i].institute] == nil {
				trades[all[i].institute] = map[uint16]bool{}
			}
			trades[all[i].institute][trade] = true
		}
	}
	return trades
}
