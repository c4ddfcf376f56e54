package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rabta/internal/fleet"
)

type options struct {
	rounds, records int
	binary, data    string
	seed            uint64
}

const (
	writers     = 4
	longestRun  = 1500 * time.Millisecond // from the first write of a round to the kill
	startTime   = 3 * time.Minute         // until a killed server is ready again
	startAim    = 3 * time.Second         // the same as it ought to be, on a machine that does nothing else; past it is told what the server said
	settleTime  = time.Minute             // for what the writers have under way after the last start
	roundBudget = 10 * time.Minute
)

// crash is one run of all rounds.
type crash struct {
	options
	random *rand.Rand
	server *fleet.Server
	load   *fleet.Load
	log    *os.File
	ready  []time.Duration
	faults []string // of rounds after which something was not clean
}

// run kills the server so many times, and fails when anything was lost, done twice or not clean.
func run(ctx context.Context, o options, out io.Writer) (err error) {
	if o.seed == 0 {
		o.seed = uint64(time.Now().UnixNano())
	}
	c := &crash{options: o, random: rand.New(rand.NewPCG(o.seed, 1)), server: &fleet.Server{Binary: o.binary, Args: []string{"--data", o.data}}}
	if c.log, err = os.Create(filepath.Join(filepath.Dir(o.data), "server.log")); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.log.Close()) }()
	c.server.Log = c.log
	if _, err := c.server.Run(ctx, o.seedArgs()...); err != nil {
		return err
	}
	if _, err := c.server.Start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.server.Kill()) }()
	if c.load, err = fleet.NewLoad(ctx, o.data, writers, c.server); err != nil {
		return err
	}
	var counts fleet.Counts
	for round := 1; round <= o.rounds; round++ {
		bounded, cancel := context.WithTimeout(ctx, roundBudget)
		counts, err = c.round(bounded, round, out)
		cancel()
		if err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
	}
	return c.report(counts, out)
}

// round writes, kills, starts again and looks.
func (c *crash) round(ctx context.Context, number int, out io.Writer) (counts fleet.Counts, err error) {
	c.load.Begin(ctx)
	said, _ := c.log.Seek(0, io.SeekEnd)
	way, err := c.killSomehow(ctx)
	var took time.Duration
	if err == nil {
		starting, cancel := context.WithTimeout(ctx, startTime)
		took, err = c.server.Start(starting)
		cancel()
	}
	c.load.End(settleTime)
	if err != nil {
		return counts, err
	}
	c.ready = append(c.ready, took)
	if took > startAim {
		c.tellWhy(said, out)
	}
	if counts, err = c.load.Verify(ctx); err != nil {
		return counts, err
	}
	clean := "index and database clean"
	if _, err := c.server.Run(ctx, "index", "verify", "--data", c.data); err != nil {
		clean = err.Error()
		c.faults = append(c.faults, fmt.Sprintf("round %d: %s", number, clean))
	}
	_, err = fmt.Fprintf(out, "round %d: killed %s, ready in %.1f s, acknowledged %d lost %d twice %d, %s\n", number, way, took.Seconds(),
		counts.Acknowledged, counts.Lost, counts.Twice, clean)
	return counts, err
}

// killSomehow kills the server at a random moment of its work, and now and then again while it starts.
func (c *crash) killSomehow(ctx context.Context) (way string, err error) {
	way = "while it wrote"
	if c.random.IntN(4) == 0 { // beside the writers; whether it is done in time is no matter
		way = "while its index was built anew"
		rebuilding, cancel := context.WithCancel(ctx)
		defer cancel()
		go func() { _, _ = c.server.Run(rebuilding, "index", "rebuild", "--data", c.data) }()
	}
	pause(ctx, 20*time.Millisecond+c.moment(longestRun))
	if err := c.server.Kill(); err != nil {
		return way, err
	}
	for c.random.IntN(3) == 0 {
		way += ", and while it started"
		if err := c.killStarting(ctx); err != nil {
			return way, err
		}
	}
	return way, ctx.Err()
}

// killStarting starts the server and kills it within what a start takes.
func (c *crash) killStarting(ctx context.Context) error {
	usual := time.Second
	if len(c.ready) > 0 {
		usual = c.ready[len(c.ready)-1]
	}
	launched := make(chan error, 1)
	go func() { launched <- c.server.Launch(ctx) }()
	pause(ctx, 10*time.Millisecond+c.moment(usual))
	if err := c.server.KillSoon(); err != nil {
		return err
	}
	<-launched // fails unless it listened already: it was killed
	return nil
}

// tellWhy prints what the server has logged since an offset of its log, but for the requests.
func (c *crash) tellWhy(since int64, out io.Writer) {
	lines := bufio.NewScanner(io.NewSectionReader(c.log, since, math.MaxInt64-since))
	for lines.Scan() {
		if line := lines.Text(); !strings.Contains(line, " request=") {
			fmt.Fprintln(out, "  "+line)
		}
	}
}

func (c *crash) moment(longest time.Duration) time.Duration {
	return time.Duration(c.random.Int64N(int64(longest)))
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// report prints how long starts took and, on the last line, the counts.
func (c *crash) report(counts fleet.Counts, out io.Writer) error {
	for _, line := range slices.Concat(c.faults, counts.Complaints) {
		fmt.Fprintln(out, line)
	}
	slices.Sort(c.ready)
	_, err := fmt.Fprintf(out, "ready after kill -9 at %d records: p50 %.2f s, max %.2f s%s\nrounds %d acknowledged %d lost %d twice %d\n", c.records,
		c.ready[len(c.ready)/2].Seconds(), c.ready[len(c.ready)-1].Seconds(), loadOf(), c.rounds, counts.Acknowledged, counts.Lost, counts.Twice)
	switch {
	case err != nil:
		return err
	case counts.Lost+counts.Twice > 0:
		return errors.New("what was acknowledged was not kept")
	case len(c.faults)+len(counts.Complaints) > 0:
		return errors.New("not all was clean")
	case counts.Acknowledged == 0:
		return errors.New("nothing was ever acknowledged: the rounds show nothing")
	}
	return nil
}

// loadOf tells what else the machine had to do, where it tells.
func loadOf() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(string(text), " ")
	return " (load of the machine at the end: " + first + ")"
}
