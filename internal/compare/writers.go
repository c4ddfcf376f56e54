package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"rabta/internal/node"
	"rabta/matching"
)

// perSecond is how many postings are written while our side is asked.
const perSecond = 100

// searchedFor is how often one of them is looked for by its words until it is found.
const searchedFor = 10

// writers post while our side is asked, each posting on its own tick however long the one before takes, as callers do.
type writers struct {
	m      *market
	mu     sync.Mutex
	count  int
	acked  figures // from posting to the answer, which comes once boards and index show it
	seen   figures // from posting to the first search that finds it by a word of its own
	failed error
	posted []*matching.Posting
}

// during runs do while postings are written, and waits for those under way.
func (w *writers) during(ctx context.Context, do func() error) error {
	stop := make(chan struct{})
	var under sync.WaitGroup
	under.Go(func() {
		ticks := time.NewTicker(time.Second / perSecond)
		defer ticks.Stop()
		for {
			select {
			case <-stop:
				return
			case <-ticks.C:
				under.Go(func() { w.write(ctx) })
			}
		}
	})
	err := do()
	close(stop)
	under.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		err = w.failed
	}
	return err
}

// write posts one posting and notes how long it took to be seen.
func (w *writers) write(ctx context.Context) {
	w.mu.Lock()
	number := w.count
	w.count++
	w.mu.Unlock()
	own := word(number)
	like := &w.m.openings[number%len(w.m.openings)]
	at := like.At
	p := &matching.Posting{Employer: w.m.employer, Kind: matching.Job, Workplace: matching.OnSite, Trade: w.m.model.Catalogue.At(like.Trade).Slug,
		Title: "Wanted at once " + own, Vacancies: 1, Location: &at, Pay: &matching.Pay{From: 40_000, To: 50_000, Unit: matching.PerMonth}}
	began := time.Now()
	_, err := w.m.CreatePosting(ctx, p)
	acked := time.Since(began)
	var seen time.Duration
	if err == nil && number%searchedFor == 0 {
		seen, err = w.look(ctx, p, own, began)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil && w.failed == nil {
		w.failed = fmt.Errorf("writing meanwhile: %w", err)
	}
	w.acked = append(w.acked, acked)
	if seen > 0 {
		w.seen = append(w.seen, seen)
	}
	w.posted = append(w.posted, p)
}

// look searches for a posting by its word until it is found.
func (w *writers) look(ctx context.Context, p *matching.Posting, own string, began time.Time) (time.Duration, error) {
	for {
		found, err := w.m.Search(ctx, node.SearchRequest{Text: own, Near: p.Location, Within: 5_000, Brief: true, Limit: 5})
		if err != nil {
			return 0, err
		}
		if slices.ContainsFunc(found.Results, func(f node.Found) bool { return f.ID == p.ID }) {
			return time.Since(began), nil
		}
		if time.Since(began) > 10*time.Second {
			return 0, fmt.Errorf("a posting is not found by its words after 10 s")
		}
		time.Sleep(time.Millisecond)
	}
}

// word makes a word that no advert has, and that is far from every other of its kind.
func word(number int) string {
	const letters = "bdfgklmnprstvz"
	text := []byte("zuqo")
	for x, i := uint64(number)*0x9E3779B97F4A7C15, 0; i < 8; i++ {
		text = append(text, letters[x%uint64(len(letters))], "aeiou"[x/64%5])
		x /= uint64(len(letters)) * 3
	}
	return string(text)
}
