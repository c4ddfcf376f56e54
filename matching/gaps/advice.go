package gaps

import (
	"cmp"
	"math"
	"slices"

	"rabta/geo"
	"rabta/matching/trades"
)

// Advice is made from what is published, from postings, and from what is sent with the question: it can tell nothing of people that
// a publication does not. Wherever the people of a place are suppressed, those of the next larger unit stand in, by vacancy.

// Seat is where a district is run from, and its names.
type Seat struct {
	Place string // id of the district
	At    geo.Point
	Names geo.Names
}

// Seats gives the seats of all districts that exist.
func Seats(g *geo.Gazetteer) []Seat {
	var seats []Seat
	for _, d := range g.All(geo.LevelDistrict) {
		if d.Until == "" {
			seats = append(seats, Seat{d.ID, d.Point, d.Names})
		}
	}
	return seats
}

// Learners are people in a course.
type Learners struct {
	Trade uint16
	Place string // id of the district
	Count int64
	Ends  int32 // day
}

// School is an institute that trains for trades.
type School struct {
	Name   string
	At     geo.Point
	Trades []uint16 // empty: any
}

// Question is what advice is asked with.
type Question struct {
	Seats    []Seat
	Learners []Learners
	Schools  []School
	Least    int64 // fewest trainees that are worth a course; 0 is 10
}

// Training is the advice to train people of a trade around a place.
type Training struct {
	Trade     string `json:"trade"`
	Place     string `json:"place"` // id of the district
	Train     int64  `json:"train"`
	TrainLow  int64  `json:"train_low"` // the band in which the true need lies nine times in ten, as far as vacancies vary
	TrainHigh int64  `json:"train_high"`

	Vacancies  int64  `json:"vacancies"`       // now
	SameSeason *int64 `json:"same_season"`     // a year ago; nil without so long a record
	InReach    *int64 `json:"people_in_reach"` // who share these vacancies, about; nil for fewer than Threshold
	Basis      Level  `json:"basis"`           // whose people_per_vacancy it is: the district's own, or the next larger unit's that is published
	InCourses  int64  `json:"in_courses"`      // to ten
	Related    int64  `json:"related"`         // from related trades, to ten

	AccessNow  float64  `json:"access_now"` // vacancies a person
	AccessThen float64  `json:"access_then"`
	HiresNow   float64  `json:"hires_now"` // expected
	HiresThen  float64  `json:"hires_then"`
	GainEach   float64  `json:"gain_each"`
	Schools    []string `json:"institutes"` // the nearest that teach it, three at the most
	En         string   `json:"sentence_en"`
	Ur         string   `json:"sentence_ur"`
}

const (
	leastTrained  = 10
	courseDays    = 180 // courses that end within so many days count
	recordDays    = 90  // no advice where the record of vacancies is shorter
	yearDays      = 365
	ninetyPercent = 1.645 // of a normal distribution, to either side
)

// hires is how many of v vacancies are filled by p people who apply at random: urn and ball (Petrongolo and Pissarides 2001).
func hires(v, p float64) float64 {
	if v <= 0 {
		return 0
	}
	return v * (1 - math.Exp(-p/v))
}

// Advise gives where to train whom, by falling gain for each trainee, then by the number to train. The ledger is the publication's; it
// tells vacancies of earlier days. It says nothing of a trade and district whose vacancies are on record for less than 90 days.
func (l *Ledger) Advise(p *Publication, q Question) []Training {
	if q.Least <= 0 {
		q.Least = leastTrained
	}
	a := newAdviser(l, p, q)
	var all []Training
	for trade := range l.buckets {
		past := l.record(uint16(trade), p.Day())
		for _, row := range a.districts[trade] {
			seat, known := a.seats[row.Place]
			if !known || row.Demand < q.Least || past[row.Place].since > p.Day()-recordDays {
				continue
			}
			if t, ok := a.training(uint16(trade), &row, past[row.Place], seat); ok {
				all = append(all, t)
			}
		}
	}
	slices.SortFunc(all, func(a, b Training) int {
		return cmp.Or(cmp.Compare(b.GainEach, a.GainEach), cmp.Compare(b.Train, a.Train), cmp.Compare(a.Trade, b.Trade), cmp.Compare(a.Place, b.Place))
	})
	return all
}

// adviser holds published rows by trade.
type adviser struct {
	question  Question
	catalogue *trades.Catalogue
	day       int32
	seats     map[string]Seat
	districts [][]Row
	above     []map[Level]map[string]Row // by trade: division, province, country
	upOf      map[string]Area            // of a district
}

func newAdviser(l *Ledger, p *Publication, q Question) *adviser {
	a := &adviser{question: q, catalogue: l.set.Catalogue, day: p.Day(), seats: make(map[string]Seat), upOf: make(map[string]Area)}
	for _, s := range q.Seats {
		a.seats[s.Place] = s
	}
	for _, at := range p.table.areas {
		a.upOf[at.area.District] = at.area
	}
	for trade := range l.buckets {
		g := p.table.groups.ofTrade[trade]
		a.districts = append(a.districts, p.rows(g, District))
		above := make(map[Level]map[string]Row)
		for _, level := range [...]Level{Division, Province, Country} {
			above[level] = make(map[string]Row)
			for _, row := range p.rows(g, level) {
				above[level][row.Place] = row
			}
		}
		a.above = append(a.above, above)
	}
	return a
}

// pressure gives how many people share a vacancy of the district: its own figure, else that of the next larger unit.
func (a *adviser) pressure(trade uint16, row *Row) (float64, Level, bool) {
	if row.Pressure != nil {
		return *row.Pressure, District, true
	}
	area := a.upOf[row.Place]
	for _, level := range [...]Level{Division, Province, Country} {
		up, ok := a.above[trade][level][level.name(1, area)]
		if ok && up.Pressure != nil {
			return *up.Pressure, level, true
		}
	}
	return 0, "", false
}

func (a *adviser) training(trade uint16, row *Row, past record, seat Seat) (Training, bool) {
	share, basis, ok := a.pressure(trade, row)
	if !ok {
		return Training{}, false
	}
	t := Training{Trade: row.Group, Place: row.Place, Vacancies: row.Demand, SameSeason: past.yearAgo, Basis: basis,
		InCourses: a.inCourses(trade, row.Place), Related: a.related(trade, row.Place)}
	expected := past.recent
	if past.yearAgo != nil {
		expected = min(expected, float64(*past.yearAgo))
	}
	expected = min(expected, float64(row.Demand))
	inReach := int64(math.Round(share * float64(row.Demand)))
	if inReach >= Threshold {
		t.InReach = &inReach
	}
	there := float64(inReach + t.InCourses + t.Related)
	spread := ninetyPercent * math.Sqrt(expected+past.variance)
	t.Train = toFive(expected - there)
	t.TrainLow, t.TrainHigh = toFive(expected-spread-there), toFive(expected+spread-there)
	if t.Train < a.question.Least {
		return Training{}, false
	}
	after := there + float64(t.Train)
	t.HiresNow, t.HiresThen = toHundredth(hires(expected, there)), toHundredth(hires(expected, after))
	t.GainEach = toHundredth((hires(expected, after) - hires(expected, there)) / float64(t.Train))
	t.AccessNow, t.AccessThen = toHundredth(expected/max(1, there)), toHundredth(expected/max(1, after))
	t.Schools = a.schools(trade, seat.At)
	t.En, t.Ur = trainSentences(&t, a.catalogue.At(trade).Names, seat.Names)
	return t, true
}

// toFive rounds down to whole fives, at least 0.
func toFive(x float64) int64 { return max(0, int64(math.Floor(x/5))*5) }

func toHundredth(x float64) float64 { return math.Round(x*100) / 100 }

// toTen rounds a number of people to whole tens.
func toTen(n int64) int64 { return (n + 5) / 10 * 10 }

// inCourses gives who will have learnt the trade soon, to ten: a course is people, too.
func (a *adviser) inCourses(trade uint16, place string) (n int64) {
	for _, c := range a.question.Learners {
		if c.Trade == trade && c.Place == place && c.Ends >= a.day-recordDays && c.Ends <= a.day+courseDays {
			n += c.Count
		}
	}
	return toTen(n)
}

// related gives how many of related trades could step in: those beyond the vacancies that they share in, by relatedness;
// to ten.
func (a *adviser) related(trade uint16, place string) int64 {
	sum := 0.0
	for _, r := range a.catalogue.Related(trade) {
		if r.Number == trade {
			continue
		}
		for _, row := range a.districts[r.Number] {
			if row.Place == place && row.Supply != nil && row.Access != nil {
				sum += r.Relatedness * float64(*row.Supply) * max(0, 1-*row.Access)
			}
		}
	}
	return toTen(int64(sum))
}

// schoolReach is how far in metres from a place a second and a third institute are named for it: a morning's journey.
const schoolReach = 120_000

// schools names the nearest institute that teaches a trade, however far, and up to two more that are not too far.
func (a *adviser) schools(trade uint16, at geo.Point) []string {
	var able []School
	for _, s := range a.question.Schools {
		if len(s.Trades) == 0 || slices.Contains(s.Trades, trade) {
			able = append(able, s)
		}
	}
	slices.SortFunc(able, func(x, y School) int {
		return cmp.Or(cmp.Compare(geo.Distance(at, x.At), geo.Distance(at, y.At)), cmp.Compare(x.Name, y.Name))
	})
	var names []string
	for i, s := range able[:min(3, len(able))] {
		if i == 0 || geo.Distance(at, s.At) <= schoolReach {
			names = append(names, s.Name)
		}
	}
	return names
}
