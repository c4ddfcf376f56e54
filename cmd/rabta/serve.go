package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"rabta/api"
	"rabta/internal/fault"
	"rabta/internal/node"
)

// serveCommand is rabta serve.
type serveCommand struct {
	dataFlag
	limitFlags
	Addr string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" env:"RABTA_ADDR" help:"Address to listen on; port 0 takes a free one."`
	Demo bool   `help:"Fill an empty directory with the sample market, and print tokens and commands to try."`
}

// Ending takes less than ten seconds in all: requests under way have drainTimeout, and everything endTimeout.
const (
	drainTimeout = 5 * time.Second
	endTimeout   = 9 * time.Second
)

// Run serves until ctx ends.
func (s *serveCommand) Run(ctx context.Context, c *call) error {
	if c.live != nil {
		return alreadyServed()
	}
	c.logger = slog.New(slog.NewTextHandler(c.stderr, nil))
	listener, err := net.Listen("tcp", s.Addr) // first: a port that is taken is told before the directory is filled
	if err != nil {
		return &fault.Error{Kind: fault.Invalid, Op: "rabta.serve", Field: "addr", Err: err,
			Message: "Nothing can listen on this address. Name a HOST:PORT that is free, for example 127.0.0.1:8080, or port 0 for any."}
	}
	n, err := s.open(ctx, c)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return s.serve(ctx, c, n, listener)
}

// open opens the node, waiting for a subcommand that holds the directory for a moment, and not for a server.
func (s *serveCommand) open(ctx context.Context, c *call) (*node.Node, error) {
	ctxOpen, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		n, err := node.Open(ctx, c.config(s.Data))
		if !errors.Is(err, node.ErrHeld) {
			return n, err
		}
		ping := node.Call{Args: []string{"version"}, Stdout: io.Discard, Stderr: io.Discard}
		if _, err := node.CallSocket(ctxOpen, s.Data, ping); err == nil {
			return nil, alreadyServed()
		}
		select {
		case <-ctxOpen.Done():
			return nil, held(ctx, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func alreadyServed() error {
	return fault.New(fault.Conflict, "rabta.serve", "Another server holds this data directory. End it, or name another directory.")
}

// serve answers HTTP and the socket until ctx ends, and closes the node.
func (s *serveCommand) serve(ctx context.Context, c *call, n *node.Node, listener net.Listener) error {
	if s.Demo {
		if err := fillForDemo(ctx, c, n); err != nil {
			return errors.Join(err, listener.Close(), n.Close())
		}
	}
	stopCalls, err := node.ListenSocket(s.Data, c.answer(n))
	if err != nil {
		return errors.Join(err, listener.Close(), n.Close())
	}
	limits := s.limits()
	handler := api.New(api.Config{Service: n, Log: c.log(), Version: builtAs().Version, Now: c.now, Limits: limits})
	server := api.NewServer(handler, api.UsualTimeouts(), slog.NewLogLogger(c.log().Handler(), slog.LevelWarn))
	node.SpreadThreads() // last: limits go by cores
	go n.Reader()        // made now, and not by the first who searches
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(api.Bound(listener, limits)) }()
	address := "http://" + listener.Addr().String()
	fmt.Fprintf(c.stdout, "listening on %s\n", address)
	if s.Demo {
		if err := s.guideTo(ctx, c, n, address); err != nil && ctx.Err() == nil {
			c.complain(sentence(err))
		}
	}
	select {
	case err = <-failed:
		err = fmt.Errorf("serving HTTP: %w", err)
	case <-ctx.Done():
	}
	return errors.Join(err, end(context.WithoutCancel(ctx), server, stopCalls, n))
}

// answer runs subcommands that come over the socket, with the open node.
func (c *call) answer(n *node.Node) node.CallHandler {
	return func(ctx context.Context, sent node.Call) int {
		served := &call{program: c.program, args: sent.Args, stdin: sent.Stdin, stdout: sent.Stdout, stderr: sent.Stderr,
			now: c.now, live: n, logger: c.log()}
		return served.run(ctx)
	}
}

// end finishes what is under way, then closes the node. What does not end in time is left: everything acknowledged is durable.
func end(ctx context.Context, server *http.Server, stopCalls func(), n *node.Node) error {
	done := make(chan error, 1)
	go func() {
		draining, cancel := context.WithTimeout(ctx, drainTimeout)
		defer cancel()
		if server.Shutdown(draining) != nil {
			_ = server.Close() // requests that outlast their time are cut off
		}
		stopCalls()
		done <- n.Close()
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(endTimeout):
		return fault.New(fault.Internal, "rabta.serve", "The server was cut off while ending. Everything that was acknowledged is stored.")
	}
}
