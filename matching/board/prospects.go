package board

import (
	"cmp"
	"slices"

	"rabta/matching"
)

// prospect is a row in reach that may be among the best, with its band of distance, or less of it, and once it is looked at the terms of its
// score.
type prospect struct {
	n      int
	metres float64
	rough  bool // the metres have yet to be measured
	most   matching.Outlook
	known  matching.Known
	going  matching.Going
}

// promising tells whether a person of a trade may be among the best as far as her trade and her way go.
func (f *candidateFinder) promising(trade uint16, modes uint8, livesIn bool, metres float64) bool {
	return f.wants(&f.outlook(trade, modes, livesIn, metres).Outlook, metres)
}

// await keeps a row for judge.
func (f *candidateFinder) await(p prospect) {
	if f.waiting = append(f.waiting, p); len(f.waiting) == cap(f.waiting) {
		f.judge()
	}
}

// judge judges the rows that wait, the most promising first. Those of people who live in lie all over the section: what is needed of them is
// asked of the memory for all at once, which takes hardly longer than for one.
func (f *candidateFinder) judge() {
	for i := range f.waiting {
		f.touched += f.rows.offers[f.waiting[i].n].coarse
	}
	suited := f.order[:0]
	for i := range f.waiting {
		if p := &f.waiting[i]; f.suits(p) {
			suited = append(suited, ordered{p.most.Total, i})
		}
	}
	slices.SortFunc(suited, func(a, b ordered) int { return cmp.Compare(b.total, a.total) })
	for _, at := range suited {
		if p := &f.waiting[at.of]; f.wants(&p.most, p.metres) {
			f.judgeWell(p)
		}
	}
	f.waiting = f.waiting[:0]
}

// ordered is a row that waits, by its number among them, and the most that it can score.
type ordered struct {
	total float64
	of    int
}

// wants tells whether a person of an outlook may be among the best.
func (f *candidateFinder) wants(at *matching.Outlook, metres float64) bool {
	if f.q.Shown == nil {
		return f.least.Reaches(*at)
	}
	return f.kept.mayReach(matching.Ranked{Score: f.q.Shown(at.Most()), Metres: metres})
}

// suits tells whether a row may be among the best as far as what its person offers goes, too. Skills go last, since the people of a trade offer
// much the same but for these, and after them the distance of who would live at the work.
func (f *candidateFinder) suits(p *prospect) bool {
	o := &f.rows.offers[p.n]
	at := f.outlook(o.trade, o.modes, o.flags&isLivingIn != 0, p.metres)
	if !f.wants(&at.Outlook, p.metres) {
		return false
	}
	p.known = matching.Known{Skill: at.Skill, Experience: f.experienceTerm(o), Requirements: f.hurdleTerm(o),
		Timing: f.judging.TimingTerm(o.availableFrom, f.opening.Starts), Conditions: f.judging.ConditionsTerm(o.wish.Needs, f.ask)}
	if p.most = f.judging.Sharpened(&at.Outlook, &p.known); !f.wants(&p.most, p.metres) {
		return false
	}
	p.known.Skill = f.skillTerm(o.trade, o.list)
	if p.most = f.judging.Sharpened(&at.Outlook, &p.known); !f.wants(&p.most, p.metres) {
		return false
	}
	p.going = at.Going
	return !p.rough || f.measure(p, o)
}

// measure finds how far a row that suits lies, and tells whether it suits from there.
func (f *candidateFinder) measure(p *prospect, o *offer) bool {
	p.metres = f.bandOf(o.coarse)
	at := f.outlook(o.trade, o.modes, o.flags&isLivingIn != 0, p.metres)
	p.going, p.most = at.Going, f.judging.Sharpened(&at.Outlook, &p.known)
	return f.wants(&p.most, p.metres)
}

// judgeWell judges a row of which all terms are known.
func (f *candidateFinder) judgeWell(of *prospect) {
	o := &f.rows.offers[of.n]
	p := person{row: foundRow{rows: f.rows, n: of.n}, comes: true, trade: o.trade, metres: of.metres}
	wanted, twin := f.least, f.isTwin(o.other)
	if f.q.Shown != nil {
		f.rows.judged(of.n, &f.seeker)
		p.employer = f.judging.Employer(&f.seeker, f.opening, p.metres)
		if !f.kept.mayReach(matching.Ranked{Score: f.q.Shown(p.employer), Metres: p.metres}) {
			return
		}
		wanted = matching.AtLeast(0)
	}
	if f.q.Shown == nil || twin {
		var may bool
		if p.total, may = f.judging.TotalOf(&of.known, &of.going, f.opening, wanted); !may || twin && !f.suitsBest(of.n, &p) {
			return
		}
	}
	f.keep(f.rows.ident(of.n), &p)
}
