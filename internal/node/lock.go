package node

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"rabta/internal/fault"
)

// ErrHeld says that another process holds the data directory.
var ErrHeld = errors.New("another process holds this data directory")

// lockDir makes the data directory where it is missing and takes its lock, which the operating system drops when the process
// ends, however it ends. ErrHeld when another process has it.
func lockDir(dir string) (*os.File, error) {
	const op = "node.lockDir"
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Op: op, Field: "data", Message: "The data directory cannot be made. Name one that you may write to.", Err: err}
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Op: op, Field: "data", Message: "The data directory cannot be written. Name one that you may write to.", Err: err}
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		closing := f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, ErrHeld
		}
		return nil, fmt.Errorf("locking the data directory: %w", errors.Join(err, closing))
	}
	return f, nil
}
