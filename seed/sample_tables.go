package seed

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// sampleTables are the tables from which the sample market is made up.
type sampleTables struct {
	market     []tradeMarket // by the catalogue's number of the trade
	first      []personName
	last       []personName
	employers  []employerPattern
	institutes []institutePattern
	texts      []postingText
}

// personName is a part of an invented person's name.
type personName struct {
	gender string // f, m or any
	region string // punjab, sindh, kp, balochistan, ajk, gb or any
	en, ur string
	weight float64
}

// employerPattern is a name of an employer with holes for a last name and a place.
type employerPattern struct {
	kind, sector  string // sector is a trade's, or any
	en, ur, roman string
	weight        float64
}

// institutePattern is a name of an institute with a hole for its place.
type institutePattern struct {
	en, ur, programme string
	weight            float64
	women             bool     // teaches women only
	sectors           []string // whose trades it teaches; none is all
}

// postingText is a title or a sentence of a posting in one script, for postings of a kind or of any.
type postingText struct {
	kind, script, part, text string
	says                     []saying // what it states; only a posting of which all of it is true may carry it
}

// saying is one thing that a text states, as "meals=yes".
type saying struct{ name, value string }

func readSampleTables(files fs.FS, market []tradeMarket) (*sampleTables, error) {
	s := &sampleTables{market: market}
	for _, read := range []func(fs.FS) error{s.readPeople, s.readEmployers, s.readInstitutes, s.readTexts} {
		if err := read(files); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *sampleTables) readPeople(files fs.FS) error {
	columns := []string{"part", "gender", "region", "en", "ur", "weight"}
	return eachRow(files, "tables/people_names.tsv", columns, func(r *row) error {
		name := personName{r.oneOf("gender", "f", "m", "any"), r.oneOf("region", "punjab", "sindh", "kp", "balochistan", "ajk", "gb", "any"),
			r.text("en"), r.text("ur"), r.float("weight")}
		if r.oneOf("part", "first", "last") == "first" {
			s.first = append(s.first, name)
		} else {
			s.last = append(s.last, name)
		}
		return nil
	})
}

func (s *sampleTables) readEmployers(files fs.FS) error {
	columns := []string{"kind", "sector", "en", "ur", "roman", "weight"}
	return eachRow(files, "tables/employer_names.tsv", columns, func(r *row) error {
		s.employers = append(s.employers, employerPattern{r.text("kind"), r.text("sector"), r.text("en"), r.text("ur"), r.text("roman"),
			r.float("weight")})
		return nil
	})
}

func (s *sampleTables) readInstitutes(files fs.FS) error {
	columns := []string{"pattern_en", "pattern_ur", "programme", "weight", "women", "sectors"}
	return eachRow(files, "tables/institutes.tsv", columns, func(r *row) error {
		p := institutePattern{en: r.text("pattern_en"), ur: r.text("pattern_ur"), programme: r.text("programme"),
			weight: r.float("weight"), women: r.oneOf("women", "yes", "no") == "yes"}
		if r.text("sectors") != "any" {
			p.sectors = r.list("sectors")
		}
		s.institutes = append(s.institutes, p)
		return nil
	})
}

func (s *sampleTables) readTexts(files fs.FS) error {
	parts := textParts()
	return eachRow(files, "tables/posting_texts.tsv", []string{"kind", "script", "part", "text", "says"}, func(r *row) error {
		t := postingText{kind: r.text("kind"), script: r.oneOf("script", "en", "ur", "roman"), part: r.oneOf("part", parts...), text: r.text("text")}
		for _, item := range r.list("says") {
			name, value, ok := strings.Cut(item, "=")
			if !ok || !slices.Contains(sayable(), name) {
				return fmt.Errorf("%q is nothing that a text can say", item)
			}
			t.says = append(t.says, saying{name, value})
		}
		s.texts = append(s.texts, t)
		return nil
	})
}

// textParts are the parts of a posting's text, in the order in which they are written.
func textParts() []string {
	return []string{"title", "need", "skill", "pay", "place", "women", "benefit", "condition", "contact"}
}
