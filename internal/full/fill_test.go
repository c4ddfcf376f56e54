package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// TestNoFileMayGrow takes the room away by a limit on the size of files, of the database and of the index alike.
func TestNoFileMayGrow(t *testing.T) {
	dir := t.TempDir()
	binary := filepath.Join(dir, "rabta")
	if out, err := exec.Command("go", "build", "-tags", "nomsgpack", "-o", binary, "rabta/cmd/rabta").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, out)
	}
	limit := func(bytes uint64) func(int) error {
		return func(pid int) error {
			var was unix.Rlimit
			if err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, nil, &was); err != nil {
				return err
			}
			return unix.Prlimit(pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: min(bytes, was.Max), Max: was.Max}, nil)
		}
	}
	err := fill(context.Background(), trial{binary: binary, data: filepath.Join(dir, "data"), what: "the size of files", writesFail: true,
		squeeze: limit(16 << 10), relieve: limit(unix.RLIM_INFINITY)})
	if err != nil {
		t.Fatal(err)
	}
}
