// Package geo knows where things are: points, exact great-circle distance, H3 cells, the trie of cells that narrows a
// search to whole spans of rows, and the gazetteer of Pakistan's places. H3 narrows, distance decides. It does no I/O, holds
// no globals, and is the only package that touches h3-go, whose traps stay inside. It imports internal/script and
// internal/fault alone.
package geo

import "math"

// EarthRadius is the radius in metres of the sphere on which distances are measured (the mean radius R1 of IUGG 1980).
const EarthRadius = 6_371_008.7714

// Point is a place on the sphere in degrees (WGS 84 latitude and longitude).
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// The box around Pakistan within which a point is accepted, in degrees: the country and its near surroundings.
const (
	MinLat, MaxLat = 22.5, 38.0
	MinLon, MaxLon = 60.0, 78.5
)

// InBox tells whether p is a number inside the box around Pakistan.
func (p Point) InBox() bool {
	return p.Lat >= MinLat && p.Lat <= MaxLat && p.Lon >= MinLon && p.Lon <= MaxLon
}

// Distance is the great-circle distance from p to q in metres by the haversine formula (R. W. Sinnott, 1984), in float64.
func Distance(p, q Point) float64 {
	const rad = math.Pi / 180
	sinLat := math.Sin((q.Lat - p.Lat) * rad / 2)
	sinLon := math.Sin((q.Lon - p.Lon) * rad / 2)
	h := sinLat*sinLat + math.Cos(p.Lat*rad)*math.Cos(q.Lat*rad)*sinLon*sinLon
	return 2 * EarthRadius * math.Asin(math.Sqrt(min(1, h)))
}
