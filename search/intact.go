package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
)

// sumBytes is the length of the checksum that ends every segment of Bleve: CRC-32 (IEEE) of all that comes before, big-endian
// (zapx, persistFooter).
const sumBytes = 4

// Intact reads the segments in an index's directory and compares their checksums, which Bleve writes and does not look at: a
// damaged segment answers wrongly, or fails only when a query comes to it. nil for a directory that has none. No other process
// may have the index open.
func Intact(dir string) error {
	const op = "search.Intact"
	segments, err := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
	if err != nil {
		return unavailable(op, err)
	}
	for _, path := range segments {
		if err := intactSegment(path); err != nil {
			return unavailable(op, fmt.Errorf("%s: %w", filepath.Base(path), err))
		}
	}
	return nil
}

func intactSegment(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < sumBytes {
		return errors.New("the segment is cut short")
	}
	sum := crc32.NewIEEE()
	if _, err := io.Copy(sum, io.LimitReader(f, info.Size()-sumBytes)); err != nil {
		return err
	}
	var stored [sumBytes]byte
	if _, err := io.ReadFull(f, stored[:]); err != nil {
		return err
	}
	if binary.BigEndian.Uint32(stored[:]) != sum.Sum32() {
		return errors.New("the segment's checksum is wrong")
	}
	return nil
}
