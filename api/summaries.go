package api

import "rabta/internal/node"

// summaryOf gives the summary of a result's posting, written as JSON; nil where its record is missing. It is kept with the record, which
// the node gives again as long as it has not changed, and is shared: not to be changed.
func summaryOf(f *node.Found) *Summary {
	if f.Posting == nil {
		return nil
	}
	if f.Record == nil || f.Record.Posting != f.Posting {
		return summarize(f.Posting)
	}
	if made, ok := f.Record.Made.Load().(*Summary); ok {
		return made
	}
	summary := summarize(f.Posting)
	summary.text = appendAny(nil, summary)
	f.Record.Made.Store(summary)
	return summary
}
