package trades

import (
	"cmp"
	"slices"
)

// None is the number of no trade and of no skill: what a slug outside the catalogue gets. It is related to nothing.
const None uint16 = 1<<16 - 1

// Catalogue is the checked set of trades and skills. Trades and skills are numbered from 0 in the order of their slugs, so that
// the same tables always give the same numbers. New is the only door; a Catalogue never changes afterwards.
type Catalogue struct {
	trades      []*Trade // by slug
	skills      []*Skill // by slug
	tradeNumber map[string]uint16
	skillNumber map[string]uint16
	related     [][]RelatedNumber
	essential   [][]uint16
	optional    [][]uint16
	names       *nameIndex
	shared      []SharedWord
}

// Shared gives the words that many trades share, as the table has them; not to be changed.
func (c *Catalogue) Shared() []SharedWord { return c.shared }

// RelatedNumber is a trade by its number, with a relatedness in (0,1]: 1 for the trade itself.
type RelatedNumber struct {
	Number      uint16
	Relatedness float64
}

// New checks the tables and makes the catalogue; its error joins all faults found, each naming its row. The slices given are
// not changed. A pair of related trades may stand with either of the two or with both, and then with the same figure; the
// catalogue gives it both ways. iscoGroups are the ISCO-08 unit groups that exist; with none given only the form of the
// code is checked.
func New(trades []Trade, skills []Skill, shared []SharedWord, iscoGroups ...string) (*Catalogue, error) {
	c := &Catalogue{tradeNumber: make(map[string]uint16, len(trades)), skillNumber: make(map[string]uint16, len(skills))}
	for _, t := range trades {
		c.trades = append(c.trades, &t)
	}
	slices.SortStableFunc(c.trades, func(a, b *Trade) int { return cmp.Compare(a.Slug, b.Slug) })
	for _, s := range skills {
		c.skills = append(c.skills, &s)
	}
	slices.SortStableFunc(c.skills, func(a, b *Skill) int { return cmp.Compare(a.Slug, b.Slug) })
	if err := c.number(); err != nil {
		return nil, err
	}
	k := checker{c: c, isco: iscoGroups}
	c.relate(&k)
	c.needSkills(&k)
	k.records()
	c.names, c.shared = newNameIndex(c, shared), slices.Clone(shared)
	k.words(shared)
	if err := k.err(); err != nil {
		return nil, err
	}
	return c, nil
}

// number gives each slug its place in the order; slugs that stand twice are the one fault that nothing after it can work with.
func (c *Catalogue) number() error {
	k := checker{c: c}
	for i, t := range c.trades {
		if _, twice := c.tradeNumber[t.Slug]; twice {
			k.fault("trade %q stands twice", t.Slug)
		}
		c.tradeNumber[t.Slug] = uint16(i)
	}
	for i, s := range c.skills {
		if _, twice := c.skillNumber[s.Slug]; twice {
			k.fault("skill %q stands twice", s.Slug)
		}
		c.skillNumber[s.Slug] = uint16(i)
	}
	if len(c.trades) >= int(None) || len(c.skills) >= int(None) {
		k.fault("more than %d trades or skills", None-1)
	}
	return k.err()
}

// relate fills the relations of each trade both ways, by falling relatedness and then slug.
func (c *Catalogue) relate(k *checker) {
	type pair struct{ a, b uint16 }
	known := make(map[pair]float64)
	c.related = make([][]RelatedNumber, len(c.trades))
	for i, t := range c.trades {
		c.related[i] = []RelatedNumber{{uint16(i), 1}}
		for _, r := range t.Related {
			other, ok := c.tradeNumber[r.Trade]
			if !ok || !k.relation(t.Slug, r) {
				k.unknownTrade(ok, t.Slug, r.Trade)
				continue
			}
			p := pair{min(uint16(i), other), max(uint16(i), other)}
			if before, twice := known[p]; twice && before != r.Relatedness {
				k.fault("trades %q and %q are related by %v and by %v", t.Slug, r.Trade, before, r.Relatedness)
			}
			known[p] = r.Relatedness
		}
	}
	for p, relatedness := range known {
		c.related[p.a] = append(c.related[p.a], RelatedNumber{p.b, relatedness})
		c.related[p.b] = append(c.related[p.b], RelatedNumber{p.a, relatedness})
	}
	for i, t := range c.trades {
		slices.SortFunc(c.related[i], func(a, b RelatedNumber) int {
			return cmp.Or(cmp.Compare(b.Relatedness, a.Relatedness), cmp.Compare(a.Number, b.Number))
		})
		t.Related = nil
		for _, r := range c.related[i][1:] {
			t.Related = append(t.Related, Relation{c.trades[r.Number].Slug, r.Relatedness})
		}
	}
}

// needSkills numbers what each trade needs.
func (c *Catalogue) needSkills(k *checker) {
	c.essential = make([][]uint16, len(c.trades))
	c.optional = make([][]uint16, len(c.trades))
	for i, t := range c.trades {
		for _, s := range t.Skills {
			n, ok := c.skillNumber[s.Skill]
			switch {
			case !ok:
				k.fault("trade %q needs skill %q, which is in no table", t.Slug, s.Skill)
			case slices.Contains(c.essential[i], n) || slices.Contains(c.optional[i], n):
				k.fault("trade %q names skill %q twice", t.Slug, s.Skill)
			case s.Essential:
				c.essential[i] = append(c.essential[i], n)
			default:
				c.optional[i] = append(c.optional[i], n)
			}
		}
		slices.Sort(c.essential[i])
		slices.Sort(c.optional[i])
	}
}

// Trade gives the trade of a slug.
func (c *Catalogue) Trade(slug string) (*Trade, bool) {
	n, ok := c.tradeNumber[slug]
	if !ok {
		return nil, false
	}
	return c.trades[n], true
}

// At gives the trade of a number below Len.
func (c *Catalogue) At(n uint16) *Trade { return c.trades[n] }

// Number gives the number of a trade's slug; None and false when there is no such trade.
func (c *Catalogue) Number(slug string) (uint16, bool) {
	n, ok := c.tradeNumber[slug]
	if !ok {
		return None, false
	}
	return n, true
}

// Len is how many trades there are.
func (c *Catalogue) Len() int { return len(c.trades) }

// All gives the trades by slug, so that All()[n] is At(n). The slice is the caller's own, the trades are not to be changed.
func (c *Catalogue) All() []*Trade { return slices.Clone(c.trades) }

// Skill gives the skill of a slug.
func (c *Catalogue) Skill(slug string) (*Skill, bool) {
	n, ok := c.skillNumber[slug]
	if !ok {
		return nil, false
	}
	return c.skills[n], true
}

// SkillAt gives the skill of a number.
func (c *Catalogue) SkillAt(n uint16) *Skill { return c.skills[n] }

// SkillNumber gives the number of a skill's slug; None and false when there is no such skill.
func (c *Catalogue) SkillNumber(slug string) (uint16, bool) {
	n, ok := c.skillNumber[slug]
	if !ok {
		return None, false
	}
	return n, true
}

// Skills gives the skills by slug. The slice is the caller's own, the skills are not to be changed.
func (c *Catalogue) Skills() []*Skill { return slices.Clone(c.skills) }

// Essential gives the numbers of the skills without which the trade is not the trade, rising. Not to be changed.
func (c *Catalogue) Essential(trade uint16) []uint16 { return at(c.essential, trade) }

// Optional gives the numbers of the trade's further skills, rising. Not to be changed.
func (c *Catalogue) Optional(trade uint16) []uint16 { return at(c.optional, trade) }

// Related gives the trade itself with 1, then its relations by falling relatedness and number; nothing for None.
// Not to be changed.
func (c *Catalogue) Related(n uint16) []RelatedNumber { return at(c.related, n) }

// Relatedness gives how near two trades are: 1 for one and the same, 0 when they are unrelated or one of them is None. The
// same both ways.
func (c *Catalogue) Relatedness(a, b uint16) float64 {
	for _, r := range at(c.related, a) {
		if r.Number == b {
			return r.Relatedness
		}
	}
	return 0
}

func at[T any](rows [][]T, n uint16) []T {
	if int(n) >= len(rows) {
		return nil
	}
	return rows[n]
}
