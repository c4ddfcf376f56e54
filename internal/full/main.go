// Command full takes the room away from under a running server and looks how it fares: the database's disk full, then the index's alone.
// Writes must be refused by a problem document (507 or 503), reads go on, nothing panic, and all be well again once there is room,
// without a restart. It mounts small file systems in memory, as root or in a user namespace of its own, and says in one line where it
// may do neither; the tests of this package limit the size of files instead, which needs no right. It knows Rabta by its command line
// and its API alone (internal/fleet).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

func main() { os.Exit(runHere()) }

func runHere() int {
	binary := flag.String("binary", "bin/rabta", "the program to run")
	inside := flag.Bool("inside", false, "mount here and now: this process has a name space of its own")
	flag.Parse()
	absolute, err := filepath.Abs(*binary)
	if err == nil && os.Geteuid() != 0 && !*inside {
		return again(absolute)
	}
	if err == nil {
		err = mounted(context.Background(), absolute)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "full: %v\n", err)
		return 1
	}
	return 0
}

// again runs this program in a user namespace, in which it may mount.
func again(binary string) int {
	self, err := os.Executable()
	if err == nil {
		cmd := exec.Command(self, "-inside", "-binary", binary)
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}}
		err = cmd.Run()
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "full: no small file system can be mounted here, neither as root nor in a user namespace: %v\n", err)
		return 1
	}
	return 0
}

// mounted fills the disk of the database, then that of the index alone.
func mounted(ctx context.Context, binary string) error {
	for _, c := range []struct {
		name, at string // what is full, and where its file system is mounted, within the data directory
		megabyte int
		writes   bool // are refused
	}{{"the disk of the database and the index", "", 96, true}, {"the disk of the index", "index", 24, false}} {
		scratch, err := os.MkdirTemp("", "rabta-full-")
		if err != nil {
			return err
		}
		at := filepath.Join(scratch, "data", c.at)
		if err := os.MkdirAll(at, 0o700); err != nil {
			return err
		}
		if err := syscall.Mount("tmpfs", at, "tmpfs", 0, fmt.Sprintf("size=%dm", c.megabyte)); err != nil {
			return fmt.Errorf("no small file system can be mounted here: %w", err)
		}
		err = fill(ctx, trial{binary: binary, data: filepath.Join(scratch, "data"), what: c.name, writesFail: c.writes,
			squeeze: func(int) error { return ballast(filepath.Join(at, "ballast")) },
			relieve: func(int) error { return os.Remove(filepath.Join(at, "ballast")) }})
		if err := errors.Join(err, syscall.Unmount(at, 0), os.RemoveAll(scratch)); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return nil
}

// ballast takes all the room that is left.
func ballast(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	for size := 1 << 20; size > 0; size /= 2 {
		for chunk := make([]byte, size); err == nil; {
			_, err = f.Write(chunk)
		}
		if !errors.Is(err, syscall.ENOSPC) {
			return errors.Join(err, f.Close())
		}
		err = nil
	}
	return f.Close()
}
