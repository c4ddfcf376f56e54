package search

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"rabta/internal/fault"
)

func TestIntactSeesEveryChangedByteOfASegment(t *testing.T) {
	dir := t.TempDir()
	if err := Intact(filepath.Join(dir, "missing")); err != nil {
		t.Errorf("no directory: %v", err)
	}
	x := openIndex(t, dir)
	apply(t, x, Batch{Epoch: "e", Position: 1, Put: market(50)})
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Intact(dir); err != nil {
		t.Fatalf("an index as it was written: %v", err)
	}
	// What was being written when the process was killed is no part of it, and goes when it is opened.
	cutOff := filepath.Join(dir, "store", "000000000fff.zap")
	overwrite(t, cutOff, []byte("half a segment"))
	if err := Intact(dir); err != nil {
		t.Fatalf("an index whose process was killed: %v", err)
	}
	if err := openIndex(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(cutOff); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("what was cut off is there yet: %v", err)
	}
	path := segment(t, dir)
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(body); i += 97 {
		body[i] ^= 1
		overwrite(t, path, body)
		if err := Intact(dir); fault.KindOf(err) != fault.Unavailable {
			t.Fatalf("byte %d of %d changed: %v", i, len(body), err)
		}
		body[i] ^= 1
	}
	for _, size := range []int64{int64(len(body)) - 1, 3, 0} {
		cut(t, path, size)
		if err := Intact(dir); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("cut to %d bytes: %v", size, err)
		}
	}
}
