package report

import (
	"cmp"
	"slices"
	"time"

	"rabta/geo"
	"rabta/matching/gaps"
	"rabta/matching/trades"
)

// Sources are what a report is made from. All of it is of one day.
type Sources struct {
	Day         time.Time // of the publication
	Publication *gaps.Publication
	Gazetteer   *geo.Gazetteer
	Catalogue   *trades.Catalogue
	Trend       *gaps.Trend // of all trades in the district; nil without one
	Training    []gaps.Training
	Moves       []gaps.MoveDemand
	Vans        []gaps.Van
	Outcomes    []gaps.Outcome // of institutes in the district
}

// cellLevel is the level of the map's hexagons, and cellResolution their resolution.
const (
	cellLevel      = gaps.Cell6
	cellResolution = 6
)

// Of gathers the report of a district from what is published. The district exists in the gazetteer.
func Of(s *Sources, district geo.Place) (*District, error) {
	f := filler{s: s, d: &District{ID: district.ID, Names: district.Names, Day: s.Day, Outcomes: s.Outcomes, Trend: s.Trend,
		Places: make(map[string]geo.Names)}}
	for _, up := range s.Gazetteer.Chain(district.ID) {
		f.d.Places[up.ID] = up.Names
		if up.ID != district.ID {
			f.d.Above = append(f.d.Above, up.Names)
		}
		if up.Level == geo.LevelProvince {
			f.province = up.ID
		}
	}
	f.d.Places[gaps.Pakistan] = geo.Names{En: "Pakistan", Ur: "پاکستان"}
	for _, fill := range []func() error{f.rows, f.balance, f.hexagons} {
		if err := fill(); err != nil {
			return nil, err
		}
	}
	f.advice()
	return f.d, nil
}

type filler struct {
	s        *Sources
	d        *District
	province string // id
}

// find gives a group's row of a place; nil where there is none.
func (f *filler) find(group string, level gaps.Level, place string) (*gaps.Row, error) {
	rows, err := f.s.Publication.RowsIn(group, level, func(p string) bool { return p == place })
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

func (f *filler) rows() (err error) {
	if f.d.Whole, err = f.find(gaps.AllTrades, gaps.District, f.d.ID); err != nil {
		return err
	}
	if f.d.Province, err = f.find(gaps.AllTrades, gaps.Province, f.province); err != nil {
		return err
	}
	for i := range f.s.Catalogue.Len() {
		trade := f.s.Catalogue.At(uint16(i))
		row, err := f.find(trade.Slug, gaps.District, f.d.ID)
		if err != nil {
			return err
		}
		if row != nil {
			f.d.Trades = append(f.d.Trades, Trade{Names: trade.Names, Row: *row})
		}
	}
	return nil
}

func (f *filler) balance() error {
	all, err := f.s.Publication.Balances(gaps.AllTrades, gaps.District, gaps.Tehsil)
	for i := range all {
		if all[i].Place == f.d.ID {
			f.d.Balance = &all[i]
		}
	}
	return err
}

// hexagons gives each cell its own access where that is published, else that of its tehsil.
func (f *filler) hexagons() error {
	cells := f.s.Gazetteer.DistrictCells(f.d.ID, cellResolution)
	area, wanted := gaps.Areas(f.s.Gazetteer), make(map[string]bool, len(cells))
	for _, c := range cells {
		wanted[c.String()], wanted[area(c).Tehsil] = true, true
	}
	of := make(map[string]*gaps.Row, len(wanted))
	for _, level := range [...]gaps.Level{cellLevel, gaps.Tehsil} {
		rows, err := f.s.Publication.RowsIn(gaps.AllTrades, level, func(place string) bool { return wanted[place] })
		if err != nil {
			return err
		}
		for i := range rows {
			of[cmp.Or(rows[i].Cell, rows[i].Place)] = &rows[i]
		}
	}
	for _, c := range cells {
		h := Hexagon{Cell: c}
		own := of[c.String()]
		if own != nil {
			h.Demand = own.Demand
		}
		for _, row := range [...]*gaps.Row{own, of[area(c).Tehsil]} {
			if row != nil && row.Access != nil && h.Access == nil {
				h.Access, h.AccessOf = row.Access, row.Level
			}
		}
		f.d.Hexagons = append(f.d.Hexagons, h)
	}
	f.towns()
	return nil
}

// townsApart is how far apart, in metres, two towns of the map are: a city and its tehsil have one seat.
const townsApart = 4_000

// towns names the district's own seat first, then those of its tehsils by people.
func (f *filler) towns() {
	var seats []geo.Place
	for _, t := range f.s.Gazetteer.All(geo.LevelTehsil) {
		if t.Until == "" && slices.ContainsFunc(f.s.Gazetteer.Chain(t.ID), func(up geo.Place) bool { return up.ID == f.d.ID }) {
			seats = append(seats, t)
		}
	}
	slices.SortFunc(seats, func(a, b geo.Place) int {
		return cmp.Or(cmp.Compare(b.Population, a.Population), cmp.Compare(a.ID, b.ID))
	})
	if own, ok := f.s.Gazetteer.Place(f.d.ID); ok {
		seats = slices.Insert(seats, 0, own)
	}
	for _, s := range seats {
		same := func(t Town) bool { return t.Names.En == s.Names.En || geo.Distance(t.At, s.Point) < townsApart }
		if !slices.ContainsFunc(f.d.Towns, same) {
			f.d.Towns = append(f.d.Towns, Town{s.Names, s.Point})
		}
		f.d.Places[s.ID] = s.Names
	}
}

func (f *filler) advice() {
	for _, t := range f.s.Training {
		if t.Place == f.d.ID {
			f.d.Training = append(f.d.Training, t)
		}
	}
	for _, m := range f.s.Moves {
		if m.Place == f.d.ID {
			f.d.Moves = append(f.d.Moves, m)
		}
	}
	for _, v := range f.s.Vans {
		if v.From == f.d.ID {
			f.d.Vans = append(f.d.Vans, v)
		}
	}
}
