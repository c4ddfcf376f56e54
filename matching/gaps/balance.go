package gaps

import "rabta/internal/fault"

// Balance is the mismatch of a group's people and vacancies within one place, over its trades and its smaller places.
type Balance struct {
	Group   string   `json:"trade"`
	Level   Level    `json:"level"`
	Place   string   `json:"place"`
	Over    Level    `json:"over"` // the smaller places
	Apart   *float64 `json:"mismatch"`
	Lost    *float64 `json:"hires_lost"`
	ByTrade *float64 `json:"lost_between_trades"`
	ByPlace *float64 `json:"lost_between_places"`
}

// Balances gives the mismatch of a group in every place of a level, over the smaller places of another. The indexes are nil where the
// people of the place are suppressed, and where there are no vacancies; they are coarse as other figures of people are. Remote work, which
// is of no place, is left out.
func (p *Publication) Balances(group string, level, over Level) ([]Balance, error) {
	g, ok := p.table.groups.byName[group]
	if !ok {
		return nil, p.unknownGroup(group)
	}
	if !level.Valid() || !over.Valid() || over.resolution() > 0 && level.resolution() > over.resolution() || larger(over, level) {
		return nil, fault.Field("over", "The places of a mismatch are smaller than the one it is for. Send district with by=province, or tehsil.",
			"district", "tehsil")
	}
	t := p.table
	in, smaller := t.places[level], t.places[over]
	markets := make([][]pair, len(in.names))
	supply := make([]int64, len(in.names))
	for _, trade := range t.groups.nodes[g].trades {
		slug := t.set.Catalogue.At(trade).Slug
		for i := range t.sheets[trade].atoms {
			at := t.at[trade][i]
			if t.areas[at].atom == 0 {
				continue
			}
			r := &t.sheets[trade].tallies[i]
			place := in.of[at]
			markets[place] = append(markets[place], pair{slug, smaller.names[smaller.of[at]], r[people], r[vacancies]})
			supply[place] += r[people]
		}
	}
	var all []Balance
	for i, name := range in.names {
		b := Balance{Group: group, Level: level, Place: name, Over: over}
		if m, ok := mismatchOf(markets[i]); ok && p.may(bySearch, g, level, name) {
			n := supply[i]
			b.Apart, b.Lost = pointer(coarseRatio(m.apart, n)), pointer(coarseRatio(m.lost, n))
			b.ByTrade, b.ByPlace = pointer(coarseRatio(max(0, m.byTrade), n)), pointer(coarseRatio(max(0, m.byPlace), n))
		}
		if len(markets[i]) > 0 && (b.Apart != nil || wanted(markets[i])) {
			all = append(all, b)
		}
	}
	return all, nil
}

// wanted tells whether any market has vacancies.
func wanted(markets []pair) bool {
	for _, m := range markets {
		if m.v > 0 {
			return true
		}
	}
	return false
}

// larger tells whether a unit is larger than another; cells are compared by their resolution alone.
func larger(a, b Level) bool {
	if a.resolution() > 0 || b.resolution() > 0 {
		return false
	}
	for _, l := range Levels {
		if l == b {
			return false
		}
		if l == a {
			return true
		}
	}
	return false
}
