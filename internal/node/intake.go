package node

import (
	"context"
	"io"
	"time"

	"rabta/internal/fault"
	"rabta/internal/intake"
	"rabta/matching"
	"rabta/store"
)

const (
	importAlone      = "import" // the name under which one import runs at a time, over all nodes
	understoodShown  = 200      // readings that a report names
	understoodHeard  = 20_000   // readings that are told apart while a file is read
	maxStrictChanges = 300      // records that a strict import may change: all in the one transaction that others wait for
)

// FileOptions say how a file of graduates or postings is taken in.
type FileOptions struct {
	Subject   string      // who sends it: role and subject of a token; "operator" on the machine itself
	Source    string      // names the sender; external ids are unique for it
	Institute matching.ID // whose roster the graduates are on; required to be the stored one's where only an institute's own may change
	OwnOnly   bool        // refuse rows whose record is on another institute's roster
	Mode      store.ImportMode

	AllowRemoved bool // bring back people whose record was deleted: for staff alone

	Record bool // keep a record of the import, with its result file, even where nothing else is stored

	File     []byte                        // a keyed digest of the file, where all of it is known beforehand
	ID       matching.ID                   // of the import; empty: a new one
	Progress func(rows int)                // hears how many rows have been read; nil: nobody listens
	Faults   func(f intake.RowFault) error // hears of every fault, in the order of rows; nil: nobody listens
}

// Reading is how texts of a column were read, and how often.
type Reading struct {
	intake.Understood
	Rows int `json:"rows"`
}

// FileReport is what became of a file's rows.
type FileReport struct {
	ID     matching.ID       `json:"id,omitempty"` // of the import's record
	Noun   store.Noun        `json:"noun"`
	Source string            `json:"source"`
	Mode   store.ImportMode  `json:"mode"`
	State  store.ImportState `json:"state"`
	Why    string            `json:"why,omitempty"` // what refused all of it
	store.ImportCounts
	NotShown   int               `json:"not_shown"` // new people who have not agreed to be shown to employers: no list has them
	LeftOut    int               `json:"left_out"`  // values that could not be read in rows that were taken without them
	Headings   *intake.Headings  `json:"headings,omitempty"`
	Understood []Reading         `json:"understood"` // what was read by more than its letters, the most frequent first, at most 200
	Faults     []intake.RowFault `json:"faults"`     // the first 100
	Position   store.Position    `json:"-"`          // of the last change; 0 when there was none
}

// Accepted is how many rows are in the store, or would be, or were there and were deleted.
func (r *FileReport) Accepted() int {
	return r.Created + r.Changed + r.Unchanged + r.Elsewhere + r.Removed
}

// ImportGraduates takes in a roster of graduates (intake.Graduates says which). A row is known by the source and its external id, or where it
// has none by a keyed digest of CNIC, or phone and name. New rows create; a row that differs from the one its record was last made
// from changes what it tells; all others change nothing. Transactions are small, so that other writers do not wait. Ended on its
// way it is given again. Unless the mode is strict an error leaves what was stored before.
func (n *Node) ImportGraduates(ctx context.Context, r io.Reader, opts FileOptions) (FileReport, error) {
	return n.importFile(ctx, r, opts, store.GraduateNoun)
}

// ImportPostings takes in a list of postings (intake.Postings says which) as ImportGraduates takes in a roster. An employer is found by its
// external id, or by name and place within the source, and made where there is none.
func (n *Node) ImportPostings(ctx context.Context, r io.Reader, opts FileOptions) (FileReport, error) {
	return n.importFile(ctx, r, opts, store.PostingNoun)
}

func (n *Node) importFile(ctx context.Context, r io.Reader, opts FileOptions, noun store.Noun) (FileReport, error) {
	const op = "node.importFile"
	if opts.Mode == "" {
		opts.Mode = store.ImportRows
	}
	report := FileReport{Noun: noun, Source: opts.Source, Mode: opts.Mode, State: store.ImportRunning,
		Understood: []Reading{}, Faults: []intake.RowFault{}}
	if opts.Source == "" {
		return report, &fault.Error{Kind: fault.Invalid, Op: op, Field: "source",
			Message:   "A source is missing. Name who sends the file, the same each time: their rows are known by it.",
			MessageUr: "بھیجنے والے کا نام نہیں دیا گیا۔ ہر بار وہی نام لکھیں۔"}
	}
	ran, err := n.store.Alone(ctx, importAlone, func(ctx context.Context) error {
		i := &fileImport{n: n, opts: opts, report: &report, noun: noun, result: newResultFile()}
		return i.run(ctx, r)
	})
	if err == nil && !ran {
		err = &fault.Error{Kind: fault.Unavailable, Op: op, Message: "Another file is being taken in just now. Wait until it is done and try again.",
			MessageUr: "ایک اور فائل پر کام جاری ہے۔ تھوڑی دیر بعد دوبارہ کوشش کریں۔"}
	}
	return report, fault.Wrap(op, err)
}

// ShowUpTo waits, as long as the node moves on and ctx allows, until it shows everything up to a position. progress hears how far it has come.
func (n *Node) ShowUpTo(ctx context.Context, position store.Position, progress func(at store.Position)) error {
	done := make(chan struct{})
	defer close(done)
	if progress != nil {
		go func() {
			tick := time.NewTicker(200 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-done:
					return
				case <-tick.C:
					head, _ := n.reached.get()
					progress(head.Position)
				}
			}
		}()
	}
	return n.catchAll(ctx, position)
}

// fileImport is one file of people or postings on its way in.
type fileImport struct {
	n      *Node
	opts   FileOptions
	noun   store.Noun
	report *FileReport
	record *store.Import // nil: none is kept
	result *resultFile
	began  time.Time
	told   time.Time // when the record was last brought up to date

	rows     rowKeeper // by noun
	seen     map[uint64]int32
	readings map[intake.Understood]int
	removed  map[string]bool                         // digests of people whose record was deleted
	batch    matching.ID                             // of a strict import: what it stages rows in
	pending  []func(context.Context, store.Tx) error // changes that wait for the flip
	crowded  map[string]bool                         // phones of too many people to be one person's
}

// strict tells whether all rows are taken or none.
func (i *fileImport) strict() bool { return i.opts.Mode == store.ImportStrict }

// dry tells whether nothing is stored.
func (i *fileImport) dry() bool { return i.opts.Mode == store.ImportDryRun }

func (i *fileImport) run(ctx context.Context, r io.Reader) error {
	n := i.n
	n.filesIn.Add(1)
	defer n.filesIn.Add(-1)
	if !i.dry() {
		if err := n.endCutOff(ctx); err != nil {
			return err
		}
	}
	if err := i.begin(ctx); err != nil {
		return err
	}
	err := i.take(ctx, r)
	if endErr := i.end(context.WithoutCancel(ctx), err); err == nil {
		err = endErr
	}
	return err
}

// take reads the file, and publishes or discards what a strict import has staged.
func (i *fileImport) take(ctx context.Context, r io.Reader) error {
	if !i.strict() {
		return i.pass(ctx, r)
	}
	if again, ok := r.(io.ReadSeeker); ok { // checked whole before anything is written
		if refused, err := i.checkFirst(ctx, again); err != nil || refused {
			return err
		}
	}
	err := i.pass(ctx, r)
	if err == nil && i.report.Faulty == 0 {
		if err = i.publish(ctx); err == nil {
			return i.proposeAll(ctx)
		}
	}
	if err == nil {
		i.refuseAll()
	}
	if i.batch != "" {
		if discardErr := i.n.store.DiscardBatch(context.WithoutCancel(ctx), i.batch); err == nil {
			err = discardErr
		}
	}
	return err
}

// checkFirst reads a file without storing anything and tells whether it is refused; else the file stands at its beginning again.
func (i *fileImport) checkFirst(ctx context.Context, r io.ReadSeeker) (refused bool, err error) {
	start, err := r.Seek(0, io.SeekCurrent)
	if err != nil {
		return false, nil // a pipe: it is checked while it is staged
	}
	dry := *i
	checked := *i.report
	dry.report, dry.opts.Mode, dry.opts.Faults = &checked, store.ImportDryRun, nil
	dry.result = newResultFile()
	dry.result.keeps = true
	if err := dry.pass(ctx, r); err != nil {
		return false, err
	}
	if checked.Faulty > 0 {
		mode := i.report.Mode
		*i.report, i.result, i.readings = checked, dry.result, dry.readings
		i.report.Mode = mode
		for _, f := range dry.result.kept {
			if i.opts.Faults != nil {
				if err := i.opts.Faults(f); err != nil {
					return false, err
				}
			}
		}
		i.refuseAll()
		return true, nil
	}
	_, err = r.Seek(start, io.SeekStart)
	return false, fault.Wrap("node.checkFirst", err)
}

// refuseAll says that a strict import has taken nothing.
func (i *fileImport) refuseAll() {
	i.report.State = store.ImportFailed
	i.report.Why = "Not every row could be taken, so none was. Mend the rows that the result names and give the file again."
	i.report.Created, i.report.Changed, i.report.Employers, i.report.NotShown, i.report.Position = 0, 0, 0, 0, 0
}

// publish shows what was staged and changes what has to change, in one transaction.
func (i *fileImport) publish(ctx context.Context) error {
	if i.batch == "" && len(i.pending) == 0 {
		return nil
	}
	position, err := i.n.store.Update(ctx, func(tx store.Tx) error {
		for _, change := range i.pending {
			if err := change(ctx, tx); err != nil {
				return err
			}
		}
		if i.batch == "" {
			return nil
		}
		return tx.PublishBatch(ctx, i.batch)
	})
	if err == nil {
		i.report.Position = position
	}
	return err
}

// endCutOff ends what a killed import has left: its batch goes, and its record says what happened. One import runs at a time, so whatever
// is not finished is nobody's.
func (n *Node) endCutOff(ctx context.Context) error {
	left, err := n.store.StagedBatches(ctx)
	if err != nil {
		return err
	}
	for _, b := range left {
		if err := n.store.DiscardBatch(ctx, b.ID); err != nil {
			return err
		}
	}
	records, err := n.store.Imports(ctx, "", "", 1000)
	if err != nil {
		return err
	}
	for _, r := range records {
		if r.State != store.ImportRunning || n.queued.holds(r.ID) {
			continue
		}
		r.State, r.Finished = store.ImportFailed, n.now()
		r.Why = "It was cut off. Give the file again: rows that were taken are not taken twice."
		if _, err := n.store.Update(ctx, func(tx store.Tx) error { return tx.PutImport(ctx, r, nil) }); err != nil {
			return err
		}
	}
	return nil
}
