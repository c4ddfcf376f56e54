package gaps

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"rabta/internal/fault"
)

// Snapshot is what was published of a day, in little: for each group of trades and each unit from district to country. It holds nothing
// suppressed, so it may be kept and shown as it is.
type Snapshot struct {
	Day  int32
	Rows []SnapshotRow // by group, level and place
}

// SnapshotRow is the figures that are compared over time.
type SnapshotRow struct {
	Group  string
	Level  Level
	Place  string
	Demand int64
	Supply *int64   // nil: suppressed
	Access *float64 // as published, to a thousandth
	Women  *float64 // share among people who search here, of all trades; only with the group of all, and of the place itself
}

// snapshotLevels are the levels that are kept.
var snapshotLevels = [...]Level{Country, Province, Division, District}

// Snapshot takes the snapshot of a publication.
func (p *Publication) Snapshot() Snapshot {
	s := Snapshot{Day: p.Day()}
	for g := range p.table.groups.nodes {
		for _, level := range snapshotLevels {
			for _, r := range p.rows(int32(g), level) {
				row := SnapshotRow{Group: r.Group, Level: level, Place: r.Place, Demand: r.Demand, Supply: r.Supply}
				if r.Access != nil {
					row.Access = pointer(math.Round(*r.Access*1000) / 1000)
				}
				if w := r.Women.Searching; g == 0 && w != nil && w.Place == r.Place && w.Level == level {
					row.Women = pointer(math.Round(w.Share*1000) / 1000)
				}
				s.Rows = append(s.Rows, row)
			}
		}
	}
	slices.SortFunc(s.Rows, compareSnapshotRows)
	return s
}

func compareSnapshotRows(a, b SnapshotRow) int {
	return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Place, b.Place))
}

// snapshotMark begins a written snapshot: a name and the number of the form.
const snapshotMark = "gaps\x01"

// MarshalBinary writes a snapshot: the mark, the day, the names in use, then each row as small numbers. A row takes some eight bytes.
func (s Snapshot) MarshalBinary() ([]byte, error) {
	out := binary.AppendVarint([]byte(snapshotMark), int64(s.Day))
	var names []string
	for _, r := range s.Rows {
		names = append(names, r.Group, string(r.Level), r.Place)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	out = binary.AppendUvarint(out, uint64(len(names)))
	for _, n := range names {
		out = append(binary.AppendUvarint(out, uint64(len(n))), n...)
	}
	out = binary.AppendUvarint(out, uint64(len(s.Rows)))
	number := func(name string) {
		i, _ := slices.BinarySearch(names, name)
		out = binary.AppendUvarint(out, uint64(i))
	}
	for _, r := range s.Rows {
		number(r.Group)
		number(string(r.Level))
		number(r.Place)
		out = binary.AppendUvarint(out, uint64(r.Demand))
		out = binary.AppendUvarint(out, oneMore(r.Supply))
		out = binary.AppendUvarint(out, thousandths(r.Access))
		out = binary.AppendUvarint(out, thousandths(r.Women))
	}
	return out, nil
}

// oneMore writes a count that may be missing: 0 then.
func oneMore(n *int64) uint64 {
	if n == nil {
		return 0
	}
	return uint64(*n) + 1
}

func thousandths(x *float64) uint64 {
	if x == nil {
		return 0
	}
	return uint64(math.Round(*x*1000)) + 1
}

// UnmarshalBinary reads what MarshalBinary wrote; anything else is a fault.Malformed.
func (s *Snapshot) UnmarshalBinary(data []byte) error {
	rest, ok := bytes.CutPrefix(data, []byte(snapshotMark))
	r := binaryReader{rest: rest, ok: ok}
	read := Snapshot{Day: int32(r.signed())}
	names := r.texts()
	name := func() string {
		i := r.number()
		if i >= uint64(len(names)) {
			r.ok = false
			return ""
		}
		return names[i]
	}
	for n := r.number(); n > 0 && r.ok; n-- {
		row := SnapshotRow{Group: name(), Level: Level(name()), Place: name(), Demand: int64(r.number())}
		if supply := r.number(); supply > 0 {
			count := int64(supply - 1)
			row.Supply = &count
		}
		row.Access, row.Women = r.thousandth(), r.thousandth()
		read.Rows = append(read.Rows, row)
	}
	if !r.ok || len(r.rest) > 0 {
		return &fault.Error{Kind: fault.Malformed, Op: "gaps.Snapshot", Message: "This is no snapshot of gaps: take it anew."}
	}
	*s = read
	return nil
}

// Trend is one group and place now, a month ago and a year ago; nil where that was suppressed or is not on record.
type Trend struct {
	Group       string `json:"trade"`
	Level       Level  `json:"level"`
	Place       string `json:"place"`
	Demand      int64  `json:"demand"`
	DemandMonth *int64 `json:"demand_last_month"`
	DemandYear  *int64 `json:"demand_last_year"`
	Supply      *int64 `json:"supply"`
	SupplyMonth *int64 `json:"supply_last_month"`
	SupplyYear  *int64 `json:"supply_last_year"`
}

// Compare lays the snapshot beside those of a month and a year ago (nil: none). The rows are those of the snapshot.
func (s Snapshot) Compare(month, year *Snapshot) []Trend {
	trends := make([]Trend, len(s.Rows))
	for i, r := range s.Rows {
		t := Trend{Group: r.Group, Level: r.Level, Place: r.Place, Demand: r.Demand, Supply: r.Supply}
		t.DemandMonth, t.SupplyMonth = month.find(r)
		t.DemandYear, t.SupplyYear = year.find(r)
		trends[i] = t
	}
	return trends
}

// find gives demand and supply of a row's group and place; a row that is not there had no demand and no published supply.
func (s *Snapshot) find(r SnapshotRow) (demand, supply *int64) {
	if s == nil {
		return nil, nil
	}
	i, found := slices.BinarySearchFunc(s.Rows, r, compareSnapshotRows)
	if !found {
		return new(int64), nil
	}
	return &s.Rows[i].Demand, s.Rows[i].Supply
}
