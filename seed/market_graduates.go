package seed

import (
	"iter"
	"math"
	"slices"
	"time"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/trades"
)

// household is what graduates of one family share.
type household struct {
	spot  *spot
	home  geo.Point
	phone string
}

// Graduates yields the graduates, each with what names her. Some share home, phone and last name with the one before them.
func (m *Market) Graduates() iter.Seq2[*matching.Graduate, *matching.Personal] {
	return func(yield func(*matching.Graduate, *matching.Personal) bool) {
		var family household
		for i := range m.size.Graduates {
			d := newDraw(m.seed, graduateStream, i)
			shares := i > 0 && d.chance(sharedPhone)
			if !shares {
				family = m.household(d, i)
			}
			g := m.graduate(d, family)
			if !yield(g, m.personal(d, g, family, i, shares)) {
				return
			}
		}
	}
}

func (m *Market) household(d *draw, number int) household {
	s := m.land.somewhere(d, graduateUrbanOdds)
	home, err := geo.Home(m.land.around(d, s, s.point, s.spread))
	if err != nil {
		// The points of places lie in the box, far from its rim.
		panic("seed: " + err.Error())
	}
	return household{spot: s, home: home, phone: inventedPhone(graduatePhones, number)}
}

// learner is what a graduate's record is made around.
type learner struct {
	*draw
	spot   *spot
	number uint16 // of the main trade
	trade  *trades.Trade
	market *tradeMarket
	age    int
}

func (m *Market) graduate(d *draw, family household) *matching.Graduate {
	number := uint16(m.supply[family.spot.class()].pick(d))
	l := learner{draw: d, spot: family.spot, number: number, trade: m.ref.Catalogue.At(number), market: &m.ref.sample.market[number]}
	l.age = min(58, 18+int(d.ExpFloat64()*8))
	created := d.before(m.date, 400)
	g := &matching.Graduate{ID: d.id(matching.GraduatePrefix, created), Created: created, Updated: created, Home: family.home,
		Gender: l.gender(), Status: l.status()}
	g.Consent = matching.Consent{Matching: d.chance(consentMatching), Officer: d.chance(consentOfficer), At: &created}
	if !d.chance(decadeUntold) {
		g.BirthDecade = min(2010, (m.date.Year()-l.age)/10*10)
	}
	m.learn(l, g)
	if !d.chance(schoolingUntold) {
		g.Schooling = pick(d, schoolingOf(l.trade.ISCO))
	}
	g.Licences = l.licences(g.Gender)
	g.OwnTools = l.tools()
	l.wishes(g)
	m.pay(l, g)
	if d.chance(0.6) {
		free := m.day(d.between(-40, 45))
		g.AvailableFrom = &free
	}
	g.Languages = l.languages(g.Schooling)
	return g
}

// class is the class of places to which the spot belongs.
func (s *spot) class() int {
	if s.urban {
		return town
	}
	return country
}

// day gives the day of the market, or one so many days after it, at midnight UTC.
func (m *Market) day(after int) time.Time {
	return m.date.Truncate(24*time.Hour).AddDate(0, 0, after)
}

func (l learner) gender() matching.Gender {
	at := l.Float64()
	switch {
	case at < transgenderShare:
		return matching.Transgender
	case at < transgenderShare+genderUntold:
		return ""
	case l.chance(l.market.women / (1 - transgenderShare - genderUntold)):
		return matching.Woman
	}
	return matching.Man
}

func (l learner) status() matching.Status {
	at := l.Float64()
	switch {
	case at < searching:
		return matching.Searching
	case at < searching+placed:
		return matching.Placed
	}
	return matching.Paused
}

// learn gives the graduate her trades and the papers for the main one.
func (m *Market) learn(l learner, g *matching.Graduate) {
	main := l.held(m.ref.Catalogue, l.number)
	g.Trades = []matching.TradeHeld{main}
	if related := m.ref.Catalogue.Related(l.number); len(related) > 1 && l.chance(secondTrade) {
		other := related[1+l.IntN(len(related)-1)].Number
		// A second trade is one that people of the gender learn at all.
		if share := m.ref.sample.market[other].women; g.Gender != matching.Woman && share < 0.95 || g.Gender == matching.Woman && share > 0.03 {
			g.Trades = append(g.Trades, l.held(m.ref.Catalogue, other))
		}
	}
	if main.Learnt != matching.LearntInstitute {
		return
	}
	school := m.teacher(l.draw, l.spot, l.trade.Sector, g.Gender)
	if school != nil && l.chance(onRoster) {
		g.Institute = school.record.ID
	}
	if l.chance(certified) {
		g.Certificates = []matching.Certificate{m.certificate(l, school)}
		m.registerAfterCourse(g)
	}
}

func (l learner) held(c *trades.Catalogue, number uint16) matching.TradeHeld {
	t := c.At(number)
	held := matching.TradeHeld{Trade: t.Slug, Learnt: l.learnt(t.Sector)}
	if !l.chance(skillsUntold) {
		for _, s := range t.Skills {
			if s.Essential && l.chance(essentialHeld) || !s.Essential && l.chance(optionalHeld) {
				held.Skills = append(held.Skills, s.Skill)
			}
		}
	}
	taught := held.Learnt == matching.LearntInstitute || held.Learnt == matching.LearntAssessed
	if taught && !l.chance(levelUntold) {
		held.Level = pick(l.draw, []int{1, 2, 2, 2, 3, 3, 3, 4, 4, 5})
	}
	if !l.chance(monthsUntold) {
		mean := 60.0
		if taught {
			mean = 22
		}
		months := min(int(l.ExpFloat64()*mean), (l.age-15)*12)
		held.Months = &months
	}
	return held
}

func (l learner) learnt(sector string) matching.Learnt {
	ways := []matching.Learnt{matching.LearntInstitute, matching.LearntInstitute, matching.LearntInstitute, matching.LearntInstitute,
		matching.LearntInstitute, matching.LearntAssessed, matching.LearntUstad, matching.LearntUstad, matching.LearntFamily, matching.LearntSelf}
	switch sector {
	case "it", "office", "health", "education":
		ways = append(ways[:6:6], matching.LearntInstitute, matching.LearntInstitute, matching.LearntSelf)
	case "farm", "crafts":
		ways = append(ways, matching.LearntFamily, matching.LearntFamily, matching.LearntFamily)
	}
	return pick(l.draw, ways)
}

func (m *Market) certificate(l learner, school *institute) matching.Certificate {
	c := matching.Certificate{Programme: pick(l.draw, []string{"tevta", "pmysd", "hunarmand"}), Course: l.trade.Slug, Verified: l.chance(verifiedPaper)}
	if school != nil {
		c.Programme, c.Institute = school.pattern.programme, school.record.ID
	}
	given := m.day(-l.between(20, 5*365))
	c.Date = &given
	c.Batch = given.Format("2006-01")
	return c
}

func (l learner) licences(gender matching.Gender) []string {
	var held []string
	if own := licenceOf(l.trade.Slug); own != "" && l.chance(0.92) {
		held = append(held, own)
	}
	motorcycle, car := 0.30, 0.12
	if gender == matching.Woman {
		motorcycle, car = 0.03, 0.03
	}
	for _, more := range []struct {
		class string
		share float64
	}{{"motorcycle", motorcycle}, {"ltv", car}} {
		if l.chance(more.share) && !slices.Contains(held, more.class) {
			held = append(held, more.class)
		}
	}
	return held
}

func (l learner) tools() matching.Answer {
	switch at := l.Float64(); {
	case at < 0.45:
		return matching.Yes
	case at < 0.75:
		return matching.No
	case at < 0.80:
		return matching.Unknown
	}
	return ""
}

// pay gives most graduates a lowest pay around the lower quartile of the main trade in the province.
func (m *Market) pay(l learner, g *matching.Graduate) {
	w, ok := m.ref.Wages.Wage(l.trade.Slug, l.spot.province)
	if !ok || l.chance(payUntold) {
		return
	}
	amount := w.P25 * (0.75 + 0.4*l.Float64())
	low := &matching.LowestPay{Amount: matching.Rupees(rounded(amount, 500)), Unit: matching.PerMonth}
	if l.market.unit == matching.PerDay && l.chance(0.7) {
		low = &matching.LowestPay{Amount: matching.Rupees(rounded(amount/matching.DaysPerMonth, 50)), Unit: matching.PerDay}
	}
	g.LowestPay = low
}

// languages gives Urdu to nearly all, the languages of the province by their shares, and English to those long at school.
func (l learner) languages(schooling string) []matching.Language {
	reads := !slices.Contains([]string{"none", "primary"}, schooling)
	spoken := []matching.Language{{Code: "ur", Reads: reads}}
	for _, own := range languagesOf(l.spot.province) {
		if l.chance(own.share) {
			// Of the regional languages Sindhi is taught at school; the others are mostly spoken.
			spoken = append(spoken, matching.Language{Code: own.code, Reads: reads && (own.code == "sd" || l.chance(0.2))})
		}
	}
	english := map[string]float64{"matric": 0.15, "intermediate": 0.4, "bachelor": 0.8, "master": 0.95}[schooling]
	if l.chance(english) {
		spoken = append(spoken, matching.Language{Code: "en", Reads: true})
	}
	return spoken
}

// wishes gives how the graduate travels, what she needs and what kinds of work she wants.
func (l learner) wishes(g *matching.Graduate) {
	h := habitsOf(g.Gender)
	if !l.chance(reachUntold) {
		km := float64(pick(l.draw, h.reach))
		if !l.spot.urban {
			km = math.Round(km * 1.3) // the country is wider
		}
		g.Travel.MaxMetres = km * 1000
		for _, m := range h.modes {
			if l.chance(m.share) {
				g.Travel.Modes = append(g.Travel.Modes, m.mode)
			}
		}
	}
	atHome := h.homeBased
	if slices.Contains([]string{"garments", "crafts", "it"}, l.trade.Sector) {
		atHome *= 2
	}
	for _, need := range []struct {
		need  matching.Need
		share float64
	}{{matching.NeedTransport, h.transport}, {matching.NeedWomenSafe, h.womenSafe}, {matching.NeedAccommodation, h.accommodation},
		{matching.NeedAccess, needAccess}, {matching.NeedHomeBased, atHome}} {
		if l.chance(need.share) {
			g.Needs = append(g.Needs, need.need)
		}
	}
	g.AcceptsLiving = slices.Contains(g.Needs, matching.NeedAccommodation) || l.chance(h.livingIn)
	g.ConfirmedOnly = len(g.Needs) > 0 && l.chance(h.confirmedOnly)
	if l.chance(anyKind) {
		return
	}
	for _, k := range l.market.kinds {
		if l.chance(0.35 + 0.6*k.share) {
			g.Kinds = append(g.Kinds, k.kind)
		}
	}
	if taught := g.Trades[0].Months; taught != nil && *taught < 6 && len(g.Kinds) > 0 && !slices.Contains(g.Kinds, matching.Apprenticeship) && l.chance(0.5) {
		g.Kinds = append(g.Kinds, matching.Apprenticeship)
	}
}
