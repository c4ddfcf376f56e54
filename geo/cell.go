package geo

import (
	"strconv"

	"github.com/uber/h3-go/v4"

	"rabta/internal/fault"
)

// Cell is a valid H3 cell. CellAt and ParseCell are its doors; a number converted by hand is checked with Valid. Cells of one
// resolution sorted as numbers put all descendants of any ancestor in one contiguous run, on which the Trie is built.
type Cell uint64

// The resolutions that Rabta stores: a home is known to about 0.1 km², and shown to employers to about 5 km².
const (
	HomeResolution   = 9
	CoarseResolution = 7
	maxResolution    = 15
)

// CellAt gives the cell of resolution res (0 to 15) that holds p. It fails with fault.Invalid when p is not a number inside the
// box around Pakistan, since H3 itself answers a latitude of 500 with a cell that looks valid.
func CellAt(p Point, res int) (Cell, error) {
	const op = "geo.CellAt"
	if err := p.check(op); err != nil {
		return 0, err
	}
	if res < 0 || res > maxResolution {
		return 0, &fault.Error{Kind: fault.Invalid, Op: op, Field: "resolution",
			Message: "The resolution of a cell is a whole number from 0 to 15."}
	}
	c, err := h3.LatLngToCell(h3.LatLng{Lat: p.Lat, Lng: p.Lon}, res)
	if err != nil {
		return 0, fault.Wrap(op, err)
	}
	return Cell(c), nil
}

// check tells why p cannot be taken as a place, or nil.
func (p Point) check(op string) error {
	if p.InBox() {
		return nil
	}
	field := "lat"
	if p.Lat >= MinLat && p.Lat <= MaxLat {
		field = "lon"
	}
	return &fault.Error{Kind: fault.Invalid, Op: op, Field: field,
		Message:   "The place is outside Pakistan: send latitude 22.5 to 38 and longitude 60 to 78.5, in degrees.",
		MessageUr: "یہ جگہ پاکستان سے باہر ہے: عرض بلد 22.5 سے 38 اور طول بلد 60 سے 78.5 تک بھیجیں۔"}
}

// ParseCell reads a cell from its hexadecimal name ("8942d5d4d4fffff").
func ParseCell(s string) (Cell, error) {
	v, err := strconv.ParseUint(s, 16, 64)
	// ParseUint also takes "+8a" and leading zeros; a name has exactly one spelling but for the case of its letters.
	if err != nil || len(s) != 15 || !Cell(v).Valid() {
		return 0, &fault.Error{Kind: fault.Invalid, Op: "geo.ParseCell", Field: "cell",
			Message: "This is not an H3 cell: send its 15 hexadecimal digits, such as 8942d5d4d4fffff."}
	}
	return Cell(v), nil
}

// Valid tells whether c is a cell of H3 at all.
func (c Cell) Valid() bool { return h3.Cell(c).IsValid() }

// Resolution gives the resolution of c, 0 to 15.
func (c Cell) Resolution() int { return int(c >> 52 & 0xf) }

// Parent gives the ancestor of c at resolution res, and c itself when res is not coarser than c. It works on the bits of the index
// (H3 core library, "H3Index Bit Layout"): four bits of resolution, then three bits for each finer digit, all set when unused.
func (c Cell) Parent(res int) Cell {
	res = max(res, 0)
	if res >= c.Resolution() {
		return c
	}
	unused := Cell(1)<<digitShift(res) - 1
	return c&^(0xf<<52) | Cell(res)<<52 | unused
}

// digitShift is how far the digit of resolution res lies above bit 0; the bits below it are the finer digits.
func digitShift(res int) uint { return uint(3 * (maxResolution - res)) }

// String gives the hexadecimal name of c.
func (c Cell) String() string { return strconv.FormatUint(uint64(c), 16) }

// Center gives the centre of c; the zero Point when c is not Valid.
func (c Cell) Center() Point {
	if !c.Valid() { // H3 answers for many a number that is no cell
		return Point{}
	}
	ll, err := h3.Cell(c).LatLng()
	if err != nil {
		return Point{}
	}
	return Point{Lat: ll.Lat, Lon: ll.Lng}
}

// Boundary gives the corners of c in order (six, more where an edge of the icosahedron cuts it), not closed; none when c is not
// Valid. Cells of c's descendants stick out of it: the boundary does not bound the points of finer cells.
func (c Cell) Boundary() []Point {
	if !c.Valid() {
		return nil
	}
	corners, err := h3.Cell(c).Boundary()
	if err != nil {
		return nil
	}
	points := make([]Point, len(corners))
	for i, ll := range corners {
		points[i] = Point{Lat: ll.Lat, Lon: ll.Lng}
	}
	return points
}

// Home gives the centre of the resolution-9 cell of p, which is all that is kept of where a person lives. Home of a home is that
// same point, bit for bit. It fails with fault.Invalid when p or that centre is outside the box.
func Home(p Point) (Point, error) {
	c, err := CellAt(p, HomeResolution)
	if err != nil {
		return Point{}, fault.Wrap("geo.Home", err)
	}
	home := c.Center()
	// On the very rim of the box the centre may lie outside it, and would then be refused when it is sent back.
	if err := home.check("geo.Home"); err != nil {
		return Point{}, err
	}
	return home, nil
}

// Coarse gives the centre of the resolution-7 cell above the home of p: the only form in which an employer's view measures where a
// graduate lives. A point and its Home have the same Coarse. It is the zero Point, never p, when p is outside the box.
func Coarse(p Point) Point {
	c, err := CellAt(p, HomeResolution)
	if err != nil {
		return Point{}
	}
	return c.Parent(CoarseResolution).Center()
}
