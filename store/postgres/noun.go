package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// noun is how one kind of versioned record R lies in its table.
type noun[R any] struct {
	name    store.Noun // and of the table
	prefix  string     // of its identifiers
	columns []string   // its own plain columns, between the common ones and the body
	sealed  []string   // the columns of its sealed part, if it has one
	batched bool       // it may be staged in a batch

	stamp  func(*R) stamp // the common columns' places in the record
	values func(*R) []any // of columns
	body   func(*R) any   // the record as JSON shows it without its stamp; also decoded into
	times  func(*R)       // brings the record's times to UTC

	sql nounSQL
}

// stamp points at what every versioned record has and its table keeps in columns alone.
type stamp struct {
	id                 *matching.ID
	version            *int64
	created, updated   *time.Time
	source, externalID string
}

// nounSQL are the statements of a noun, and the columns that insert fills.
type nounSQL struct {
	insert, update, updateSealed, current, one, walk, external string
	all                                                        []string
}

const readColumns = "id, version, created, updated, body"

// locking is what a read inside a transaction adds: what it has read stays as it is until the transaction ends. It keeps out neither
// plain reads nor new records that only point at this one.
const locking = " FOR NO KEY UPDATE"

// shown is the condition under which a row of a batched noun is seen: it was put by itself, or its batch has been published.
const shown = " AND (batch = 0 OR batch NOT IN (SELECT number FROM staged))"

// shown is the noun's own: empty when its rows are never staged.
func (n *noun[R]) shown() string {
	if n.batched {
		return shown
	}
	return ""
}

// withSQL writes the noun's statements out.
func (n noun[R]) withSQL() noun[R] {
	table := string(n.name)
	all := append([]string{"id", "version", "created", "updated", "source", "external_id"}, n.columns...)
	all = append(append(all, "body"), n.sealed...)
	if n.batched {
		all = append(all, "batch")
	}
	if n.imported() {
		all = append(all, "imported_row")
	}
	changed := append(append([]string{"version", "updated", "source", "external_id"}, n.columns...), "body")
	n.sql = nounSQL{
		insert:       "INSERT INTO " + table + " (" + strings.Join(all, ", ") + ") VALUES (" + placeholders(1, len(all)) + ")",
		update:       updateOf(table, changed, n.shown()),
		updateSealed: updateOf(table, append(changed, n.sealed...), n.shown()),
		current:      "SELECT version FROM " + table + " WHERE id = $1" + n.shown(),
		one:          "SELECT " + readColumns + " FROM " + table + " WHERE id = $1" + n.shown(),
		walk:         "SELECT " + readColumns + " FROM " + table + " WHERE id > $1" + n.shown() + " ORDER BY id LIMIT $2",
		external:     "SELECT id FROM " + table + " WHERE source = $1 AND external_id = $2 AND external_id <> ''" + n.shown(),
		all:          all,
	}
	return n
}

// updateOf changes one version of a record; the columns come first, then the id and the version that is changed.
func updateOf(table string, columns []string, shown string) string {
	var set []string
	for i, column := range columns {
		set = append(set, fmt.Sprintf("%s = $%d", column, i+1))
	}
	n := len(columns)
	return fmt.Sprintf("UPDATE %s SET %s WHERE id = $%d AND version = $%d%s RETURNING created", table, strings.Join(set, ", "), n+1, n+2, shown)
}

// placeholders gives $from and those that follow.
func placeholders(from, n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("$%d", from+i))
	}
	return strings.Join(list, ", ")
}

// imported tells whether records of the noun keep the row that they were imported from.
func (n *noun[R]) imported() bool {
	return n.name == store.GraduateNoun || n.name == store.PostingNoun
}

// read makes a record of one row of readColumns.
func (n *noun[R]) read(row pgx.Row) (*R, error) {
	var (
		id                        string
		version, created, updated int64
		body                      []byte
	)
	if err := row.Scan(&id, &version, &created, &updated, &body); err != nil {
		return nil, err
	}
	r := new(R)
	if err := json.Unmarshal(body, n.body(r)); err != nil {
		return nil, errDamaged
	}
	s := n.stamp(r)
	*s.id, *s.version, *s.created, *s.updated = matching.ID(id), version, fromMicro(created), fromMicro(updated)
	return r, nil
}

// errDamaged stands for what a decoder says of a body or a personal record, which may quote it.
var errDamaged = errors.New("a stored record cannot be decoded")

// get reads the record of an id.
func get[R any](ctx context.Context, v view, n *noun[R], id matching.ID) (*R, error) {
	r, err := one(ctx, v.about(rowKey(n.name, id)), v.locked(n.sql.one), []any{string(id)}, n.read)
	return r, fail("postgres.read "+string(n.name), err)
}

// walkPage is how many records a walk reads at once: visits come between pages, so that they may use the same connection.
const walkPage = 1000

// walk visits the records after an id, in id order.
func walk[R any](ctx context.Context, v view, n *noun[R], after matching.ID, visit func(*R) error) error {
	op := "postgres.walk " + string(n.name)
	for {
		page := make([]*R, 0, walkPage)
		err := v.each(ctx, n.sql.walk, []any{string(after), walkPage}, func(rows pgx.Rows) error {
			r, err := n.read(rows)
			page = append(page, r)
			return err
		})
		if err != nil {
			return fail(op, err)
		}
		for _, r := range page {
			if err := ctx.Err(); err != nil {
				return fail(op, err)
			}
			after = *n.stamp(r).id // visit may write into the record
			if err := visit(r); err != nil {
				return err // visit's own, as it is
			}
		}
		if len(page) < walkPage {
			return fail(op, ctx.Err())
		}
	}
}

// put writes a record and its journal entry. sealed holds the values of the noun's sealed columns, nil to leave them.
func put[R any](ctx context.Context, t *tx, n *noun[R], r *R, sealed []any) error {
	op := "postgres.put " + string(n.name)
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	s := n.stamp(r)
	if !s.id.Is(n.prefix) {
		return t.doom(op, fault.Field("id", "The id is not well formed. Send one that begins with "+n.prefix+"_."))
	}
	if err := t.sealing(sealed); err != nil {
		return t.doom(op, err)
	}
	n.times(r)
	body, err := json.Marshal(n.body(r))
	if err != nil {
		return t.doom(op, &fault.Error{Kind: fault.Invalid, Message: "The record holds a number or a time that cannot be written."})
	}
	created, version := t.at, *s.version+1
	if *s.version == 0 {
		values := append([]any{string(*s.id), version, micro(created), micro(t.at), s.source, s.externalID}, n.values(r)...)
		values = append(append(values, body), orNulls(sealed, len(n.sealed))...)
		if n.batched {
			values = append(values, t.batch)
		}
		if n.imported() {
			values = append(values, nil)
		}
		err = t.create(ctx, string(n.name), n.sql.all, n.sql.insert, values)
	} else {
		values := append([]any{version, micro(t.at), s.source, s.externalID}, n.values(r)...)
		values = append(append(append(values, body), sealed...), string(*s.id), *s.version)
		statement := n.sql.update
		if sealed != nil {
			statement = n.sql.updateSealed
		}
		created, err = t.about(rowKey(n.name, *s.id)).change(ctx, statement, n.sql.current, string(*s.id), values)
	}
	if err != nil {
		return t.doom(op, err)
	}
	if n.batched && *s.version == 0 && t.batch != 0 {
		t.wrote = true // the batch has one entry for all
	} else {
		t.append(n.name, string(*s.id), version, store.Put)
	}
	t.stamp(s, version, created)
	return nil
}

// change runs an update of one version of a record and gives the time of its creation; when it meets no row it says why.
func (v view) change(ctx context.Context, update, current, id string, values []any) (time.Time, error) {
	var micros, version int64
	err := v.row(ctx, update, values, &micros)
	if err == nil {
		return fromMicro(micros), nil
	}
	if !errors.Is(err, pgx.ErrNoRows) {
		return time.Time{}, err
	}
	if err := v.row(ctx, current, []any{id}, &version); err != nil {
		return time.Time{}, err
	}
	return time.Time{}, &fault.Error{Kind: fault.Stale, Message: "The record has changed since it was read. Read it again and repeat the change."}
}

func orNulls(values []any, n int) []any {
	if values == nil {
		return make([]any, n)
	}
	return values
}

// micro and fromMicro are how times lie in the database.
func micro(t time.Time) int64     { return t.UnixMicro() }
func fromMicro(m int64) time.Time { return time.UnixMicro(m).UTC() }
