package matching

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// plain writes explanations the plain way, by formatting and joining strings: what AppendExplain is held to.
type plain struct{ *explainer }

func (p plain) sentence() string {
	var reasons, sentences []string
	said := longest
	if p.weak.strength >= 0 {
		said--
	}
	missing := p.unstated()
	if len(missing) > 0 {
		said--
	}
	for i := range p.reasons[:min(max(said, p.musts), p.nReasons)] {
		reasons = append(reasons, p.say(&p.reasons[i]))
	}
	if len(reasons) > 0 {
		sentences = append(sentences, strings.Join(reasons, words{"; ", "؛ ", "; "}[p.lang]))
	}
	if p.weak.strength >= 0 {
		sentences = append(sentences, p.fill(phraseBut, p.say(&p.weak)))
	}
	if len(missing) > 0 {
		sentences = append(sentences, p.fill(phraseNotStated, p.and(missing)))
	}
	for i, s := range sentences {
		if s[0] < 0x80 {
			s = strings.ToUpper(s[:1]) + s[1:]
		}
		sentences[i] = s + words{".", "۔", "."}[p.lang]
	}
	return strings.Join(sentences, " ")
}

func (p plain) say(c *clause) string {
	var values []string
	for _, v := range c.values {
		values = append(values, p.value(v))
	}
	return p.fill(c.phrase, values...)
}

func (p plain) fill(said phrase, values ...string) string {
	return fillIn(said.in(p.lang, p.employer), values...)
}

func fillIn(words string, values ...string) string {
	for i, v := range values {
		words = strings.ReplaceAll(words, fmt.Sprintf("{%d}", i+1), v)
	}
	return words
}

func (p plain) value(v value) string {
	switch v.as {
	case asCount:
		return fmt.Sprint(v.n)
	case asAmount:
		return fillIn(words{"Rs {1} a month", "{1} روپے ماہانہ", "{1} rupay mahana"}[p.lang], thousands(v.n))
	case asPay:
		return p.pay()
	case asPayWord:
		return words{"pay", "اجرت", "ujrat"}[p.lang]
	case asMonthlyPay:
		return p.fill(phraseMonthlyPay, p.pay())
	case asDistance:
		return p.away()
	case asDays:
		return p.several("{1} days", "{1} دن", "{1} din", words{"1 day", "ایک دن", "ek din"}, v.n)
	case asMonths:
		return p.several("{1} months", "{1} ماہ", "{1} mah", words{"1 month", "ایک ماہ", "ek mah"}, v.n)
	case asYears:
		return p.several("{1} years", "{1} سال", "{1} saal", words{"1 year", "ایک سال", "ek saal"}, v.n)
	case asTrade:
		return p.lang.name(p.m.Catalogue.At(p.o.Trade).Names)
	case asToLearn:
		return p.skills()
	case asNeeds:
		return p.and(p.masked(needWords[:], v.n))
	case asLicences:
		return p.and(p.masked(licenceWords[:], v.n))
	case asSchooling:
		return schoolingWords[p.o.Schooling-1][p.lang]
	}
	return ""
}

func thousands(n uint32) string {
	s := strconv.FormatUint(uint64(n), 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func (p plain) several(en, ur, roman string, one words, n uint32) string {
	if n == 1 {
		return one[p.lang]
	}
	return fillIn(words{en, ur, roman}[p.lang], fmt.Sprint(n))
}

func (p plain) pay() string {
	figures := thousands(p.o.PayTo)
	switch {
	case p.o.PayFrom == 0:
		figures = words{"up to ", "زیادہ سے زیادہ ", "zyada se zyada "}[p.lang] + figures
	case p.o.PayFrom != p.o.PayTo:
		figures = thousands(p.o.PayFrom) + words{" to ", " سے ", " se "}[p.lang] + figures
	}
	return fillIn(payWords[p.o.Unit][p.lang], figures)
}

func (p plain) away() string {
	if near := max(50, math.Round(p.metres/50)*50); near < 1000 {
		return fmt.Sprintf("%.0f", near) + words{" m", " میٹر", " meter"}[p.lang]
	}
	km := math.Round(p.metres/100) / 10
	if km >= 10 {
		km = math.Round(p.metres / 1000)
	}
	return fmt.Sprint(km) + words{" km", " کلومیٹر", " km"}[p.lang]
}

func (p plain) skills() string {
	var names []string
	for _, skill := range p.o.Skills[:p.o.Required] {
		if !slices.Contains(p.s.Skills, skill) {
			names = append(names, p.lang.name(p.m.Catalogue.SkillAt(skill).Names))
		}
	}
	list := strings.Join(names[:min(2, len(names))], words{", ", "، ", ", "}[p.lang])
	if len(names) > 2 {
		list = p.fill(phraseAndMore, list)
	}
	return list
}

func (p plain) masked(names []words, mask uint32) (list []string) {
	for i := range names {
		if mask&(1<<i) != 0 {
			list = append(list, names[i][p.lang])
		}
	}
	return list
}

func (p plain) unstated() (list []string) {
	if p.missing.pay != asNothing {
		list = append(list, p.value(value{as: p.missing.pay}))
	}
	return append(list, p.masked(needWords[:], uint32(p.missing.needs))...)
}

func (p plain) and(list []string) string {
	last := len(list) - 1
	if last == 0 {
		return list[0]
	}
	return strings.Join(list[:last], words{", ", "، ", ", "}[p.lang]) + words{" and ", " اور ", " aur "}[p.lang] + list[last]
}

// What is appended is what the plain way gives, after whatever stands in the buffer.
func TestAppendedExplanationsAreThePlainOnes(t *testing.T) {
	const before = "before"
	law(t, func(t *rapid.T, j judged) {
		if rapid.Bool().Draw(t, "same trade") {
			j.g.Trades[0].Trade = j.p.Trade
		}
		j.metres = rapid.OneOf(rapid.Just(j.metres), rapid.Float64Range(0, 12_000)).Draw(t, "perhaps nearer")
		s, o := j.m.Seekers(j.g)[0], j.m.Opening(j.p, j.facts)
		score := j.m.Score(&s, &o, j.metres, noon)
		for _, lang := range []string{"en", "ur", "roman"} {
			x := explainer{m: j.m, s: &s, o: &o, metres: j.metres, score: &score, lang: languageOf(lang), weight: &j.m.views.reader, weak: clause{strength: -1}}
			x.graduate()
			want := x.sentencePlainly()
			if got := string(j.m.AppendExplain([]byte(before), &s, &o, j.metres, score, lang)); got != before+want {
				t.Fatalf("%s:\n got %s\nwant %s%s", lang, got, before, want)
			}
			if got := j.m.Explain(&s, &o, j.metres, score, lang); got != want {
				t.Fatalf("%s:\n got %s\nwant %s", lang, got, want)
			}
			x = explainer{m: j.m, s: &s, o: &o, metres: Banded(j.metres), score: &score, lang: languageOf(lang), employer: true,
				weight: &j.m.views.employer, weak: clause{strength: -1}}
			x.candidate()
			want = x.sentencePlainly()
			if got := string(j.m.AppendExplainCandidate([]byte(before), &s, &o, j.metres, score, lang)); got != before+want {
				t.Fatalf("%s:\n got %s\nwant %s%s", lang, got, before, want)
			}
		}
	})
}

func (x *explainer) sentencePlainly() string {
	if x.nReasons == 0 {
		x.trade()
	}
	return plain{x}.sentence()
}

func TestAppendExplainTakesNoMemory(t *testing.T) {
	m := testModel(t)
	g, p := anElectrician(), aPosting()
	g.Needs, p.Pay.Unit = []Need{NeedTransport, NeedWomenSafe}, PerPiece
	s, o, metres := pair(t, m, g, p)
	score := m.Score(s, o, metres, noon)
	text := make([]byte, 0, 2*usualLength)
	for _, lang := range []string{"en", "ur", "roman"} {
		if n := testing.AllocsPerRun(100, func() {
			text = m.AppendExplain(text[:0], s, o, metres, score, lang)
			text = m.AppendExplainCandidate(text[:0], s, o, metres, score, lang)
		}); n != 0 {
			t.Errorf("%s: %v pieces of memory", lang, n)
		}
	}
}
