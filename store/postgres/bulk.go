package postgres

import (
	"context"
	"crypto/sha256"
	"slices"

	"github.com/jackc/pgx/v5"

	"rabta/matching"
	"rabta/store"
)

// A change that creates a few records writes each at once, so that a conflict comes from the very Put. One that creates many, or has looked
// for many before it creates any, is an import: its further records are gathered and sent by COPY, which is ten times as fast, when there are enough of them or when
// anything else needs them to be there. A conflict among them comes from what sent them, at the latest from Update.
const (
	writtenAtOnce = 4
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
	if t.created++; t.created <= writtenAtOnce && !t.many {
		return t.about().exec(ctx, insert, values...)
	}
	t.hold(store.Noun(table), values)
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

// rowKey, externalKey and a MAC itself are the keys by which a gathered row may be asked for before it is sent.
func rowKey(noun store.Noun, id matching.ID) string { return string(noun) + " " + string(id) }

func externalKey(noun store.Noun, source, externalID string) string {
	return string(noun) + " " + source + "\x00" + externalID
}

// hold notes the keys of a row: the values begin with id, version, created, updated, source and external id, and what is as long as a
// MAC among them is one.
func (t *tx) hold(noun store.Noun, values []any) {
	if t.held == nil {
		t.held, t.unsent = map[string]bool{}, map[string][]matching.ID{}
	}
	id, source, externalID := values[0].(string), values[4].(string), values[5].(string)
	t.held[rowKey(noun, matching.ID(id))], t.held[externalKey(noun, source, externalID)] = true, true
	for _, value := range values {
		if mac, ok := value.([]byte); ok && len(mac) == sha256.Size {
			t.held[string(mac)] = true
			if noun == store.GraduateNoun && t.batch == 0 {
				t.unsent[string(mac)] = append(t.unsent[string(mac)], matching.ID(id))
			}
		}
	}
}

// holdsBack tells whether a row of one of the keys is gathered and not sent.
func (t *tx) holdsBack(keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return t.held[key] })
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
	clear(t.held)
	clear(t.unsent)
	return nil
}
