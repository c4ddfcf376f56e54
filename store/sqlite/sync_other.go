//go:build !linux

package sqlite

import "os"

// toDisk has what was written to a file, by whomever, on the disk.
func toDisk(f *os.File) error { return f.Sync() }
