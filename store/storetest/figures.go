package storetest

import (
	"math"

	"rabta/internal/fault"
	"rabta/store"
)

func figure(kind store.FigureKind, day int32, body string) *store.Figure {
	return &store.Figure{Kind: kind, Day: day, Body: []byte(body)}
}

var figureCases = []testCase{
	{"a figure is found by its day or a later one, without an entry", func(s *suite) {
		before := s.head()
		s.update(func(tx store.Tx) error {
			for _, day := range []int32{20_000, -5, 20_030} {
				s.must(tx.PutFigure(s.ctx, figure(store.SnapshotFigure, day, "old")))
			}
			s.must(tx.PutFigure(s.ctx, figure(store.SnapshotFigure, 20_000, "new")))
			return tx.PutFigure(s.ctx, figure(store.FrameFigure, 20_010, "frame"))
		})
		s.same(before, s.head())
		for _, c := range []struct {
			upTo, day int32
			body      string
		}{{20_000, 20_000, "new"}, {20_029, 20_000, "new"}, {math.MaxInt32, 20_030, "old"}, {0, -5, "old"}} {
			got, err := s.s.LastFigure(s.ctx, store.SnapshotFigure, c.upTo)
			s.must(err)
			want := figure(store.SnapshotFigure, c.day, c.body)
			want.At = got.At
			s.same(want, got)
		}
		_, err := s.s.LastFigure(s.ctx, store.SnapshotFigure, -6)
		s.is(fault.NotFound, err)
		all, err := s.s.Figures(s.ctx, store.SnapshotFigure, -5, 10)
		s.must(err)
		s.same(2, len(all))
		s.same([]int32{20_000, 20_030}, []int32{all[0].Day, all[1].Day})
		all, err = s.s.Figures(s.ctx, store.SnapshotFigure, math.MinInt32, 1)
		s.must(err)
		s.same(1, len(all))
	}},
	{"figures of before a day are dropped, of one kind", func(s *suite) {
		s.update(func(tx store.Tx) error {
			for _, kind := range []store.FigureKind{store.SnapshotFigure, store.FrameFigure} {
				for day := range int32(4) {
					s.must(tx.PutFigure(s.ctx, figure(kind, day, "body")))
				}
			}
			return tx.DropFigures(s.ctx, store.SnapshotFigure, 2)
		})
		for kind, want := range map[store.FigureKind]int{store.SnapshotFigure: 2, store.FrameFigure: 4} {
			all, err := s.s.Figures(s.ctx, kind, math.MinInt32, 10)
			s.must(err)
			s.same(want, len(all))
		}
	}},
	{"a figure of no kind or without a body is refused", func(s *suite) {
		for _, f := range []*store.Figure{figure("guess", 1, "body"), figure(store.FrameFigure, 1, "")} {
			s.fails(fault.Invalid, func(tx store.Tx) error { return tx.PutFigure(s.ctx, f) })
		}
	}},
}
