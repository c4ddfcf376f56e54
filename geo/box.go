package geo

import (
	"strconv"
	"strings"

	"rabta/internal/fault"
)

// Box is a part of the map between two parallels and two meridians, in degrees.
type Box struct{ West, South, East, North float64 }

// boxForm says what to send as a box.
const boxForm = "Send west,south,east,north in degrees, within longitude 60 to 78.5 and latitude 22.5 to 38, such as 71.2,29.9,71.8,30.5."

// ParseBox reads "west,south,east,north". A box that is empty, or that leaves the box around Pakistan, is a fault.Invalid.
func ParseBox(text string) (Box, error) {
	parts := strings.Split(text, ",")
	if len(parts) != 4 {
		return Box{}, fault.Field("bbox", "A box is four numbers. "+boxForm)
	}
	var n [4]float64
	for i, part := range parts {
		var err error
		if n[i], err = strconv.ParseFloat(strings.TrimSpace(part), 64); err != nil {
			return Box{}, fault.Field("bbox", "A box is four numbers. "+boxForm)
		}
	}
	b := Box{West: n[0], South: n[1], East: n[2], North: n[3]}
	switch {
	case !(Point{Lat: b.South, Lon: b.West}).InBox() || !(Point{Lat: b.North, Lon: b.East}).InBox():
		return Box{}, fault.Field("bbox", "This box reaches beyond the map of Pakistan. "+boxForm)
	case b.West >= b.East || b.South >= b.North:
		return Box{}, fault.Field("bbox", "This box holds nothing: west lies left of east, and south below north. "+boxForm)
	}
	return b, nil
}

// Holds tells whether a point lies in the box or on its rim.
func (b Box) Holds(p Point) bool {
	return p.Lon >= b.West && p.Lon <= b.East && p.Lat >= b.South && p.Lat <= b.North
}
