// Command compare holds Rabta's lists against PostgreSQL with PostGIS, and against Bleve's own geo filter, on one invented market of N
// postings and N graduates that has the shape of the country (package seed). It starts the servers itself, loads the same records into
// both sides, checks that both give the same sets, and then times them side by side: rounds of ours, while 100 postings a second
// arrive, and of theirs, while none do. It prints one table with both sides' p50 and p99, and ends with
//
//	RATIO match_25km_p50 X
//	RATIO text_25km_warm_p50 X
//	RATIO text_25km_cold_p50 X
//	WRONG n
//
// where X is how many times longer the peer takes at the median, and n counts lists that differ. The exit code is 0 only when n is 0.
// How to read the table is in docs/PERFORMANCE.md. With -starts it times starts of a node on as many records instead.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"rabta/internal/node"
	"rabta/store/postgres/cluster"
)

// options are what may be asked for.
type options struct {
	records int           // postings, and graduates
	seed    uint64        // of the market and of the questions
	rounds  int           // of each kind of question
	block   time.Duration // that our side is asked in a round
	asks    int           // questions put to the peer in a round
	checks  int           // lists of each kind that are compared
	bleve   int           // documents of Bleve's own index with points; 0: none
	only    string        // kinds of questions, for work on this program; empty: all
	starts  int           // of a node, in the place of everything else; 0: none
}

func main() { os.Exit(runHere()) }

func runHere() int {
	var o options
	flag.IntVar(&o.records, "n", 1_000_000, "postings, and graduates")
	flag.Uint64Var(&o.seed, "seed", 1, "what market and questions are drawn from")
	flag.IntVar(&o.rounds, "rounds", 8, "rounds of each kind of question")
	flag.DurationVar(&o.block, "block", 400*time.Millisecond, "how long our side is asked in a round")
	flag.IntVar(&o.asks, "asks", 40, "questions put to the peer in a round")
	flag.IntVar(&o.checks, "checks", 60, "lists of each kind that are compared")
	flag.IntVar(&o.bleve, "bleve", -1, "documents of Bleve's own index with points; -1: all up to 200,000, 0: none")
	flag.StringVar(&o.only, "only", "", "one kind of question: match, text, candidates or away; bleve needs text")
	flag.IntVar(&o.starts, "starts", 0, "time so many starts of a node on a store of that many records, and compare nothing")
	flag.Parse()
	if o.records < 1_000 || o.rounds < 1 || o.asks < 1 || o.checks < 1 || flag.NArg() > 0 {
		flag.Usage()
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	node.SpreadThreads() // as a server does
	wrong, err := inScratch(ctx, o)
	switch {
	case err != nil:
		fmt.Fprintf(os.Stderr, "compare: %v\n", err)
		return 1
	case wrong > 0:
		return 1
	}
	return 0
}

// inScratch compares in a directory that is removed afterwards.
func inScratch(ctx context.Context, o options) (wrong int, err error) {
	dir, err := cluster.NewDir()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if o.starts > 0 {
		return 0, start(ctx, o, dir)
	}
	return compare(ctx, o, dir)
}
