package intake

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"rabta/geo"
	"rabta/internal/fault"
)

// PlaceRow is what one row of a table of places gave: a place, or a fault, or neither when the row is sound and no settlement of
// Pakistan (a river, a ruin, a village abroad).
type PlaceRow struct {
	Row    int       // the line of the file, from 1, headings counted
	Source string    // who keeps the table: SourceGeoNames or SourceWhosOnFirst
	Place  geo.Place // without a parent; without an id when it is none
	Fault  *RowFault
}

// Taken tells whether the row gave a place.
func (r *PlaceRow) Taken() bool { return r.Place.ID != "" }

// Who keeps the tables that are read.
const (
	SourceGeoNames    = "geonames"
	SourceWhosOnFirst = "whosonfirst"
)

// Places reads a table of places, plain or gzipped, UTF-8, tab-separated, in one of two layouts that it recognises by itself:
//
//   - GeoNames' dump: 19 columns without headings (https://download.geonames.org/export/dump/readme.txt). Rows of feature class P and
//     country PK are taken.
//   - a table with a row of headings, of which name, lat, lon and one of geonames_id and wof_id are needed, and placetype,
//     gn_feature_code, names_urdu, names_other_latin and names_sindhi_pashto_shahmukhi are read; others are passed over.
//
// It yields one PlaceRow for each row, in order, and holds one at a time. An error ends it: the layout is not known, the file cannot be
// read, or it is larger than 256 MB unpacked.
func Places(r io.Reader) iter.Seq2[PlaceRow, error] {
	return func(yield func(PlaceRow, error) bool) {
		if err := readPlaces(r, func(row PlaceRow) bool { return yield(row, nil) }); err != nil {
			yield(PlaceRow{}, err)
		}
	}
}

// unknownAfter is how many rows without one sound row show that a table without headings is not GeoNames'.
const unknownAfter = 20

func readPlaces(r io.Reader, yield func(PlaceRow) bool) error {
	l, err := newLines(r)
	if err != nil {
		return err
	}
	var layout *placeLayout
	sound := false
	for {
		text, long, err := l.next()
		switch {
		case errors.Is(err, io.EOF) && (sound || layout != nil && layout.headed):
			return nil
		case errors.Is(err, io.EOF):
			return unknownLayout()
		case err != nil:
			return err
		case len(text) == 0:
			continue
		}
		if layout == nil {
			if layout, err = layoutOf(string(text)); err != nil {
				return err
			}
			if layout.headed {
				continue
			}
		}
		row := PlaceRow{Row: l.row, Source: layout.source}
		fields, bad := layout.split(text, long)
		if bad == nil {
			sound = true
			row.Place, bad = layout.place(fields)
		}
		if bad != nil {
			bad.Row, row.Fault, row.Place = l.row, bad, geo.Place{}
		}
		if !yield(row) {
			return nil
		}
		if !sound && !layout.headed && l.row >= unknownAfter {
			return unknownLayout()
		}
	}
}

func unknownLayout() error {
	return fault.New(fault.Malformed, "intake.Places", "These are not the columns of a table of places. Give GeoNames' dump of a country "+
		"(19 columns, separated by tabs, without headings), or a table with the headings name, lat, lon and geonames_id or wof_id.")
}

// none is the column that a layout does not have.
const none = -1

// placeLayout says which column holds what.
type placeLayout struct {
	source string
	headed bool
	names  []string // of all columns

	geonames, wof, name, ascii, lat, lon int
	class, code, country, kind           int
	spellings                            []int // columns of more names, separated by comma
	separator                            string
}

// layoutOf knows the layout by the first row.
func layoutOf(first string) (*placeLayout, error) {
	names := strings.Split(first, "\t")
	if !slices.Contains(names, "name") && !slices.Contains(names, "lat") {
		return geonamesLayout(), nil
	}
	at := func(name string) int { return slices.Index(names, name) } // -1 is none
	l := &placeLayout{source: SourceWhosOnFirst, headed: true, names: names,
		geonames: at("geonames_id"), wof: at("wof_id"), name: at("name"), ascii: none, lat: at("lat"), lon: at("lon"),
		class: none, code: at("gn_feature_code"), country: none, kind: at("placetype"), separator: "|"}
	for _, column := range []string{"names_urdu", "names_other_latin", "names_sindhi_pashto_shahmukhi"} {
		if i := at(column); i != none {
			l.spellings = append(l.spellings, i)
		}
	}
	if l.name == none || l.lat == none || l.lon == none || l.geonames == none && l.wof == none {
		return nil, unknownLayout()
	}
	return l, nil
}

func geonamesLayout() *placeLayout {
	return &placeLayout{source: SourceGeoNames,
		names: []string{"geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature class", "feature code",
			"country code", "cc2", "admin1 code", "admin2 code", "admin3 code", "admin4 code", "population", "elevation", "dem",
			"timezone", "modification date"},
		geonames: 0, wof: none, name: 1, ascii: 2, spellings: []int{3}, lat: 4, lon: 5, class: 6, code: 7, country: 8, kind: none,
		separator: ","}
}

// split parts a row into its fields.
func (l *placeLayout) split(text []byte, long bool) ([]string, *RowFault) {
	switch {
	case long:
		return nil, &RowFault{Found: shown(string(text)), Expected: fmt.Sprintf("a row of at most %d bytes", maxLine)}
	case !utf8.Valid(text):
		return nil, l.badLetters(text)
	}
	fields := strings.Split(string(text), "\t")
	if len(fields) != len(l.names) {
		return nil, &RowFault{Found: fmt.Sprintf("%d columns", len(fields)),
			Expected: fmt.Sprintf("%d columns separated by tabs", len(l.names))}
	}
	return fields, nil
}

// badLetters finds the column with bytes that are no letters.
func (l *placeLayout) badLetters(text []byte) *RowFault {
	for i, field := range strings.Split(string(text), "\t") {
		if !utf8.ValidString(field) && i < len(l.names) {
			return &RowFault{Column: l.names[i], Found: shown(field), Expected: "text in UTF-8"}
		}
	}
	return &RowFault{Found: shown(string(text)), Expected: "text in UTF-8"}
}
