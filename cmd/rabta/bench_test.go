package main

import (
	"bufio"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// BenchmarkServeReady is how long a server takes from its start as a process until it listens, with index and boards loaded, on a
// directory of the demonstration's size.
func BenchmarkServeReady(b *testing.B) {
	data := filepath.Join(b.TempDir(), "data")
	if out, err := exec.Command("rabta", "seed", "--data", data, "--date", "2026-11-22").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for b.Loop() {
		server := exec.Command("rabta", "serve", "--data", data, "--addr", "127.0.0.1:0")
		out, err := server.StdoutPipe()
		if err != nil {
			b.Fatal(err)
		}
		if err := server.Start(); err != nil {
			b.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		b.StopTimer()
		if err != nil || !strings.HasPrefix(line, "listening on ") {
			b.Errorf("the server printed %q, %v", line, err)
		}
		if err := server.Process.Signal(syscall.SIGTERM); err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, out); err != nil {
			b.Fatal(err)
		}
		if err := server.Wait(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
