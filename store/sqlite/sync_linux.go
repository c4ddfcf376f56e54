package sqlite

import (
	"os"

	"golang.org/x/sys/unix"
)

// toDisk has what was written to a file, by whomever, on the disk.
func toDisk(f *os.File) error { return unix.Fdatasync(int(f.Fd())) }
