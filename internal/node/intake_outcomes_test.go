package node_test

import (
	"context"
	"fmt"
	"io"
	"strings"
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

// TestTheResultTellsWhatTheFileWasReadAs: an institute has nothing but the result file, and must see what was guessed and who is not shown.
func TestTheResultTellsWhatTheFileWasReadAs(t *testing.T) {
	w := newWorld(t)
	report, err := w.importRoster("Roll no,Name,Phone,Trade,Tehsil,District,Consent\n" +
		"R-1,Sana Iqbal,0300 0000001,Tailor,لاہور سٹی,Multan,yes\nR-2,Hina Rafiq,0300 0000002,Tailor,Multan,Multan,نہیں\nR-3,Asma Tariq,0300 0000003,Tailor,Multan,Multan,\n")
	if err != nil || report.Created != 3 || report.NotShown != 2 {
		t.Fatalf("%+v (%v)", report, err)
	}
	result, err := w.ImportResult(context.Background(), report.ID)
	w.done(nil, err)
	text, err := io.ReadAll(result)
	w.done(nil, err)
	for _, part := range []string{"2 new people of this file are not shown", "2 نئے افراد", `لاہور سٹی,"nothing: read as Multan district (wider)`} {
		if !strings.Contains(string(text), part) {
			t.Errorf("%q is missing in %s", part, text)
		}
	}
	if strings.Contains(string(text), "Sana") || strings.Contains(string(text), "0300") {
		t.Errorf("the result names somebody: %s", text)
	}
}
