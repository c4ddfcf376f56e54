package postgres

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// planned has PostgreSQL plan a statement for the very list that it is given: a plan that was kept since the table was small would read
// all of it, an import later, for each list.
const planned = pgx.QueryExecModeCacheDescribe

// eachOf gives the rows of a table for each value of the list $1, one look into an index after the other. Of columns that name a person
// there are no statistics (erase.go), so that PostgreSQL takes a list of some hundred values for most of the table, and would read all of
// it: it must not turn the join round, and OFFSET 0 keeps it from that.
func eachOf(list, columns, table, where string) string {
	return "SELECT found.* FROM unnest($1::" + list + ") AS asked (value) CROSS JOIN LATERAL (SELECT " + columns + " FROM " + table +
		" WHERE " + where + " OFFSET 0) AS found"
}

// Graduates implements store.Many, as do the methods below.
func (v view) Graduates(ctx context.Context, ids []matching.ID) ([]*matching.Graduate, error) {
	return getAll(ctx, v, &graduates, ids)
}

// Postings reads postings.
func (v view) Postings(ctx context.Context, ids []matching.ID) ([]*matching.Posting, error) {
	return getAll(ctx, v, &postings, ids)
}

// getAll reads the records of some ids; inside a transaction it locks them in id order, as everybody does.
func getAll[R any](ctx context.Context, v view, n *noun[R], ids []matching.ID) ([]*R, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	query := v.locked("SELECT " + layout.ReadColumns + " FROM " + string(n.Name) + " WHERE id = ANY ($1)" + layout.Shown(n.Name) + " ORDER BY id")
	found, err := list(ctx, v.aboutAll(n.Name, ids), query, []any{planned, texts(ids)}, n.Read)
	v.missing(len(found), len(ids))
	return found, fail("postgres.read "+string(n.Name), err)
}

// aboutAll narrows what a view reads to the rows of some ids.
func (v view) aboutAll(noun store.Noun, ids []matching.ID) view {
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = rowKey(noun, id)
	}
	return v.about(keys...)
}

// missing notes that a read has not found all that it was asked for.
func (v view) missing(found, asked int) {
	if found < asked {
		_ = v.missed() // no error, and yet what another transaction may have changed
	}
}

func texts(ids []matching.ID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return list
}

// Personals opens the sealed parts of graduates.
func (v view) Personals(ctx context.Context, ids []matching.ID) (map[matching.ID]matching.Personal, error) {
	const op = "postgres.Personals"
	query := v.locked("SELECT id, sealed FROM graduate WHERE id = ANY ($1)" + layout.Shown(store.GraduateNoun) + " ORDER BY id")
	blobs, err := v.bytesOf(ctx, store.GraduateNoun, query, ids)
	if err != nil {
		return nil, fail(op, err)
	}
	found := make(map[matching.ID]matching.Personal, len(blobs))
	for id, blob := range blobs {
		var p matching.Personal
		if blob != nil {
			if err := layout.Open(v.ring, v.keys, id, store.PersonalColumn, blob, &p); err != nil {
				return nil, fail(op, err)
			}
		}
		found[id] = p
	}
	return found, nil
}

// bytesOf runs a query that gives an id and some bytes for records among ids.
func (v view) bytesOf(ctx context.Context, noun store.Noun, query string, ids []matching.ID) (map[matching.ID][]byte, error) {
	found := make(map[matching.ID][]byte, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	err := v.aboutAll(noun, ids).each(ctx, query, []any{planned, texts(ids)}, func(rows pgx.Rows) error {
		var id string
		var value []byte
		err := rows.Scan(&id, &value)
		found[matching.ID(id)] = value
		return err
	})
	v.missing(len(found), len(ids))
	return found, err
}

// GraduatesByPhones looks people up by phones.
func (v view) GraduatesByPhones(ctx context.Context, phones []string) (map[string][]matching.ID, error) {
	return v.byNumbers(ctx, "phone_mac", phones, (*store.Keys).PhoneMACs)
}

// GraduatesByCNICs looks people up by CNICs.
func (v view) GraduatesByCNICs(ctx context.Context, cnics []string) (map[string][]matching.ID, error) {
	return v.byNumbers(ctx, "cnic_mac", cnics, (*store.Keys).CNICMACs)
}

// byNumbers is byMACs for many numbers. Whoever is gathered is found where she is: an import asks for the numbers of all whom it has just
// created, and PostgreSQL would look each of them up in two indexes to tell what is known.
func (v view) byNumbers(ctx context.Context, column string, numbers []string, macs func(*store.Keys, string) ([][]byte, error)) (map[string][]matching.ID, error) {
	const op = "postgres.look people up"
	query := eachOf("bytea[]", column+", id", "graduate", column+" = asked.value"+layout.Shown(store.GraduateNoun)) + " ORDER BY id"
	for keys := v.keys; ; {
		found := map[string][]matching.ID{}
		hashed, err := layout.HashAll(numbers, func(number string) ([][]byte, error) { return macs(keys, number) })
		if err != nil || len(numbers) == 0 {
			return found, fail(op, err)
		}
		err = v.about().each(ctx, query, []any{planned, hashed.MACs}, func(rows pgx.Rows) error {
			var mac []byte
			var id string
			err := rows.Scan(&mac, &id)
			hashed.Note(found, mac, matching.ID(id))
			return err
		})
		v.noteUnsent(found, hashed)
		v.missing(len(found), len(numbers))
		if now := v.ring.Keys(); err == nil && now != keys {
			keys = now
			continue
		}
		return found, fail(op, err)
	}
}

// noteUnsent puts those whom the transaction has gathered among those who were found by numbers, in id order.
func (v view) noteUnsent(found map[string][]matching.ID, hashed layout.Hashed) {
	if v.tx == nil || len(v.tx.unsent) == 0 {
		return
	}
	for _, mac := range hashed.MACs {
		for _, id := range v.tx.unsent[string(mac)] {
			hashed.Note(found, mac, id)
		}
	}
	for _, ids := range found {
		slices.Sort(ids)
	}
}

// ByExternalIDs finds imported records.
func (v view) ByExternalIDs(ctx context.Context, noun store.Noun, source string, externalIDs []string) (map[string]matching.ID, error) {
	const op = "postgres.ByExternalIDs"
	found := make(map[string]matching.ID, len(externalIDs))
	if _, known := externalQueries()[noun]; !known {
		return nil, noExternalIDs(op)
	}
	if len(externalIDs) == 0 {
		return found, nil
	}
	if v.tx != nil && len(externalIDs) > writtenAtOnce {
		v.tx.many = true
	}
	keys := make([]string, len(externalIDs))
	for i, external := range externalIDs {
		keys[i] = externalKey(noun, source, external)
	}
	note := func(rows pgx.Rows) error {
		var external, id string
		err := rows.Scan(&external, &id)
		if found[external] == "" {
			found[external] = matching.ID(id)
		}
		return err
	}
	const named = "source = $2 AND external_id = asked.value"
	args := []any{planned, externalIDs, source}
	err := v.about(keys...).each(ctx, eachOf("text[]", "external_id, id", string(noun), named+" AND external_id <> ''"+layout.Shown(noun)), args, note)
	if err == nil && noun == store.GraduateNoun && len(found) < len(externalIDs) {
		err = v.about().each(ctx, eachOf("text[]", "external_id, graduate", "merged", named), args, note)
	}
	v.missing(len(found), len(externalIDs))
	return found, fail(op, err)
}

// ImportedRows gives the digests of the rows that records were imported from.
func (v view) ImportedRows(ctx context.Context, ids []matching.ID) (map[matching.ID][]byte, error) {
	const op = "postgres.ImportedRows"
	found := make(map[matching.ID][]byte, len(ids))
	parts, err := layout.ByTable(ids)
	if err != nil {
		return nil, fail(op, err)
	}
	for table, ids := range parts {
		digests, err := v.bytesOf(ctx, table, "SELECT id, imported_row FROM "+string(table)+" WHERE id = ANY ($1)"+layout.Shown(table), ids)
		if err != nil {
			return nil, fail(op, err)
		}
		maps.Copy(found, digests)
	}
	return found, nil
}
