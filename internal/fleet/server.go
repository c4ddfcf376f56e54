// Package fleet runs real rabta processes and writes to them, for tests, crash rounds and soaks: it starts and kills servers by their
// process, keeps a ledger of what they acknowledged, and counts what of it is lost or was done twice. It knows Rabta by its command line
// and its API alone, as any client does.
package fleet

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Server is one rabta serve process, which can be killed and started again on the same address.
type Server struct {
	Binary string   // path of rabta
	Args   []string // of serve, without the address
	Log    io.Writer

	mu   sync.Mutex
	cmd  *exec.Cmd
	gone chan struct{} // closed when cmd has ended
	addr string        // HOST:PORT
}

// Start runs the server and returns how long it took until it was ready. The first start takes a free port, later ones the same.
func (s *Server) Start(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	if err := s.spawn(ctx); err != nil {
		return 0, err
	}
	if err := s.awaitReady(ctx); err != nil {
		return 0, errors.Join(err, s.Kill())
	}
	return time.Since(began), nil
}

// Launch runs the server and returns once it listens, or has ended without: it may be killed while it starts.
func (s *Server) Launch(ctx context.Context) error { return s.spawn(ctx) }

// KillSoon kills a process that another call is launching, and returns when it has ended. None there is no fault.
func (s *Server) KillSoon() error {
	s.mu.Lock()
	cmd, gone := s.cmd, s.gone
	s.mu.Unlock()
	if cmd == nil {
		return nil
	}
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-gone
	return nil
}

func (s *Server) spawn(ctx context.Context) error {
	addr := strings.TrimPrefix(s.URL(), "http://")
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	cmd := exec.Command(s.Binary, append([]string{"serve", "--addr", addr}, s.Args...)...)
	cmd.SysProcAttr = dieWithUs()
	cmd.Stderr = s.Log
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	gone := make(chan struct{})
	s.mu.Lock()
	s.cmd, s.gone = cmd, gone
	s.mu.Unlock()
	first := make(chan string, 1)
	go func() {
		lines := bufio.NewReader(out)
		line, _ := lines.ReadString('\n')
		first <- strings.TrimSpace(line)
		_, _ = io.Copy(io.Discard, lines)
		_ = cmd.Wait() // how it ended is told by who ended it
		close(gone)
	}()
	select {
	case line := <-first:
		url, ok := strings.CutPrefix(line, "listening on http://")
		if !ok {
			return fmt.Errorf("rabta serve printed %q instead of its address", line)
		}
		s.mu.Lock()
		s.addr = url
		s.mu.Unlock()
		return nil
	case <-ctx.Done():
		return errors.Join(ctx.Err(), cmd.Process.Kill())
	}
}

// awaitReady asks until the server says that it is ready.
func (s *Server) awaitReady(ctx context.Context) error {
	for {
		if answer, err := http.Get(s.URL() + "/readyz"); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-s.ended():
			return errors.New("rabta serve ended before it was ready")
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// URL is where the server answers.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return "http://" + s.addr
}

// PID is the process that serves.
func (s *Server) PID() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cmd.Process.Pid
}

func (s *Server) ended() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gone
}

// Kill ends the process as a loss of power would (SIGKILL) and waits for its end.
func (s *Server) Kill() error { return s.end(os.Kill) }

// Stop ends the process in order and tells whether it did so within ten seconds.
func (s *Server) Stop() error { return s.end(syscall.SIGTERM) }

func (s *Server) end(signal os.Signal) error {
	s.mu.Lock()
	cmd, gone := s.cmd, s.gone
	s.mu.Unlock()
	if cmd == nil {
		return nil
	}
	if err := cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-gone:
		if signal == syscall.SIGTERM && !cmd.ProcessState.Success() {
			return fmt.Errorf("rabta serve ended with %v", cmd.ProcessState)
		}
		return nil
	case <-time.After(11 * time.Second):
		return errors.Join(errors.New("rabta serve did not end within ten seconds"), cmd.Process.Kill())
	}
}

// Run runs another subcommand and gives what it printed.
func (s *Server) Run(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, s.Binary, args...)
	cmd.SysProcAttr = dieWithUs()
	var complained strings.Builder
	cmd.Stderr = &complained
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("rabta %s: %w: %s", args[0], err, complained.String())
	}
	return string(out), err
}
