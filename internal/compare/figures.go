package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"text/tabwriter"
	"time"
)

// figures are the times that one side took for one kind of question.
type figures []time.Duration

// at gives the time within which a share of the questions was answered.
func (f figures) at(share float64) time.Duration {
	if len(f) == 0 {
		return 0
	}
	slices.Sort(f)
	return f[min(len(f)-1, int(share*float64(len(f))))]
}

// row is one line of the table.
type row struct {
	what         string
	ours, theirs figures
	inside       time.Duration // of the peer, by its own account
	peer, way    string
}

// ratio is how many times longer the peer takes at the median; 0 when one side was not asked.
func (r *row) ratio() float64 {
	if len(r.ours) == 0 || len(r.theirs) == 0 {
		return 0
	}
	return float64(r.theirs.at(0.5)) / float64(r.ours.at(0.5))
}

// duel asks both sides the same kind of question in turns. ours(i) and theirs(i) answer question i; ours is asked for as long as a block
// is, while others write, theirs a number of times, while nobody does.
func (c *comparison) duel(ctx context.Context, what string, ours, theirs func(i int) error) (*row, error) {
	r := &row{what: what}
	next, asked := 0, 0
	for round := range c.o.rounds {
		c.show.start(fmt.Sprintf("%s: round %d of %d", what, round+1, c.o.rounds))
		if err := c.writers.during(ctx, func() error {
			for until := time.Now().Add(c.o.block); time.Now().Before(until); next++ {
				began := time.Now()
				if err := ours(next); err != nil {
					return err
				}
				r.ours = append(r.ours, time.Since(began))
			}
			return nil
		}); err != nil {
			return r, err
		}
		if theirs == nil {
			continue
		}
		for range c.o.asks {
			began := time.Now()
			if err := theirs(asked); err != nil {
				return r, err
			}
			asked++
			if round > 0 || asked > 5 { // the first ones find nothing in the buffers
				r.theirs = append(r.theirs, time.Since(began))
			}
		}
	}
	return r, nil
}

// complain says what is wrong with an answer.
func complain(what string, within float64, why string) {
	fmt.Fprintf(os.Stderr, "\nWRONG: %s %.0f km: %s\n", what, within/1000, why)
}

// printTable prints all rows.
func printTable(rows []*row) {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "microseconds\tours p50\tp99\tpeer p50\tp99\tinside\tratio p50\tp99\t  peer\t")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t  %s\t\n", r.what, micros(r.ours.at(0.5)), micros(r.ours.at(0.99)), micros(r.theirs.at(0.5)), micros(r.theirs.at(0.99)),
			micros(r.inside), times(r.ratio()), times(divided(r.theirs.at(0.99), r.ours.at(0.99))), r.peer)
	}
	_ = w.Flush() // standard output that is gone is nobody's loss
}

func divided(a, b time.Duration) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func micros(d time.Duration) string {
	switch {
	case d == 0:
		return "-"
	case d < 100*time.Microsecond:
		return fmt.Sprintf("%.1f", float64(d)/1e3)
	}
	return fmt.Sprintf("%.0f", float64(d)/1e3)
}

func times(ratio float64) string {
	if ratio == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", ratio)
}
