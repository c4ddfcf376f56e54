package node

import (
	"cmp"
	"context"
	"encoding/hex"
	"hash/maphash"
	"io"
	"iter"
	"slices"
	"strconv"
	"time"

	"rabta/internal/fault"
	"rabta/internal/intake"
	"rabta/matching"
	"rabta/store"
)

// How the pipeline is cut: one goroutine reads, some prepare, the caller's writes.
const (
	chunkRows   = 64
	chunksAhead = 16
	preparers   = 2

	firstTransaction = 100
	leastTransaction = 100 // a few milliseconds of work: what takes longer then waits for a processor or a disk, and would with fewer too
	mostTransaction  = 400
	sideTransaction  = 500 // where others write beside it
	quickTransaction = 8 * time.Millisecond
	slowTransaction  = 16 * time.Millisecond
)

// importedRow is one row of either noun, made ready for the store.
type importedRow struct {
	row        int
	graduate   *matching.Graduate
	personal   *matching.Personal
	consents   map[matching.Purpose]bool // what the row says, no as well as yes
	posting    *matching.Posting
	employer   employerSaid
	identity   string
	understood []intake.Understood
	problems   []intake.RowFault

	external string // what the record is known by within its source
	digest   []byte // of all that the row tells
}

// good tells whether the row gives a record.
func (r *importedRow) good() bool { return r.graduate != nil || r.posting != nil }

// rowKeeper is what an import does with rows of one noun.
type rowKeeper interface {
	read(ctx context.Context, r io.Reader, tables intake.Tables) iter.Seq2[*importedRow, *headed]
	prepare(r *importedRow)

	// look finds what is known of some rows, for the keeps that follow: in a few statements, however many rows they are.
	look(ctx context.Context, in store.Reader, rows []*importedRow) error

	// keep decides on a row of those that were looked for last.
	keep(r *importedRow) verdict

	// kept hears that what was decided since the last look is stored.
	kept()
}

// headed is what a reader gives instead of a row: the headings of the file, or its end.
type headed struct {
	headings *intake.Headings
	err      error
}

// verdict is what has to be done about a row: at most one of a fault, nothing, and a change.
type verdict struct {
	fault  *intake.RowFault
	note   *intake.RowFault                             // what the result file says of a row that is no fault
	count  *int                                         // of the report, which a taken row adds to
	change func(ctx context.Context, tx store.Tx) error // nil: nothing is stored
	who    *person                                      // is stored by it, and may be somebody who is there already; nil: nobody new is told of
	alters bool                                         // a record that is there already
}

// chunk is some rows on their way, in the order of the file.
type chunk struct {
	rows  []*importedRow
	head  *intake.Headings
	err   error
	ready chan struct{}
}

// pass reads a file once, from beginning to end.
func (i *fileImport) pass(ctx context.Context, r io.Reader) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	i.rows = i.keeper()
	if err := i.loadRemovals(ctx); err != nil {
		return err
	}
	i.seen, i.readings, i.crowded = map[uint64]int32{}, map[intake.Understood]int{}, map[string]bool{}
	places := i.n.places.Load()
	tables := intake.Tables{Model: i.n.model(), Gazetteer: places.gazetteer, Reader: places.reader(), Now: i.n.now()}
	chunks, work := make(chan *chunk, chunksAhead), make(chan *chunk, chunksAhead)
	go i.readChunks(ctx, r, tables, chunks, work)
	for range preparers {
		go func() {
			for c := range work {
				for _, row := range c.rows {
					if row.good() {
						i.rows.prepare(row)
					}
				}
				close(c.ready)
			}
		}()
	}
	err := i.write(ctx, chunks)
	stop()
	for c := range chunks { // the reader has ended when this ends: nothing of ours reads on
		<-c.ready
	}
	return err
}

// readChunks reads rows until the file ends or ctx does.
func (i *fileImport) readChunks(ctx context.Context, r io.Reader, tables intake.Tables, chunks, work chan<- *chunk) {
	defer close(chunks)
	defer close(work)
	c := &chunk{ready: make(chan struct{})}
	send := func() bool {
		if ctx.Err() != nil {
			return false
		}
		select {
		case chunks <- c:
		case <-ctx.Done():
			return false
		}
		work <- c // has as much room as chunks
		c = &chunk{ready: make(chan struct{})}
		return true
	}
	for row, head := range i.rows.read(ctx, r, tables) {
		if head != nil {
			c.head, c.err = head.headings, head.err
		} else {
			c.rows = append(c.rows, row)
		}
		if (len(c.rows) >= chunkRows || c.err != nil) && !send() {
			return
		}
	}
	send()
}

// write takes the chunks in order.
func (i *fileImport) write(ctx context.Context, chunks <-chan *chunk) error {
	var due []*importedRow
	for c := range chunks {
		select {
		case <-c.ready:
		case <-ctx.Done():
			return &fault.Error{Kind: fault.Unavailable, Op: "node.import", Err: ctx.Err()}
		}
		if c.head != nil {
			i.report.Headings = c.head
			if err := i.tell(unread(c.head, i.noun == store.GraduateNoun), true); err != nil {
				return err
			}
		}
		for _, row := range c.rows {
			if due = append(due, row); len(due) >= i.size {
				if err := i.store(ctx, due); err != nil {
					return err
				}
				due = due[:0]
			}
		}
		if c.err != nil {
			return cmp.Or(i.store(ctx, due), c.err)
		}
	}
	if err := ctx.Err(); err != nil {
		return &fault.Error{Kind: fault.Unavailable, Op: "node.import", Err: err}
	}
	return i.store(ctx, due)
}

// unread tells of headings that nobody knows, whose columns are passed over, and of a roster that says nothing of consent.
func unread(h *intake.Headings, roster bool) []intake.RowFault {
	var faults []intake.RowFault
	consent := false
	for _, c := range h.Columns {
		consent = consent || c.Field == "consent_matching"
		if c.Field == "" && c.Column != "" {
			faults = append(faults, intake.RowFault{Row: h.Row, Column: c.Column, Kept: true,
				Expected:   "a heading that is known; this column was not used. The template shows which there are",
				ExpectedUr: "کوئی جانا پہچانا عنوان؛ یہ کالم استعمال نہیں ہوا۔ نمونے کی فائل میں سب عنوان دیے ہیں"})
		}
	}
	if roster && !consent {
		faults = append(faults, intake.RowFault{Row: h.Row, Kept: true,
			Expected:   "a column Consent with yes or no; without it nobody new of this file is shown to employers until she agrees",
			ExpectedUr: "رضامندی کا کالم، ہاں یا نہیں کے ساتھ؛ اس کے بغیر اس فائل کا کوئی نیا فرد اجازت دینے تک آجروں کو نہیں دکھایا جائے گا"})
	}
	return faults
}

// store decides on some rows and stores them in one transaction. Of a transaction that fails because of one row, each row is tried by itself.
func (i *fileImport) store(ctx context.Context, rows []*importedRow) error {
	if len(rows) == 0 {
		return nil
	}
	for _, row := range rows {
		i.report.Rows++
		i.hear(row.understood)
		if row.good() {
			i.standsOnce(row)
		}
	}
	verdicts := make([]verdict, len(rows))
	var err error
	if i.dry() {
		err = i.decide(ctx, i.n.store, rows, verdicts)
	} else {
		err = i.commit(ctx, rows, verdicts)
		if ofOneRow(err) {
			err = i.eachByItself(ctx, rows, verdicts)
		}
	}
	if err != nil {
		return err
	}
	for k, row := range rows {
		if err := i.count(row, &verdicts[k]); err != nil {
			return err
		}
	}
	if i.opts.Progress != nil {
		i.opts.Progress(i.report.Rows)
	}
	return i.keepNowAndThen(ctx)
}

// ofOneRow tells whether a transaction failed because of what a row says, and not for want of a store.
func ofOneRow(err error) bool {
	if err == nil {
		return false
	}
	switch fault.KindOf(err) {
	case fault.Conflict, fault.Stale, fault.NotFound:
		return true
	}
	return false
}

// eachByItself stores rows in a transaction each, so that one that cannot be stored does not stop the others.
func (i *fileImport) eachByItself(ctx context.Context, rows []*importedRow, verdicts []verdict) error {
	for k, row := range rows {
		err := i.commit(ctx, rows[k:k+1], verdicts[k:k+1])
		if ofOneRow(err) {
			verdicts[k] = verdict{fault: faultOf(row.row, err)}
			err = nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// faultOf turns an error that says what is wrong with a record into a fault of its row.
func faultOf(row int, err error) *intake.RowFault {
	f := &intake.RowFault{Row: row, Expected: "a record that can be stored"}
	if shown, ok := fault.Shown(err); ok {
		f.Expected, f.ExpectedUr = shown.Message, shown.MessageUr
		if shown.Field != "" {
			f.Expected = shown.Field + ": " + f.Expected
		}
	}
	return f
}

// count adds a row to the report.
func (i *fileImport) count(row *importedRow, v *verdict) error {
	if v.fault != nil {
		return i.tell([]intake.RowFault{*v.fault}, false)
	}
	if !row.good() {
		return i.tell(row.problems, false)
	}
	if v.count != nil {
		*v.count++
	}
	if v.note != nil {
		return i.list(*v.note)
	}
	if len(row.problems) > 0 {
		return i.tell(row.problems, true)
	}
	return nil
}

// decide judges rows against a store without changing it.
func (i *fileImport) decide(ctx context.Context, in store.Reader, rows []*importedRow, verdicts []verdict) error {
	if err := i.rows.look(ctx, in, good(rows)); err != nil {
		return err
	}
	for k, row := range rows {
		if !row.good() {
			continue
		}
		verdicts[k] = i.rows.keep(row)
	}
	return nil
}

// commit stores rows, and makes transactions shorter or longer so that others wait little and commits are few.
func (i *fileImport) commit(ctx context.Context, rows []*importedRow, verdicts []verdict) error {
	if i.strict() && i.batch == "" {
		i.batch = i.opts.ID
	}
	var held time.Duration
	var changes []func(context.Context, store.Tx) error
	employers, pairs := i.report.Employers, i.report.Duplicates
	position, err := i.n.store.Update(ctx, func(tx store.Tx) error {
		entered := time.Now()
		defer func() { held = time.Since(entered) }()
		i.report.Employers, i.report.Duplicates, changes = employers, pairs, nil
		if i.strict() {
			if err := tx.StageIn(ctx, i.batch); err != nil {
				return err
			}
		}
		if err := i.decide(ctx, tx, rows, verdicts); err != nil {
			return err
		}
		var err error
		changes, err = i.carryOut(ctx, tx, verdicts)
		return err
	})
	if err != nil {
		return err
	}
	i.rows.kept()
	if i.pending = append(i.pending, changes...); len(i.pending) > maxStrictChanges {
		return fault.New(fault.Invalid, "node.import", "A strict import changes at most "+strconv.Itoa(maxStrictChanges)+
			" records that are there already, and this one would change more. Give it without strict, or in parts.")
	}
	if !i.strict() {
		i.report.Position = max(i.report.Position, position)
	}
	i.pace(held)
	return nil
}

// carryOut stores what was decided on, and proposes who may be somebody who is there already. Of a strict import the changes of what is
// there come back, for the flip.
func (i *fileImport) carryOut(ctx context.Context, tx store.Tx, verdicts []verdict) (waiting []func(context.Context, store.Tx) error, err error) {
	var people []*person
	for _, v := range verdicts {
		switch {
		case v.change == nil:
		case i.strict() && v.alters:
			waiting = append(waiting, v.change)
		default:
			if err := v.change(ctx, tx); err != nil {
				return nil, err
			}
			if v.who != nil && !i.strict() {
				people = append(people, v.who)
			}
		}
	}
	return waiting, i.propose(ctx, tx, people, true)
}

// good gives the rows that give records.
func good(rows []*importedRow) []*importedRow {
	return slices.DeleteFunc(slices.Clone(rows), func(r *importedRow) bool { return !r.good() })
}

// pace sets the size of the next transaction, by how long one has kept others waiting.
func (i *fileImport) pace(held time.Duration) {
	switch {
	case !i.n.store.TakesTurns():
		i.size = sideTransaction
	case held > slowTransaction:
		i.size = max(leastTransaction, i.size*2/3)
	case held < quickTransaction:
		i.size = min(mostTransaction, i.size+i.size/4)
	}
}

var rowSeed = maphash.MakeSeed()

// standsOnce refuses a row whose record stands in the file already: which of the two should hold, nobody can tell. Rows are remembered by
// 64 bits: among a million, two different ones are taken for the same once in 30 million files.
func (i *fileImport) standsOnce(row *importedRow) {
	key := maphash.String(rowSeed, row.external)
	if before, twice := i.seen[key]; twice {
		row.problems = []intake.RowFault{{Row: row.row,
			Expected:   "a record that stands once in the file; it stands in row " + strconv.Itoa(int(before)) + " already",
			ExpectedUr: "ایک ریکارڈ فائل میں ایک ہی بار؛ یہ سطر " + strconv.Itoa(int(before)) + " میں آ چکا ہے"}}
		row.graduate, row.posting = nil, nil
		return
	}
	i.seen[key] = int32(row.row)
}

// externalOf gives what a record is known by: the file's own id, or a digest of who or what it is.
func (i *fileImport) externalOf(given, identity string) string {
	if given != "" {
		return given
	}
	return "row:" + hex.EncodeToString(i.n.keys.Digest("import identity", []byte(i.opts.Source), []byte(identity))[:16])
}

// mostFrequent lists readings, the most frequent first.
func mostFrequent(readings map[intake.Understood]int) []Reading {
	list := make([]Reading, 0, len(readings))
	for u, rows := range readings {
		list = append(list, Reading{u, rows})
	}
	slices.SortFunc(list, func(a, b Reading) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Found, b.Found), cmp.Compare(a.As, b.As), cmp.Compare(a.How, b.How))
	})
	return list[:min(len(list), understoodShown)]
}
