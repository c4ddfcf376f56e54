package matching

import (
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching/trades"
)

// Seeker is one (graduate, trade) pair made ready for judging: one row of a board of graduates. It is a pure digest of a
// Graduate under a Model: everything that judging needs, nothing that names her. Numbers of trades and skills are the
// catalogue's; masks have the bit of a value at its place in Kinds, Modes, Needs and Licences.
type Seeker struct {
	Key           ulid.ULID // of the graduate; her rows share it
	Home          geo.Point
	MaxMetres     float64  // how far she travels; 0 is not told
	Skills        []uint16 // of all her trades, rising; empty is not told. Shared by her rows: not to be changed
	LowestPay     uint32   // rupees a month after travel; 0 is none
	AvailableFrom int32    // Day, or NoDay
	Trade         uint16
	Months        int16 // of experience in the trade; -1 is not told
	Level         uint8 // NVQF; 0 is not told
	Schooling     uint8 // 1 and up in rising order; 0 is not told
	Licences      uint8 // mask; with what a class includes
	Kinds         uint8 // mask; all bits when she has not said
	Modes         uint8 // mask; 0 is not told
	Needs         uint8 // mask
	Gender        uint8 // genderCode
	OwnTools      uint8 // answerCode
	ConfirmedOnly bool
	LivesIn       bool // accepts living at the work
	Searching     bool
	Consents      bool // to be shown to employers under a pseudonym
}

// Codes of a Seeker's gender, in the order of the bits of Opening.OpenTo.
const (
	genderUntold uint8 = iota
	genderWoman
	genderMan
	genderTransgender
)

// Codes of an Answer.
const (
	answerUnknown uint8 = iota
	answerYes
	answerNo
)

// ID is the graduate's identifier.
func (s *Seeker) ID() ID { return ID(GraduatePrefix + "_" + s.Key.String()) }

// Seekers gives a graduate's rows: one for each of her trades, the main one first. A trade that the catalogue does not have, and one
// named before, gives none; an unknown skill is left out.
func (m *Model) Seekers(g *Graduate) []Seeker {
	base := Seeker{
		Key: g.ID.ULID(), Home: g.Home, MaxMetres: g.Travel.MaxMetres, AvailableFrom: dayOrNone(g.AvailableFrom),
		Schooling: m.schoolingCode(g.Schooling), Licences: licenceMask(g.Licences), Kinds: kindMask(g.Kinds),
		Modes: maskOf(Modes[:], g.Travel.Modes), Needs: maskOf(Needs[:], g.Needs),
		Gender: genderCode(g.Gender), OwnTools: answerCode(g.OwnTools), ConfirmedOnly: g.ConfirmedOnly,
		Searching: g.Status == Searching, Consents: g.Consent.Matching,
	}
	base.LivesIn = g.AcceptsLiving || slices.Contains(g.Needs, NeedAccommodation)
	if g.LowestPay != nil {
		pay := Pay{From: g.LowestPay.Amount, To: g.LowestPay.Amount, Unit: g.LowestPay.Unit}
		if monthly, _, ok := pay.Monthly(); ok {
			base.LowestPay = rupees(monthly)
		}
	}
	var slugs []string
	for _, t := range g.Trades {
		slugs = append(slugs, t.Skills...)
	}
	base.Skills = m.skillNumbers(slugs)
	rows := make([]Seeker, 0, len(g.Trades))
	for _, t := range g.Trades {
		n, ok := m.Catalogue.Number(t.Trade)
		if !ok || slices.ContainsFunc(rows, func(r Seeker) bool { return r.Trade == n }) {
			continue
		}
		row := base
		row.Trade = n
		row.Level = uint8(max(0, min(maxLevel, t.Level)))
		row.Months = -1
		if t.Months != nil {
			row.Months = int16(max(0, min(maxMonths, *t.Months)))
		}
		rows = append(rows, row)
	}
	return rows
}

// skillNumbers gives the numbers of known skills, rising, each once.
func (m *Model) skillNumbers(slugs []string) []uint16 {
	var numbers []uint16
	for _, slug := range slugs {
		if n, ok := m.Catalogue.SkillNumber(slug); ok && n != trades.None {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// schoolingCode gives 1 and up in rising order, 0 for what is not told or not known.
func (m *Model) schoolingCode(code string) uint8 {
	return uint8(slices.Index(m.schooling, code) + 1)
}

// maskOf sets the bit of each value at its place in the list of all.
func maskOf[T comparable](all, values []T) uint8 {
	var mask uint8
	for _, v := range values {
		if i := slices.Index(all, v); i >= 0 {
			mask |= 1 << i
		}
	}
	return mask
}

func kindMask(kinds []Kind) uint8 {
	if len(kinds) == 0 {
		return 1<<len(Kinds) - 1
	}
	return maskOf(Kinds[:], kinds)
}

// licenceMask sets the classes held. Who may drive heavy or public service vehicles may drive light ones (Provincial Motor Vehicles
// Ordinance 1965).
func licenceMask(classes []string) uint8 {
	mask := maskOf(Licences[:], classes)
	if mask&maskOf(Licences[:], []string{"htv", "psv"}) != 0 {
		mask |= maskOf(Licences[:], []string{"ltv"})
	}
	return mask
}

func genderCode(g Gender) uint8 {
	switch g {
	case Woman:
		return genderWoman
	case Man:
		return genderMan
	case Transgender:
		return genderTransgender
	}
	return genderUntold
}

func answerCode(a Answer) uint8 {
	switch a {
	case Yes:
		return answerYes
	case No:
		return answerNo
	}
	return answerUnknown
}
