package geo

import (
	"math"
	"slices"

	"github.com/uber/h3-go/v4"

	"rabta/internal/fault"
)

// maxCovering bounds how many cells a covering has, so that a query in terms of cells stays bounded.
const maxCovering = 2000

// H3 lays its lattice on the faces of an icosahedron and projects it to the sphere gnomonically, which bounds every length. On
// the plane of a face neighbouring centres of resolution 0 are latticeUnit apart (RES0_U_GNOMONIC of the H3 core library, for a
// sphere of radius 1), each finer resolution being smaller by the root of 7. From plane to sphere a length shrinks by cos t to
// cos² t at the angle t from the middle of the face: never below leastScale, reached at the corners (37.3774 degrees).
const (
	latticeUnit = 0.38196601125010500003
	leastScale  = 0.6314
)

// boxDiameter is more than the distance in metres between any two points of the box.
const boxDiameter = 3_000_000

// spacing is the distance in metres between neighbouring centres of a resolution on the plane of a face: no less than on the sphere.
func spacing(res int) float64 { return EarthRadius * latticeUnit / math.Pow(7, float64(res)/2) }

// circumradius bounds, in metres, how far any point lies from the centre of the cell of that resolution that holds it.
func circumradius(res int) float64 { return spacing(res)/math.Sqrt(3)*(1+1e-9) + 1e-3 }

// Covering gives cells, ascending, such that every point of the box at most radius metres from p is held by one of them (in the sense
// of CellAt at their resolution). All have resolution res, or the finest coarser one at which they are no more than 2,000. It
// fails with fault.Invalid when p is outside the box, the radius is negative or not a number, or res is not 0 to 15.
func Covering(p Point, radius float64, res int) ([]Cell, error) {
	const op = "geo.Covering"
	if !(radius >= 0) {
		return nil, &fault.Error{Kind: fault.Invalid, Op: op, Field: "radius",
			Message: "The radius is a number of metres, zero or more."}
	}
	radius = min(radius, boxDiameter)
	if _, err := CellAt(p, res); err != nil {
		return nil, fault.Wrap(op, err)
	}
	for ; ; res-- {
		if res > 0 && leastCells(radius, res) > maxCovering {
			continue
		}
		cells, err := cover(p, radius, res)
		if err != nil {
			return nil, fault.Wrap(op, err)
		}
		// Resolution 0 has 122 cells in all, so the loop ends.
		if len(cells) <= maxCovering {
			return cells, nil
		}
	}
}

// leastCells is a number of cells below which no cover of the circle comes: its area over the largest cell's.
func leastCells(radius float64, res int) float64 {
	s := spacing(res)
	return math.Pi * radius * radius * 0.9 / (s * s * math.Sqrt(3) / 2)
}

// cover gives every cell of the resolution whose centre is near enough for some point of it to be within radius of p.
func cover(p Point, radius float64, res int) ([]Cell, error) {
	origin, err := CellAt(p, res)
	if err != nil {
		return nil, err
	}
	around := circumradius(res)
	// Ring k of a hexagonal lattice comes within k*spacing*sqrt(3)/2 of the middle; both ends may be a circumradius off it.
	step := spacing(res) * leastScale * math.Sqrt(3) / 2
	disk, err := h3.GridDisk(h3.Cell(origin), int(math.Ceil((radius+2*around)/step)))
	if err != nil {
		return nil, err
	}
	cells := make([]Cell, 0, len(disk))
	for _, c := range disk {
		if Distance(p, Cell(c).Center()) <= radius+around {
			cells = append(cells, Cell(c))
		}
	}
	slices.Sort(cells)
	return cells, nil
}
