package gaps

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rabta/geo"
)

// TestAFrameIsReadAsItWasWritten is that a later day is published alike under a frame and under what was written of it.
func TestAFrameIsReadAsItWasWritten(t *testing.T) {
	for seed := range uint64(8) {
		w := newWorld(t, rand.New(rand.NewPCG(seed, 9)), 8)
		l := w.ledger()
		frame := NewFrame(l.Table(today))
		written, err := frame.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		read, err := l.ReadFrame(written)
		if err != nil {
			t.Fatal(err)
		}
		for key := range l.people { // somebody leaves, so that the days differ
			l.DropSearcher(key)
			break
		}
		table := l.Table(today)
		if !read.Fits(table) || read.Outgrown(table) {
			t.Fatal("the frame does not fit its own market")
		}
		if diff := cmp.Diff(Publish(table, frame).Snapshot(), Publish(table, read).Snapshot()); diff != "" {
			t.Fatal(diff)
		}
		for cut := range len(written) {
			if _, err := l.ReadFrame(written[:cut]); err == nil {
				t.Fatalf("a frame cut off after %d of %d bytes was read", cut, len(written))
			}
		}
	}
}

// TestAFrameOfAnotherMarketDoesNotFit names what makes a frame unfit.
func TestAFrameOfAnotherMarketDoesNotFit(t *testing.T) {
	cells := cellsAround(8)
	l := NewLedger(smallSettings(t, cells))
	for i := range 10 {
		l.PutSearcher(someone(keyOf(1, uint32(i)), 1, cells[i%2], i%2 == 0))
	}
	frame := NewFrame(l.Table(today))
	set := smallSettings(t, cells)
	moved := set.Area
	for i := range 5 {
		l.PutSearcher(someone(keyOf(2, uint32(i)), 1, cells[2], false))
	}
	if frame.Outgrown(l.Table(today)) {
		t.Error("15 people where there were 10 need no new frame")
	}
	l.PutSearcher(someone(keyOf(3), 1, cells[3], false))
	if table := l.Table(today); !frame.Outgrown(table) || !frame.Fits(table) {
		t.Error("16 people, where there were 10, need a new frame")
	}
	set.Area = func(c geo.Cell) Area { a := moved(c); a.Tehsil += "-new"; return a }
	other := NewLedger(set)
	other.PutSearcher(someone(keyOf(1), 1, cells[0], false))
	if frame.Fits(other.Table(today)) {
		t.Error("an atom that is of another tehsil now needs a new frame")
	}
}
