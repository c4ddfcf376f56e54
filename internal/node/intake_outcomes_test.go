package node_test

import (
	"context"
	"fmt"
	"testing"

	"rabta/internal/node"
	"rabta/matching"
)

// TestAnImportedRosterCountsInOutcomes: who an institute says has finished its course is of that institute, whatever the file calls it.
func TestAnImportedRosterCountsInOutcomes(t *testing.T) {
	for name, said := range map[string]string{"named otherwise in the file": "Govt. Vocational Institute for Women", "not named in the file": ""} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			institute := &matching.Institute{Name: "GVTI Gulberg", Location: &lahore}
			w.done(w.CreateInstitute(context.Background(), institute))
			file := "Roll no,Phone,Gender,Trade,City,Consent,Institute,Batch,Completion date\n"
			for i := range 23 {
				file += fmt.Sprintf("R-%d,0300 00000%02d,F,Tailor,Lahore,yes,%s,B-1,30/01/2026\n", i, i, said)
			}
			report, err := w.importRoster(file, func(o *node.FileOptions) { o.Institute = institute.ID })
			if err != nil || report.Created != 23 {
				t.Fatalf("%+v (%v)", report, err)
			}
			outcomes, err := w.GapOutcomes(context.Background(), institute.ID, nil)
			if err != nil || len(outcomes.Rows) == 0 {
				t.Fatalf("outcomes %+v (%v)", outcomes, err)
			}
			if row := outcomes.Rows[0]; row.Name != institute.Name || row.Graduates == nil {
				t.Errorf("row %+v", row)
			}
		})
	}
}
