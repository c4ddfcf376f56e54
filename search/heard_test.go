package search

import (
	"os"
	"slices"
	"strings"
	"testing"

	"rabta/matching"
	"rabta/seed"
)

// TestTalkIsHeardAsNoKindOfWork holds what talk with the consonants of such a name is read as, and which names are read by ear.
func TestTalkIsHeardAsNoKindOfWork(t *testing.T) {
	ref, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := NewReader(ref.Catalogue, ref.Gazetteer)
	for _, c := range []struct{ query, trade, place, kinds, conditions string }{
		{"lahore ke paas rehta hun, electrician ka kaam chahiye", "electrician", "dst-lahore", "", ""}, // paas rehta: piece rate
		{"abhi tak kaam nahi mila", "", "", "", ""},                                                    // tak kaam: theka kaam
		{"kab tak kaam milega", "", "", "", ""},
		{"theek kaam", "", "", "", ""},
		{"theek kaam karta hun plumber", "plumber", "", "", ""},
		{"thek kaam karta hun plumber", "plumber", "", "", ""},
		{"cycle par paise", "", "", "", ""},                         // per piece
		{"gari se kaam karta hun driver", "car-driver", "", "", ""}, // ghar se kaam
		{"dewar pr plaster krwana", "plasterer", "", "", ""},        // dihari par
		{"larkon ke liye kaam", "", "", "", ""},                     // boys, not girls
		{"piece rate par darzi", "tailor", "", "piece-work", ""},
		{"pees rate darzi", "tailor", "", "piece-work", ""},
		{"theka kam plumber", "plumber", "", "contract", ""},
		{"full taim plumber", "plumber", "", "job", ""},
		{"kam sekhna welder", "welder", "", "apprenticeship", ""},
		{"prt time welder", "welder", "", "", AskPartTime},
		{"larkion k lye silai", "ladies-tailor", "", "", AskWomenOnly},
		{"silai ghr bethe", "ladies-tailor", "", "", AskFromHome},
	} {
		trade, place := "", ""
		u := r.Read(c.query)
		if len(u.Trades) > 0 {
			trade = u.Trades[0].Slug
		}
		if u.Place != nil {
			place = u.Place.ID
		}
		var kinds []string
		for _, k := range u.Kinds {
			kinds = append(kinds, string(k))
		}
		if got, conditions := strings.Join(kinds, ","), strings.Join(u.Conditions, ","); trade != c.trade || place != c.place || got != c.kinds || conditions != c.conditions {
			t.Errorf("%q: trade %q, place %q, kinds %q, conditions %q; want %q, %q, %q, %q", c.query, trade, place, got, conditions,
				c.trade, c.place, c.kinds, c.conditions)
		}
	}
}

// TestKindsByEarInTheQuerySet reads the whole set of queries: a kind narrows what is listed, so none is read where the words do not
// hold a name of it, but for the rows here, which say it by ear.
func TestKindsByEarInTheQuerySet(t *testing.T) {
	ref, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := NewReader(ref.Catalogue, ref.Gazetteer)
	byEar := map[string]matching.Kind{
		"bejli ka kam sekhna he":                                    matching.Apprenticeship, // kaam seekhna
		"5 class k bachay ko ghr aa kr tution parhane wali teacher": matching.CustomerJob,    // ghar aa kar
		"ghar aa kr makup facial krne wali":                         matching.CustomerJob,
	}
	text, err := os.ReadFile("testdata/queries.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows, met := 0, 0
	for line := range strings.Lines(string(text)) {
		query, _, _ := strings.Cut(line, "\t")
		rows++
		for _, kind := range r.Read(query).Kinds {
			switch {
			case slices.Contains(kindsWritten(r.lexicon, query), kind):
			case byEar[query] == kind:
				met++
			default:
				t.Errorf("%q: read as %s, which it does not say", query, kind)
			}
		}
	}
	if met != len(byEar) || rows < 8000 {
		t.Errorf("%d of %d queries by ear were read in %d rows", met, len(byEar), rows)
	}
}

// kindsWritten gives the kinds whose names the query holds as they are written.
func kindsWritten(l *lexicon, query string) []matching.Kind {
	var kinds []matching.Kind
	words := split(query)
	for from := range words {
		for to := from + 1; to <= min(from+maxNameWords, len(words)); to++ {
			if kind, ok := l.kinds[phraseOf(words[from:to])]; ok {
				kinds = append(kinds, kind)
			}
		}
	}
	return kinds
}
