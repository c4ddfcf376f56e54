package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// A list of any length is one argument: a JSON array of texts in hexadecimal, which holds every byte, so that one prepared statement
// serves all lengths. SQLite searches the index for each of them.
const (
	amongTexts = " IN (SELECT CAST(unhex(value) AS TEXT) FROM json_each(?))"
	amongBytes = " IN (SELECT unhex(value) FROM json_each(?))"
)

// listed writes the argument of amongTexts and amongBytes.
func listed[T ~string | ~[]byte](values []T) string {
	list := append(make([]byte, 0, 2+len(values)*72), '[')
	for n, value := range values {
		if n > 0 {
			list = append(list, ',')
		}
		list = append(hex.AppendEncode(append(list, '"'), []byte(value)), '"')
	}
	return string(append(list, ']'))
}

// Graduates implements store.Many, as do the methods below.
func (v view) Graduates(ctx context.Context, ids []matching.ID) ([]*matching.Graduate, error) {
	return getAll(ctx, v, &graduates, ids)
}

// Postings reads postings.
func (v view) Postings(ctx context.Context, ids []matching.ID) ([]*matching.Posting, error) {
	return getAll(ctx, v, &postings, ids)
}

// getAll reads the records of some ids.
func getAll[R any](ctx context.Context, v view, n *noun[R], ids []matching.ID) ([]*R, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	query := "SELECT " + layout.ReadColumns + " FROM " + string(n.Name) + " WHERE id" + amongTexts + layout.Shown(n.Name) + " ORDER BY id"
	found, err := list(ctx, v, query, []any{listed(ids)}, n.Read)
	return found, fail("sqlite.read "+string(n.Name), err)
}

// Personals opens the sealed parts of graduates.
func (v view) Personals(ctx context.Context, ids []matching.ID) (map[matching.ID]matching.Personal, error) {
	found := make(map[matching.ID]matching.Personal, len(ids))
	err := v.pairsOf(ctx, "SELECT id, sealed FROM graduate WHERE id"+amongTexts+layout.Shown(store.GraduateNoun), ids, func(id matching.ID, blob []byte) error {
		var p matching.Personal
		if blob != nil {
			if err := layout.Open(v.ring, v.keys, id, store.PersonalColumn, blob, &p); err != nil {
				return err
			}
		}
		found[id] = p
		return nil
	})
	return found, fail("sqlite.Personals", err)
}

// pairsOf runs a query that gives an id and some bytes for records among ids.
func (v view) pairsOf(ctx context.Context, query string, ids []matching.ID, take func(matching.ID, []byte) error) error {
	if err := ctx.Err(); err != nil || len(ids) == 0 {
		return err
	}
	return v.conn.each(query, []any{listed(ids)}, func(rows *sql.Rows) error {
		var id string
		var value []byte
		if err := rows.Scan(&id, &value); err != nil {
			return err
		}
		return take(matching.ID(id), value)
	})
}

// GraduatesByPhones looks people up by phones.
func (v view) GraduatesByPhones(ctx context.Context, phones []string) (map[string][]matching.ID, error) {
	return v.byNumbers(ctx, "phone_mac", phones, (*store.Keys).PhoneMACs)
}

// GraduatesByCNICs looks people up by CNICs.
func (v view) GraduatesByCNICs(ctx context.Context, cnics []string) (map[string][]matching.ID, error) {
	return v.byNumbers(ctx, "cnic_mac", cnics, (*store.Keys).CNICMACs)
}

// byNumbers is byMACs for many numbers.
func (v view) byNumbers(ctx context.Context, column string, numbers []string, macs func(*store.Keys, string) ([][]byte, error)) (map[string][]matching.ID, error) {
	const op = "sqlite.look people up"
	query := "SELECT " + column + ", id FROM graduate WHERE " + column + amongBytes + layout.Shown(store.GraduateNoun) + " ORDER BY id"
	for keys := v.keys; ; {
		found := map[string][]matching.ID{}
		hashed, err := layout.HashAll(numbers, func(number string) ([][]byte, error) { return macs(keys, number) })
		if err := errors.Join(err, ctx.Err()); err != nil || len(numbers) == 0 {
			return found, fail(op, err)
		}
		err = v.conn.each(query, []any{listed(hashed.MACs)}, func(rows *sql.Rows) error {
			var mac []byte
			var id string
			err := rows.Scan(&mac, &id)
			hashed.Note(found, mac, matching.ID(id))
			return err
		})
		if now := v.ring.Keys(); err == nil && now != keys {
			keys = now
			continue
		}
		return found, fail(op, err)
	}
}

// ByExternalIDs finds imported records.
func (v view) ByExternalIDs(ctx context.Context, noun store.Noun, source string, externalIDs []string) (map[string]matching.ID, error) {
	const op = "sqlite.ByExternalIDs"
	found := make(map[string]matching.ID, len(externalIDs))
	if _, known := externalQueries()[noun]; !known {
		return nil, noExternalIDs(op)
	}
	if err := ctx.Err(); err != nil || len(externalIDs) == 0 {
		return found, fail(op, err)
	}
	args := []any{source, listed(externalIDs)}
	note := func(rows *sql.Rows) error {
		var external, id string
		err := rows.Scan(&external, &id)
		if found[external] == "" {
			found[external] = matching.ID(id)
		}
		return err
	}
	err := v.conn.each("SELECT external_id, id FROM "+string(noun)+" WHERE source = ? AND external_id"+amongTexts+" AND external_id <> ''"+layout.Shown(noun), args, note)
	if err == nil && noun == store.GraduateNoun && len(found) < len(externalIDs) {
		err = v.conn.each("SELECT external_id, graduate FROM merged WHERE source = ? AND external_id"+amongTexts, args, note)
	}
	return found, fail(op, err)
}

// ImportedRows gives the digests of the rows that records were imported from.
func (v view) ImportedRows(ctx context.Context, ids []matching.ID) (map[matching.ID][]byte, error) {
	const op = "sqlite.ImportedRows"
	found := make(map[matching.ID][]byte, len(ids))
	parts, err := layout.ByTable(ids)
	if err != nil {
		return nil, fail(op, err)
	}
	for table, ids := range parts {
		query := "SELECT id, imported_row FROM " + string(table) + " WHERE id" + amongTexts + layout.Shown(table)
		if err := v.pairsOf(ctx, query, ids, func(id matching.ID, digest []byte) error {
			found[id] = digest
			return nil
		}); err != nil {
			return nil, fail(op, err)
		}
	}
	return found, nil
}
