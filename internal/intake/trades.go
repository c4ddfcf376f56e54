package intake

import (
	"slices"
	"strings"

	"rabta/internal/script"
	"rabta/matching/trades"
	"rabta/search"
)

// tradeReader reads the names of trades and skills.
type tradeReader struct {
	catalogue *trades.Catalogue
	reader    *search.Reader
	skills    map[string]string // slug of each skill's names and slug, closed up
}

func newTradeReader(c *trades.Catalogue, r *search.Reader) *tradeReader {
	t := &tradeReader{catalogue: c, reader: r, skills: map[string]string{}}
	for _, s := range c.Skills() {
		for _, name := range []string{s.Slug, s.Names.En, s.Names.Ur, s.Names.Roman} {
			if name = closed(name); name != "" {
				t.skills[name] = s.Slug
			}
		}
	}
	return t
}

const (
	sureSpelling = 0.55 // least score of a misspelt or begun name that is believed
	sureWords    = 0.5  // least score of a trade read from several words
	sureWord     = 0.75 // and of one read from a single word that is no name
	// The next meaning has to stand below this part of the best: a mistri may be a mason (0.9) or a carpenter (0.5).
	clearName  = 0.5
	clearWords = 0.75
)

// one reads the name of one trade. It gives nothing where the words may mean several.
func (r *tradeReader) one(text string) (slug, how string) {
	folded := script.Fold(text)
	if t, ok := r.catalogue.Trade(strings.ReplaceAll(folded, " ", "-")); ok {
		return t.Slug, HowName
	}
	found := r.catalogue.Find(text, 2)
	clear := len(found) == 1 || len(found) == 2 && found[1].Score < clearName*found[0].Score
	if clear && found[0].Score >= sureSpelling {
		return found[0].Trade, howFound(found[0].Score, folded, found[0].Name)
	}
	if len(found) > 0 && found[0].Score == 1 && script.Fold(found[0].Name) == folded {
		return found[0].Trade, HowName
	}
	if r.reader == nil {
		return "", ""
	}
	meant := r.reader.Read(text).Trades
	sure := sureWords
	if !strings.ContainsRune(folded, ' ') {
		sure = sureWord
	}
	if len(meant) == 0 || meant[0].Score < sure || len(meant) > 1 && meant[1].Score >= clearWords*meant[0].Score {
		return "", ""
	}
	if len(found) > 0 && !clear && script.Fold(found[0].Name) == folded {
		return "", "" // the word is shared, and nothing beside it tells which is meant
	}
	if script.Key(meant[0].Words) == script.Key(folded) && len(found) > 0 && found[0].Trade == meant[0].Slug {
		return meant[0].Slug, HowSound
	}
	return meant[0].Slug, HowWords
}

func howFound(score float64, folded, name string) string {
	named := script.Fold(name)
	switch {
	case named == folded:
		return HowName
	case strings.HasPrefix(named, folded):
		return HowBeginning
	case score >= sureSpelling:
		return HowMisspelt
	}
	return HowSound
}

// list reads a cell of one or several trades, the main one first.
func (r *tradeReader) list(text string) reading[[]string] {
	if slug, how := r.one(text); slug != "" {
		return reading[[]string]{value: []string{slug}, as: slug, how: how}
	}
	d := reading[[]string]{how: HowName}
	for _, part := range split(withoutBrackets(text)) {
		slug, how := r.one(part)
		if slug == "" {
			return r.unreadTrade(text)
		}
		if how != HowName {
			d.how = how
		}
		if !slices.Contains(d.value, slug) {
			d.value = append(d.value, slug)
		}
	}
	if len(d.value) == 0 {
		return r.unreadTrade(text)
	}
	d.as = strings.Join(d.value, ", ")
	return d
}

// unreadTrade names the trades that are nearest.
func (r *tradeReader) unreadTrade(text string) reading[[]string] {
	near := r.catalogue.Nearest(strings.ToValidUTF8(text[:min(len(text), 64)], ""))
	names := make([]string, len(near))
	for i, slug := range near {
		t, _ := r.catalogue.Trade(slug)
		names[i] = t.Names.Ur
	}
	return unread[[]string]("a trade of the list, as "+strings.Join(near, ", "), "فہرست میں سے کوئی ہنر، جیسے "+strings.Join(names, "، "))
}

// withoutBrackets drops what stands in brackets: "Welding (6 months)".
func withoutBrackets(s string) string {
	for {
		from := strings.IndexByte(s, '(')
		if from < 0 {
			return s
		}
		to := strings.IndexByte(s[from:], ')')
		if to < 0 {
			return s[:from]
		}
		s = s[:from] + " " + s[from+to+1:]
	}
}

// skillList reads a cell of skills. Those that the list knows are taken even where others are unknown.
func (r *tradeReader) skillList(text string) reading[[]string] {
	var d reading[[]string]
	parts := split(text)
	if slug, ok := r.skills[closed(text)]; ok {
		return read([]string{slug})
	}
	for _, part := range parts {
		slugs := r.skill(part)
		if len(slugs) == 0 {
			d.wanted = wanted{"skills of the list, as " + strings.Join(r.catalogue.NearestSkill(strings.ToValidUTF8(part[:min(len(part), 64)], "")), ", "),
				"فہرست میں سے مہارتیں"}
			d.partly = true
		}
		for _, slug := range slugs {
			if !slices.Contains(d.value, slug) {
				d.value = append(d.value, slug)
			}
		}
	}
	return d
}

// skill reads one skill.
func (r *tradeReader) skill(text string) []string {
	if slug, ok := r.skills[closed(text)]; ok {
		return []string{slug}
	}
	if r.reader == nil {
		return nil
	}
	var slugs []string
	for _, meant := range r.reader.Read(text).Skills {
		slugs = append(slugs, meant.Slug)
	}
	return slugs
}

// home gives which of the trades a skill belongs to: the first that needs it, else the main one.
func (r *tradeReader) home(slugs []string, skill string) int {
	n, _ := r.catalogue.SkillNumber(skill)
	for i, slug := range slugs {
		trade, _ := r.catalogue.Number(slug)
		if slices.Contains(r.catalogue.Essential(trade), n) || slices.Contains(r.catalogue.Optional(trade), n) {
			return i
		}
	}
	return 0
}
