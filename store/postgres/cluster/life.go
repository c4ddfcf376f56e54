package cluster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"rabta/internal/fault"
)

// launch runs the server on a free port, another one when somebody was quicker.
func (c *Cluster) launch(ctx context.Context) error {
	var err error
	for range 5 {
		if c.port, err = freePort(); err != nil {
			return err
		}
		if err = c.serve(ctx); err == nil || ctx.Err() != nil {
			return err
		}
	}
	return err
}

// freePort gives a port of 127.0.0.1 that nobody held a moment ago.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// serve starts the server on its port and returns when it takes connections.
func (c *Cluster) serve(ctx context.Context) error {
	log, err := os.OpenFile(c.LogFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command(filepath.Join(c.bin, "postgres"), "-D", c.data(), "-p", strconv.Itoa(c.port))
	cmd.Dir, cmd.Stdout, cmd.Stderr = c.dir, log, log
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.SysProcAttr = c.account.attributes()
	dieWithParent(cmd.SysProcAttr)
	if c.server, err = spawn(cmd); err != nil {
		return err
	}
	return c.awaitReady(ctx)
}

// awaitReady looks at what the server writes into postmaster.pid: its last line says ready, or standby for a replica.
func (c *Cluster) awaitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		if !c.server.running() {
			c.server = nil
			return fmt.Errorf("the server ended at its start: %s", c.lastLine())
		}
		lines := strings.Split(c.pidFile(), "\n")
		if len(lines) > 7 && lines[0] == strconv.Itoa(c.server.cmd.Process.Pid) {
			if state := strings.TrimSpace(lines[7]); state == "ready" || state == "standby" {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			c.Kill()
			return fmt.Errorf("the server is not ready: %w: %s", ctx.Err(), c.lastLine())
		case <-time.After(lookEvery):
		}
	}
}

func (c *Cluster) pidFile() string {
	text, err := os.ReadFile(filepath.Join(c.data(), "postmaster.pid"))
	if err != nil {
		return "" // not written yet
	}
	return string(text)
}

func (c *Cluster) lastLine() string {
	log, err := os.ReadFile(c.LogFile())
	if err != nil {
		return err.Error()
	}
	lines := bytes.Split(bytes.TrimSpace(log), []byte("\n"))
	return string(lines[len(lines)-1])
}

// Stop ends the server by a fast shutdown: transactions under way are undone, clients are told.
func (c *Cluster) Stop() error { return c.stop(syscall.SIGINT) }

// StopImmediately ends the server without a checkpoint: it recovers from its log when it is started again.
func (c *Cluster) StopImmediately() error { return c.stop(syscall.SIGQUIT) }

func (c *Cluster) stop(signal os.Signal) error {
	if c.server == nil {
		return nil
	}
	if !c.server.stop(signal, stopTimeout) {
		c.server.killTree()
		c.server = nil
		return fault.New(fault.Unavailable, "cluster.Stop", "The server did not stop in time and was killed.")
	}
	c.server = nil
	return nil
}

// Kill ends the server and all of its children by SIGKILL, as the loss of its machine would.
func (c *Cluster) Kill() {
	if c.server == nil {
		return
	}
	c.server.killTree()
	c.server = nil
}

// Running tells whether the server's process is there.
func (c *Cluster) Running() bool { return c.server != nil && c.server.running() }

// Restart runs the server again on its port, after stopping it when it runs.
func (c *Cluster) Restart(ctx context.Context) error {
	if err := c.Stop(); err != nil {
		return err
	}
	var err error
	for range 5 { // the port may be somebody's outgoing one for a moment
		if err = c.serve(ctx); err == nil || ctx.Err() != nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fault.Wrap("cluster.Restart", err)
}

// Remove stops the server and deletes the cluster with its directory.
func (c *Cluster) Remove() error {
	return errors.Join(c.stop(syscall.SIGQUIT), os.RemoveAll(c.dir))
}
