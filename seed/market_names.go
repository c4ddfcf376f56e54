package seed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rabta/matching"
)

// nameChances are first and last names by who may have them.
type nameChances struct {
	first, last map[nameKey]nameList
}

type nameKey struct{ gender, region string }

type nameList struct {
	names   []personName
	chances weighted
}

func newNameChances(s *sampleTables) nameChances {
	n := nameChances{make(map[nameKey]nameList), make(map[nameKey]nameList)}
	for _, region := range []string{"punjab", "sindh", "kp", "balochistan", "ajk", "gb"} {
		for _, gender := range []string{"f", "m"} {
			key := nameKey{gender, region}
			n.first[key] = listNames(s.first, key)
			n.last[key] = listNames(s.last, key)
		}
	}
	return n
}

func listNames(all []personName, key nameKey) nameList {
	var l nameList
	for _, name := range all {
		if (name.gender == "any" || name.gender == key.gender) && (name.region == "any" || name.region == key.region) {
			l.names = append(l.names, name)
		}
	}
	// Names of the region itself count three times: they are what tells the region.
	l.chances = newWeighted(l.names, func(p personName) float64 {
		if p.region == key.region {
			return 3 * p.weight
		}
		return p.weight
	})
	return l
}

func (l nameList) pick(d *draw) personName { return l.names[l.chances.pick(d)] }

// keyOf gives the key of a person's names; those of men or of women where the gender is neither.
func keyOf(d *draw, gender matching.Gender, province string) nameKey {
	key := nameKey{"m", regionOf(province)}
	if gender == matching.Woman || gender != matching.Man && d.chance(0.5) {
		key.gender = "f"
	}
	return key
}

// in gives the name in Urdu or else in English letters.
func (p personName) in(script string) string {
	if script == "ur" {
		return p.ur
	}
	return p.en
}

// fill puts values into the holes of a pattern: "{last} Tailors, {place}". holes are pairs of a hole's name and its value.
func fill(pattern string, holes ...string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		for i := 0; i+1 < len(holes); i += 2 {
			if holes[i] == name {
				b.WriteString(holes[i+1])
			}
		}
		pattern = after
	}
}

// capital makes the first letter of a text large.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// capitals makes the first letter of each word large: the Roman spelling of a place as a name.
func capitals(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = capital(w)
	}
	return strings.Join(words, " ")
}

// small makes the first letter small inside a sentence, but leaves AC, CNC and the like.
func small(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(next) || !unicode.IsLetter(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[size:]
}
