package gaps

import (
	"iter"
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// Searcher is a person who looks for work, from one day until another. Days are those of matching.Day.
type Searcher struct {
	Key           ulid.ULID
	Trade         uint16   // the main one, by the catalogue's number
	Others        []uint16 // her other trades
	Home          geo.Point
	Reach         float64 // metres; 0 is not told: Settings.Reach holds
	Woman         bool
	LivesIn       bool // accepts living at the work
	ConfirmedOnly bool // an unanswered need counts as refused
	Needs         uint8
	Gender        uint8  // as the bits of Vacancy.OpenTo
	Asked         uint32 // lowest pay, rupees a month; 0 is none
	Since         int32  // first day of searching
	Until         int32  // first day on which she no longer searches; matching.NoDay while she does
}

// SearcherOf digests a graduate who searches from a day on. ok is false when no trade of hers is in the catalogue.
func SearcherOf(m *matching.Model, g *matching.Graduate, since, until int32) (s Searcher, ok bool) {
	rows := m.Seekers(g)
	if len(rows) == 0 {
		return Searcher{}, false
	}
	first := &rows[0]
	s = Searcher{Key: first.Key, Trade: first.Trade, Home: first.Home, Reach: first.MaxMetres, Woman: g.Gender == matching.Woman,
		LivesIn: first.LivesIn, ConfirmedOnly: first.ConfirmedOnly, Needs: first.Needs, Gender: first.Gender,
		Asked: first.LowestPay, Since: since, Until: until}
	for _, r := range rows[1:] {
		s.Others = append(s.Others, r.Trade)
	}
	return s, true
}

func (s *Searcher) searches(day int32) bool {
	return s.Since <= day && (s.Until == matching.NoDay || day < s.Until)
}

// Vacancy is a posting: how many people it asks for, from one day until another.
type Vacancy struct {
	Key           ulid.ULID
	Employer      ulid.ULID
	Trade         uint16
	Kind          uint8 // place in matching.Kinds
	At            geo.Point
	Remote        bool // of no place
	Accommodation bool
	NeedYes       uint8
	NeedNo        uint8
	OpenTo        uint8 // bits by Searcher.Gender
	Vacancies     uint32
	PersonDays    uint32 // a month, of daily-wage work; 0 for other kinds
	Offered       uint32 // the middle of the pay, rupees a month; 0 is not stated
	Posted        int32  // first day
	Ended         int32  // first day on which it is no longer live: filled, closed or expired
	Filled        bool   // ended because it was filled
}

// VacancyOf digests a posting and the facts of its employer. ended is the first day on which it was no longer live (of its expiry while
// it is), filled whether it ended so. Daily-wage work is counted as all working days of a month, or as many days as it lasts.
func VacancyOf(m *matching.Model, p *matching.Posting, facts matching.EmployerFacts, ended int32, filled bool) (Vacancy, bool) {
	if _, ok := m.Catalogue.Number(p.Trade); !ok || p.Workplace != matching.Remote && p.Location == nil {
		return Vacancy{}, false
	}
	o := m.Opening(p, facts)
	v := Vacancy{Key: o.Key, Employer: p.Employer.ULID(), Trade: o.Trade, Kind: uint8(max(0, slices.Index(matching.Kinds[:], p.Kind))),
		At: o.At, Remote: o.Remote, Accommodation: o.Accommodation, NeedYes: o.NeedYes, NeedNo: o.NeedNo, OpenTo: o.OpenTo,
		Vacancies: uint32(max(1, min(maxVacancies, p.Vacancies))), Offered: o.Monthly, Posted: matching.Day(p.Posted), Ended: ended, Filled: filled}
	if p.Kind == matching.DailyWage {
		days := uint32(matching.DaysPerMonth)
		if p.DurationDays > 0 {
			days = min(days, uint32(p.DurationDays))
		}
		v.PersonDays = v.Vacancies * days
	}
	return v, true
}

// maxVacancies bounds the vacancies of one posting, so that no sum of fractions leaves its 64 bits.
const maxVacancies = 10_000

func (v *Vacancy) live(day int32) bool { return v.Posted <= day && day < v.Ended }

// Stage is how far a person has come towards work.
type Stage uint8

// The stages that are counted.
const (
	Matched     Stage = iota // shown interest in a posting or been shortlisted
	Interviewed              // been interviewed
	Hired                    // been hired
	stages
)

// Progress is on which days a person reached each stage. She is counted once for a stage, by her main trade and home.
type Progress struct {
	Key   ulid.ULID // of the person
	Trade uint16
	Home  geo.Point
	Woman bool
	Days  [stages][]int32
}

// progressDays is how far back a stage is counted.
const progressDays = 90

// reached tells whether a stage was reached in the 90 days up to a day.
func (p *Progress) reached(s Stage, day int32) bool {
	return slices.ContainsFunc(p.Days[s], func(d int32) bool { return d <= day && d > day-progressDays })
}

// stageOf gives the stage that a state of an application stands for.
var stageOf = map[matching.State]Stage{matching.Interested: Matched, matching.Shortlisted: Matched, matching.Interviewed: Interviewed, matching.Hired: Hired}

// ProgressOf gathers from the steps of a person's applications, each a state and its day, the days on which she reached each stage. ok is
// false when she reached none.
func ProgressOf(s *Searcher, steps iter.Seq2[matching.State, int32]) (p Progress, ok bool) {
	p = Progress{Key: s.Key, Trade: s.Trade, Home: s.Home, Woman: s.Woman}
	for state, day := range steps {
		if stage, counted := stageOf[state]; counted {
			p.Days[stage], ok = append(p.Days[stage], day), true
		}
	}
	return p, ok
}
