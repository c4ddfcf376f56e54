package node

import (
	"context"
	"slices"
	"strconv"
	"time"

	"rabta/internal/fault"
	"rabta/internal/intake"
	"rabta/store"
)

// How long transactions are.
const (
	turnRows = 400                  // of one, at the most
	turnLong = 8 * time.Millisecond // after which one ends that keeps others waiting; its commit takes as long again
	turnPart = 25                   // rows between two looks at the clock: what one takes more than it may on a busy machine
	sideRows = 500                  // of one beside which others write
)

// store decides on some rows and stores them.
func (i *fileImport) store(ctx context.Context, rows []*importedRow) error {
	for _, row := range rows {
		i.report.Rows++
		i.hear(row.understood)
		if row.good() {
			i.standsOnce(row)
		}
	}
	verdicts := make([]verdict, len(rows))
	if err := i.settle(ctx, rows, verdicts); err != nil {
		return err
	}
	for k, row := range rows {
		if err := i.count(row, &verdicts[k]); err != nil {
			return err
		}
	}
	if i.opts.Progress != nil && len(rows) > 0 {
		i.opts.Progress(i.report.Rows)
	}
	return i.keepNowAndThen(ctx)
}

// settle stores rows in as few transactions as others can bear. Of one that fails because of one row, each row is tried by itself.
func (i *fileImport) settle(ctx context.Context, rows []*importedRow, verdicts []verdict) error {
	if i.dry() && len(rows) > 0 {
		return i.decide(ctx, i.n.store, rows, verdicts)
	}
	for len(rows) > 0 {
		done, err := i.commit(ctx, rows, verdicts)
		if ofOneRow(err) {
			done, err = len(rows), i.eachByItself(ctx, rows, verdicts)
		}
		if err != nil {
			return err
		}
		rows, verdicts = rows[done:], verdicts[done:]
	}
	return nil
}

// rowsAtOnce is how many rows are handed to one transaction.
func (i *fileImport) rowsAtOnce() int {
	if i.n.store.TakesTurns() {
		return turnRows
	}
	return sideRows
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
		_, err := i.commit(ctx, rows[k:k+1], verdicts[k:k+1])
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
	if v.count == &i.report.Created && row.graduate != nil && !row.graduate.Consent.Matching {
		i.report.NotShown++
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

// commit stores rows in one transaction, and tells how many: where writers take turns, as many as fit into the time that others may wait.
func (i *fileImport) commit(ctx context.Context, rows []*importedRow, verdicts []verdict) (done int, err error) {
	if i.strict() && i.batch == "" {
		i.batch = i.opts.ID
	}
	part := len(rows)
	if i.n.store.TakesTurns() {
		part = turnPart
	}
	var changes []func(context.Context, store.Tx) error
	employers, pairs := i.report.Employers, i.report.Duplicates
	change := func(tx store.Tx) error {
		entered := time.Now()
		i.report.Employers, i.report.Duplicates, changes, done = employers, pairs, nil, 0
		i.rows.begin()
		if i.strict() {
			if err := tx.StageIn(ctx, i.batch); err != nil {
				return err
			}
		}
		for some := range slices.Chunk(rows, part) {
			judged := verdicts[done : done+len(some)]
			if err := i.decide(ctx, tx, some, judged); err != nil {
				return err
			}
			waiting, err := i.carryOut(ctx, tx, judged)
			if err != nil {
				return err
			}
			changes = append(changes, waiting...)
			if done += len(some); time.Since(entered) > turnLong {
				break
			}
		}
		return nil
	}
	var position store.Position
	if err := i.n.store.Undisturbed(ctx, func() (err error) {
		position, err = i.n.store.Update(ctx, change)
		return err
	}); err != nil {
		return 0, err
	}
	i.rows.kept()
	if i.pending = append(i.pending, changes...); len(i.pending) > maxStrictChanges {
		return 0, fault.New(fault.Invalid, "node.import", "A strict import changes at most "+strconv.Itoa(maxStrictChanges)+
			" records that are there already, and this one would change more. Give it without strict, or in parts.")
	}
	if !i.strict() {
		i.report.Position = max(i.report.Position, position)
	}
	return done, nil
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
