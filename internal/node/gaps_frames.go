package node

import (
	"context"
	"errors"
	"math"
	"time"

	"rabta/internal/fault"
	"rabta/matching/gaps"
	"rabta/store"
)

// A frame is drawn once a quarter, from the table of the day on which it is first needed, and when the market has grown past the next
// power of two. It lies in the store, so that every node publishes under it, and one that starts again. A day is published under the last frame of
// up to that day; a day of before all frames under the first. So a day is not published under two frames, but on the day on which one is drawn.

// keptFrame is a frame that was read from the store.
type keptFrame struct {
	*gaps.Frame
	day int32
	at  time.Time
}

// frame gives the frame of a day, for its table.
func (f *figures) frame(ctx context.Context, table *gaps.Table, day int32) (*gaps.Frame, error) {
	kept, err := f.frameOf(ctx, day)
	if err != nil {
		return nil, err
	}
	if day < f.today() {
		if kept != nil && kept.Fits(table) {
			return kept.Frame, nil
		}
		day = f.today() // units have changed since: only today's frame knows them
		if kept, err = f.frameOf(ctx, day); err != nil {
			return nil, err
		}
		if kept != nil && kept.Fits(table) {
			return kept.Frame, nil
		}
	}
	if f.holds(kept, table, day) {
		return kept.Frame, nil
	}
	return f.drawFrame(ctx, table, day)
}

// holds tells whether a frame goes on to be today's.
func (f *figures) holds(kept *keptFrame, table *gaps.Table, today int32) bool {
	return kept != nil && quarterOf(kept.day) == quarterOf(today) && kept.Fits(table) && !kept.Outgrown(table)
}

// quarterOf numbers quarters.
func quarterOf(day int32) int {
	t := dayTime(day)
	return t.Year()*4 + (int(t.Month())-1)/3
}

// frameOf reads the frame under which a day is published; nil when there is none, or none that can be read.
func (f *figures) frameOf(ctx context.Context, day int32) (*keptFrame, error) {
	figure, err := f.n.store.LastFigure(ctx, store.FrameFigure, day)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		var first []*store.Figure
		first, err = f.n.store.Figures(ctx, store.FrameFigure, math.MinInt32, 1)
		if len(first) == 1 {
			figure = first[0]
		}
	}
	if err != nil || figure == nil {
		return nil, err
	}
	if last := f.frames[figure.Day]; last != nil && last.at.Equal(figure.At) {
		return last, nil
	}
	frame, err := f.ledger.ReadFrame(figure.Body)
	if err != nil {
		f.n.log.Warn("a frame of gaps cannot be used: another is drawn", "error", err)
		return nil, nil
	}
	kept := &keptFrame{frame, figure.Day, figure.At}
	f.frames[figure.Day] = kept
	return kept, nil
}

// drawFrame draws today's frame and keeps it, unless another node has done so meanwhile.
func (f *figures) drawFrame(ctx context.Context, table *gaps.Table, today int32) (*gaps.Frame, error) {
	var frame *gaps.Frame
	ran, err := f.n.store.Alone(ctx, "frame of gaps", func(ctx context.Context) error {
		kept, err := f.frameOf(ctx, today)
		if err != nil {
			return err
		}
		if f.holds(kept, table, today) {
			frame = kept.Frame
			return nil
		}
		frame = gaps.NewFrame(table)
		body, err := frame.MarshalBinary()
		if err != nil {
			return err
		}
		_, err = f.n.store.Update(ctx, func(tx store.Tx) error {
			return tx.PutFigure(ctx, &store.Figure{Kind: store.FrameFigure, Day: today, Body: body})
		})
		return err
	})
	if err == nil && !ran {
		err = errors.New("another node is drawing the frame")
	}
	return frame, err
}
