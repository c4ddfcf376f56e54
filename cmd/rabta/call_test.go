package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rabta/internal/node"
)

// newCall gives a call with a clock and streams of its own.
func newCall(args ...string) (c *call, stdout, stderr *bytes.Buffer) {
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	return &call{program: "rabta", args: args, stdin: strings.NewReader(""), stdout: stdout, stderr: stderr, now: time.Now}, stdout, stderr
}

// holdDirectory holds a fresh data directory, as a server does.
func holdDirectory(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	n, err := node.Open(t.Context(), node.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestServerThatDiesIsNotAskedTwice holds that a call which was taken and never answered fails instead of being sent again: it may
// have been carried out.
func TestServerThatDiesIsNotAskedTwice(t *testing.T) {
	dir := holdDirectory(t)
	listener, err := net.Listen("unix", filepath.Join(dir, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	taken := 0
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			taken++
			_ = conn.Close()
		}
	})
	c, stdout, stderr := newCall("token", "create", "--data", dir, "--role", "staff")
	code := c.run(t.Context())
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	serving.Wait()
	if code != exitFailed || taken != 1 || stdout.Len() > 0 {
		t.Errorf("exit code %d after %d calls, printed %q; want %d after 1, nothing", code, taken, stdout, exitFailed)
	}
	if !strings.Contains(stderr.String(), "ended before it answered") {
		t.Errorf("standard error is %q", stderr)
	}
}

// TestWaitingEndsWithTheCaller holds that a call which waits for a held directory ends when its caller is interrupted.
func TestWaitingEndsWithTheCaller(t *testing.T) {
	dir := holdDirectory(t)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	c, _, stderr := newCall("index", "rebuild", "--data", dir)
	began := time.Now()
	if code := c.run(ctx); code != exitFailed || time.Since(began) > patience/2 {
		t.Errorf("exit code %d after %v, want %d at once", code, time.Since(began), exitFailed)
	}
	if strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("standard error is %q, want one line", stderr)
	}
}

// TestServerRefusesWhatItMustNotRun holds that what comes over the socket cannot start a second server, end the first, or read its
// files.
func TestServerRefusesWhatItMustNotRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	n, err := node.Open(t.Context(), node.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	server, _, _ := newCall()
	stop, err := node.ListenSocket(dir, server.answer(n))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	secret := filepath.Join(t.TempDir(), "secret.tsv")
	if err := os.WriteFile(secret, []byte("not for you"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		want int
	}{
		{[]string{"serve", "--data", dir}, exitFailed},
		{[]string{"import", "places", secret}, exitFailed},
		{[]string{"--help"}, exitDone},
		{[]string{"nonsense"}, exitUsage},
		{nil, exitUsage},
		{[]string{"version"}, exitDone},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			var out, complaint bytes.Buffer
			code, err := node.CallSocket(t.Context(), dir, node.Call{Args: test.args, Stdout: &out, Stderr: &complaint})
			if err != nil || code != test.want {
				t.Errorf("exit code %d, %v, want %d; %s", code, err, test.want, &complaint)
			}
			if strings.Contains(out.String()+complaint.String(), "not for you") {
				t.Errorf("the server's own file was read: %s%s", &out, &complaint)
			}
		})
	}
}

// TestTradesAnswersLineByLine holds that every line of standard input has its answer, and that it is not held
// back from whoever waits for it before asking again.
func TestTradesAnswersLineByLine(t *testing.T) {
	in, questions := io.Pipe()
	answers, out := io.Pipe()
	c, _, stderr := newCall("trades", "--json", "-")
	c.stdin, c.stdout = in, out
	code := make(chan int, 1)
	go func() {
		code <- c.run(t.Context())
		_ = out.Close()
	}()
	dec := json.NewDecoder(answers)
	for _, query := range []string{"welder", "", "qqqq"} {
		if _, err := io.WriteString(questions, query+"\n"); err != nil {
			t.Fatal(err)
		}
		var read tradesRead
		if err := dec.Decode(&read); err != nil || read.Query != query {
			t.Fatalf("%q was answered by %+v, %v", query, read, err)
		}
	}
	if err := questions.Close(); err != nil {
		t.Fatal(err)
	}
	if got := <-code; got != exitDone {
		t.Errorf("exit code %d: %s", got, stderr)
	}
}
