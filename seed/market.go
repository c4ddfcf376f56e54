package seed

import (
	"time"

	"rabta/matching"
)

// Size is how large a sample market is.
type Size struct {
	Graduates, Postings int
	Earlier             int // further postings, of the fourteen months before, that have ended
}

// Market is an invented labour market: the same reference, size, seed and date give the same records in the same order, byte for
// byte. It holds the institutes and makes everything else when it is asked for. It is immutable; its iterators may run at the
// same time and any number of times. All people in it are invented, and nobody has their phones and identity numbers: no
// network of Pakistan gives numbers that begin with 039, and no identity card has one that begins with 9.
type Market struct {
	ref        *Reference
	size       Size
	seed       uint64
	date       time.Time
	land       *terrain
	supply     [classes]weighted // trades of graduates
	demand     [classes]demand
	names      nameChances
	texts      texts
	employers  map[string][]employerPattern // by sector, households among them
	institutes []institute
	inDistrict [][]int // numbers of institutes by the district's number
	inProvince map[string][]int
	asked      [][]asking // by employer of today: what was asked for earlier
}

// NewMarket makes ready a market of a size as it stands on a date, to the second; what is in it happened before.
func NewMarket(ref *Reference, size Size, seed uint64, date time.Time) *Market {
	m := &Market{ref: ref, size: size, seed: seed, date: date.UTC().Truncate(time.Second), land: newTerrain(ref.Gazetteer, ref.land)}
	for class := range classes {
		m.supply[class] = newSupply(ref.sample.market, class)
		m.demand[class] = newDemand(ref, class)
	}
	m.names = newNameChances(ref.sample)
	m.texts = newTexts(ref.sample.texts)
	m.employers = employersBySector(ref)
	m.openInstitutes()
	m.asked = m.whatWasAsked()
	return m
}

// id makes an identifier that was given at a time.
func (d *draw) id(prefix string, at time.Time) matching.ID {
	id, err := matching.NewID(prefix, at, d)
	if err != nil {
		// Only a time before 1970 or a failing source of chance makes an error, and this source never fails.
		panic("seed: " + err.Error())
	}
	return id
}

// Size is how large the market is.
func (m *Market) Size() Size { return m.size }
