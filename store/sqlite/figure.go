package sqlite

import (
	"context"
	"database/sql"

	"rabta/store"
	"rabta/store/layout"
)

// LastFigure gives the figure of the latest day up to one.
func (v view) LastFigure(ctx context.Context, kind store.FigureKind, upTo int32) (*store.Figure, error) {
	const op = "sqlite.LastFigure"
	found, err := v.figures(ctx, op, "WHERE kind = ? AND day <= ? ORDER BY day DESC LIMIT 1", string(kind), upTo)
	if err == nil && len(found) == 0 {
		err = fail(op, sql.ErrNoRows)
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// Figures lists the figures after a day.
func (v view) Figures(ctx context.Context, kind store.FigureKind, after int32, limit int) ([]*store.Figure, error) {
	return v.figures(ctx, "sqlite.Figures", "WHERE kind = ? AND day > ? ORDER BY day LIMIT ?", string(kind), after, max(limit, 0))
}

func (v view) figures(ctx context.Context, op, where string, args ...any) ([]*store.Figure, error) {
	found, err := list(ctx, v, "SELECT "+layout.FigureColumns+" FROM figure "+where, args, layout.ReadFigure)
	return found, fail(op, err)
}

// PutFigure stores a figure.
func (t *tx) PutFigure(ctx context.Context, f *store.Figure) error {
	const op = "sqlite.put figure"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	next, err := layout.Figure(*f, t.at)
	if err != nil {
		return t.doom(op, err)
	}
	if err := t.conn.exec("INSERT OR REPLACE INTO figure ("+layout.FigureColumns+") VALUES (?, ?, ?, ?)", layout.FigureRow(next)...); err != nil {
		return t.doom(op, err)
	}
	layout.Set(&t.undo, f, next)
	t.wrote = true
	return nil
}

// DropFigures removes the figures of before a day.
func (t *tx) DropFigures(ctx context.Context, kind store.FigureKind, before int32) error {
	const op = "sqlite.DropFigures"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if err := t.conn.exec("DELETE FROM figure WHERE kind = ? AND day < ?", string(kind), before); err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	return nil
}
