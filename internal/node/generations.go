package node

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"rabta/internal/fault"
)

// Every index that is built lies in a directory of its own, DIR/index/1, DIR/index/2 and so on, and DIR/index/current holds the name of
// the one in use. So a new one is built beside it and swapped without moving anything, and one that was given up, in which something
// may still be writing, is never in the way of the next.
const (
	indexDir     = "index"
	indexCurrent = "current"
)

func (n *Node) indexRoot() string { return filepath.Join(n.dir, indexDir) }

// currentIndex gives the directory of the index in use; fs.ErrNotExist when there is none yet.
func (n *Node) currentIndex() (string, error) {
	name, err := os.ReadFile(filepath.Join(n.indexRoot(), indexCurrent))
	if err != nil {
		return "", err
	}
	text := strings.TrimSuffix(string(name), "\n")
	if number, err := strconv.ParseUint(text, 10, 63); err != nil || strconv.FormatUint(number, 10) != text {
		return "", errors.New("the file that names the index in use is damaged")
	}
	dir := filepath.Join(n.indexRoot(), text)
	if _, err := os.Stat(dir); err != nil {
		return "", fmt.Errorf("the index in use is gone: %w", err)
	}
	return dir, nil
}

// freshIndex makes the name of a directory that no index of this process or an earlier one has had while it is there.
func (n *Node) freshIndex() (string, error) {
	root := n.indexRoot()
	if info, err := os.Lstat(root); err == nil && !info.IsDir() {
		if err := os.Remove(root); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return "", err
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if number, err := strconv.ParseUint(e.Name(), 10, 63); err == nil {
			n.generation = max(n.generation, number)
		}
	}
	n.generation++
	return filepath.Join(root, strconv.FormatUint(n.generation, 10)), nil
}

// adoptIndex makes an index the one in use, durably.
func (n *Node) adoptIndex(dir string) error {
	root := n.indexRoot()
	fresh := filepath.Join(root, indexCurrent+".new")
	f, err := os.OpenFile(fresh, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, filepath.Base(dir))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(fresh, filepath.Join(root, indexCurrent)); err != nil {
		return err
	}
	return syncDir(root)
}

// syncDir makes a rename in a directory last.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// sweepIndexes removes every index but the one in a directory, "" for all: what builds that were cut off, and older versions, left.
func (n *Node) sweepIndexes(but string) error {
	entries, err := os.ReadDir(n.indexRoot())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var errs []error
	for _, e := range entries {
		if name := e.Name(); but == "" || name != filepath.Base(but) && name != indexCurrent {
			errs = append(errs, os.RemoveAll(filepath.Join(n.indexRoot(), name)))
		}
	}
	return errors.Join(errs...)
}

// roomFor refuses to begin an index that the disk has no room for: it would take what the store needs. size is that of the last one.
func (n *Node) roomFor(size int64) error {
	const spare = 8 << 20 // bytes left to the store
	var disk syscall.Statfs_t
	if err := syscall.Statfs(n.dir, &disk); err != nil {
		return nil // what cannot be measured is tried
	}
	if free := int64(disk.Bavail) * disk.Bsize; free < size+spare {
		return fault.New(fault.Full, "node.roomFor", "The disk has no room for the search index. Free some space.")
	}
	return nil
}

// sizeOf is the length in bytes of all files in a directory, as far as they can be read.
func sizeOf(dir string) (size int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
			size += info.Size()
		}
		return nil
	})
	return size
}
