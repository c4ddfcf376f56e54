package matching

import (
	"math"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
)

// Opening is a posting made ready for judging: one row of a board of postings. It is a pure digest of a Posting and of what is
// known of its employer, under a Model. Masks are as in Seeker.
type Opening struct {
	Key           ulid.ULID
	At            geo.Point // zero when Remote
	Skills        []uint16  // the required ones rising, then the preferred ones rising. Shared: not to be changed
	Posted        uint32    // seconds since 1970
	Expires       uint32    // seconds since 1970
	PayFrom       uint32    // rupees for a Unit; 0 with PayTo 0 is not stated
	PayTo         uint32
	Monthly       uint32 // the middle of the pay in rupees a month; 0 when not stated or of a unit that does not compare
	Least         uint32 // PayFrom as full-time rupees a month, to hold against the minimum wage; 0 when that cannot be said
	Starts        int32  // Day, or NoDay
	Trade         uint16
	Months        uint16 // of experience asked
	Answers       uint16 // how often the employer answers, in thousandths
	Required      uint8  // how many of Skills are required
	Level         uint8  // NVQF asked; 0 is none
	Schooling     uint8  // asked; 0 is none
	Licences      uint8  // mask of the classes asked
	Kind          uint8  // mask of one bit
	Unit          uint8  // place in PayUnits
	NeedYes       uint8  // mask of the needs that it answers with yes
	NeedNo        uint8  // and with no
	OpenTo        uint8  // bits by gender code
	Province      uint8  // the wages' number; 0 is the nation or not known
	Remote        bool
	OwnHome       bool // done at the worker's home
	Open          bool // by status and vacancies; dates decide the rest of live
	Accommodation bool // provided
	Transport     bool // provided
	Vouched       bool // Transport is the word of an officer, of a worker or of a verified employer
	AsksTools     bool // the worker must bring tools
	Urgent        bool
	PartTime      bool
	ByTrade       bool // Skills are the trade's own, as the posting lists none as required
}

// EmployerFacts are what the employer's record adds to an opening.
type EmployerFacts struct {
	Asked    int // applications that awaited an answer
	Answered int // how many of them got one
	Verified bool
}

// Facts gives the facts of an employer's record.
func (e *Employer) Facts() EmployerFacts {
	return EmployerFacts{Asked: e.Asked, Answered: e.Answered, Verified: e.Verified}
}

const (
	maxAnswers = 1000 // Opening.Answers counts thousandths
	maxListed  = 50   // items of any list of a record
	maxLevel   = 8
	maxMonths  = 720
)

// ID is the posting's identifier.
func (o *Opening) ID() ID { return ID(PostingPrefix + "_" + o.Key.String()) }

// Opening digests a posting and the facts of its employer. A trade outside the catalogue is related to nobody's; an unknown skill is
// left out.
func (m *Model) Opening(p *Posting, e EmployerFacts) Opening {
	o := Opening{
		Key: p.ID.ULID(), Posted: seconds(p.Posted), Expires: seconds(p.Expires), Starts: dayOrNone(p.Starts),
		Months: uint16(max(0, min(maxMonths, p.Months))), Level: uint8(max(0, min(maxLevel, p.Level))),
		Schooling: m.schoolingCode(p.Schooling), Licences: maskOf(Licences[:], p.Licences), Kind: maskOf(Kinds[:], []Kind{p.Kind}),
		Answers: m.Weights.Answers.rate(e), Remote: p.Workplace == Remote, OwnHome: p.Workplace == OwnHome,
		Open: p.Status == Open && p.Vacancies > 0, OpenTo: openToMask(p.OpenTo),
		Province:      m.Wages.ProvinceNumber(p.Province),
		Accommodation: p.Conditions.Of(CondAccommodation) == Yes,
		Transport:     p.Conditions.Of(CondTransport) == Yes || p.Conditions.Of(CondDoorTransport) == Yes,
		Vouched:       e.Verified || p.Conditions.vouched(CondTransport) || p.Conditions.vouched(CondDoorTransport),
		AsksTools:     p.Conditions.Of(CondTools) == No,
		Urgent:        p.Urgent,
		PartTime:      p.PartTime,
	}
	o.Trade, _ = m.Catalogue.Number(p.Trade)
	if !o.Remote && p.Location != nil {
		o.At = *p.Location
	}
	o.NeedYes, o.NeedNo = needAnswers(p)
	o.takeSkills(m, p)
	o.takePay(p)
	return o
}

// takeSkills fills the skills asked. Where the posting requires none, what is required is what is essential to the trade; where it
// prefers none, what its trade has besides is preferred.
func (o *Opening) takeSkills(m *Model, p *Posting) {
	required, preferred := m.skillNumbers(p.Required), m.skillNumbers(p.Preferred)
	o.ByTrade = len(required) == 0
	if o.ByTrade && len(preferred) == 0 && int(o.Trade) < len(m.tradeSkills) {
		o.Skills, o.Required = m.tradeSkills[o.Trade], uint8(len(m.Catalogue.Essential(o.Trade)))
		return
	}
	if o.ByTrade {
		required = m.Catalogue.Essential(o.Trade)
	}
	if len(preferred) == 0 {
		preferred = m.Catalogue.Optional(o.Trade)
	}
	required = required[:min(len(required), math.MaxUint8)]
	o.Required = uint8(len(required))
	o.Skills = slices.Clip(append(slices.Clone(required), without(preferred, required)...))
}

// without gives the numbers of a rising list that another rising list does not have.
func without(numbers, others []uint16) []uint16 {
	var left []uint16
	for _, n := range numbers {
		if _, found := slices.BinarySearch(others, n); !found {
			left = append(left, n)
		}
	}
	return left
}

func (o *Opening) takePay(p *Posting) {
	if p.Pay == nil || p.Pay.From <= 0 && p.Pay.To <= 0 {
		return
	}
	o.PayFrom, o.PayTo = rupees(float64(p.Pay.From)), rupees(float64(p.Pay.To))
	o.Unit = uint8(max(0, slices.Index(PayUnits[:], p.Pay.Unit)))
	if from, to, ok := p.Pay.Monthly(); ok {
		o.Monthly = max(1, rupees((from+to)/2))
	}
	o.Least = rupees(fullTime(p))
}

// fullTimeHours is the working week of the Factories Act 1934, section 34, in hours.
const fullTimeHours = 48

// fullTime gives the lower end of the pay as a month of full-time work, in rupees; 0 where that cannot be said: pay not stated, a
// unit that does not compare, or a month of part-time work of unknown hours.
func fullTime(p *Posting) float64 {
	if p.Pay == nil {
		return 0
	}
	from, _, ok := p.Pay.Monthly()
	switch {
	case !ok:
		return 0
	case !p.PartTime || p.Pay.Unit != PerMonth:
		return from
	case p.HoursPerWeek <= 0:
		return 0
	}
	return from * fullTimeHours / float64(min(p.HoursPerWeek, fullTimeHours))
}

// BelowMinimum tells whether the lower end of a posting's pay is below the minimum wage for unskilled work of its province on the Day of
// a time, and gives that wage in rupees a month (0 when none is known). Pay that does not compare with a month is never below.
func (m *Model) BelowMinimum(p *Posting, at time.Time) (Rupees, bool) {
	return m.belowMinimum(m.Wages.ProvinceNumber(p.Province), rupees(fullTime(p)), Day(at))
}

// OpeningBelowMinimum is BelowMinimum by the row of the board, on a Day.
func (m *Model) OpeningBelowMinimum(o *Opening, day int32) (Rupees, bool) {
	return m.belowMinimum(o.Province, o.Least, day)
}

func (m *Model) belowMinimum(province uint8, least uint32, day int32) (Rupees, bool) {
	if int(province) >= len(m.minimums) {
		return 0, false
	}
	for _, figure := range m.minimums[province] {
		if figure.from <= day {
			return figure.monthly, least > 0 && least < uint32(figure.monthly)
		}
	}
	return 0, false
}

// rate is how often an employer answers, smoothed so that one who was never asked starts in between, in thousandths.
func (w AnswerWeights) rate(e EmployerFacts) uint16 {
	asked := max(0, e.Asked)
	answered := max(0, min(asked, e.Answered))
	rate := (float64(answered) + w.Answered.Value) / (float64(asked) + w.Asked.Value)
	if !e.Verified {
		rate *= w.Unverified.Value
	}
	return uint16(math.Round(min(1, max(lowestTerm, rate)) * maxAnswers))
}

// needAnswers tells which needs a posting answers with yes and which with no; the others it leaves unknown. Who works at her own
// home, or remotely from it, leaves home for none of it: such work answers every need.
func needAnswers(p *Posting) (yes, no uint8) {
	for i, need := range Needs {
		switch p.Answers(need) {
		case Yes:
			yes |= 1 << i
		case No:
			no |= 1 << i
		}
	}
	return yes, no
}

// Answers tells whether a posting meets a need: Yes, No, or Unknown where it has not said.
func (p *Posting) Answers(need Need) Answer {
	if p.Workplace == Remote || p.Workplace == OwnHome {
		return Yes
	}
	c := p.Conditions
	switch need {
	case NeedTransport:
		return either(c.Of(CondTransport), c.Of(CondDoorTransport))
	case NeedWomenSafe:
		return womenSafe(c)
	case NeedAccommodation:
		return c.Of(CondAccommodation)
	case NeedAccess:
		return c.Of(CondStepFree)
	case NeedHomeBased:
		return No
	}
	return Unknown
}

// either is Yes when one answer is, and No when no transport to the place is left open.
func either(a, b Answer) Answer {
	switch {
	case a == Yes || b == Yes:
		return Yes
	case a == No:
		return No // who has none to the stop has none to the door, and who says no to both has said it
	}
	return Unknown
}

// womenSafe is Yes with women colleagues and a separate toilet; No without a separate toilet, and with neither women colleagues
// nor a complaint committee (which the Protection against Harassment of Women at the Workplace Act 2010 asks for).
func womenSafe(c Conditions) Answer {
	colleagues, toilet, committee := c.Of(CondWomenColleagues), c.Of(CondSeparateToilet), c.Of(CondComplaintCommittee)
	switch {
	case toilet == No || colleagues == No && committee == No:
		return No
	case colleagues == Yes && toilet == Yes:
		return Yes
	}
	return Unknown
}

// openToMask has the bit of each gender code that may be taken. Who has not told a gender, or is neither, passes only what is open
// to all: an answer that closes the door to one half is not to be guessed at.
func openToMask(to OpenTo) uint8 {
	switch to {
	case OpenToWomen:
		return 1 << genderWoman
	case OpenToMen:
		return 1 << genderMan
	}
	return 1<<genderUntold | 1<<genderWoman | 1<<genderMan | 1<<genderTransgender
}
