package postgres

import (
	"context"

	"rabta/store"
	"rabta/store/layout"
)

// LastFigure gives the figure of the latest day up to one.
func (v view) LastFigure(ctx context.Context, kind store.FigureKind, upTo int32) (*store.Figure, error) {
	const op = "postgres.LastFigure"
	found, err := v.figures(ctx, op, "WHERE kind = $1 AND day <= $2 ORDER BY day DESC LIMIT 1", string(kind), upTo)
	if err == nil && len(found) == 0 {
		err = fail(op, v.missed())
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// Figures lists the figures after a day.
func (v view) Figures(ctx context.Context, kind store.FigureKind, after int32, limit int) ([]*store.Figure, error) {
	return v.figures(ctx, "postgres.Figures", "WHERE kind = $1 AND day > $2 ORDER BY day LIMIT $3", string(kind), after, max(limit, 0))
}

func (v view) figures(ctx context.Context, op, where string, args ...any) ([]*store.Figure, error) {
	found, err := list(ctx, v.about(), "SELECT "+layout.FigureColumns+" FROM figure "+where, args, layout.ReadFigure)
	return found, fail(op, err)
}

// PutFigure stores a figure.
func (t *tx) PutFigure(ctx context.Context, f *store.Figure) error {
	const op = "postgres.put figure"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	next, err := layout.Figure(*f, t.at)
	if err != nil {
		return t.doom(op, err)
	}
	err = t.about().exec(ctx, "INSERT INTO figure ("+layout.FigureColumns+`) VALUES ($1, $2, $3, $4)
		ON CONFLICT (kind, day) DO UPDATE SET at = excluded.at, body = excluded.body`, layout.FigureRow(next)...)
	if err != nil {
		return t.doom(op, err)
	}
	layout.Set(&t.undo, f, next)
	t.wrote = true
	return nil
}

// DropFigures removes the figures of before a day.
func (t *tx) DropFigures(ctx context.Context, kind store.FigureKind, before int32) error {
	const op = "postgres.DropFigures"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if err := t.about().exec(ctx, "DELETE FROM figure WHERE kind = $1 AND day < $2", string(kind), before); err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	return nil
}
