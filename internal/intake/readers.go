package intake

import (
	"errors"
	"slices"
	"strings"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
)

// cellReaders are what the rows of both nouns are read by, with what they remember of texts that come again.
type cellReaders struct {
	trade     *tradeReader
	places    *placeReader
	dates     dateReader
	answers   codes[matching.Answer]
	kinds     codes[matching.Kind]
	schooling codes[string]
	licences  codes[string]

	tradeMemo     memo[reading[[]string]]
	skillMemo     memo[reading[[]string]]
	placeMemo     memo[reading[spot]]
	dateMemo      memo[reading[time.Time]]
	answerMemo    memo[reading[matching.Answer]]
	kindMemo      memo[reading[[]matching.Kind]]
	schoolingMemo memo[reading[string]]
	licenceMemo   memo[reading[[]string]]
	levels        memo[reading[int]]
	unitMemo      memo[reading[matching.PayUnit]]
	key           []byte // of the cells of a place, joined
}

// How long texts may be, in letters.
const (
	maxShortText = 200
	maxLongText  = 5_000
)

func newCellReaders(l *layout, t Tables) cellReaders {
	return cellReaders{
		trade: newTradeReader(t.Model.Catalogue, t.Reader), places: &placeReader{gazetteer: t.Gazetteer, reader: t.Reader},
		dates:   dateReader{months: monthNames(), least: 1980, most: t.Now.Year() + 10, date1904: l.date1904},
		answers: answerCodes(), kinds: kindCodes(), schooling: schoolingCodes(), licences: licenceCodes(),
	}
}

// tradesOf reads the columns of trades: the first trade is the main one.
func (r *cellReaders) tradesOf(l *line) []string {
	var slugs []string
	for _, column := range l.layout.at[fTrade] {
		if text := l.text(column); text != "" {
			accept(l, column, false, r.tradeMemo.of(text, r.trade.list), func(found []string) {
				for _, slug := range found {
					if !slices.Contains(slugs, slug) {
						slugs = append(slugs, slug)
					}
				}
			})
		}
	}
	if len(slugs) == 0 && !l.refused {
		l.missing(wanted{"a trade, as electrician or tailor", "ہنر کا نام، جیسے الیکٹریشن یا درزی"}, fTrade)
	}
	return slugs
}

// skillsOf reads the columns of skills. Those unknown are told, and the rest taken.
func (r *cellReaders) skillsOf(l *line, f field) []string {
	var slugs []string
	for _, column := range l.layout.at[f] {
		if text := l.text(column); text != "" {
			accept(l, column, true, r.skillMemo.of(text, r.trade.skillList), func(found []string) {
				for _, slug := range found {
					if !slices.Contains(slugs, slug) {
						slugs = append(slugs, slug)
					}
				}
			})
		}
	}
	return slugs
}

// where reads a point: of latitude and longitude where they are told, else of the place that the columns name together, else of the address.
func (r *cellReaders) where(l *line, needed bool) (at spot, ok bool) {
	if p, ok, told := r.point(l); told {
		at, err := spotAt(p)
		if ok && err != nil {
			l.unfit(err)
		}
		return at, ok && err == nil
	}
	r.key = r.key[:0]
	column := -1
	for i, f := range [placeCells]field{fVillage, fPlace, fTehsil, fDistrict, fDivision, fProvince} {
		if i > 0 {
			r.key = append(r.key, placeSeparator...)
		}
		text, at := l.get(f)
		if at >= 0 && column < 0 {
			column = at
		}
		r.key = append(r.key, strings.ReplaceAll(text, placeSeparator, " ")...)
	}
	if column >= 0 {
		ok := accept(l, column, false, r.placeMemo.of(string(r.key), r.places.read), func(s spot) { at = s })
		return at, ok
	}
	if place, ok := r.address(l); ok {
		return r.places.spot(place), true
	}
	if needed && !l.refused {
		l.missing(wanted{"a town, tehsil or district", "شہر، تحصیل یا ضلع"}, fPlace, fVillage, fTehsil, fDistrict, fPoint, fLat, fAddress)
	}
	return spot{}, false
}

// point reads latitude and longitude, in two columns or in one.
func (r *cellReaders) point(l *line) (p geo.Point, ok, told bool) {
	lat, column := l.get(fLat)
	lon, _ := l.get(fLon)
	if lat == "" || lon == "" {
		both, at := l.get(fPoint)
		if lat, lon, ok = strings.Cut(both, ","); !ok {
			return geo.Point{}, false, false
		}
		column = at
	}
	ok = accept(l, column, false, pointOf(lat, lon), func(found geo.Point) { p = found })
	return p, ok, true
}

// address finds a place in an address, where no column tells one. The address is not repeated.
func (r *cellReaders) address(l *line) (geo.Place, bool) {
	text, column := l.get(fAddress)
	if text == "" || r.places.reader == nil {
		return geo.Place{}, false
	}
	found := r.places.reader.Read(text).Place
	if found == nil {
		l.problem(column, wanted{"an address with a town, tehsil or district of Pakistan", "پتہ جس میں شہر، تحصیل یا ضلع بھی ہو"}, false)
		return geo.Place{}, false
	}
	place, _ := r.places.gazetteer.Place(found.ID)
	l.understand(column, r.places.said(place), HowAddress)
	return place, true
}

// yes reads a column of yes and no. kept says whether the row is taken without what cannot be read.
func (r *cellReaders) yes(l *line, f field, kept bool) bool {
	told := false
	take(l, f, kept, &r.answerMemo, r.answers.read, func(a matching.Answer) { told = a == matching.Yes })
	return told
}

// free gives a cell of free text in one line.
func (l *line) free(f field) string {
	text, _ := l.get(f)
	if text == "" {
		return ""
	}
	return tidyText(text, maxShortText)
}

// unfit turns what the model says of a record into a problem of the row. Its sentences repeat no value.
func (l *line) unfit(err error) {
	w := wanted{"a record that can be kept", "درست معلومات"}
	var f *fault.Error
	if errors.As(err, &f) {
		w = wanted{f.Field + ": " + f.Message, f.MessageUr}
	}
	l.problems = append(l.problems, RowFault{Row: l.row, Expected: w.en, ExpectedUr: w.ur})
	l.refused = true
}

// copied gives the caller a slice of its own: what a memo holds is shared by many rows.
func copied[T any](s []T) []T { return slices.Clone(s) }
