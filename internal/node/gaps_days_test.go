package node_test

import (
	"context"
	"testing"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

// TestTrendsCompareWithWhatWasPublished is that a snapshot is kept once a day and read back a month later.
func TestTrendsCompareWithWhatWasPublished(t *testing.T) {
	w, c := timedWorld(t)
	ctx := context.Background()
	for range 12 {
		w.enrol()
	}
	w.post()
	for range 2 {
		w.done(nil, w.TakeSnapshot(ctx))
	}
	kept, err := w.KeptFigures(ctx, store.SnapshotFigure)
	if err != nil || len(kept) != 1 {
		t.Fatalf("%d snapshots of one day; %v", len(kept), err)
	}
	c.seconds.Add(31 * 24 * 3600) // the snapshot is of a day more than a month ago
	for range 15 {
		w.enrol()
	}
	w.ForgetFigures()
	trends, err := w.GapTrends(ctx, node.GapsRequest{Trade: "all", By: "country"})
	if err != nil || len(trends.Rows) != 1 {
		t.Fatal(trends, err)
	}
	row := trends.Rows[0]
	if row.Supply == nil || *row.Supply != 27 || row.SupplyMonth == nil || *row.SupplyMonth != 12 || row.DemandMonth == nil || *row.DemandMonth != 2 || row.Demand != 0 {
		t.Errorf("%+v", row)
	}
	if trends.Month == nil || !trends.Month.Kept || trends.Month.Date != "2026-03-01" || trends.Year != nil || row.SupplyYear != nil {
		t.Errorf("month %+v, year %+v", trends.Month, trends.Year)
	}
	c.seconds.Add(10 * 24 * 3600) // nothing was kept of a month ago: the records tell
	w.ForgetFigures()
	if trends, err = w.GapTrends(ctx, node.GapsRequest{Trade: "all", By: "country"}); err != nil || trends.Month == nil || trends.Month.Kept ||
		trends.Rows[0].SupplyMonth == nil || *trends.Rows[0].SupplyMonth != 12 {
		t.Errorf("%+v, %v", trends, err)
	}
}

// TestTheFrameOutlivesARestart is that a quarter has one frame, and another is drawn when the market has doubled and in the next quarter.
func TestTheFrameOutlivesARestart(t *testing.T) {
	dir := t.TempDir() + "/data"
	ctx := context.Background()
	frames := func(n *node.Node, want int) {
		t.Helper()
		n.ForgetFigures()
		if _, err := n.Gaps(ctx, node.GapsRequest{Trade: "all"}); err != nil {
			t.Fatal(err)
		}
		kept, err := n.KeptFigures(ctx, store.FrameFigure)
		if err != nil || len(kept) != want {
			t.Fatalf("%d frames, want %d; %v", len(kept), want, err)
		}
	}
	n := newNode(t, dir)
	w := worldOf(t, n)
	for range 10 {
		w.enrol()
	}
	frames(n, 1)
	first, err := n.KeptFigures(ctx, store.FrameFigure)
	w.done(nil, err)
	w.enrol()
	w.done(nil, n.Close())
	again := openNode(t, dir)
	frames(again, 1)
	same, err := again.KeptFigures(ctx, store.FrameFigure)
	if err != nil || !same[0].At.Equal(first[0].At) {
		t.Fatalf("the frame was drawn anew by a restart; %v", err)
	}
	w = worldOf(t, again)
	for range 10 {
		w.enrol(func(g *matching.Graduate) { g.Home = kharan })
	}
	frames(again, 1) // of the same day, in the stead of the first
	if drawn, err := again.KeptFigures(ctx, store.FrameFigure); err != nil || drawn[0].At.Equal(first[0].At) && string(drawn[0].Body) == string(first[0].Body) {
		t.Errorf("the market has doubled, and its frame has stayed; %v", err)
	}
	timed, c := timedWorld(t)
	frames(timed.Node, 1)
	c.seconds.Add(31 * 24 * 3600) // the first of April
	frames(timed.Node, 2)
}
