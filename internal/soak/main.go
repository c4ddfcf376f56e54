// Command soak runs the long forms of the trials of docs/TRUST.md, one after the other, and prints for each a line of figures, how long it
// took and whether it held. make soak runs all of them, which takes hours; make soak ROW=failover runs one. Each row is a target of the
// Makefile or a test of this repository, with its long figures; soak itself tries nothing.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() { os.Exit(runHere()) }

func runHere() int {
	o := options{}
	only := flag.String("row", "", "the one row to run; all of them unless told")
	flag.IntVar(&o.kills, "kills", 50, "how often a node is killed under load")
	flag.IntVar(&o.failovers, "failovers", 5, "how often the primary is lost to its replica")
	flag.DurationVar(&o.away, "away", 30*time.Second, "how long PostgreSQL is away")
	flag.IntVar(&o.rounds, "rounds", 200, "rounds of kill -9 on SQLite")
	flag.IntVar(&o.records, "records", 100_000, "records that lie there in them")
	flag.IntVar(&o.requests, "requests", 1_000_000, "requests made from the OpenAPI document")
	flag.IntVar(&o.purged, "purged", 100_000, "documents of the index that is purged")
	flag.IntVar(&o.imported, "imported", 1_000_000, "rows of the roster that is imported")
	flag.IntVar(&o.minutes, "minutes", 30, "minutes of mixed load")
	flag.StringVar(&o.old, "old", "", "commit of the older version; the last one before the newest migration unless told")
	flag.Parse()
	chosen := slices.DeleteFunc(o.rows(), func(r row) bool { return *only != "" && r.name != *only })
	if flag.NArg() > 0 || len(chosen) == 0 {
		fmt.Fprintf(os.Stderr, "soak: there is no row %q. The rows are: %s.\n", *only, strings.Join(names(o.rows()), ", "))
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if failed := runAll(ctx, chosen, os.Stdout); failed > 0 {
		fmt.Fprintf(os.Stderr, "soak: %d of %d rows did not hold\n", failed, len(chosen))
		return 1
	}
	return 0
}

// runAll runs rows in turn, prints a line of each, and tells how many did not hold.
func runAll(ctx context.Context, rows []row, out io.Writer) (failed int) {
	for _, r := range rows {
		if ctx.Err() != nil {
			return failed + 1
		}
		began, before := time.Now(), load()
		output, err := r.run(ctx)
		verdict := "held"
		if err != nil {
			verdict = "DID NOT HOLD: " + err.Error()
			failed++
		}
		found := figures(output, r.figures)
		if len(found) == 0 && err == nil {
			verdict = "DID NOT HOLD: it printed no figures"
			failed++
		}
		fmt.Fprintf(out, "%-9s %s; %s, load %s then %s: %s\n", r.name, strings.Join(found, "; "), time.Since(began).Round(time.Second), before, load(), verdict)
		if err != nil {
			fmt.Fprintln(out, tail(output))
		}
	}
	return failed
}

// load is the machine's, over a minute; "unknown" where it cannot be told.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}
