package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

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

// nounSQL are the statements of a noun.
type nounSQL struct {
	insert, update, updateSealed, current, one, walk, external string
}

const readColumns = "id, version, created, updated, body"

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
	common := []string{"id", "version", "created", "updated", "source", "external_id"}
	all := append(append(append(common, n.columns...), "body"), n.sealed...)
	if n.batched {
		all = append(all, "batch")
	}
	changed := append(append([]string{"version", "updated", "source", "external_id"}, n.columns...), "body")
	n.sql = nounSQL{
		insert: "INSERT INTO " + table + " (" + strings.Join(all, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(all)-1) + ")",
		update: "UPDATE " + table + " SET " + strings.Join(changed, " = ?, ") + " = ? WHERE id = ?",
		updateSealed: "UPDATE " + table + " SET " + strings.Join(append(changed, n.sealed...), " = ?, ") +
			" = ? WHERE id = ?",
		current:  "SELECT version, created FROM " + table + " WHERE id = ?" + n.shown(),
		one:      "SELECT " + readColumns + " FROM " + table + " WHERE id = ?" + n.shown(),
		walk:     "SELECT " + readColumns + " FROM " + table + " WHERE id > ?" + n.shown() + " ORDER BY id",
		external: "SELECT id FROM " + table + " WHERE source = ? AND external_id = ? AND external_id <> ''" + n.shown(),
	}
	return n
}

// read makes a record of one row of readColumns.
func (n *noun[R]) read(scan func(...any) error) (*R, error) {
	var (
		id                        string
		version, created, updated int64
		body                      []byte
	)
	if err := scan(&id, &version, &created, &updated, &body); err != nil {
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
	op := "sqlite.read " + string(n.name)
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	statement, err := v.conn.statement(n.sql.one)
	if err != nil {
		return nil, fail(op, err)
	}
	r, err := n.read(statement.QueryRow(string(id)).Scan)
	return r, fail(op, err)
}

// walk visits the records after an id, in id order.
func walk[R any](ctx context.Context, v view, n *noun[R], after matching.ID, visit func(*R) error) error {
	var stopped error // visit's own, which goes back as it is
	err := v.conn.each(n.sql.walk, []any{string(after)}, func(rows *sql.Rows) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := n.read(rows.Scan)
		if err != nil {
			return err
		}
		stopped = visit(r)
		return stopped
	})
	if stopped != nil {
		return stopped
	}
	return fail("sqlite.walk "+string(n.name), err)
}

// put writes a record and its journal entry. sealed holds the values of the noun's sealed columns, nil to leave them.
func put[R any](ctx context.Context, t *tx, n *noun[R], r *R, sealed []any) error {
	op := "sqlite.put " + string(n.name)
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	s := n.stamp(r)
	if !s.id.Is(n.prefix) {
		return t.doom(op, fault.Field("id", "The id is not well formed. Send one that begins with "+n.prefix+"_."))
	}
	created, err := t.precondition(n.sql.current, s)
	if err != nil {
		return t.doom(op, err)
	}
	n.times(r)
	body, err := json.Marshal(n.body(r))
	if err != nil {
		return t.doom(op, &fault.Error{Kind: fault.Invalid, Message: "The record holds a number or a time that cannot be written."})
	}
	version := *s.version + 1
	if *s.version == 0 {
		args := append([]any{string(*s.id), version, micro(created), micro(t.at), s.source, s.externalID}, n.values(r)...)
		args = append(append(args, string(body)), orNulls(sealed, len(n.sealed))...)
		if n.batched {
			args = append(args, t.batch)
		}
		err = t.conn.exec(n.sql.insert, args...)
	} else {
		args := append([]any{version, micro(t.at), s.source, s.externalID}, n.values(r)...)
		args = append(append(append(args, string(body)), sealed...), string(*s.id))
		statement := n.sql.update
		if sealed != nil {
			statement = n.sql.updateSealed
		}
		err = t.conn.exec(statement, args...)
	}
	if err != nil {
		return t.doom(op, err)
	}
	if n.batched && *s.version == 0 && t.batch != 0 {
		t.wrote, t.records = true, t.records+1 // the batch has one entry for all
	} else if err := t.append(n.name, string(*s.id), version, store.Put); err != nil {
		return t.doom(op, err)
	}
	t.stamp(s, version, created)
	return nil
}

// precondition compares the version of a record with the current one and gives the time of its creation.
func (t *tx) precondition(current string, s stamp) (created time.Time, err error) {
	if *s.version == 0 {
		return t.at, nil // the primary key refuses an id that exists
	}
	var version, micros int64
	if err := t.conn.row(current, []any{string(*s.id)}, &version, &micros); err != nil {
		return time.Time{}, err
	}
	if version != *s.version {
		return time.Time{}, &fault.Error{Kind: fault.Stale, Message: "The record has changed since it was read. Read it again and repeat the change."}
	}
	return fromMicro(micros), nil
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
