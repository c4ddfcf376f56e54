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

	// begin hears that a transaction begins, or that the last one is run again.
	begin()

	// look finds what is known of some rows, for the keeps that follow: in a few statements, however many rows they are.
	look(ctx context.Context, in store.Reader, rows []*importedRow) error

	// keep decides on a row of those that were looked for last.
	keep(r *importedRow) verdict

	// kept hears that what was decided since the beginning is stored.
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
			if due = append(due, row); len(due) >= i.rowsAtOnce() {
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
