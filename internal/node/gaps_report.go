package node

import (
	"context"
	"slices"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/report"
	"rabta/matching/gaps"
)

// GapReport gathers the report of a district, by its name in any script or its id, on a day; nil is today. An unknown district is a
// fault.Invalid with those whose names are nearest.
func (n *Node) GapReport(ctx context.Context, district string, date *time.Time) (*report.District, error) {
	place, err := n.districtNamed(district)
	if err != nil {
		return nil, err
	}
	pub, err := n.figuresOn(ctx, date)
	if err != nil {
		return nil, err
	}
	s := report.Sources{Day: dayTime(pub.Day()), Publication: pub.Publication, Gazetteer: n.gazetteer(), Catalogue: n.ref.Catalogue}
	if s.Trend, err = n.trendOf(ctx, pub, place.ID); err != nil {
		return nil, err
	}
	advice, err := n.figures.advice(ctx, pub)
	if err != nil {
		return nil, err
	}
	s.Training, s.Moves, s.Vans = advice.Train, advice.Move, advice.Transport
	return report.Of(&s, place)
}

// districtNamed gives a district that exists by its id, or by its very name in one of three scripts.
func (n *Node) districtNamed(name string) (geo.Place, error) {
	g := n.gazetteer()
	if p, ok := g.Place(name); ok && isDistrict(p) {
		return p, nil
	}
	found := g.Find(name, placesLooked)
	for _, f := range found {
		if isDistrict(f.Place) && f.How == geo.FoundExact {
			return f.Place, nil
		}
	}
	var nearest []string
	for _, d := range districtsAround(g, found) {
		nearest = append(nearest, d.Names.En)
	}
	return geo.Place{}, fault.Field("district", "There is no such district. Send the name or the id of one, such as Khuzdar or dst-khuzdar.", nearest...)
}

// isDistrict tells whether a place is a district that exists today.
func isDistrict(p geo.Place) bool { return p.Level == geo.LevelDistrict && p.Until == "" }

// nearestDistricts are named where a district is unknown, and looked for among so many places of such a name.
const (
	nearestDistricts = 3
	placesLooked     = 60
)

// districtsAround gives the first few districts that hold any of the places found, in their order.
func districtsAround(g *geo.Gazetteer, found []geo.Found) (nearest []geo.Place) {
	for _, f := range found {
		for _, up := range g.Chain(f.Place.ID) {
			known := slices.ContainsFunc(nearest, func(d geo.Place) bool { return d.ID == up.ID })
			if isDistrict(up) && !known && len(nearest) < nearestDistricts {
				nearest = append(nearest, up)
			}
		}
	}
	return nearest
}

// trendOf compares all trades in a district with what is known of a month and a year before; nil for a district that does not stand among
// the figures.
func (n *Node) trendOf(ctx context.Context, pub *published, district string) (*gaps.Trend, error) {
	month, _, err := n.figures.before(ctx, pub.Day()-monthBack, pub.earliest)
	if err != nil {
		return nil, err
	}
	year, _, err := n.figures.before(ctx, pub.Day()-yearBack, pub.earliest)
	if err != nil {
		return nil, err
	}
	for _, t := range pub.snapshot().Compare(month, year) {
		if t.Group == gaps.AllTrades && t.Level == gaps.District && t.Place == district {
			return &t, nil
		}
	}
	return nil, nil
}
