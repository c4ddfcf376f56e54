package matching

import (
	"math"
	"slices"
	"sync"
	"time"

	"rabta/matching/trades"
)

// Schooling lists the codes of schooling in rising order, as the schooling table of a Model.
var Schooling = [...]string{"none", "primary", "middle", "matric", "intermediate", "bachelor", "master"}

// Licences lists the driving licence classes of Pakistan's provinces.
var Licences = [...]string{"motorcycle", "ltv", "htv", "psv", "tractor", "forklift"}

// Model is everything by which a pair is judged: weights, the catalogue of trades, wages, the order of schooling, and a version
// that names them. It is immutable and safe for any number of readers; a changed weight is another Model.
type Model struct {
	Version   string
	Weights   Weights
	Catalogue *trades.Catalogue
	Wages     *Wages

	schooling   []string
	views       views
	tradeSkills [][]uint16     // by trade: the essential ones, then the optional ones; shared by openings that ask for none themselves
	related     [][]relatedLog // by trade: natural logarithms of relatedness, the trade itself first
	bands       [1 << len(Modes)][]band
	usual       []usualPay              // by trade, then province number
	perRow      int                     // of usual: provinces and the nation
	minimums    [][]minimum             // unskilled, by province number, newest first
	answers     [maxAnswers + 1]float64 // natural logarithms of the term
	answersTerm [maxAnswers + 1]float64
	old         [366]float64 // by days since it was posted: lnOld
	knots       []Knot
	unpaid      float64
	prior       float64 // of the pay term
	lnUnknown   float64 // of a need left unanswered
	lnUntold    float64 // of dates not told
	untold      float64
	lnLiving    float64
	judges      sync.Pool // of Judge
}

// relatedLog is one trade and the natural logarithm of its relatedness.
type relatedLog struct {
	trade uint16
	ln    float64
}

// usualPay is what a trade usually earns in a province, in rupees a month; zero when nothing is known. trust is how much a pay term
// held against it counts, the rest being the prior.
type usualPay struct{ p25, p50, trust float64 }

// NewModel makes the model. The weights must have passed Weights.Check. schooling lists the codes of schooling in rising order; with
// none given it is Schooling. Without wages every pay scores alike.
func NewModel(version string, weights Weights, catalogue *trades.Catalogue, wages *Wages, schooling []string) *Model {
	m := &Model{Version: version, Weights: weights, Catalogue: catalogue, Wages: wages, schooling: schooling}
	if len(schooling) == 0 {
		m.schooling = Schooling[:]
	}
	if wages == nil {
		m.Wages = &Wages{}
	}
	m.views = newViews(weights)
	m.knots = slices.Clone(weights.Pay.Knots)
	m.unpaid, m.prior = weights.Pay.Unpaid.Value, weights.Pay.Prior.Value
	m.lnUnknown = math.Log(weights.Fit.NeedUnknown.Value)
	m.lnUntold = math.Log(weights.Time.Unknown.Value)
	m.untold = termOf(m.lnUntold)
	m.lnLiving = math.Log(weights.Travel.LivingIn.Value)
	for i := range m.answers {
		m.answers[i] = math.Log(max(lowestTerm, float64(i)/maxAnswers))
		m.answersTerm[i] = termOf(m.answers[i])
	}
	for days := range m.old {
		m.old[days] = clampLn(-float64(days) / weights.Time.Freshness.Value)
	}
	for mask := range m.bands {
		m.bands[mask] = weights.Travel.bands(uint8(mask))
	}
	m.fillTrades()
	m.fillMinimums()
	return m
}

// minimum is a minimum wage in rupees a month, from a Day on.
type minimum struct {
	from    int32
	monthly Rupees
}

func (m *Model) fillMinimums() {
	m.minimums = make([][]minimum, len(m.Wages.provinces)+1)
	for i := range m.minimums {
		for _, r := range m.Wages.minimums[minimumKey{m.Wages.Province(uint8(i)), Unskilled}] {
			m.minimums[i] = append(m.minimums[i], minimum{Day(r.From), r.Monthly})
		}
	}
}

func (m *Model) fillTrades() {
	m.perRow = len(m.Wages.provinces) + 1
	m.related = make([][]relatedLog, m.Catalogue.Len())
	m.tradeSkills = make([][]uint16, m.Catalogue.Len())
	m.usual = make([]usualPay, m.Catalogue.Len()*m.perRow)
	all := m.Wages.typical()
	all.trust = m.Weights.Pay.trust(BasisAssumed) // that a trade without wages earns what others do is a guess
	for i, t := range m.Catalogue.All() {
		m.tradeSkills[i] = slices.Concat(m.Catalogue.Essential(uint16(i)), m.Catalogue.Optional(uint16(i)))
		for _, r := range m.Catalogue.Related(uint16(i)) {
			m.related[i] = append(m.related[i], relatedLog{r.Number, math.Log(r.Relatedness)})
		}
		for p := range m.perRow {
			row := all
			if w, ok := m.Wages.Wage(t.Slug, m.Wages.Province(uint8(p))); ok {
				row = usualPay{w.P25, w.P50, m.Weights.Pay.trust(w.Basis)}
			}
			m.usual[i*m.perRow+p] = row
		}
	}
}

// typical is the middle of all trades' pay in the nation: what a trade without wages is held against.
func (w *Wages) typical() usualPay {
	var all []usualPay
	for key, r := range w.rows {
		if key.province == "" {
			all = append(all, usualPay{p25: r.P25, p50: r.P50})
		}
	}
	if len(all) == 0 {
		return usualPay{}
	}
	slices.SortFunc(all, func(a, b usualPay) int {
		if a.p50 != b.p50 {
			return int(math.Copysign(1, a.p50-b.p50))
		}
		return int(math.Copysign(1, a.p25-b.p25))
	})
	return all[(len(all)-1)/2]
}

// pakistan is how far the clocks of Pakistan are ahead of UTC, all year round, in seconds.
const pakistan = 5 * 60 * 60

// Day numbers days by the calendar of Pakistan (UTC+5): 0 is 1 January 1970. Freshness and timing count whole days, so that an
// order holds for a day.
func Day(t time.Time) int32 { return dayOf(t.Unix()) }

func dayOf(unix int64) int32 {
	seconds := unix + pakistan
	day := seconds / 86400
	if seconds%86400 < 0 {
		day--
	}
	return int32(max(-maxDay, min(maxDay, day)))
}

// maxDay keeps differences of days inside an int32; NoDay is a day that was not told.
const (
	maxDay = 1 << 24
	NoDay  = math.MinInt32
)

func dayOrNone(t *time.Time) int32 {
	if t == nil {
		return NoDay
	}
	return Day(*t)
}

// seconds gives a time in whole seconds since 1970, held inside what a row of the board keeps (until 2106).
func seconds(t time.Time) uint32 {
	return uint32(max(0, min(math.MaxUint32, t.Unix())))
}

// rupees gives an amount in whole rupees, held inside what a row of the board keeps.
func rupees(amount float64) uint32 {
	if !(amount > 0) {
		return 0
	}
	return uint32(min(math.MaxUint32, math.Round(amount)))
}
