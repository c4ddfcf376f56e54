package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"time"

	"rabta/geo"
	"rabta/matching"
	"rabta/seed"
	"rabta/store"
	"rabta/store/sqlite"
)

// fillStore puts the sample market into a new store, without what names people: nothing here asks for it, and sealing it would take most
// of the time.
//
// Each record is handed to the copy for the peer once it is written.
func fillStore(ctx context.Context, dir string, sample *seed.Market, copied *peerLoad, p *progress) error {
	keys, err := store.CreateKeys(store.KeyPath(dir))
	if err != nil {
		return err
	}
	s, err := sqlite.Open(ctx, dir, sqlite.Options{Keys: keys})
	if err != nil {
		return err
	}
	f := &filler{store: s, show: p, total: sample.Size().Graduates + sample.Size().Postings}
	return firstOf(f.all(ctx, sample, copied), s.Close())
}

// filler puts records into a store in the order of their ids, so many by a transaction: each finds the pages that it changes near one
// another, and what SQLite keeps in its WAL, and the store in memory, stays small.
type filler struct {
	store       *sqlite.Store
	show        *progress
	done, total int
}

// filledAtOnce is how many records a transaction writes, each transaction a batch with one entry in the journal.
const filledAtOnce = 50_000

// all puts every record of the sample. Graduates, and then postings, are made while what comes before them is written.
func (f *filler) all(ctx context.Context, sample *seed.Market, copied *peerLoad) error {
	graduates := beside(func() ([]*matching.Graduate, error) { return graduatesOf(sample), nil })
	if _, err := f.store.Update(ctx, func(tx store.Tx) error {
		for i := range sample.Institutes() {
			if err := tx.PutInstitute(ctx, i); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	var employers []*matching.Employer
	for e := range sample.Employers() {
		employers = append(employers, e)
	}
	if err := putSorted(ctx, f, employers, func(e *matching.Employer) matching.ID { return e.ID },
		func(tx store.Tx, e *matching.Employer) error { return tx.PutEmployer(ctx, e, nil) }, nil); err != nil {
		return err
	}
	people, err := graduates()
	if err != nil {
		return err
	}
	postings := beside(func() ([]*matching.Posting, error) { return postingsOf(sample) })
	if err := putSorted(ctx, f, people, func(g *matching.Graduate) matching.ID { return g.ID },
		func(tx store.Tx, g *matching.Graduate) error { return tx.PutGraduate(ctx, g, nil) }, copied.graduates); err != nil {
		return err
	}
	adverts, err := postings()
	if err != nil {
		return err
	}
	return putSorted(ctx, f, adverts, func(p *matching.Posting) matching.ID { return p.ID },
		func(tx store.Tx, p *matching.Posting) error { return tx.PutPosting(ctx, p) }, copied.postings)
}

// beside makes records while others are written, and gives a function that waits for them.
func beside[R any](do func() ([]R, error)) (wait func() ([]R, error)) {
	var made []R
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		made, err = do()
	}()
	return func() ([]R, error) {
		<-done
		return made, err
	}
}

// behind does something with each of the records that are handed to it, beside whoever hands them over.
type behind[R any] struct {
	chunks chan []*R
	done   chan error
}

// newBehind begins; do is called with one record after the other, and at last with nil.
func newBehind[R any](do func(*R) error) *behind[R] {
	const room = 1 << 10 // chunks: whoever hands over never waits
	b := &behind[R]{make(chan []*R, room), make(chan error, 1)}
	go func() {
		var err error
		for some := range b.chunks {
			for i := 0; i < len(some) && err == nil; i++ {
				err = do(some[i])
			}
		}
		b.done <- firstOf(err, do(nil))
	}()
	return b
}

// take hands records over. Nobody takes them from nil.
func (b *behind[R]) take(some []*R) error {
	if b == nil {
		return nil
	}
	select {
	case b.chunks <- some:
		return nil
	case err := <-b.done:
		b.done <- err
		return err
	}
}

// end waits until all is done.
func (b *behind[R]) end() error {
	close(b.chunks)
	return <-b.done
}

// graduatesOf makes the graduates of a sample, all of whom agree to be matched.
func graduatesOf(sample *seed.Market) []*matching.Graduate {
	list := make([]*matching.Graduate, 0, sample.Size().Graduates)
	for g := range sample.Graduates() {
		g.Consent.Matching = true
		list = append(list, g)
	}
	return list
}

// postingsOf makes the postings of a sample, those at a client's home placed as every write of a node places them.
func postingsOf(sample *seed.Market) ([]*matching.Posting, error) {
	list := make([]*matching.Posting, 0, sample.Size().Postings)
	for p := range sample.Postings() {
		if p.Workplace == matching.ClientHome && p.Location != nil {
			home, err := geo.Home(*p.Location)
			if err != nil {
				return nil, err
			}
			p.Location = &home
		}
		list = append(list, p)
	}
	return list, nil
}

// putSorted puts records of one noun, and hands each on once it is written; after may be nil.
func putSorted[R any](ctx context.Context, f *filler, records []*R, id func(*R) matching.ID, put func(store.Tx, *R) error, after *behind[R]) error {
	slices.SortFunc(records, func(a, b *R) int { return cmp.Compare(id(a), id(b)) })
	for some := range slices.Chunk(records, filledAtOnce) {
		batch, err := matching.NewID(store.ImportPrefix, time.Now(), rand.Reader)
		if err != nil {
			return err
		}
		if _, err := f.store.Update(ctx, func(tx store.Tx) error {
			if err := tx.StageIn(ctx, batch); err != nil {
				return err
			}
			for _, r := range some {
				if err := put(tx, r); err != nil {
					return err
				}
				f.done++
				f.show.at(f.done, f.total)
			}
			return tx.PublishBatch(ctx, batch)
		}); err != nil {
			return err
		}
		if err := after.take(some); err != nil {
			return err
		}
	}
	return nil
}
