// Command crash kills a server with SIGKILL, round after round, while writers create, change and delete graduates, postings and
// employers through its API, and counts what was acknowledged and is not there afterwards, or happened two times. It ends with
//
//	rounds R acknowledged N lost L twice D
//
// and exit code 0 only when L and D are 0 and rabta index verify, which checks the database too, was clean after each round. The kills
// come at random moments: while it writes, while it starts, while an index is built anew. It knows Rabta by its command line and its API
// alone (internal/fleet).
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
)

func main() { os.Exit(runHere()) }

func runHere() int {
	var o options
	flag.IntVar(&o.rounds, "rounds", 20, "how many times the server is killed")
	flag.IntVar(&o.records, "records", 2_000, "records of the sample market that lie there already, half of them graduates")
	flag.StringVar(&o.binary, "binary", "bin/rabta", "the program to run")
	flag.Uint64Var(&o.seed, "seed", 0, "what the moments are drawn from; 0: another each time")
	flag.Parse()
	if o.rounds < 1 || o.records < 0 || flag.NArg() > 0 {
		flag.Usage()
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := inScratch(ctx, o, os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "crash: %v\n", err)
		return 1
	}
	return 0
}

// inScratch runs the rounds in a directory that is removed when they went well, and kept to be looked at when not.
func inScratch(ctx context.Context, o options, out io.Writer) error {
	scratch, err := os.MkdirTemp("", "rabta-crash-")
	if err != nil {
		return err
	}
	o.data = filepath.Join(scratch, "data")
	if err := run(ctx, o, out); err != nil {
		return fmt.Errorf("%w; the data directory is kept: %s", err, o.data)
	}
	return os.RemoveAll(scratch)
}

// seedArgs fill the directory before the first round.
func (o options) seedArgs() []string {
	graduates := o.records / 2
	return []string{"seed", "--data", o.data, "--graduates", strconv.Itoa(graduates), "--postings", strconv.Itoa(o.records - graduates)}
}
