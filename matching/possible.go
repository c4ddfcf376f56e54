package matching

import "time"

// Drop names the hard constraint that a pair fails; empty when the pair is possible.
type Drop string

// The hard constraints, in the order in which Possible asks them.
const (
	DropNotLive      Drop = "not-live"      // the posting is not open, not yet posted, expired or filled
	DropNotSearching Drop = "not-searching" // the graduate is placed or paused
	DropKind         Drop = "kind"          // she does not want this kind of work
	DropTrade        Drop = "trade"         // her trade and the trade asked are unrelated
	DropOpenTo       Drop = "open-to"       // the posting is not open to her gender
	DropReach        Drop = "reach"         // too far, not remote, and not with accommodation that she accepts
	DropNeed         Drop = "need"          // a need is answered with no, or not answered while she asked for confirmed ones only
	DropPay          Drop = "pay"           // the pay, after travel, is below the lowest that she accepts
)

// Possible tells whether a pair may be matched at all: "" when it may, else the first constraint that it fails. metres is the
// distance between home and work, of no account for remote work; reach is MatchReach. In reach means metres <= reach. Dates
// count to the second.
func (m *Model) Possible(s *Seeker, o *Opening, metres, reach float64, now time.Time) Drop {
	switch {
	case !o.LiveAt(now.Unix()):
		return DropNotLive
	case !s.Searching:
		return DropNotSearching
	case s.Kinds&o.Kind == 0:
		return DropKind
	case o.OpenTo&(1<<s.Gender) == 0:
		return DropOpenTo
	case !o.Remote && !(metres <= reach) && !s.LivesAt(o):
		return DropReach
	case !s.needsMet(o):
		return DropNeed
	}
	if _, related := m.lnRelatedness(s.Trade, o.Trade); !related {
		return DropTrade
	}
	if !m.PaysEnough(s, o, metres) {
		return DropPay
	}
	return ""
}

// PaysEnough tells whether the pay, where it is known, leaves the lowest that the person accepts after travel.
func (m *Model) PaysEnough(s *Seeker, o *Opening, metres float64) bool {
	return !asksPay(s.LowestPay, o) || leaves(o, m.travelCost(s, o, metres), s.LowestPay)
}

// asksPay tells whether the pay has to be looked at: somebody has a lowest, and the opening tells its own.
func asksPay(lowest uint32, o *Opening) bool { return lowest != 0 && o.Monthly != 0 }

// leaves tells whether the pay of an opening is not below the lowest once the way has been paid.
func leaves(o *Opening, cost float64, lowest uint32) bool {
	return !(float64(o.Monthly)-cost < float64(lowest))
}

// LivesAt tells whether the person would live at the work, so that distance is no hurdle.
func (s *Seeker) LivesAt(o *Opening) bool { return o.Accommodation && s.LivesIn }

func (s *Seeker) needsMet(o *Opening) bool {
	if s.Needs&o.NeedNo != 0 {
		return false
	}
	return !s.ConfirmedOnly || s.Needs&^o.NeedYes == 0
}

// lnRelatedness gives the natural logarithm of the relatedness of two trades, and false when they are unrelated.
func (m *Model) lnRelatedness(a, b uint16) (float64, bool) {
	if int(a) >= len(m.related) {
		return lnLowest, false
	}
	for _, r := range m.related[a] {
		if r.trade == b {
			return r.ln, true
		}
	}
	return lnLowest, false
}

// Related tells whether somebody of one trade may be matched to work of another.
func (m *Model) Related(a, b uint16) bool {
	_, related := m.lnRelatedness(a, b)
	return related
}
