package layout

import (
	"rabta/matching"
	"rabta/store"
)

// Hashed is what numbers of people are looked up by: their MACs, each leading back to the numbers that it is of.
type Hashed struct {
	MACs    [][]byte
	numbers map[string][]string // by MAC, as they were given
}

// HashAll makes the MACs of numbers, for each one of every version of the lookup key.
func HashAll(numbers []string, macs func(string) ([][]byte, error)) (Hashed, error) {
	h := Hashed{numbers: make(map[string][]string, len(numbers))}
	asked := make(map[string]bool, len(numbers))
	for _, number := range numbers {
		if asked[number] {
			continue
		}
		asked[number] = true
		all, err := macs(number)
		if err != nil {
			return h, err
		}
		for _, mac := range all {
			if h.numbers[string(mac)] == nil {
				h.MACs = append(h.MACs, mac)
			}
			h.numbers[string(mac)] = append(h.numbers[string(mac)], number)
		}
	}
	return h, nil
}

// Note puts a person who was found by a MAC under every number that it is of.
func (h Hashed) Note(found map[string][]matching.ID, mac []byte, id matching.ID) {
	for _, number := range h.numbers[string(mac)] {
		found[number] = append(found[number], id)
	}
}

// ByTable parts ids by the tables of ImportedTable.
func ByTable(ids []matching.ID) (map[store.Noun][]matching.ID, error) {
	parts := map[store.Noun][]matching.ID{}
	for _, id := range ids {
		table, err := ImportedTable(id)
		if err != nil {
			return nil, err
		}
		parts[store.Noun(table)] = append(parts[store.Noun(table)], id)
	}
	return parts, nil
}
