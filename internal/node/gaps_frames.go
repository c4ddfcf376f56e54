package node

import (
	"context"

	"rabta/matching/gaps"
)

// frames are the frames under which days are published.
type frames struct{ last *gaps.Frame }

// frame gives the frame of a day, for its table.
func (f *figures) frame(_ context.Context, table *gaps.Table, _ int32) (*gaps.Frame, error) {
	if f.frames.last == nil || !f.frames.last.Fits(table) {
		f.frames.last = gaps.NewFrame(table)
	}
	return f.frames.last, nil
}
