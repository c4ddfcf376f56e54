package node_test

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/internal/intake"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

const rosterHeadings = "Roll no,Name,Phone,CNIC,Gender,Trade,City,Status,Consent\n"

// roster makes a file of some lines.
func roster(lines ...string) string { return rosterHeadings + strings.Join(lines, "\n") + "\n" }

var sound = []string{
	"R-1,Sana Iqbal,0300 0000001,35202-0000001-2,F,Tailor,Lahore,searching,yes",
	"R-2,Bilal Akram,0300 0000002,35202-0000002-1,M,Electrician,ملتان,searching,yes",
	"R-3,Hina Rafiq,0300 0000003,35202-0000003-2,F,درزی,Karachi,placed,yes",
}

func (w *world) importRoster(file string, edits ...func(*node.FileOptions)) (node.FileReport, error) {
	w.Helper()
	opts := node.FileOptions{Subject: "operator", Source: "tevta"}
	for _, edit := range edits {
		edit(&opts)
	}
	report, err := w.ImportGraduates(context.Background(), onlyRead{strings.NewReader(file)}, opts)
	if err == nil {
		err = w.ShowUpTo(context.Background(), report.Position, nil)
	}
	return report, err
}

// onlyRead hides that a file could be read again.
type onlyRead struct{ io.Reader }

func mode(m store.ImportMode) func(*node.FileOptions) {
	return func(o *node.FileOptions) { o.Mode = m }
}

// counts fails the test unless an import did what is said.
func (w *world) counts(name string, report node.FileReport, err error, want store.ImportCounts) {
	w.Helper()
	if err != nil || report.ImportCounts != want {
		w.Errorf("%s: %+v (%v), want %+v; %v", name, report.ImportCounts, err, want, report.Faults)
	}
}

func (w *world) graduates() (all []*matching.Graduate) {
	w.Helper()
	_, err := w.EachGraduate(context.Background(), func(g *matching.Graduate) error { all = append(all, g); return nil })
	if err != nil {
		w.Fatal(err)
	}
	return all
}

func (w *world) storeHead() store.Position {
	w.Helper()
	head, err := w.Store().Head(context.Background())
	if err != nil {
		w.Fatal(err)
	}
	return head.Position
}

func TestARosterIsTakenInOnce(t *testing.T) {
	w := newWorld(t)
	report, err := w.importRoster(roster(sound...))
	w.counts("first", report, err, store.ImportCounts{Rows: 3, Created: 3})
	if len(report.Understood) == 0 || report.Headings == nil || report.State != store.ImportDone {
		t.Errorf("report %+v", report)
	}
	w.clean()
	before := w.storeHead()
	for _, file := range []string{roster(sound...), roster(sound[2], sound[0], sound[1])} {
		again, err := w.importRoster(file)
		w.counts("again", again, err, store.ImportCounts{Rows: 3, Unchanged: 3})
	}
	if w.storeHead() != before {
		t.Error("the same file twice changed something")
	}
	g := w.graduates()[0]
	g.Travel.MaxMetres = 3000 // her own change is not undone by the same roster
	w.done(w.ChangeGraduate(context.Background(), g, nil))
	again, err := w.importRoster(roster(sound...))
	w.counts("after her own change", again, err, store.ImportCounts{Rows: 3, Unchanged: 3})
}

func TestAChangedRowChangesWhatItTells(t *testing.T) {
	w := newWorld(t)
	_, err := w.importRoster(roster(sound...))
	w.done(nil, err)
	id, err := w.Store().ByExternalID(context.Background(), store.GraduateNoun, "tevta", "R-1")
	w.done(nil, err)
	g, err := w.Graduate(context.Background(), id)
	w.done(nil, err)
	g.Travel.MaxMetres = 7000
	w.done(w.ChangeGraduate(context.Background(), g, nil))
	moved := strings.Replace(strings.Replace(sound[0], "Lahore", "Quetta", 1), "0300 0000001", "0300 7777777", 1)
	report, err := w.importRoster(roster(moved, sound[1]))
	w.counts("changed", report, err, store.ImportCounts{Rows: 2, Changed: 1, Unchanged: 1})
	after, err := w.Graduate(context.Background(), id)
	w.done(nil, err)
	personal, err := w.Personal(context.Background(), id)
	w.done(nil, err)
	if after.Home == g.Home || after.Travel.MaxMetres != 7000 || personal.Phone != "+923007777777" || personal.Name != "Sana Iqbal" {
		t.Errorf("changed to %+v, %+v", after, personal)
	}
	other, err := w.importRoster(roster(sound...), func(o *node.FileOptions) { o.Source = "navttc" })
	w.counts("another source", other, err, store.ImportCounts{Rows: 3, Created: 3, Duplicates: 3})
}

// TestANumberDoesNotChangeHands: a record holds consents, applications and a token of its owner, which no row of another person may inherit.
func TestANumberDoesNotChangeHands(t *testing.T) {
	for name, row := range map[string]string{
		"another identity number":            "R-1,Sana Iqbal,0300 0000001,35202-0000021-2,F,Tailor,Lahore,searching,yes",
		"another name and phone, no number":  "R-1,Fatima Noor,0300 0000021,,F,Tailor,Lahore,searching,yes",
		"another person with number of hers": "R-1,Fatima Noor,0300 0000021,35202-0000021-2,F,Tailor,Lahore,searching,yes",
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			_, err := w.importRoster(roster(sound...))
			w.done(nil, err)
			before := w.storeHead()
			report, err := w.importRoster(roster(row))
			w.counts("another person", report, err, store.ImportCounts{Rows: 1, Faulty: 1})
			if w.storeHead() != before {
				t.Error("something was changed")
			}
			married := strings.Replace(sound[0], "Sana Iqbal", "Sana Rafiq", 1)
			report, err = w.importRoster(roster(married))
			w.counts("the same person under another name", report, err, store.ImportCounts{Rows: 1, Changed: 1})
		})
	}
}

func TestANoInARosterIsANo(t *testing.T) {
	w := newWorld(t)
	_, err := w.importRoster(roster(sound...))
	w.done(nil, err)
	id, err := w.Store().ByExternalID(context.Background(), store.GraduateNoun, "tevta", "R-1")
	w.done(nil, err)
	for _, said := range []struct {
		cell   string
		agrees bool
		counts store.ImportCounts
	}{
		{"no", false, store.ImportCounts{Rows: 1, Changed: 1}},
		{"yes", true, store.ImportCounts{Rows: 1, Changed: 1}},
		{"", true, store.ImportCounts{Rows: 1, Unchanged: 1}}, // nothing said: as it was
	} {
		report, err := w.importRoster(roster(strings.TrimSuffix(sound[0], "yes") + said.cell))
		w.counts("consent "+said.cell, report, err, said.counts)
		g, err := w.Graduate(context.Background(), id)
		if err != nil || g.Consent.Matching != said.agrees {
			t.Errorf("after %q she agrees: %t (%v)", said.cell, g.Consent.Matching, err)
		}
	}
}

// TestWhatIsNotReadIsSaid: a column that nobody knows, and a roster without consent, are told of in the report.
func TestWhatIsNotReadIsSaid(t *testing.T) {
	w := newWorld(t)
	report, err := w.importRoster("Name,Phone,Trade,City,Shoe size\nSana Iqbal,0300 0000001,Tailor,Lahore,38\n")
	w.counts("unread", report, err, store.ImportCounts{Rows: 1, Created: 1})
	if len(report.Faults) != 2 || report.Faults[0].Column != "Shoe size" || !strings.Contains(report.Faults[1].Expected, "Consent") || report.LeftOut != 2 {
		t.Errorf("told of %v, left out %d", report.Faults, report.LeftOut)
	}
}

func TestAFaultyRowStopsNoGoodOne(t *testing.T) {
	w := newWorld(t)
	var told []intake.RowFault
	report, err := w.importRoster(roster(sound[0], "R-9,Nobody,,,F,Tailor,Lahore,searching,yes", sound[1], "R-1,Sana Twice,0300 0000009,,F,Tailor,Lahore,searching,yes", sound[2]),
		func(o *node.FileOptions) {
			o.Faults = func(f intake.RowFault) error { told = append(told, f); return nil }
		})
	w.counts("faulty", report, err, store.ImportCounts{Rows: 5, Created: 3, Faulty: 2})
	if len(told) != 2 || told[0].Row != 3 || told[1].Row != 5 || !strings.Contains(told[1].Expected, "row 2") || len(report.Faults) != 2 {
		t.Errorf("told of %v", told)
	}
	for _, f := range told {
		if strings.Contains(f.String()+f.Urdu(), "Nobody") || f.ExpectedUr == "" {
			t.Errorf("a fault repeats a name, or has no Urdu: %v", f)
		}
	}
}

func TestADryRunChangesNothingAndTellsTheSame(t *testing.T) {
	w := newWorld(t)
	_, err := w.importRoster(roster(sound[0]))
	w.done(nil, err)
	file := roster(strings.Replace(sound[0], "Lahore", "Quetta", 1), sound[1], "R-9,Nobody,,,F,Tailor,Lahore,searching,yes")
	before := w.storeHead()
	dry, err := w.importRoster(file, mode(store.ImportDryRun))
	want := store.ImportCounts{Rows: 3, Created: 1, Changed: 1, Faulty: 1}
	w.counts("dry", dry, err, want)
	imports, err := w.Store().Imports(context.Background(), "", "", 10)
	if w.storeHead() != before || len(imports) != 1 || err != nil {
		t.Errorf("a dry run changed something: %d imports (%v)", len(imports), err)
	}
	wet, err := w.importRoster(file)
	w.counts("then", wet, err, want)
}

func TestStrictIsAllOrNothing(t *testing.T) {
	bad := "R-9,Nobody,,,F,Tailor,Lahore,searching,yes"
	for name, file := range map[string]func(string) io.Reader{
		"a pipe": func(s string) io.Reader { return onlyRead{strings.NewReader(s)} },
		"a file": func(s string) io.Reader { return strings.NewReader(s) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			strict := node.FileOptions{Subject: "operator", Source: "tevta", Mode: store.ImportStrict}
			before := w.storeHead()
			var many []string
			for n := range 900 { // more than a transaction
				many = append(many, fmt.Sprintf("M-%d,Sana Iqbal,0300 %07d,,F,Tailor,Lahore,searching,yes", n, n+10))
			}
			report, err := w.ImportGraduates(context.Background(), file(roster(append(slices.Clone(many), bad)...)), strict)
			w.counts("refused", report, err, store.ImportCounts{Rows: 901, Faulty: 1})
			if report.State != store.ImportFailed || report.Why == "" || w.storeHead() != before || len(w.graduates()) > 0 {
				t.Errorf("a refused file left something: %+v", report)
			}
			report, err = w.ImportGraduates(context.Background(), file(roster(append(many, sound...)...)), strict)
			w.counts("taken", report, err, store.ImportCounts{Rows: 903, Created: 903})
			if got := w.storeHead() - before; got != 1 {
				t.Errorf("the flip took %d entries, want 1", got)
			}
			w.done(nil, w.ShowUpTo(context.Background(), report.Position, nil))
			w.clean()
			again, err := w.ImportGraduates(context.Background(), file(roster(sound...)), strict)
			w.counts("again", again, err, store.ImportCounts{Rows: 3, Unchanged: 3})
			moved := strings.Replace(sound[0], "Lahore", "Quetta", 1)
			changed, err := w.ImportGraduates(context.Background(), file(roster(moved, "N-1,Asif Nawaz,0300 5555555,,M,Plumber,Lahore,searching,yes")), strict)
			w.counts("changed", changed, err, store.ImportCounts{Rows: 2, Created: 1, Changed: 1})
			if left, err := w.Store().StagedBatches(context.Background()); err != nil || len(left) > 0 {
				t.Errorf("batches are left: %v, %v", left, err)
			}
		})
	}
}

// cutReader fails in the middle of a file.
type cutReader struct {
	io.Reader
	cut context.CancelFunc
}

func (c cutReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if err == io.EOF {
		c.cut()
		time.Sleep(50 * time.Millisecond)
	}
	return n, err
}

func TestAnImportThatWasCutOffIsGivenAgain(t *testing.T) {
	for _, m := range []store.ImportMode{store.ImportRows, store.ImportStrict} {
		t.Run(string(m), func(t *testing.T) {
			w := newWorld(t)
			// What a kill leaves: a record that runs, and a batch.
			batch, err := node.NewBatchID(w.Node)
			w.done(nil, err)
			_, err = w.Store().Update(context.Background(), func(tx store.Tx) error {
				if err := tx.PutImport(context.Background(), &store.Import{ID: batch, Subject: "operator", State: store.ImportRunning, Started: day}, nil); err != nil {
					return err
				}
				if err := tx.StageIn(context.Background(), batch); err != nil {
					return err
				}
				g := sparky()
				g.ID, g.Source, g.ExternalID = matching.GraduatePrefix+"_01J80000000000000000000001", "tevta", "R-1"
				return tx.PutGraduate(context.Background(), g, nil)
			})
			w.done(nil, err)
			ctx, cancel := context.WithCancel(context.Background())
			_, err = w.ImportGraduates(ctx, cutReader{strings.NewReader(roster(sound...)), cancel}, node.FileOptions{Subject: "operator", Source: "tevta", Mode: m})
			if fault.KindOf(err) != fault.Unavailable {
				t.Fatalf("a cut off import: %v", err)
			}
			report, err := w.importRoster(roster(sound...), mode(m))
			if err != nil || report.Created+report.Unchanged != 3 || len(w.graduates()) != 3 {
				t.Errorf("given again: %+v, %v", report.ImportCounts, err)
			}
			record, err := w.Store().Import(context.Background(), batch)
			if err != nil || record.State != store.ImportFailed || record.Why == "" {
				t.Errorf("the record of what was cut off: %+v, %v", record, err)
			}
			w.clean()
		})
	}
}

func TestOnlyOneImportAtATime(t *testing.T) {
	w := newWorld(t)
	r, pipe := io.Pipe()
	done := make(chan error, 1)
	go func() {
		_, err := w.ImportGraduates(context.Background(), r, node.FileOptions{Subject: "a", Source: "tevta"})
		done <- err
	}()
	if _, err := io.WriteString(pipe, rosterHeadings+sound[0]+"\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.importRoster(roster(sound[1])); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("a second import beside the first: %v", err)
	}
	w.done(nil, pipe.Close())
	w.done(nil, <-done)
}

func TestAnInstituteChangesItsOwnRosterAlone(t *testing.T) {
	w := newWorld(t)
	a, b := &matching.Institute{Name: "A", Location: &lahore}, &matching.Institute{Name: "B", Location: &lahore}
	w.done(w.CreateInstitute(context.Background(), a))
	w.done(w.CreateInstitute(context.Background(), b))
	as := func(i *matching.Institute) func(*node.FileOptions) {
		return func(o *node.FileOptions) { o.Institute, o.OwnOnly = i.ID, true }
	}
	report, err := w.importRoster(roster(sound...), as(a))
	w.counts("its own", report, err, store.ImportCounts{Rows: 3, Created: 3})
	report, err = w.importRoster(roster(sound...), as(b)) // under the same source
	w.counts("another's", report, err, store.ImportCounts{Rows: 3, Faulty: 3})
	if g := w.graduates()[0]; g.Institute != a.ID {
		t.Errorf("she is on the roster of %s", g.Institute)
	}
}

const postingHeadings = "Advert no,Employer,Trade,Title,City,Pay,Vacancies,Expires\n"

func TestPostingsAndTheirEmployers(t *testing.T) {
	for _, m := range []store.ImportMode{store.ImportRows, store.ImportStrict} {
		t.Run(string(m), func(t *testing.T) {
			w := newWorld(t)
			file := postingHeadings +
				"P-1,Madina Electric,Electrician,House wiring,Lahore,\"45,000 to 55,000 a month\",2,2026-12-30\n" +
				"P-2,MADINA  electric,Electrician,Shop wiring,Lahore,,1,2026-12-30\n" +
				"P-3,Madina Electric,Electrician,Panel work,Karachi,,1,2026-12-30\n" +
				"P-4,,Electrician,No employer,Karachi,,1,2026-12-30\n"
			take := func(file string, m store.ImportMode) (node.FileReport, error) {
				report, err := w.ImportPostings(context.Background(), strings.NewReader(file), node.FileOptions{Subject: "operator", Source: "portal", Mode: m})
				if err == nil {
					err = w.ShowUpTo(context.Background(), report.Position, nil)
				}
				return report, err
			}
			want := store.ImportCounts{Rows: 4, Created: 3, Faulty: 1, Employers: 2}
			if m == store.ImportStrict {
				want = store.ImportCounts{Rows: 4, Faulty: 1}
			}
			report, err := take(file, m)
			w.counts("first", report, err, want)
			file, _, _ = strings.Cut(file, "P-4")
			report, err = take(file, m)
			if m == store.ImportStrict {
				w.counts("all sound", report, err, store.ImportCounts{Rows: 3, Created: 3, Employers: 2})
			} else {
				w.counts("again", report, err, store.ImportCounts{Rows: 3, Unchanged: 3})
			}
			if found := w.find(node.SearchRequest{Trade: "electrician", Limit: -1}); found.Total != 3 {
				t.Errorf("%d are found, want 3", found.Total)
			}
			report, err = take(strings.Replace(file, "House wiring", "House wiring and repair", 1), store.ImportRows)
			w.counts("changed", report, err, store.ImportCounts{Rows: 3, Changed: 1, Unchanged: 2})
			w.clean()
		})
	}
}

// TestFiguresWaitForImports is that nobody reads the whole store for figures while a file is being taken in, however slowly.
func TestFiguresWaitForImports(t *testing.T) {
	w := newWorld(t)
	var before uint64
	if !w.FiguresCalm(context.Background(), &before) {
		t.Error("a store at rest is not calm")
	}
	heard := 0
	report, err := w.importRoster(roster(sound...), func(o *node.FileOptions) {
		o.Progress = func(int) {
			if heard++; w.FiguresCalm(context.Background(), &before) {
				t.Error("figures are worked out beside an import")
			}
			reads := w.LedgerReads()
			if err := w.TakeSnapshot(context.Background()); err != nil || w.LedgerReads() != reads {
				t.Errorf("for the snapshot of the day the store is read beside an import (%v)", err)
			}
			if !w.SnapshotLeftOut() {
				t.Error("the snapshot of the day is not taken up again")
			}
		}
	})
	w.counts("the roster", report, err, store.ImportCounts{Rows: 3, Created: 3})
	if heard == 0 || !w.FiguresCalm(context.Background(), &before) {
		t.Error("after an import figures still wait, or nothing was heard of it")
	}
	reads := w.LedgerReads()
	if err := w.TakeSnapshot(context.Background()); err != nil || w.LedgerReads() == reads {
		t.Errorf("after an import there is no snapshot of the day (%v)", err)
	}
}

// TestAWriteIsSeenByItsWriterBesideAnImport: what the index is given of an import is held back a little, what a writer waits for is not.
func TestAWriteIsSeenByItsWriterBesideAnImport(t *testing.T) {
	w := newWorld(t)
	var lines []string
	for n := range 1_500 {
		lines = append(lines, fmt.Sprintf("M-%d,Sana Iqbal,0301%07d,35202-%07d-2,F,Tailor,Lahore,searching,yes", n, n, n))
	}
	done := make(chan error, 1)
	go func() {
		_, err := w.ImportGraduates(context.Background(), strings.NewReader(roster(lines...)), node.FileOptions{Subject: "operator", Source: "tevta"})
		done <- err
	}()
	g := w.enrol()
	for round, under := 0, true; under; round++ {
		p := w.wiring()
		p.Title = fmt.Sprintf("Submersible motor %d", round)
		position, err := w.CreatePosting(context.Background(), p)
		if err == nil {
			err = w.ShowUpTo(context.Background(), position, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		w.wantLists(p, g, everywhere...)
		select {
		case err := <-done:
			if under = false; err != nil {
				t.Error(err)
			}
		default:
		}
	}
	last, err := w.CreatePosting(context.Background(), w.wiring()) // after which all of the import is shown, too
	if err == nil {
		err = w.ShowUpTo(context.Background(), last, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	w.clean()
}
