package matching

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// value is what a phrase says in one of its places, not yet in words: most clauses are never said.
type value struct {
	as manner
	n  uint32
}

// mostValues is how many a phrase takes at the most.
const mostValues = 3

// manner is how a value is written, and what of the pair it is where it is no number.
type manner uint8

// The manners.
const (
	asNothing    manner = iota //
	asCount                    // n
	asAmount                   // n rupees a month
	asPay                      // what the opening pays, in its own unit
	asPayWord                  // the word for pay
	asMonthlyPay               // what the pay comes to in a month
	asDistance                 // the way to work
	asDays                     // n days
	asMonths                   // n months of experience
	asYears                    // n years of it
	asTrade                    // the opening's trade
	asToLearn                  // up to two of the required skills that the person does not hold, and that there are more
	asNeeds                    // the needs of mask n
	asLicences                 // the classes of mask n
	asSchooling                // the schooling asked
)

func count(n int) value { return value{asCount, uint32(n)} }

func days(n int32) value { return value{asDays, uint32(n)} }

// months is a time of experience, in years where it is whole years.
func months(n int16) value {
	if n > 0 && n%12 == 0 {
		return value{asYears, uint32(n / 12)}
	}
	return value{asMonths, uint32(n)}
}

// say writes words with the values in their places: {1} stands for the first one.
func (x *explainer) say(text []byte, c *clause) []byte {
	words := c.phrase.in(x.lang, x.employer)
	for {
		open := strings.IndexByte(words, '{')
		if open < 0 || open+2 >= len(words) {
			return append(text, words...)
		}
		text = append(text, words[:open]...)
		text = x.write(text, c.values[words[open+1]-'1'])
		words = words[open+3:]
	}
}

// around gives what stands before and after the one place of words.
func around(words string) (before, after string) {
	open := strings.IndexByte(words, '{')
	return words[:open], words[open+3:]
}

// write writes a value.
func (x *explainer) write(text []byte, v value) []byte {
	switch l := x.lang; v.as {
	case asCount:
		return strconv.AppendUint(text, uint64(v.n), 10)
	case asAmount:
		before, after := around(payWords[monthly][l])
		return append(appendFigure(append(text, before...), v.n), after...)
	case asPay:
		return l.pay(text, x.o)
	case asPayWord:
		return append(text, wordPay[l]...)
	case asMonthlyPay:
		before, after := around(phraseMonthlyPay.in(l, x.employer))
		return append(l.pay(append(text, before...), x.o), after...)
	case asDistance:
		return l.distance(text, x.metres)
	case asDays:
		return l.number(text, &daysWords, v.n)
	case asMonths:
		return l.number(text, &monthsWords, v.n)
	case asYears:
		return l.number(text, &yearsWords, v.n)
	case asTrade:
		return append(text, l.name(x.m.Catalogue.At(x.o.Trade).Names)...)
	case asToLearn:
		return x.toLearn(text)
	case asNeeds:
		return l.named(text, needWords[:], uint8(v.n), 0)
	case asLicences:
		return l.named(text, licenceWords[:], uint8(v.n), 0)
	case asSchooling:
		return append(text, l.schooling(x.m.schooling[x.o.Schooling-1])...)
	}
	return text
}

// toLearn names up to two of the required skills that the person does not hold, and says whether there are more.
func (x *explainer) toLearn(text []byte) []byte {
	var skills [2]uint16
	n, after := 0, ""
	for _, skill := range x.o.Skills[:x.o.Required] {
		if _, has := slices.BinarySearch(x.s.Skills, skill); has {
			continue
		}
		if n == len(skills) {
			var before string
			before, after = around(phraseAndMore.in(x.lang, x.employer))
			text = append(text, before...)
			break
		}
		skills[n] = skill
		n++
	}
	for i, skill := range skills[:n] {
		if i > 0 {
			text = append(text, x.lang.comma()...)
		}
		text = append(text, x.lang.name(x.m.Catalogue.SkillAt(skill).Names)...)
	}
	return append(text, after...)
}

// unstated lists what the posting has not stated: what concerns its pay, then the needs.
func (x *explainer) unstated(text []byte) []byte {
	before := 0
	if x.missing.pay != asNothing {
		text, before = x.write(text, value{as: x.missing.pay}), 1
	}
	return x.lang.named(text, needWords[:], x.missing.needs, before)
}

// named writes the names of a mask's bits as the items of a list, after so many others.
func (l language) named(text []byte, names []words, mask uint8, i int) []byte {
	n := i + bits.OnesCount8(mask)
	for bit := range names {
		if mask&(1<<bit) != 0 {
			text = append(append(text, l.between(i, n)...), names[bit][l]...)
			i++
		}
	}
	return text
}
