package sqlite

import (
	"strings"

	"rabta/matching"
)

// A change that creates a few records writes each at once, so that a conflict comes from the very Put. One that creates many is an
// import: its further records are gathered, with the journal's entries, and written together as soon as anything else is asked of the
// connection, at the latest by the commit. Others wait for the writer's lock meanwhile, and a statement for each row costs them twice
// the time.
const (
	writtenAtOnce = 4
	rowsTogether  = 32 // of one statement, at the most
	rowsSome      = 8  // of one for what is left over
)

// gathered are new rows of one table that are not written yet.
type gathered struct {
	table   string
	columns []string
	rows    [][]any
}

// create adds a new record.
func (t *tx) create(table string, columns []string, insert string, values []any) error {
	if t.created++; t.created <= writtenAtOnce {
		return t.conn.exec(insert, values...)
	}
	t.gather(table, columns, values)
	return nil
}

// gather keeps a row back until the connection is next used.
func (t *tx) gather(table string, columns []string, values []any) {
	t.conn.due = t.send
	for _, g := range t.gathered {
		if g.table == table {
			g.rows = append(g.rows, values)
			return
		}
	}
	t.gathered = append(t.gathered, &gathered{table: table, columns: columns, rows: [][]any{values}})
}

// held gives the row of a record that is gathered, if it was the last of its table.
func (t *tx) held(table string, id matching.ID) []any {
	for _, g := range t.gathered {
		if last := len(g.rows) - 1; g.table == table && g.rows[last][0] == string(id) {
			return g.rows[last]
		}
	}
	return nil
}

// send writes what is gathered.
func (t *tx) send() error {
	t.conn.due = nil
	due := t.gathered
	t.gathered = nil
	for _, g := range due {
		if err := g.write(t.conn); err != nil {
			return t.doom("sqlite.put "+g.table, err)
		}
	}
	return nil
}

// write inserts the rows, so many by a statement.
func (g *gathered) write(c *conn) error {
	single := insertOf(g.table, g.columns)
	another := ", (?" + strings.Repeat(", ?", len(g.columns)-1) + ")"
	args := make([]any, 0, rowsTogether*len(g.columns))
	rest := g.rows
	for _, n := range []int{rowsTogether, rowsSome, 1} {
		statement := single + strings.Repeat(another, n-1)
		for ; len(rest) >= n; rest = rest[n:] {
			args = args[:0]
			for _, values := range rest[:n] {
				args = append(args, values...)
			}
			if err := c.exec(statement, args...); err != nil {
				return err
			}
		}
	}
	return nil
}
