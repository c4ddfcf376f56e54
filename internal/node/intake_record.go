package node

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"strconv"
	"strings"
	"sync"
	"time"

	"rabta/internal/fault"
	"rabta/internal/intake"
	"rabta/matching"
	"rabta/store"
)

const (
	resultLines = 100_000         // faults that a kept result file names, at the most
	recordPulse = 2 * time.Second // between two notes of how far an import has come
)

// begin makes the record of the import.
func (i *fileImport) begin(ctx context.Context) error {
	i.began = i.n.now()
	if i.dry() && !i.opts.Record {
		return nil
	}
	if i.opts.ID == "" {
		id, err := i.n.newID(store.ImportPrefix)
		if err != nil {
			return err
		}
		i.opts.ID = id
	}
	i.report.ID = i.opts.ID
	i.record = &store.Import{ID: i.opts.ID, File: i.opts.File, Subject: i.opts.Subject, Noun: i.noun, Source: i.opts.Source, State: store.ImportRunning,
		Mode: i.opts.Mode, Started: i.began}
	return i.keep(ctx, nil)
}

// keep stores the record as it is now.
func (i *fileImport) keep(ctx context.Context, result []byte) error {
	if i.record == nil {
		return nil
	}
	i.record.Counts, i.record.State, i.record.Why = i.report.ImportCounts, i.report.State, i.report.Why
	i.told = time.Now()
	_, err := i.n.store.Update(ctx, func(tx store.Tx) error { return tx.PutImport(ctx, i.record, result) })
	return err
}

// keepNowAndThen stores the record when it is due.
func (i *fileImport) keepNowAndThen(ctx context.Context) error {
	if i.record == nil || time.Since(i.told) < recordPulse {
		return nil
	}
	return i.keep(ctx, nil)
}

// end finishes report and record.
func (i *fileImport) end(ctx context.Context, err error) error {
	r := i.report
	r.Understood = mostFrequent(i.readings)
	switch {
	case err != nil:
		r.State, r.Why = store.ImportFailed, "It ended before the end of the file. Give the file again: rows that were taken are not taken twice."
		if shown, ok := fault.Shown(err); ok && fault.KindOf(err) != fault.Internal {
			r.Why = shown.Message
		}
	case r.State == store.ImportRunning:
		r.State = store.ImportDone
	}
	if i.record == nil {
		return nil
	}
	i.record.Finished = i.n.now()
	i.sumUp()
	result, fileErr := i.result.close()
	if fileErr != nil {
		return fileErr
	}
	return i.keep(ctx, result)
}

// sumUp ends the result file with what is of no one row: how many new people no employer is shown, and how texts were read.
func (i *fileImport) sumUp() {
	if n := strconv.Itoa(i.report.NotShown); i.report.NotShown > 0 {
		i.result.add(intake.RowFault{Kept: true,
			Expected:   "consent: " + n + " new people of this file are not shown to employers until they agree",
			ExpectedUr: "رضامندی: اس فائل کے " + n + " نئے افراد اجازت دینے تک آجروں کو نہیں دکھائے جائیں گے"})
	}
	for _, r := range i.report.Understood {
		if r.How == intake.HowName || r.Found == "" { // by its very name, or of a personal column
			continue
		}
		n := strconv.Itoa(r.Rows)
		i.result.add(intake.RowFault{Column: r.Column, Found: r.Found,
			Expected:   "nothing: read as " + r.As + " (" + string(r.How) + "), rows: " + n,
			ExpectedUr: "کچھ نہیں: " + r.As + " سمجھا گیا، سطریں: " + n})
	}
}

// tell counts a faulty row and tells of its faults; those of a row that was taken without a value are told of as well.
func (i *fileImport) tell(faults []intake.RowFault, taken bool) error {
	if !taken {
		i.report.Faulty++
	} else {
		i.report.LeftOut += len(faults)
	}
	for _, f := range faults {
		f.Kept = f.Kept && taken
		if err := i.list(f); err != nil {
			return err
		}
	}
	return nil
}

// list puts a line into the report and the result file.
func (i *fileImport) list(f intake.RowFault) error {
	if len(i.report.Faults) < faultsShown {
		i.report.Faults = append(i.report.Faults, f)
	}
	i.result.add(f)
	if i.opts.Faults == nil {
		return nil
	}
	return i.opts.Faults(f)
}

// hear counts how cells were read.
func (i *fileImport) hear(all []intake.Understood) {
	for _, u := range all {
		if _, known := i.readings[u]; known || len(i.readings) < understoodHeard {
			i.readings[u]++
		}
	}
}

// resultFile is the result of an import as it is kept: a gzipped CSV, built as faults come.
type resultFile struct {
	raw   bytes.Buffer
	zip   *gzip.Writer
	csv   *csv.Writer
	lines int
	keeps bool // the faults themselves, for a strict import that may be refused before it begins
	kept  []intake.RowFault
}

// ResultHeadings are the columns of a result file.
var ResultHeadings = [...]string{"row", "column", "found", "expected", "expected_ur", "taken_without_it"}

func newResultFile() *resultFile {
	f := &resultFile{}
	f.zip = gzip.NewWriter(&f.raw)
	f.csv = csv.NewWriter(f.zip)
	_ = f.csv.Write(ResultHeadings[:]) // into memory
	return f
}

func (f *resultFile) add(fault intake.RowFault) {
	if f.lines++; f.lines > resultLines {
		return
	}
	if f.keeps {
		f.kept = append(f.kept, fault)
	}
	_ = f.csv.Write(ResultLine(fault))
}

func (f *resultFile) close() ([]byte, error) {
	f.csv.Flush()
	if err := f.csv.Error(); err != nil {
		return nil, err
	}
	err := f.zip.Close()
	return f.raw.Bytes(), err
}

// ResultLine gives a fault as a line of a result file, with cells that no spreadsheet takes for a formula.
func ResultLine(f intake.RowFault) []string {
	row := ""
	if f.Row > 0 { // else it is of the file
		row = strconv.Itoa(f.Row)
	}
	return []string{row, harmless(f.Column), harmless(f.Found), harmless(f.Expected), harmless(f.ExpectedUr), strconv.FormatBool(f.Kept)}
}

// harmless puts an apostrophe before a text that a spreadsheet would run as a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// queue knows the imports that were accepted and wait for their turn.
type queue struct {
	mu      sync.Mutex
	ids     map[matching.ID]int // bytes of each
	running sync.WaitGroup
	alive   context.Context // until the node closes
	end     context.CancelFunc
}

// life is the context of what is taken in after its request was answered.
func (q *queue) life() context.Context {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.alive == nil {
		q.alive, q.end = context.WithCancel(context.Background())
	}
	return q.alive
}

// stop ends what is under way and waits for it.
func (q *queue) stop() {
	q.life()
	q.end()
	q.running.Wait()
}

func (q *queue) holds(id matching.ID) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	_, holds := q.ids[id]
	return holds
}

// enter takes an import in unless too much waits already. One alone is always taken.
func (q *queue) enter(id matching.ID, size int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	held := size
	for _, other := range q.ids {
		held += other
	}
	if len(q.ids) >= importsWaiting || len(q.ids) > 0 && held > importsWaitingBytes {
		return false
	}
	if q.ids == nil {
		q.ids = map[matching.ID]int{}
	}
	q.ids[id] = size
	return true
}

func (q *queue) leave(id matching.ID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.ids, id)
}
