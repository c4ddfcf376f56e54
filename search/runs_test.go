package search_test

import (
	"slices"
	"testing"

	"rabta/search"
)

// TestReadsAsSaid reads words run together, conditions by ear, places named for a trade, and what is priced.
func TestReadsAsSaid(t *testing.T) {
	r := seedReader(t)
	for _, test := range []struct{ name, query, isco, condition string }{
		{"y for i in words run together", "rykshachalata hun", "8321", ""},
		{"a tail after a misspelt word", "hotalke kamray saf krna", "9112", ""},
		{"a tail after a word with y for i", "byjlika mistry", "7411", ""},
		{"part time by ear", "part taim kam", "", search.AskPartTime},
		{"for women by ear", "larkion ke lye kam", "", search.AskWomenOnly},
		{"a gate named for a trade", "mochi gate lahore", "", ""},
		{"a gate named for none", "sheran wala gate", "", ""},
		{"a trade sought near such a gate", "mochi gate me darzi chahiye", "7531", ""},
		{"a gate that is made", "lohay ka gate banwana hai", "7214", ""},
		{"a bazaar named for its ware", "moti bazar pindi", "", ""},
		{"a thing and its price", "solar panel price", "", ""},
		{"a thing whose first word says who", "washing machine price", "", ""},
		{"a thing for sale", "sofa set for sale", "", ""},
		{"what a painter takes", "painter kitna leta hai", "7131", ""},
		{"tools of a road gang", "sarak ki khudai gainti belcha", "9312", ""},
		{"years of work and no trade", "4 saal tajarba hai kahin bhi kaam kr lunga", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			understood, got := r.Read(test.query), ""
			if len(understood.Trades) > 0 {
				got = understood.Trades[0].ISCO
			}
			if got != test.isco {
				t.Errorf("unit group %q, want %q", got, test.isco)
			}
			if test.condition != "" && !slices.Contains(understood.Conditions, test.condition) {
				t.Errorf("conditions %q, want %q among them", understood.Conditions, test.condition)
			}
		})
	}
}
