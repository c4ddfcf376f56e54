package node

import (
	"sync"

	"rabta/geo"
	"rabta/matching/board"
)

// districts numbers the districts for the board, from 1, and knows a circle around each that holds every posting in it. The circles
// grow with the postings: a point beyond the border belongs to the nearest district, so no circle drawn beforehand would do.
type districts struct {
	number map[string]uint16
	mu     sync.Mutex
	around []board.Circle // by number
}

func numberDistricts(g *geo.Gazetteer) *districts {
	d := &districts{number: map[string]uint16{}, around: make([]board.Circle, 1)}
	for _, place := range g.All(geo.LevelDistrict) {
		d.number[place.ID] = uint16(len(d.around))
		d.around = append(d.around, board.Circle{Center: place.Point})
	}
	return d
}

// take gives the number of a district and widens its circle to hold a point.
func (d *districts) take(id string, p geo.Point) uint16 {
	number := d.number[id]
	d.mu.Lock()
	defer d.mu.Unlock()
	circle := &d.around[number]
	circle.Metres = max(circle.Metres, geo.Distance(circle.Center, p))
	return number
}

// rung is the district's own rung of a ladder.
func (d *districts) rung(id string) *board.District {
	number := d.number[id]
	d.mu.Lock()
	defer d.mu.Unlock()
	return &board.District{Number: number, Around: d.around[number]}
}

// districtNumber gives the number of the district that holds a posting's point, 0 for a point outside the box.
func (n *Node) districtNumber(p geo.Point) uint16 {
	place, ok := n.gazetteer().District(p)
	if !ok {
		return 0
	}
	return n.districts.take(place.ID, p)
}

// rungs say what a ladder counts around a point: the rings, and the district of the point, which is nil outside of all.
func (n *Node) rungs(near *geo.Point) (board.Rungs, *geo.Place) {
	if near == nil {
		return board.Rungs{}, nil
	}
	r := board.Rungs{Rings: ringRadii[:]}
	place, ok := n.gazetteer().District(*near)
	if !ok {
		return r, nil
	}
	r.District = n.districts.rung(place.ID)
	return r, &place
}

// ringRadii are the rings of the reach ladder, in metres: a walk, a cycle ride, a bus ride, an hour on the road.
var ringRadii = [...]float64{2_000, 5_000, 15_000, 25_000, 50_000, 100_000}

// reach turns a ladder, and the district of its point, into what a person reads.
func reach(near *geo.Point, within float64, ladder board.Ladder, district *geo.Place, lang Language) Reach {
	r := Reach{Near: near, WithinM: within, Remote: ladder.Remote}
	if len(ladder.Rings) > 0 {
		r.Rings = make([]Ring, len(ladder.Rings))
	}
	for i, count := range ladder.Rings {
		r.Rings[i] = Ring{WithinM: ringRadii[i], Count: count}
	}
	if district != nil {
		r.District = &InPlace{ID: district.ID, Name: placeName(*district, lang), Count: ladder.District}
	}
	return r
}

// placeName is a place's name in the script of a language, English where that has none.
func placeName(p geo.Place, lang Language) string {
	switch {
	case lang == Urdu && p.Names.Ur != "":
		return p.Names.Ur
	case lang == RomanUrdu && p.Names.Roman != "":
		return p.Names.Roman
	}
	return p.Names.En
}
