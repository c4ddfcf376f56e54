// Command rabta is the one binary: it serves a data directory over HTTP, fills it, searches and matches in it, and exports from
// it. Each subcommand has a file of its own, which reads flags, calls internal/node or seed, and prints; no rule lives here.
//
// One process holds a data directory. A subcommand that finds it held sends itself to that process over the socket in the
// directory (call.go), where the same code runs with the open node, so that its output is the same either way.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() { os.Exit(runHere()) }

// runHere runs the subcommand of the process's own arguments, streams and signals, and gives its exit code.
func runHere() int {
	signal.Ignore(syscall.SIGXFSZ) // a file that may not grow is an error of the write, and no reason to end
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	c := &call{program: os.Args[0], args: os.Args[1:], stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		now: time.Now, watched: isTerminal(os.Stderr)}
	return c.run(ctx)
}

// isTerminal tells whether a person may be watching f.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
