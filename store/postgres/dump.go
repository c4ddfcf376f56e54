package postgres

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/store"
)

// newEpoch is the expression by which an epoch is made: 122 random bits.
const newEpoch = "replace(gen_random_uuid()::text, '-', '')"

// dumpPage is how many rows a dump reads at once.
const dumpPage = 1000

// Dump implements store.Store.
func (s *Store) Dump(ctx context.Context, visit func(table string, row []any) error) (store.Head, error) {
	return s.snapshot(ctx, func(v view) (store.Head, error) {
		head, err := v.Head(ctx)
		if err != nil {
			return store.Head{}, err
		}
		for _, t := range store.Tables() {
			if err := v.dump(ctx, t, visit); err != nil {
				return store.Head{}, err
			}
		}
		return head, nil
	})
}

// dump gives the rows of a table from a cursor, page by page: who stops early need not read the rest.
func (v view) dump(ctx context.Context, t store.Table, visit func(string, []any) error) error {
	op := "postgres.dump " + t.Name
	columns := t.Names()
	for i, c := range t.Columns {
		if c.Value == store.Text {
			columns[i] += "::text" // bodies are json
		}
	}
	cursor := "dump_" + t.Name // a name of its own: the statement that fetches is prepared once for a name
	declare := "DECLARE " + cursor + " NO SCROLL CURSOR FOR SELECT " + strings.Join(columns, ", ") + " FROM " + t.Name + " ORDER BY " + strings.Join(t.Key, ", ")
	if err := v.exec(ctx, declare); err != nil {
		return fail(op, err)
	}
	for {
		page := make([][]any, 0, dumpPage)
		err := v.each(ctx, fmt.Sprintf("FETCH %d FROM %s", dumpPage, cursor), nil, func(rows pgx.Rows) error {
			row, err := rows.Values()
			page = append(page, row)
			return err
		})
		if err != nil {
			return fail(op, err)
		}
		for _, row := range page {
			if err := ctx.Err(); err != nil {
				return fail(op, err)
			}
			if err := visit(t.Name, row); err != nil {
				return err // visit's own, as it is
			}
		}
		if len(page) < dumpPage {
			return fail(op, v.exec(ctx, "CLOSE "+cursor))
		}
	}
}

// Fill implements store.Store, in one transaction, by COPY.
func (s *Store) Fill(ctx context.Context, rows func(put func(table string, row []any) error) (store.Position, error)) (store.Head, error) {
	const op = "postgres.Fill"
	var head store.Head
	var stopped error // of rows, which goes back as it is
	err := s.exclusively(ctx, func(c *pgx.Conn) error {
		if err := refuseFilled(ctx, c); err != nil {
			return err
		}
		f := filling{conn: c, tables: map[string]*gathered{}}
		for _, t := range store.Tables() {
			f.tables[t.Name] = &gathered{table: t.Name, columns: t.Names()}
		}
		var position store.Position
		if position, stopped = rows(func(table string, row []any) error { return fail(op, f.put(ctx, table, row)) }); stopped != nil {
			return stopped
		}
		if err := f.send(ctx); err != nil {
			return err
		}
		if _, err := c.Exec(ctx, "UPDATE journal_head SET epoch = "+newEpoch+", position = $1", int64(position)); err != nil {
			return err
		}
		var err error
		head, err = s.view(c).Head(ctx)
		return err
	})
	if stopped != nil {
		return store.Head{}, stopped
	}
	if err != nil {
		return store.Head{}, fail(op, err)
	}
	s.bell.Ring()
	return head, nil
}

// filling gathers rows of one table after the other.
type filling struct {
	conn   *pgx.Conn
	tables map[string]*gathered
	last   *gathered
}

// put takes a copy of a row, which its giver may use again.
func (f *filling) put(ctx context.Context, table string, row []any) error {
	g, known := f.tables[table]
	if !known || len(row) != len(g.columns) {
		return fault.Field("table", "A row fits no table of the store. Dump it with the same version of the program.")
	}
	if f.last != g || len(g.rows) >= copyRows {
		if err := f.send(ctx); err != nil {
			return err
		}
	}
	own := make([]any, len(row))
	for i, value := range row {
		if blob, ok := value.([]byte); ok {
			value = bytes.Clone(blob)
		}
		own[i] = value
	}
	f.last, g.rows = g, append(g.rows, own)
	return nil
}

func (f *filling) send(ctx context.Context) error {
	if f.last == nil || len(f.last.rows) == 0 {
		return nil
	}
	err := f.last.copy(ctx, f.conn)
	f.last.rows = f.last.rows[:0]
	return err
}

// refuseFilled finds a store that holds anything. What it has itself put there, the checks of its keys, makes room for those that come.
// It waits for those who write, keeps others from it, and may take its time.
func refuseFilled(ctx context.Context, c *pgx.Conn) error {
	for _, statement := range []string{"SET LOCAL statement_timeout = 0", "SET LOCAL idle_in_transaction_session_timeout = 0"} {
		if _, err := c.Exec(ctx, statement); err != nil {
			return err
		}
	}
	if err := holdKeys(ctx, c); err != nil {
		return err
	}
	for _, t := range store.Tables() {
		if t.Name == "key_check" {
			continue
		}
		var found bool
		if err := c.QueryRow(ctx, "SELECT EXISTS (SELECT FROM "+t.Name+")").Scan(&found); err != nil {
			return err
		}
		if found {
			return fault.New(fault.Conflict, "postgres.Fill", "The store holds records already, and nothing is copied over them. Name an empty one.")
		}
	}
	_, err := c.Exec(ctx, "DELETE FROM key_check")
	return err
}

// RenewEpoch implements store.Store.
func (s *Store) RenewEpoch(ctx context.Context) (store.Head, error) {
	var head store.Head
	err := s.exclusively(ctx, func(c *pgx.Conn) (err error) {
		if _, err = c.Exec(ctx, "UPDATE journal_head SET epoch = "+newEpoch); err != nil {
			return err
		}
		head, err = s.view(c).Head(ctx)
		return err
	})
	s.bell.Ring()
	return head, fail("postgres.RenewEpoch", err)
}
