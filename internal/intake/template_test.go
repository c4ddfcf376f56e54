package intake

import (
	"strings"
	"testing"

	"rabta/internal/fault"
)

func TestTemplatesAreReadBack(t *testing.T) {
	for _, lang := range []string{"en", "ur", "roman"} {
		t.Run("graduates "+lang, func(t *testing.T) {
			file, err := Template(NounGraduates, lang)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := graduatesOf(t, string(file))
			if err != nil || len(rows) != 2 || rows[1].Graduate == nil || len(rows[1].Problems) > 0 {
				t.Fatalf("%v, %+v", err, rows)
			}
			wantUsed(t, rows[0].Headings)
			if g := rows[1].Graduate; !g.Consent.Matching || g.Travel.MaxMetres != 10_000 || len(g.Travel.Modes) != 2 || len(g.Needs) != 1 || g.Schooling != "matric" {
				t.Errorf("%+v", g)
			}
		})
		t.Run("postings "+lang, func(t *testing.T) {
			file, err := Template(NounPostings, lang)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := postingsOf(t, string(file))
			if err != nil || len(rows) != 2 || rows[1].Posting == nil || len(rows[1].Problems) > 0 {
				t.Fatalf("%v, %+v", err, rows)
			}
			wantUsed(t, rows[0].Headings)
			if p := rows[1].Posting; p.Pay.To != 40_000 || p.OpenTo != "women" || len(p.Conditions) != 3 || p.Vacancies != 3 {
				t.Errorf("%+v", p)
			}
		})
	}
	for _, asked := range [][2]string{{"people", "en"}, {NounGraduates, "fr"}, {NounGraduates, ""}} {
		if _, err := Template(asked[0], asked[1]); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%v: %v", asked, err)
		}
	}
}

func wantUsed(t *testing.T, h *Headings) {
	t.Helper()
	for _, c := range h.Columns {
		if !c.Used {
			t.Errorf("%q is not used", c.Column)
		}
	}
}

// Every heading has one meaning.
func TestHeadingsHaveOneMeaning(t *testing.T) {
	for _, n := range []*noun{graduatesNoun(), postingsNoun()} {
		seen := map[string]field{}
		for _, f := range n.fields {
			for _, form := range strings.Split(f.forms, "|") {
				key := closedHeading(form)
				if before, twice := seen[key]; twice && before != f.field {
					t.Errorf("%s: %q is %s and %s", n.what, form, before, f.field)
				}
				seen[key] = f.field
			}
		}
	}
}
