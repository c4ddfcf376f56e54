package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"rabta/matching"
	"rabta/search"
)

// comparison is one run.
type comparison struct {
	o       options
	dir     string
	show    *progress
	m       *market
	p       *peer
	writers *writers
	rows    []*row
	wrong   int

	matchBy map[bool]*chosen    // the peer's ways at 25 km
	textBy  *chosen             // with words
	words   *search.Concordance // by which our side is asked

	unkept, listBytes int // questions whose words were not in our memory when it was warm, and what the words there took
}

// radii are how far is looked, in metres.
var radii = [...]float64{5_000, 25_000, 100_000}

// whileLoading is by how many hundredths the heap may grow before the collector runs.
const whileLoading = 300

// compare runs the whole and gives how many lists were wrong.
func compare(ctx context.Context, o options, dir string) (wrong int, err error) {
	began := time.Now()
	c := &comparison{o: o, dir: dir, show: newProgress()}
	// Until all is loaded nearly everything in memory is records, which the collector would mark over and over.
	usual := debug.SetGCPercent(whileLoading)
	defer debug.SetGCPercent(usual)
	c.show.start("the peer: starting")
	if c.p, err = startPeer(ctx, dir); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, c.p.stop()) }()
	var settled func() error
	if c.m, settled, err = openMarket(ctx, o, dir, c.p, c.show); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, c.m.Close()) }()
	defer func() {
		if c.words != nil {
			c.words.Close()
		}
	}()
	c.writers = &writers{m: c.m}
	c.show.start("our index, and the peer's")
	if err := firstOf(c.m.awaitIndex(ctx, c.show), settled()); err != nil {
		return 0, err
	}
	debug.SetGCPercent(usual)
	runtime.GC()
	for _, part := range []struct {
		name string
		run  func(context.Context) error
	}{{"match", c.match}, {"text", c.text}, {"candidates", c.candidates}, {"away", c.away}, {"bleve", c.bleve}, {"again", c.again}} {
		if o.only == "" || o.only == part.name || part.name == "again" {
			if err := part.run(ctx); err != nil {
				return c.wrong, fmt.Errorf("%s: %w", part.name, err)
			}
		}
	}
	c.show.end()
	c.report(time.Since(began))
	return c.wrong, nil
}

// report prints everything.
func (c *comparison) report(took time.Duration) {
	postings, graduates := c.m.Boards()
	fmt.Printf("%d postings on the board, %d rows of graduates; %d cores, load %s; %s in all\n", postings.Count(), graduates.Count(), runtime.NumCPU(), load(), took.Round(time.Second))
	printTable(c.rows)
	for _, r := range c.rows {
		if r.way != "" {
			fmt.Printf("  %s: %s\n", r.what, r.way)
		}
	}
	for _, r := range c.rows {
		if r.what == awayRow {
			fmt.Printf("with ten times more rows out of reach a list takes %.2f times as long\n", divided(r.ours.at(0.5), r.theirs.at(0.5)))
		}
	}
	w := c.writers
	fmt.Printf("written meanwhile %d, at %d a second while we were asked: acknowledged p50 %s ms, p99 %s ms; found by a word of its own p50 %s ms, p99 %s ms (%d looked for)\n",
		w.count, perSecond, millis(w.acked.at(0.5)), millis(w.acked.at(0.99)), millis(w.seen.at(0.5)), millis(w.seen.at(0.99)), len(w.seen))
	if c.textBy != nil {
		fmt.Printf("words in memory when warm: %.0f MB, for all but %d of %d questions\n", float64(c.listBytes)/1e6, c.unkept, len(c.m.worded))
	}
	for _, line := range []struct{ name, what string }{{"match_25km_p50", "match 25 km"}, {"text_25km_warm_p50", "text 25 km, warm"}, {"text_25km_cold_p50", "text 25 km, cold"}} {
		for _, r := range c.rows {
			if r.what == line.what {
				fmt.Printf("RATIO %s %s\n", line.name, times(r.ratio()))
			}
		}
	}
	fmt.Printf("WRONG %d\n", c.wrong)
}

func millis(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d)/1e6) }

// load is the machine's load, as the system tells it.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil || len(text) < 4 {
		return "unknown"
	}
	return string(text[:4])
}

// match compares the postings for one graduate.
func (c *comparison) match(ctx context.Context) error {
	for _, within := range radii {
		c.show.start(fmt.Sprintf("match, %.0f km: choosing the peer's way", within/1000))
		by := map[bool]*chosen{}
		for _, livesIn := range []bool{false, true} {
			var questions []parameters
			for _, s := range c.m.seekers {
				if s[0].LivesIn == livesIn {
					questions = append(questions, c.m.matchQuestion(&s[0], within, best))
				}
			}
			if len(questions) == 0 {
				continue
			}
			var err error
			if by[livesIn], err = c.p.choose(ctx, places(), func(way plan) statement { return newStatement(questions[0], c.m.matchSQL(way, livesIn)) }, questions); err != nil {
				return err
			}
		}
		if within == textWithin {
			c.matchBy = by
		}
		c.show.start(fmt.Sprintf("match, %.0f km: checking", within/1000))
		wrong, err := c.m.checkMatches(ctx, by, within, c.o.checks)
		c.wrong += wrong
		if err != nil {
			return err
		}
		var questions []parameters
		for _, s := range c.m.seekers {
			questions = append(questions, c.m.matchQuestion(&s[0], within, best))
		}
		r, err := c.duel(ctx, fmt.Sprintf("match %.0f km", within/1000),
			func(i int) error { c.m.matches(c.m.seekers[i%len(c.m.seekers)], within, best); return nil },
			func(i int) error {
				way := by[c.m.seekers[i%len(c.m.seekers)][0].LivesIn]
				_, err := ask(ctx, way.conn, way.statement, questions[i%len(questions)])
				return err
			})
		if err != nil {
			return err
		}
		r.peer, r.way = "PostGIS", by[false].name
		if r.inside, err = by[false].inside(ctx, questions); err != nil {
			return err
		}
		c.rows = append(c.rows, r)
		if within != textWithin {
			continue
		}
		said, err := c.duel(ctx, "match 25 km, each in a sentence",
			func(i int) error { c.m.matchesSaid(c.m.seekers[i%len(c.m.seekers)], within, best); return nil }, nil)
		if err != nil {
			return err
		}
		c.rows = append(c.rows, said)
	}
	return nil
}

// candidates compares the people for one posting.
func (c *comparison) candidates(ctx context.Context) error {
	const within = 25_000
	by := map[bool]*chosen{}
	all := make([]parameters, len(c.m.openings))
	for i := range c.m.openings {
		all[i] = c.m.candidateQuestion(&c.m.openings[i], within, best)
	}
	for _, living := range []bool{false, true} {
		var questions []parameters
		for i := range c.m.openings {
			if c.m.openings[i].Accommodation == living {
				questions = append(questions, all[i])
			}
		}
		if len(questions) == 0 {
			continue
		}
		var err error
		if by[living], err = c.p.choose(ctx, places(), func(way plan) statement { return newStatement(questions[0], c.m.candidateSQL(way, living)) }, questions); err != nil {
			return err
		}
	}
	wrong, err := c.m.checkCandidates(ctx, by, within, c.o.checks)
	c.wrong += wrong
	if err != nil {
		return err
	}
	opening := func(i int) *matching.Opening { return &c.m.openings[i%len(c.m.openings)] }
	r, err := c.duel(ctx, "candidates 25 km", func(i int) error { c.m.candidates(opening(i), within, best); return nil },
		func(i int) error {
			way := by[opening(i).Accommodation]
			_, err := ask(ctx, way.conn, way.statement, all[i%len(all)])
			return err
		})
	if err != nil {
		return err
	}
	r.peer, r.way = "PostGIS", by[false].name
	if r.inside, err = by[false].inside(ctx, all); err != nil {
		return err
	}
	said, err := c.duel(ctx, "candidates 25 km, each in a sentence", func(i int) error { c.m.candidatesSaid(opening(i), within, best); return nil }, nil)
	c.rows = append(c.rows, r, said)
	return err
}
