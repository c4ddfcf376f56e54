package node

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"time"

	"rabta/internal/fault"
	"rabta/internal/intake"
	"rabta/matching"
	"rabta/store"
)

// How much may be held in memory at once, of the file that is taken in and of those that wait for it.
const (
	importsWaiting      = 100
	importsWaitingBytes = 64 << 20
)

// StartImport accepts a file that is taken in after this returns, when those before it are done. The record that it gives is in the store:
// Import tells how far it has come. file is held in memory until then. Ending the node cuts it off, and giving it again is safe.
func (n *Node) StartImport(ctx context.Context, noun store.Noun, file []byte, opts FileOptions) (*store.Import, error) {
	const op = "node.StartImport"
	if noun != store.GraduateNoun && noun != store.PostingNoun {
		return nil, fault.Field("noun", "Send one of: graduates, postings.", "graduates", "postings")
	}
	if err := intake.CheckFile(file); err != nil { // now, and not when its turn has come
		return nil, err
	}
	id, err := n.newID(store.ImportPrefix)
	if err != nil {
		return nil, err
	}
	if !n.queued.enter(id, len(file)) {
		return nil, &fault.Error{Kind: fault.Unavailable, Op: op, Message: "Other files are being taken in just now. Send this one again in a minute.",
			MessageUr: "اور فائلوں پر کام جاری ہے۔ ایک منٹ بعد دوبارہ بھیجیں۔"}
	}
	opts.ID, opts.Record, opts.File = id, true, n.keys.Digest("import file", file)
	if opts.Mode == "" {
		opts.Mode = store.ImportRows
	}
	record := &store.Import{ID: id, Subject: opts.Subject, Noun: noun, Source: opts.Source, State: store.ImportRunning, Mode: opts.Mode,
		File: opts.File, Started: n.now()}
	if _, err := n.update(ctx, func(tx store.Tx) error { return tx.PutImport(ctx, record, nil) }); err != nil {
		n.queued.leave(id)
		return nil, err
	}
	n.queued.running.Go(func() {
		defer n.queued.leave(id)
		n.takeTurn(noun, file, opts)
	})
	return record, nil
}

// takeTurn waits until no other import runs, and takes a file in.
func (n *Node) takeTurn(noun store.Noun, file []byte, opts FileOptions) {
	const pauseBetween = 200 * time.Millisecond
	ctx := n.queued.life()
	for {
		report, err := n.importFile(ctx, bytes.NewReader(file), opts, noun)
		if fault.KindOf(err) == fault.Unavailable && err != nil && report.ID == "" && ctx.Err() == nil {
			pause(ctx, pauseBetween) // another runs
			continue
		}
		if err != nil {
			n.log.Warn("an import ended early", "import", opts.ID, "error", err)
		}
		return
	}
}

// Import gives the record of an import; Imports lists those of a subject ("" for all), the newest first.
func (n *Node) Import(ctx context.Context, id matching.ID) (*store.Import, error) {
	return n.store.Import(ctx, id)
}

// Imports lists records of imports; next is where the following page begins, empty after the last.
func (n *Node) Imports(ctx context.Context, subject string, before matching.ID, limit int) (list []*store.Import, next matching.ID, err error) {
	list, err = n.store.Imports(ctx, subject, before, limit)
	if len(list) > 0 && len(list) == limit {
		next = list[len(list)-1].ID
	}
	return list, next, err
}

// ImportResult opens the result file of an import, a CSV under ResultHeadings. fault.NotFound while there is none.
func (n *Node) ImportResult(ctx context.Context, id matching.ID) (io.ReadCloser, error) {
	const op = "node.ImportResult"
	raw, err := n.store.ImportResult(ctx, id)
	if err != nil {
		return nil, err
	}
	if raw == nil {
		return nil, &fault.Error{Kind: fault.NotFound, Op: op, Message: "This import is not done yet. Ask again when its state is done or failed.",
			MessageUr: "یہ کام ابھی مکمل نہیں ہوا۔ تھوڑی دیر بعد دوبارہ پوچھیں۔"}
	}
	r, err := gzip.NewReader(bytes.NewReader(raw))
	return r, fault.Wrap(op, err)
}
