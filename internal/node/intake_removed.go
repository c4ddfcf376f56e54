package node

import (
	"context"

	"rabta/internal/intake"
	"rabta/store"
)

// loadRemovals reads whom a roster must not bring back: people whose record was deleted are remembered by keyed digests of what they were
// known by, and they are few.
func (i *fileImport) loadRemovals(ctx context.Context) error {
	i.removed = map[string]bool{}
	if i.noun != store.GraduateNoun {
		return nil
	}
	digests, err := i.n.store.Removals(ctx)
	for _, d := range digests {
		i.removed[string(d)] = true
	}
	return err
}

// removal is the digest of what a row is known by.
func (i *fileImport) removal(r *importedRow) []byte {
	return i.n.keys.RemovedDigest(i.opts.Source, r.external)
}

// wasRemoved tells whether a row names somebody whose record was deleted.
func (i *fileImport) wasRemoved(r *importedRow) bool {
	return len(i.removed) > 0 && i.removed[string(i.removal(r))]
}

// stayRemoved tells whether it may not bring her back.
func (i *fileImport) stayRemoved(r *importedRow) bool { return !i.opts.AllowRemoved && i.wasRemoved(r) }

// leaveRemoved is what is done about such a row: nothing, and the result file says so. It is no fault of the file, so that a strict import goes on.
func (i *fileImport) leaveRemoved(r *importedRow) verdict {
	return verdict{count: &i.report.Removed, note: &intake.RowFault{Row: r.row,
		Expected:   "nothing: this person's record was deleted, and an import does not bring it back. Staff may allow it",
		ExpectedUr: "کچھ نہیں: اس فرد کا ریکارڈ حذف کیا جا چکا ہے، فائل سے دوبارہ نہیں بنتا۔ عملہ اس کی اجازت دے سکتا ہے"}}
}
