package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// A change that creates a few records writes each at once, so that a conflict comes from the very Put. One that creates many is an
// import: its further records are gathered and sent by COPY, which is ten times as fast, when there are enough of them or when
// anything else needs them to be there. A conflict among them comes from what sent them, at the latest from Update.
const (
	writtenAtOnce = 16
	copyRows      = 1000
)

// gathered are new rows of one table that are not sent yet.
type gathered struct {
	table   string
	columns []string
	rows    [][]any
}

// create adds a new row.
func (t *tx) create(ctx context.Context, table string, columns []string, insert string, values []any) error {
	if t.created++; t.created <= writtenAtOnce {
		return t.exec(ctx, insert, values...)
	}
	for _, g := range t.gathered {
		if g.table == table {
			g.rows = append(g.rows, values)
			if len(g.rows) < copyRows {
				return nil
			}
			return t.send(ctx)
		}
	}
	t.gathered = append(t.gathered, &gathered{table: table, columns: columns, rows: [][]any{values}})
	return nil
}

// copy sends the rows.
func (g *gathered) copy(ctx context.Context, c *pgx.Conn) error {
	_, err := c.CopyFrom(ctx, pgx.Identifier{g.table}, g.columns, pgx.CopyFromRows(g.rows))
	return err
}

// send copies what is gathered into its tables.
func (t *tx) send(ctx context.Context) error {
	for len(t.gathered) > 0 {
		if err := t.gathered[0].copy(ctx, t.conn); err != nil {
			return err
		}
		t.gathered = t.gathered[1:]
	}
	return nil
}
