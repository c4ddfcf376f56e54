package node

import (
	"bytes"
	"compress/flate"
	"context"
	"io"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/gaps"
	"rabta/store"
)

// What was published of a day is kept for so long, and stands for a day up to so many days later.
const (
	snapshotDays = 400
	snapshotNear = 3

	snapshotPatience = 2 * time.Minute // for the publication of which a snapshot is taken; other hourly work waits for it
)

// Days back that trends compare with.
const (
	monthBack = 30
	yearBack  = 365
)

// takeSnapshot keeps what is published of today, once a day, and drops what is too old to be compared with. While a file is taken in it
// is left out until there is none: the whole store would have to be read beside it.
func (f *figures) takeSnapshot(ctx context.Context) error {
	waits := f.n.filesIn.Load() > 0
	f.leftOut.Store(waits)
	if waits {
		return nil
	}
	today := f.today()
	last, err := f.n.store.LastFigure(ctx, store.SnapshotFigure, today)
	if err == nil && last.Day == today {
		return nil
	}
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	bounded, cancel := context.WithTimeout(ctx, snapshotPatience)
	defer cancel()
	p, err := f.once(bounded, today)
	if err != nil {
		return err
	}
	body, err := packSnapshot(p.snapshot())
	if err != nil {
		return err
	}
	_, err = f.n.store.Update(ctx, func(tx store.Tx) error {
		if err := tx.DropFigures(ctx, store.SnapshotFigure, today-snapshotDays); err != nil {
			return err
		}
		return tx.PutFigure(ctx, &store.Figure{Kind: store.SnapshotFigure, Day: today, Body: body})
	})
	return err
}

// packSnapshot writes a snapshot in little.
func packSnapshot(s gaps.Snapshot) ([]byte, error) {
	text, err := s.MarshalBinary()
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	err = w.Close()
	return packed.Bytes(), err
}

// largestSnapshot is how many bytes of a snapshot are read: ten times what a whole country has.
const largestSnapshot = 32 << 20

func unpackSnapshot(packed []byte) (*gaps.Snapshot, error) {
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), largestSnapshot))
	if err != nil {
		return nil, fault.Wrap("node.unpackSnapshot", err)
	}
	var s gaps.Snapshot
	return &s, s.UnmarshalBinary(text)
}

// before gives what was published about a day, or what the records of today tell of it where that is not kept; nil where they tell nothing.
func (f *figures) before(ctx context.Context, day, earliest int32) (*gaps.Snapshot, *ComparedDay, error) {
	kept, err := f.n.store.LastFigure(ctx, store.SnapshotFigure, day)
	if err == nil && kept.Day >= day-snapshotNear {
		s, err := unpackSnapshot(kept.Body)
		return s, &ComparedDay{Date: dayTime(kept.Day).Format(time.DateOnly), Kept: true}, err
	}
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, nil, err
	}
	if earliest == matching.NoDay || day < earliest {
		return nil, nil, nil
	}
	p, err := f.on(ctx, day)
	if err != nil {
		return nil, nil, err
	}
	s := p.snapshot()
	return &s, &ComparedDay{Date: dayTime(day).Format(time.DateOnly)}, nil
}

// ComparedDay is a day that today is compared with.
type ComparedDay struct {
	Date string `json:"date"`
	Kept bool   `json:"kept" doc:"The figures are those that were published then; else they are what the records of today tell of that day"`
}

// GapTrends are figures of today beside those of a month and a year ago.
type GapTrends struct {
	AsOf, Day   time.Time
	Month, Year *ComparedDay // nil: nothing is known of that day
	Rows        []NamedTrend
}

// NamedTrend is a row with the names of its unit.
type NamedTrend struct {
	gaps.Trend
	NameEn string `json:"name_en,omitempty"`
	NameUr string `json:"name_ur,omitempty"`
}

// GapTrends compares what is published today with a month and a year ago. By is country, province, division or district.
func (n *Node) GapTrends(ctx context.Context, r GapsRequest) (*GapTrends, error) {
	level, err := GapsLevel(r.By, r.Resolution)
	if err != nil {
		return nil, err
	}
	if level.Cells() || level == gaps.Tehsil {
		return nil, fault.Field("by", "Trends are kept for districts and larger units. Send country, province, division or district.", "district", "division", "province")
	}
	wanted, err := n.gapGroupSet(r.Trade)
	if err != nil {
		return nil, err
	}
	today, err := n.figuresOn(ctx, nil)
	if err != nil {
		return nil, err
	}
	t := &GapTrends{AsOf: today.asOf, Day: dayTime(today.Day())}
	month, monthDay, err := n.figures.before(ctx, today.Day()-monthBack, today.earliest)
	if err != nil {
		return nil, err
	}
	year, yearDay, err := n.figures.before(ctx, today.Day()-yearBack, today.earliest)
	if err != nil {
		return nil, err
	}
	t.Month, t.Year = monthDay, yearDay
	for _, row := range today.snapshot().Compare(month, year) {
		if row.Level == level && wanted[row.Group] {
			named := NamedTrend{Trend: row}
			named.NameEn, named.NameUr, _ = n.placeNames(row.Place)
			t.Rows = append(t.Rows, named)
		}
	}
	return t, nil
}
