package api

import (
	lru "github.com/hashicorp/golang-lru/v2"

	"rabta/matching"
)

// keptSummaries is how many summaries are kept written: about a kilobyte each.
const keptSummaries = 16_384

// summaries keep the summary of each posting that lists have shown, written as JSON. One holds for the very record that it was made of,
// which the node gives again as long as it has not changed.
type summaries struct {
	kept *lru.Cache[matching.ID, keptSummary]
}

type keptSummary struct {
	of      *matching.Posting
	summary *Summary
}

func newSummaries() *summaries {
	kept, err := lru.New[matching.ID, keptSummary](keptSummaries)
	if err != nil {
		panic("api: " + err.Error()) // a size below 1 alone
	}
	return &summaries{kept}
}

// of gives the summary of a record, nil for none. It is shared: not to be changed.
func (s *summaries) of(p *matching.Posting) *Summary {
	if p == nil {
		return nil
	}
	if kept, ok := s.kept.Get(p.ID); ok && kept.of == p {
		return kept.summary
	}
	summary := summarize(p)
	summary.text = appendAny(nil, summary)
	s.kept.Add(p.ID, keptSummary{p, summary})
	return summary
}
