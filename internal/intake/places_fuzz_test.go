package intake

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rabta/geo"
)

func FuzzPlaces(f *testing.F) {
	for _, name := range []string{"headed.tsv", "geonames.txt"} {
		body, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
		for row := range bytes.Lines(body) {
			f.Add(row)
		}
	}
	for _, s := range []string{"", "\x1f\x8b", "PK\x03\x04", "\uFEFFname\tlat\tlon\twof_id\n", "name\tlat\tlon\twof_id\nآ\t31\t72\t1\n", "\xff\xfe"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		last, places := 0, []geo.Place{}
		for row, err := range Places(bytes.NewReader(body)) {
			if err != nil {
				return
			}
			if row.Row <= last {
				t.Fatalf("row %d comes after row %d", row.Row, last)
			}
			last = row.Row
			checkRow(t, row)
			if row.Taken() && !slices.ContainsFunc(places, func(p geo.Place) bool { return p.ID == row.Place.ID }) {
				places = append(places, row.Place)
			}
		}
		if _, err := geo.NewGazetteer(places, nil); err != nil {
			t.Fatalf("what was taken is no gazetteer: %v", err)
		}
	})
}

// checkRow holds a row to what PlaceRow promises.
func checkRow(t *testing.T, row PlaceRow) {
	t.Helper()
	if f := row.Fault; f != nil {
		if row.Taken() || f.Row != row.Row || f.Expected == "" || utf8.RuneCountInString(f.Found) > maxFound || !utf8.ValidString(f.Found) {
			t.Fatalf("%+v", row)
		}
		return
	}
	if !row.Taken() {
		return
	}
	p := row.Place
	for _, name := range append([]string{p.Names.En, p.Names.Ur}, p.Other...) {
		if !utf8.ValidString(name) || utf8.RuneCountInString(name) > 3*maxNameLetters || strings.TrimSpace(name) != name || strings.ContainsAny(name, "\t\n\x00") {
			t.Fatalf("name %q of %+v", name, p)
		}
	}
	if p.Names.En == "" && p.Names.Ur == "" || len(p.Other) > maxOther+1 {
		t.Fatalf("names of %+v", p)
	}
}
