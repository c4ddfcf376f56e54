package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/blevesearch/bleve/v2/util"
	"go.etcd.io/bbolt"
)

// sumBytes is the length of the checksum that ends every segment of Bleve: CRC-32 (IEEE) of all that comes before, big-endian
// (zapx, persistFooter).
const sumBytes = 4

// Intact reads the segments of which an index's directory consists and compares their checksums, which Bleve writes and does not look at: a
// damaged segment answers wrongly, or fails only when a query comes to it. nil for a directory that has none. A file that the index does not
// name was being written when its process was killed, and Bleve removes it. No other process may have the index open.
func Intact(dir string) error {
	const op = "search.Intact"
	segments, err := within(op, openTimeout, nil, func() ([]string, error) { return segmentsNamed(dir) })
	if err != nil {
		return err
	}
	for _, name := range segments {
		if err := intactSegment(filepath.Join(dir, "store", name)); err != nil {
			return unavailable(op, fmt.Errorf("%s: %w", name, err))
		}
	}
	return nil
}

// segmentsNamed gives the files of the segments that an index names in any of its snapshots, of which Bleve opens the newest that it can
// (scorch, loadFromBolt).
func segmentsNamed(dir string) (names []string, err error) {
	path := filepath.Join(dir, "store", "root.bolt")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	wait, err := time.ParseDuration(lockTimeout)
	if err != nil {
		return nil, err
	}
	root, err := util.OpenBolt(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: wait})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, root.DB.Close()) }()
	named := map[string]bool{}
	err = root.View(func(tx *util.BoltTxImpl) error {
		snapshots := tx.Bucket(util.BoltSnapshotsBucket)
		if snapshots == nil {
			return nil
		}
		each(snapshots, func(snapshot *util.BoltBucketImpl) {
			each(snapshot, func(segment *util.BoltBucketImpl) {
				if name, err := segment.Get(util.BoltPathKey, nil); err == nil && name != nil {
					named[string(name)] = true
				}
			})
		})
		return nil
	})
	return slices.Sorted(maps.Keys(named)), err
}

// each visits the buckets in a bucket.
func each(in *util.BoltBucketImpl, visit func(*util.BoltBucketImpl)) {
	cursor := in.Cursor()
	for key, _ := cursor.First(); key != nil; key, _ = cursor.Next() {
		if bucket := in.GetBucket(key); bucket != nil {
			visit(bucket)
		}
	}
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
