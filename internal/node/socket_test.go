package node_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rabta/internal/node"
)

// listening serves calls in a directory of its own.
func listening(t *testing.T, handle node.CallHandler) (dir string) {
	t.Helper()
	dir = t.TempDir()
	stop, err := node.ListenSocket(dir, handle)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return dir
}

func TestACallCarriesArgumentsStreamsAndExitCode(t *testing.T) {
	dir := listening(t, func(_ context.Context, c node.Call) int {
		fmt.Fprintf(c.Stderr, "%q", c.Args)
		input, err := io.ReadAll(c.Stdin)
		if err != nil {
			return 99
		}
		_, _ = c.Stdout.Write(bytes.ToUpper(input))
		return len(c.Args)
	})
	tests := []struct {
		name   string
		args   []string
		input  io.Reader
		output string
		code   int
	}{
		{"no input", []string{"search", "--json"}, nil, "", 2},
		{"input", []string{"import"}, strings.NewReader("one\ntwo\n"), "ONE\nTWO\n", 1},
		{"no arguments", nil, strings.NewReader("x"), "X", 0},
		{"arguments of all kinds", []string{"", "a\nb", "درزی", "\x00"}, nil, "", 4},
		{"much input", []string{"import"}, strings.NewReader(strings.Repeat("a", 3<<20)), strings.Repeat("A", 3<<20), 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out, complaints bytes.Buffer
			code, err := node.CallSocket(context.Background(), dir, node.Call{Args: tt.args, Stdin: tt.input, Stdout: &out, Stderr: &complaints})
			if err != nil || code != tt.code || out.String() != tt.output || complaints.String() != fmt.Sprintf("%q", tt.args) {
				t.Errorf("code %d, %v, %d bytes of output, %s", code, err, out.Len(), &complaints)
			}
		})
	}
}

// TestACallWithMuchOutput: five megabytes on each stream, in pieces of all sizes, arrive as they were sent.
func TestACallWithMuchOutput(t *testing.T) {
	body := bytes.Repeat([]byte("rabta "), 5<<20/6)
	dir := listening(t, func(_ context.Context, c node.Call) int {
		_, whole := c.Stdout.Write(body)
		rest, size := body, 1
		var pieces error
		for len(rest) > 0 && pieces == nil {
			n := min(size, len(rest))
			_, pieces = c.Stderr.Write(rest[:n])
			rest, size = rest[n:], size*3
		}
		if whole != nil || pieces != nil {
			return 1
		}
		return 7
	})
	var out, complaints bytes.Buffer
	// What is sent and never read must not stand in the way.
	code, err := node.CallSocket(context.Background(), dir, node.Call{Stdin: bytes.NewReader(body), Stdout: &out, Stderr: &complaints})
	if err != nil || code != 7 || !bytes.Equal(out.Bytes(), body) || !bytes.Equal(complaints.Bytes(), body) {
		t.Errorf("code %d, %v, %d and %d bytes of %d", code, err, out.Len(), complaints.Len(), len(body))
	}
}

// TestACallerWhoGoesAwayEndsItsCall, also one that writes and reads nothing.
func TestACallerWhoGoesAwayEndsItsCall(t *testing.T) {
	began, ended := make(chan struct{}), make(chan error, 1)
	dir := listening(t, func(ctx context.Context, _ node.Call) int {
		close(began)
		select {
		case <-ctx.Done():
			ended <- nil
		case <-time.After(10 * time.Second):
			ended <- errors.New("the call was not ended")
		}
		return 0
	})
	ctx, leave := context.WithCancel(context.Background())
	answered := make(chan error)
	go func() {
		_, err := node.CallSocket(ctx, dir, node.Call{Args: []string{"seed"}, Stdout: io.Discard, Stderr: io.Discard})
		answered <- err
	}()
	<-began
	leave()
	if err := <-answered; err == nil {
		t.Error("the caller was told that all went well")
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestACallerWhoWaitsIsNotTakenForGone: it has closed its input and hears nothing for a while.
func TestACallerWhoWaitsIsNotTakenForGone(t *testing.T) {
	dir := listening(t, func(ctx context.Context, c node.Call) int {
		if _, err := io.ReadAll(c.Stdin); err != nil {
			return 1
		}
		select {
		case <-ctx.Done():
			return 2
		case <-time.After(700 * time.Millisecond):
			return 0
		}
	})
	var out bytes.Buffer
	code, err := node.CallSocket(context.Background(), dir, node.Call{Stdin: strings.NewReader("x"), Stdout: &out, Stderr: &out})
	if err != nil || code != 0 || out.Len() > 0 {
		t.Errorf("code %d, %v, output %q", code, err, out.String())
	}
}

func TestABadFirstLineIsNoCall(t *testing.T) {
	var calls atomic.Int32
	dir := listening(t, func(context.Context, node.Call) int { calls.Add(1); return 0 })
	for name, line := range map[string]string{"nothing": "", "no line": `["search"]`, "no list": "search\n", "an object": "{}\n",
		"numbers": "[1]\n", "too long": `["` + strings.Repeat("a", 1<<20) + "\"]\n"} {
		conn, err := net.Dial("unix", dir+"/socket")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(conn, line) // refused before its end when it is too long
		if err := conn.(*net.UnixConn).CloseWrite(); err != nil && name != "too long" {
			t.Fatal(err)
		}
		if answer, _ := io.ReadAll(conn); len(answer) > 0 {
			t.Errorf("%s: answered %q", name, answer)
		}
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}
	if got := calls.Load(); got > 0 {
		t.Errorf("%d of them were taken for calls", got)
	}
	if code, err := node.CallSocket(context.Background(), dir, node.Call{}); err != nil || code != 0 {
		t.Errorf("a call after them: %d, %v", code, err)
	}
}

func TestOnlyTheOwnerMayCall(t *testing.T) {
	dir := listening(t, func(context.Context, node.Call) int { return 0 })
	info, err := os.Stat(dir + "/socket")
	if err != nil || info.Mode() != os.ModeSocket|0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// TestStoppingEndsTheCallsAndWaitsForThem, and leaves no socket, no connection and no goroutine.
func TestStoppingEndsTheCallsAndWaitsForThem(t *testing.T) {
	before := goleak.IgnoreCurrent()
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/socket", []byte("left over"), 0o600); err != nil {
		t.Fatal(err)
	}
	began := make(chan struct{}, 3)
	var ended atomic.Int32
	stop, err := node.ListenSocket(dir, func(ctx context.Context, c node.Call) int {
		began <- struct{}{}
		if slices.Contains(c.Args, "read") {
			_, _ = io.ReadAll(c.Stdin) // never ends by itself
		}
		<-ctx.Done()
		time.Sleep(50 * time.Millisecond)
		ended.Add(1)
		return 0
	})
	if err != nil {
		t.Fatal(err)
	}
	input, writer := io.Pipe()
	answered := make(chan error, 3)
	for _, arg := range []string{"read", "wait", "wait"} {
		go func() {
			call := node.Call{Args: []string{arg}, Stdout: io.Discard, Stderr: io.Discard}
			if arg == "read" {
				call.Stdin = input
			}
			_, err := node.CallSocket(context.Background(), dir, call)
			answered <- err
		}()
		<-began
	}
	idle, err := net.Dial("unix", dir+"/socket") // says nothing
	if err != nil {
		t.Fatal(err)
	}
	stop()
	if got := ended.Load(); got != 3 {
		t.Errorf("stop returned when %d of 3 calls had ended", got)
	}
	for range 3 {
		<-answered
	}
	if _, err := os.Stat(dir + "/socket"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket is still there: %v", err)
	}
	var unreached *net.OpError
	if _, err := node.CallSocket(context.Background(), dir, node.Call{}); !errors.As(err, &unreached) || unreached.Op != "dial" {
		t.Errorf("a call after it: %v", err)
	}
	if err := errors.Join(idle.Close(), writer.Close()); err != nil {
		t.Error(err)
	}
	goleak.VerifyNone(t, before)
}
