package node_test

import (
	"context"
	"strings"
	"testing"

	"rabta/internal/intake"
	"rabta/internal/node"
	"rabta/store"
)

// TestADeletedPersonIsNotBroughtBack: neither the same file nor another row of his makes the record again, the result says so, and staff
// may allow it. Rows without a number of their own are known by phone and name, and are passed over as well.
func TestADeletedPersonIsNotBroughtBack(t *testing.T) {
	for _, c := range []struct{ name, file string }{
		{"with numbers", roster(sound...)},
		{"without numbers", strings.NewReplacer("R-1", "", "R-2", "", "R-3", "").Replace(roster(sound...))},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			report, err := w.importRoster(c.file)
			w.counts("first", report, err, store.ImportCounts{Rows: 3, Created: 3})
			for _, g := range w.graduates() {
				if g.Trades[0].Trade == "electrician" {
					_, err = w.DeleteGraduate(context.Background(), g.ID, g.Version)
					w.done(nil, err)
				}
			}

			for _, m := range []store.ImportMode{store.ImportRows, store.ImportDryRun, store.ImportStrict} {
				var lines []intake.RowFault
				report, err = w.importRoster(c.file, mode(m), func(o *node.FileOptions) {
					o.Faults = func(f intake.RowFault) error { lines = append(lines, f); return nil }
				})
				w.counts(string(m), report, err, store.ImportCounts{Rows: 3, Unchanged: 2, Removed: 1})
				if len(lines) != 1 || !strings.Contains(lines[0].Expected, "was deleted") || lines[0].Row != 3 {
					t.Errorf("%s: the result says %v", m, lines)
				}
			}
			report, err = w.importRoster(strings.Replace(c.file, "ملتان,searching", "ملتان,placed", 1))
			w.counts("another row of his", report, err, store.ImportCounts{Rows: 3, Unchanged: 2, Removed: 1})
			if left := len(w.graduates()); left != 2 {
				t.Fatalf("%d people are there, want 2", left)
			}

			allowed := func(o *node.FileOptions) { o.AllowRemoved = true }
			report, err = w.importRoster(c.file, allowed)
			w.counts("allowed", report, err, store.ImportCounts{Rows: 3, Created: 1, Unchanged: 2})
			report, err = w.importRoster(c.file)
			w.counts("from then on", report, err, store.ImportCounts{Rows: 3, Unchanged: 3})
			w.clean()
		})
	}
}
