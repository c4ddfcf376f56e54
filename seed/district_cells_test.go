package seed

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// tree is a cell's share of the map: a district's number, nobody's (-1), or seven parts.
type tree struct {
	district int
	parts    []tree
}

// encode writes the tree as the format describes and lists its cells.
func (n tree) encode(cell uint64, recent []int, visit func(district int, cell uint64)) (string, []int) {
	if n.parts != nil {
		text := "/"
		for digit, part := range n.parts {
			var s string
			s, recent = part.encode(h3Child(cell, uint64(digit)), recent, visit)
			text += s
		}
		return text, recent
	}
	if n.district < 0 {
		return ".", recent
	}
	visit(n.district, cell)
	rank := slices.Index(recent, n.district)
	text := fmt.Sprint(rank)
	if rank < 0 || rank > 9 {
		text = fmt.Sprintf("=%03d", n.district)
	}
	if rank >= 0 {
		recent = slices.Delete(recent, rank, rank+1)
	}
	return text, slices.Insert(recent, 0, n.district)
}

func TestDecodeDistrictCellsRoundTrip(t *testing.T) {
	leaf := func(district int) tree { return tree{district: district} }
	ids := []string{"dst-a", "dst-b", "dst-c", "dst-d", "dst-e", "dst-f", "dst-g", "dst-h", "dst-i", "dst-j", "dst-k", "dst-l"}
	many := tree{parts: []tree{leaf(5), leaf(6), leaf(7), leaf(8), leaf(9), leaf(10), leaf(11)}}
	small := tree{parts: []tree{
		leaf(0), leaf(0), leaf(-1),
		{parts: []tree{leaf(1), leaf(1), leaf(0), leaf(2), leaf(1), leaf(3), leaf(-1)}},
		many, leaf(4), leaf(0), // district 0 is no longer among the last ten: named by number again
	}}
	text := districtCellsHeader + "\n" + strings.Join(ids, " ") + "\n"
	want := map[string][]uint64{}
	for _, hex := range []string{"8342a9", "83608e"} {
		root, err := parseRoot(hex)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := small.encode(root, nil, func(district int, cell uint64) {
			want[ids[district]] = append(want[ids[district]], cell)
		})
		text += hex + " " + s + "\n"
	}
	got, err := decodeDistrictCells(text)
	if err != nil {
		t.Fatal(err)
	}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %x\nwant %x\nfrom\n%s", got, want, text)
	}
}

// The numbers are H3's own: h3.Cell(0x8342a9fffffffff).Children(4) and so on.
func TestDecodeDistrictCellsAgreesWithH3(t *testing.T) {
	got, err := decodeDistrictCells("district-cells 1\ndst-a dst-b\n8342a9 /=0000./=00101010111=000\n")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]uint64{
		"dst-a": {
			0x8442a91ffffffff, 0x8442a93ffffffff, 0x8542a96bfffffff, 0x8542a96ffffffff, 0x8542a97bfffffff,
			0x8442a9bffffffff, 0x8442a9dffffffff,
		},
		"dst-b": {0x8542a963fffffff, 0x8542a967fffffff, 0x8542a973fffffff, 0x8542a977fffffff, 0x8442a99ffffffff},
	}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %x\nwant %x", got, want)
	}
}

func TestDecodeDistrictCellsDamaged(t *testing.T) {
	const head = "district-cells 1\ndst-a dst-b\n"
	tests := map[string]string{
		"empty":                        "",
		"another format":               "district-cells 2\ndst-a\n8342a9 =000\n",
		"no cells":                     "district-cells 1\ndst-a\n",
		"no districts":                 "district-cells 1\n\n8342a9 =000\n",
		"a district twice":             "district-cells 1\ndst-a dst-a\n8342a9 =000\n",
		"a district without cells":     head + "8342a9 =000\n",
		"no space":                     head + "8342a9\n",
		"no tree":                      head + "8342a9 \n",
		"no root":                      head + " =000\n",
		"a root that is no number":     head + "8342x9 =000\n",
		"a root that is too long":      head + "8342a9ffffffffff0 =000\n",
		"a root of another mode":       head + "f342a9 =000\n",
		"a root of no base cell":       head + "83ffff =000\n",
		"a root that is a pentagon":    head + "830800 =000\n",
		"a root with digit 7":          head + "8342af =000\n",
		"a root with a digit too many": head + "8342a91 =000\n",
		"a root twice":                 head + "8342a9 =000\n8342a9 =001\n",
		"a tree cut off":               head + "8342a9 /=00000\n",
		"a number cut off":             head + "8342a9 =00\n",
		"a number too high":            head + "8342a9 =002\n",
		"a number below zero":          head + "8342a9 =-01\n",
		"a rank too high":              head + "8342a9 /=000=001200000\n",
		"a rank before any district":   head + "8342a9 0\n",
		"signs after the tree":         head + "8342a9 =0000\n",
		"an unknown sign":              head + "8342a9 /=000=001!0000\n",
		"a tree below resolution 15":   head + "8342a9 " + strings.Repeat("/", 13) + "\n",
		"an empty line":                head + "8342a9 /=000=00100000\n\n",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			if got, err := decodeDistrictCells(text); err == nil {
				t.Errorf("no error, got %x", got)
			}
		})
	}
}

// TestDistrictCellsTable holds the table itself to what its users rely on: 160 districts, no cell above another.
func TestDistrictCellsTable(t *testing.T) {
	text, err := os.ReadFile("tables/places/district_cells.tsv")
	if err != nil {
		t.Fatal(err)
	}
	districts, err := decodeDistrictCells(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(districts) != 160 {
		t.Errorf("%d districts, want 160", len(districts))
	}
	seen := map[uint64]string{}
	for id, cells := range districts {
		for _, cell := range cells {
			if other, twice := seen[cell]; twice {
				t.Fatalf("cell %x lies in %s and %s", cell, id, other)
			}
			seen[cell] = id
		}
	}
	for cell, id := range seen {
		for above := cell; h3Resolution(above) > 0; {
			res := h3Resolution(above)
			above = above&^(0xf<<h3ResShift) | uint64(res-1)<<h3ResShift | 7<<h3DigitShift(res)
			if other, twice := seen[above]; twice {
				t.Fatalf("cell %x of %s lies below %x of %s", cell, id, above, other)
			}
		}
	}
}

func FuzzDecodeDistrictCells(f *testing.F) {
	f.Add("district-cells 1\ndst-a dst-b\n8342a9 /=0000./=00101010111=000\n")
	f.Add("district-cells 1\ndst-a\n8342a9 =000")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := decodeDistrictCells(text); err == nil && !strings.HasPrefix(text, districtCellsHeader) {
			t.Error("read a text without its header")
		}
	})
}
