package node

import (
	"cmp"
	"encoding/json"
	"slices"

	"rabta/matching"
)

// Terms are terms of a score, rising by name: a JSON object of numbers. A list of a page's results is made and written many times a
// second, for which a map is too slow.
type Terms []matching.CandidateTerm

// termOrder are the terms of a score in the order of their names.
var termOrder = orderOfTerms()

func orderOfTerms() (order [matching.NumTerms]int) {
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order[:], func(a, b int) int { return cmp.Compare(matching.TermNames[a], matching.TermNames[b]) })
	return order
}

func termsOf(s *matching.Score) Terms {
	terms := make(Terms, len(termOrder))
	terms.fill(s)
	return terms
}

// fill fills in all terms of a score.
func (t Terms) fill(s *matching.Score) {
	for i, term := range termOrder {
		t[i] = matching.CandidateTerm{Name: matching.TermNames[term], Value: s.Terms[term]}
	}
}

// candidateTermsOf are those that an employer may see.
func candidateTermsOf(s matching.Score) Terms {
	terms := Terms(matching.CandidateTerms(s))
	slices.SortFunc(terms, func(a, b matching.CandidateTerm) int { return cmp.Compare(a.Name, b.Name) })
	return terms
}

// MarshalJSON writes the object.
func (t Terms) MarshalJSON() ([]byte, error) {
	if t == nil {
		return []byte("null"), nil
	}
	text := []byte{'{'}
	for i, term := range t {
		name, err := json.Marshal(term.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(term.Value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			text = append(text, ',')
		}
		text = append(append(append(text, name...), ':'), value...)
	}
	return append(text, '}'), nil
}

// UnmarshalJSON reads it.
func (t *Terms) UnmarshalJSON(text []byte) error {
	var byName map[string]float64
	if err := json.Unmarshal(text, &byName); err != nil {
		return err
	}
	*t = nil
	for name, value := range byName {
		*t = append(*t, matching.CandidateTerm{Name: name, Value: value})
	}
	slices.SortFunc(*t, func(a, b matching.CandidateTerm) int { return cmp.Compare(a.Name, b.Name) })
	return nil
}
