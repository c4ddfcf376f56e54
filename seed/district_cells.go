package seed

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// The text of tables/places/district_cells.tsv: every point of Pakistan and its district, as H3 cells.
//
//	district-cells 1            the format and its version
//	dst-abbottabad dst-astore…  the districts, numbered from 0 in this order
//	8342a9 //0=017.…            one root cell a line, and the tree below it
//
// A root is an H3 cell of any resolution (3 in our file) in hexadecimal without its trailing f's. Its tree is written
// depth first, one sign a node:
//
//	/      split: the trees of the seven children follow, in the order of their H3 digits 0 to 6
//	.      no district: abroad or sea
//	=017   the whole cell lies in district 17 of the list (always three digits)
//	0..9   the whole cell lies in the district last named, the one named before that, and so on, in this line
//
// "Last named" is a list with its newest member first; naming a district, in either way, moves it to the front. The list
// starts empty on every line, so that each line can be read alone.
//
// The tree was grown to resolution 9: a cell of that resolution belongs to the district that holds its centre (COD-AB
// 2022), and seven children of one district are written as their parent. A cell of the map therefore stands for those
// descendants by their identifiers, not by their outlines: H3 children stick out of their parents.
// Districts made after 2022 have no cells; points in them take the district they were split from.

const districtCellsHeader = "district-cells 1"

// The layout of an H3 index: 4 bits of mode from bit 59, 4 of resolution from 52, 7 of base cell from 45, then fifteen
// digits of 3 bits, the unused ones being 7. https://h3geo.org/docs/core-library/h3Indexing
const (
	h3ModeShift     = 59
	h3ResShift      = 52
	h3BaseCellShift = 45
	h3MaxRes        = 15
	h3CellMode      = 1
	h3BaseCells     = 122
	h3HexDigits     = 15
)

// decodeDistrictCells gives the compacted H3 cells of each district, by its id, in the order of the text.
func decodeDistrictCells(text string) (map[string][]uint64, error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 3 || lines[0] != districtCellsHeader {
		return nil, fmt.Errorf("district cells: want %q, a line of districts and at least one of cells", districtCellsHeader)
	}
	ids := strings.Split(lines[1], " ")
	cells := make(map[string][]uint64, len(ids))
	for _, id := range ids {
		if _, twice := cells[id]; twice || id == "" {
			return nil, fmt.Errorf("district cells: line 2: district %q is empty or stands twice", id)
		}
		cells[id] = nil
	}
	roots := make(map[uint64]bool, len(lines)-2)
	for n, line := range lines[2:] {
		if err := decodeRoot(line, ids, cells, roots); err != nil {
			return nil, fmt.Errorf("district cells: line %d: %w", n+3, err)
		}
	}
	for _, id := range ids {
		if len(cells[id]) == 0 {
			return nil, fmt.Errorf("district cells: district %q has no cell", id)
		}
	}
	return cells, nil
}

// decodeRoot reads one line, a root and its tree, and adds the tree's leaves to cells.
func decodeRoot(line string, ids []string, cells map[string][]uint64, roots map[uint64]bool) error {
	hex, tree, ok := strings.Cut(line, " ")
	if !ok {
		return errors.New("no space after the root cell")
	}
	root, err := parseRoot(hex)
	if err != nil {
		return err
	}
	if roots[root] {
		return fmt.Errorf("root %q stands twice", hex)
	}
	roots[root] = true
	d := treeDecoder{rest: tree, ids: ids, cells: cells}
	if err := d.node(root); err != nil {
		return err
	}
	if d.rest != "" {
		return fmt.Errorf("%d bytes after the end of the tree", len(d.rest))
	}
	return nil
}

// parseRoot reads a cell written in hexadecimal without its trailing f's.
func parseRoot(hex string) (uint64, error) {
	if hex == "" || len(hex) > h3HexDigits {
		return 0, fmt.Errorf("root %q is not an H3 cell", hex)
	}
	cell, err := strconv.ParseUint(hex+strings.Repeat("f", h3HexDigits-len(hex)), 16, 64)
	if err != nil {
		return 0, fmt.Errorf("root %q is not an H3 cell: %w", hex, err)
	}
	base := int(cell>>h3BaseCellShift) & 0x7f
	if cell>>(h3ModeShift-3) != h3CellMode<<3 || base >= h3BaseCells || isPentagon(base) {
		return 0, fmt.Errorf("root %q is not an H3 cell with seven children", hex)
	}
	for res := 1; res <= h3MaxRes; res++ {
		digit := cell >> h3DigitShift(res) & 7
		if used := res <= h3Resolution(cell); used != (digit < 7) {
			return 0, fmt.Errorf("root %q has a wrong digit at resolution %d", hex, res)
		}
	}
	return cell, nil
}

// treeDecoder reads a tree from the front of rest.
type treeDecoder struct {
	rest   string
	ids    []string
	cells  map[string][]uint64
	recent []int // districts named in this line, the last one first
}

func (d *treeDecoder) node(cell uint64) error {
	if d.rest == "" {
		return errors.New("the tree ends too early")
	}
	sign := d.rest[0]
	d.rest = d.rest[1:]
	switch {
	case sign == '.':
		return nil
	case sign == '/':
		return d.children(cell)
	case sign == '=':
		return d.newcomer(cell)
	case sign >= '0' && sign <= '9':
		return d.again(cell, int(sign-'0'))
	}
	return fmt.Errorf("unknown sign %q in the tree", sign)
}

func (d *treeDecoder) children(cell uint64) error {
	if h3Resolution(cell) == h3MaxRes {
		return errors.New("the tree splits a cell of the finest resolution")
	}
	for digit := range uint64(7) {
		if err := d.node(h3Child(cell, digit)); err != nil {
			return err
		}
	}
	return nil
}

// newcomer reads the three digits of a district's number.
func (d *treeDecoder) newcomer(cell uint64) error {
	if len(d.rest) < 3 {
		return errors.New("the tree ends within a district's number")
	}
	number, err := strconv.ParseUint(d.rest[:3], 10, 16)
	if err != nil || int(number) >= len(d.ids) {
		return fmt.Errorf("no district has the number %q", d.rest[:3])
	}
	d.rest = d.rest[3:]
	rank := len(d.recent)
	for i, known := range d.recent {
		if known == int(number) {
			rank = i
		}
	}
	if rank == len(d.recent) {
		d.recent = append(d.recent, int(number))
	}
	return d.again(cell, rank)
}

// again gives the cell to the district of that rank and moves it to the front.
func (d *treeDecoder) again(cell uint64, rank int) error {
	if rank >= len(d.recent) {
		return fmt.Errorf("only %d districts are named before rank %d", len(d.recent), rank)
	}
	district := d.recent[rank]
	copy(d.recent[1:rank+1], d.recent[:rank])
	d.recent[0] = district
	id := d.ids[district]
	d.cells[id] = append(d.cells[id], cell)
	return nil
}

func h3Resolution(cell uint64) int { return int(cell>>h3ResShift) & 0xf }

func h3DigitShift(res int) int { return 3 * (h3MaxRes - res) }

// h3Child gives the child of a cell with that digit, which must be below 7; the cell must not be of resolution 15.
func h3Child(cell, digit uint64) uint64 {
	res := h3Resolution(cell) + 1
	cell += 1 << h3ResShift
	return cell&^(7<<h3DigitShift(res)) | digit<<h3DigitShift(res)
}

// isPentagon tells the twelve base cells around which children are six, not seven; all of them lie at sea or abroad.
func isPentagon(base int) bool {
	switch base {
	case 4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117:
		return true
	}
	return false
}
