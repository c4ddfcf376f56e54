package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"time"

	"rabta/internal/fault"
	"rabta/internal/node"
)

// patience is how long a subcommand waits for a data directory that another one holds for a moment, or whose server is starting.
const patience = 10 * time.Second

// call is one run of a subcommand: its arguments and streams, and the open node when it runs inside the process that serves.
type call struct {
	program string // as it was called
	args    []string
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
	now     func() time.Time
	watched bool // a terminal watches standard error
	live    *node.Node

	database, keyFile string // of --database-url and --key-file

	logger *slog.Logger // of the process that serves; nil elsewhere
}

// log gives the server's log, or one of warnings on standard error.
func (c *call) log() *slog.Logger {
	if c.logger != nil {
		return c.logger
	}
	return slog.New(slog.NewTextHandler(c.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// withNode runs do with the node of a data directory that must be there already: opened here, or, where another process holds
// it, in that process.
func (c *call) withNode(ctx context.Context, dir string, do func(*node.Node) error) error {
	if c.live == nil && c.database == "" && !node.Exists(dir) && !node.ExistsOnPostgres(dir) {
		return &fault.Error{Kind: fault.NotFound, Op: "rabta", Field: "data",
			Message: "There is no data directory of this name. Make one with rabta seed, or with rabta serve --demo."}
	}
	return c.withNewNode(ctx, dir, nil, do)
}

// withNewNode is withNode for a subcommand that may make the directory. input is what do reads from c.stdin where it runs in
// another process; nil is nothing.
func (c *call) withNewNode(ctx context.Context, dir string, input io.Reader, do func(*node.Node) error) error {
	if c.live != nil {
		return do(c.live)
	}
	ctxOpen, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		n, err := node.Open(ctx, c.config(dir))
		if err == nil {
			return closing(n, do(n))
		}
		if !errors.Is(err, node.ErrHeld) {
			return err
		}
		code, err := node.CallSocket(ctx, dir, c.forward(input))
		switch {
		case err == nil && code == exitDone:
			return nil
		case err == nil:
			return exitError(code)
		case !unreached(err):
			return ended(ctx, err)
		}
		select {
		case <-ctxOpen.Done():
			return held(ctx, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// config says what to open for a data directory.
func (c *call) config(dir string) node.Config {
	return node.Config{Dir: dir, Database: c.database, KeyFile: c.keyFile, Now: c.now, Log: c.log()}
}

// besideServer runs arguments in the process that holds the directory.
func (c *call) besideServer(ctx context.Context, dir string, args []string) error {
	sent := *c
	sent.args = args
	code, err := node.CallSocket(ctx, dir, sent.forward(nil))
	switch {
	case err == nil && code == exitDone:
		return nil
	case err == nil:
		return exitError(code)
	case unreached(err):
		return held(ctx, err)
	}
	return ended(ctx, err)
}

// forward is this call as it is sent to the process that holds the directory.
func (c *call) forward(input io.Reader) node.Call {
	args := c.args
	if c.watched {
		args = append([]string{"--watched"}, args...)
	}
	return node.Call{Args: args, Stdin: input, Stdout: c.stdout, Stderr: c.stderr}
}

// closing closes the node after the work on it; the error of the work comes first.
func closing(n *node.Node, err error) error {
	if closed := n.Close(); closed != nil && err == nil {
		return fmt.Errorf("closing the data directory: %w", closed)
	}
	return err
}

// unreached tells whether a call never began, so that it may be sent again.
func unreached(err error) bool {
	dial, ok := errors.AsType[*net.OpError](err)
	return ok && dial.Op == "dial"
}

func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &fault.Error{Kind: fault.Unavailable, Op: "rabta", Err: err,
		Message: "The process that holds the data directory ended before it answered. See whether the work was done, then run this again."}
}

func held(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &fault.Error{Kind: fault.Unavailable, Op: "rabta", Field: "data", Err: err,
		Message: "Another process holds the data directory and does not answer. Wait until it is done, or end it, and run this again."}
}

// open opens a file that the command line names; "-" is standard input. In the process that serves it is what the caller sends,
// who has opened it.
func (c *call) open(name string) (io.ReadCloser, error) {
	if c.live != nil || name == "-" {
		return io.NopCloser(c.stdin), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Op: "rabta", Field: "file", Err: err,
			Message: "The file cannot be read. Name one that is there and that you may read."}
	}
	return f, nil
}
