package seed

import (
	"strconv"
	"strings"

	"rabta/matching"
	"rabta/matching/trades"
)

// texts are the sentences of postings by script, kind and part; those for any kind stand with every kind.
type texts map[textKey][]postingText

type textKey struct {
	script string
	kind   matching.Kind
	part   string
}

func newTexts(all []postingText) texts {
	by := make(texts)
	for _, t := range all {
		for _, kind := range matching.Kinds {
			if t.kind == string(kind) || t.kind == "any" {
				key := textKey{t.script, kind, t.part}
				by[key] = append(by[key], t)
			}
		}
	}
	return by
}

// sayable are the names of what a text may state; advert.states knows them.
func sayable() []string {
	return []string{"open_to", "months", "shift", "schooling", "motorcycle", "urgent", "vacancies", "hours", "kind", "workplace",
		"skill1", "skill2", "unit",
		"women_colleagues", "separate_toilet", "complaint_committee", "door_transport", "accommodation", "meals", "transport", "tools",
		"injury_cover", "day_hours"}
}

// advert is a posting about to be put into words.
type advert struct {
	*matching.Posting
	script string
	trade  trades.Names
	place  trades.Names
	skills *trades.Catalogue
}

// states tells whether the posting makes what a text says true.
func (a *advert) states(s saying) bool {
	switch s.name {
	case "open_to":
		return string(a.OpenTo) == s.value
	case "months":
		return strconv.Itoa(a.Months) == s.value
	case "shift":
		return a.Shift == s.value
	case "schooling":
		return a.Schooling == s.value
	case "motorcycle":
		return len(a.Licences) > 0 && a.Licences[0] == "motorcycle"
	case "urgent":
		return a.Urgent
	case "vacancies":
		return a.Vacancies > 1
	case "hours":
		return !a.PartTime
	case "kind":
		return string(a.Kind) == s.value
	case "workplace":
		elsewhere := a.Workplace == matching.Remote || a.Workplace == matching.OwnHome
		return string(a.Workplace) == s.value || s.value == "there" && !elsewhere
	case "unit":
		return a.Pay != nil && string(a.Pay.Unit) == s.value
	case "skill1", "skill2":
		return a.skill(s) != ""
	}
	return string(a.Conditions.Of(matching.ConditionName(s.name))) == s.value
}

// skill gives the slug of the skill that a text names: its first of either list, its second of the required ones, or after a
// required one the first that is preferred.
func (a *advert) skill(s saying) string {
	list, n := a.Required, 0
	if s.value == "preferred" {
		list = a.Preferred
	} else if s.name == "skill2" {
		n = 1
	}
	if n >= len(list) {
		return ""
	}
	return list[n]
}

func (a *advert) allTrue(t *postingText) bool {
	for _, s := range t.says {
		if !a.states(s) {
			return false
		}
	}
	return true
}

// say gives a text of the part that is true of the posting, its holes filled; empty when there is none.
func (m *Market) say(d *draw, a *advert, part string) string {
	list := m.texts[textKey{a.script, a.Kind, part}]
	if len(list) == 0 {
		return ""
	}
	start := d.IntN(len(list))
	for i := range list {
		if t := &list[(start+i)%len(list)]; a.allTrue(t) {
			return a.fill(t)
		}
	}
	return ""
}

func (a *advert) fill(t *postingText) string {
	trade := inScript(a.trade, a.script)
	pattern := t.text
	if a.script == "en" {
		trade = small(trade)
		if strings.ContainsRune("aeiouAEIO", rune(trade[0])) {
			pattern = strings.ReplaceAll(pattern, " a {trade}", " an {trade}")
		}
	}
	holes := []string{"trade", trade, "place", inScript(a.place, a.script), "vacancies", strconv.Itoa(a.Vacancies)}
	for _, s := range t.says {
		if s.name == "skill1" || s.name == "skill2" {
			skill, _ := a.skills.Skill(a.skill(s))
			name := inScript(skill.Names, a.script)
			if a.script == "en" {
				name = small(name)
			}
			holes = append(holes, s.name, name)
		}
	}
	if a.Pay != nil {
		holes = append(holes, "pay", payText(*a.Pay, a.script))
	}
	text := oblique(fill(pattern, holes...))
	if a.script != "ur" {
		text = capital(text)
	}
	return text
}

// oblique gives the case that Urdu asks for before a postposition to names that end in wala and to verbs: "wale ki zaroorat",
// "karne ka tajurba".
func oblique(text string) string {
	for _, ending := range [...][2]string{{"والا ک", "والے ک"}, {"نا کا ", "نے کا "}, {"wala k", "wale k"}, {"na ka ", "ne ka "}} {
		text = strings.ReplaceAll(text, ending[0], ending[1])
	}
	return text
}

func inScript(n trades.Names, script string) string {
	switch script {
	case "ur":
		return n.Ur
	case "roman":
		return n.Roman
	}
	return n.En
}

// describe writes the title and the description of a posting in one of the three scripts.
func (m *Market) describe(d *draw, a *advert) {
	a.Title = m.say(d, a, "title")
	var b strings.Builder
	for _, part := range []struct {
		name  string
		share float64
	}{{"need", 0.75}, {"skill", 0.7}, {"pay", 0.7}, {"place", m.placeLines(a)}, {"women", m.womenLines(a)}, {"benefit", 0.6}, {"condition", 0.45}, {"contact", 0.35}} {
		if part.name == "pay" && a.Pay == nil || !d.chance(part.share) {
			continue
		}
		if line := m.say(d, a, part.name); line != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(line)
			if !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "۔") {
				b.WriteString(fullStop(a.script))
			}
		}
	}
	a.Description = b.String()
}

// placeLines is how often a posting says where the work is: always where it is at the worker's home.
func (m *Market) placeLines(a *advert) float64 {
	if a.Workplace == matching.Remote || a.Workplace == matching.OwnHome {
		return 1
	}
	return 0.4
}

// womenLines is how often a posting says something of women: always where it is for them alone, never where it is for men.
func (m *Market) womenLines(a *advert) float64 {
	switch a.OpenTo {
	case matching.OpenToWomen:
		return 1
	case matching.OpenToMen:
		return 0
	}
	n, _ := m.ref.Catalogue.Number(a.Posting.Trade)
	return min(0.5, m.ref.sample.market[n].women)
}

func fullStop(script string) string {
	if script == "ur" {
		return "۔"
	}
	return "."
}

// payText gives pay as people write it: "Rs 45,000 to 50,000 a month".
func payText(p matching.Pay, script string) string {
	from, to := thousands(int64(p.From)), thousands(int64(p.To))
	single := p.From == p.To
	switch {
	case script == "ur" && single:
		return to + " روپے " + unitText(p.Unit, script)
	case script == "ur":
		return from + " سے " + to + " روپے " + unitText(p.Unit, script)
	case script == "roman" && single:
		return to + " rupay " + unitText(p.Unit, script)
	case script == "roman":
		return from + " se " + to + " rupay " + unitText(p.Unit, script)
	case single:
		return "Rs " + to + " " + unitText(p.Unit, script)
	}
	return "Rs " + from + " to " + to + " " + unitText(p.Unit, script)
}

func unitText(unit matching.PayUnit, script string) string {
	var n trades.Names
	switch unit {
	case matching.PerHour:
		n = trades.Names{En: "an hour", Ur: "فی گھنٹہ", Roman: "fi ghanta"}
	case matching.PerDay:
		n = trades.Names{En: "a day", Ur: "روزانہ", Roman: "rozana"}
	case matching.PerMonth:
		n = trades.Names{En: "a month", Ur: "ماہانہ", Roman: "mahana"}
	case matching.PerPiece:
		n = trades.Names{En: "a piece", Ur: "فی پیس", Roman: "fi piece"}
	case matching.PerPoint:
		n = trades.Names{En: "a point", Ur: "فی پوائنٹ", Roman: "fi point"}
	case matching.PerFoot:
		n = trades.Names{En: "a square foot", Ur: "فی مربع فٹ", Roman: "fi square foot"}
	case matching.PerJob:
		n = trades.Names{En: "for the whole job", Ur: "پورے کام کے", Roman: "poore kaam ke"}
	}
	return inScript(n, script)
}

// thousands writes a number with a comma after each three digits from the right.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
