package node

import (
	"context"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/report"
	"rabta/matching"
	"rabta/matching/gaps"
)

// A trend of a report compares the day with those so many days before.
const (
	monthBack = 30
	yearBack  = 365
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
	advice, err := n.figures.advise(ctx, pub)
	if err != nil {
		return nil, err
	}
	s.Training, s.Moves, s.Vans = advice.training, advice.moves, advice.vans
	return report.Of(&s, place)
}

// nearestDistricts are named where a district is unknown, and looked for among so many places of such a name.
const (
	nearestDistricts = 5
	placesLooked     = 60
)

// districtNamed gives a district that exists by its id, or by its very name in one of three scripts.
func (n *Node) districtNamed(name string) (geo.Place, error) {
	g := n.gazetteer()
	if p, ok := g.Place(name); ok && p.Level == geo.LevelDistrict && p.Until == "" {
		return p, nil
	}
	var nearest []string
	seen := map[string]bool{}
	for _, f := range g.Find(name, placesLooked) {
		for _, up := range g.Chain(f.Place.ID) {
			if up.Level != geo.LevelDistrict || up.Until != "" {
				continue
			}
			if up.ID == f.Place.ID && f.How == geo.FoundExact {
				return up, nil
			}
			if !seen[up.ID] && len(nearest) < nearestDistricts {
				nearest = append(nearest, up.Names.En)
			}
			seen[up.ID] = true
		}
	}
	return geo.Place{}, fault.Field("district", "There is no such district. Send the name or the id of one, such as Khuzdar or dst-khuzdar.", nearest...)
}

// trendOf compares all trades in a district with what is known of a month and a year before; nil for a district that does not stand among
// the figures.
func (n *Node) trendOf(ctx context.Context, pub *published, district string) (*gaps.Trend, error) {
	row := func(p *published) (*gaps.Row, error) {
		rows, err := p.RowsIn(gaps.AllTrades, gaps.District, func(place string) bool { return place == district })
		if err != nil || len(rows) == 0 {
			return nil, err
		}
		return &rows[0], nil
	}
	now, err := row(pub)
	if now == nil {
		return nil, err
	}
	t := &gaps.Trend{Group: now.Group, Level: now.Level, Place: now.Place, Demand: now.Demand, Supply: now.Supply}
	for _, then := range [...]struct {
		back           int32
		demand, supply **int64
	}{{monthBack, &t.DemandMonth, &t.SupplyMonth}, {yearBack, &t.DemandYear, &t.SupplyYear}} {
		day := pub.Day() - then.back
		if pub.earliest == matching.NoDay || day < pub.earliest {
			continue
		}
		before, err := n.figures.on(ctx, day)
		if err != nil {
			return nil, err
		}
		r, err := row(before)
		if err != nil {
			return nil, err
		}
		*then.demand = new(int64) // a place that does not stand there had no vacancies
		if r != nil {
			*then.demand, *then.supply = &r.Demand, r.Supply
		}
	}
	return t, nil
}
