package postgres

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// view reads over one connection: outside a transaction what is committed, inside one its own writes too.
type view struct {
	conn *pgx.Conn
	ring *store.Keyring
	keys *store.Keys // of the ring when the view began
	tx   *tx         // the transaction that writes; nil outside one

	narrow bool // what is read depends on the gathered rows of these keys alone
	only   []string
}

// view reads over a connection with the keys of now, which it keeps: a rotation that comes between changes nothing for it.
func (s *Store) view(c *pgx.Conn) view { return view{conn: c, ring: s.ring, keys: s.ring.Keys()} }

// locked has a read of records lock them inside a transaction.
func (v view) locked(query string) string {
	if v.tx == nil {
		return query
	}
	return query + locking
}

// missed says that a read has found nothing.
func (v view) missed() error {
	if v.tx != nil {
		v.tx.looked = true
	}
	return pgx.ErrNoRows
}

// before makes a view see what its transaction has kept back, and refuses what cannot be read.
func (v view) before(ctx context.Context) error {
	if v.tx == nil {
		return ctx.Err()
	}
	if err := v.tx.ready(ctx); err != nil {
		return err
	}
	if v.narrow && !v.tx.holdsBack(v.only) {
		return nil
	}
	return v.after(v.tx.send(ctx))
}

// about narrows what a view reads to rows of some keys, none of the tables of records without any: an import that looks for each record
// before it creates it must not have what it creates sent one by one.
func (v view) about(keys ...string) view {
	v.narrow, v.only = true, keys
	return v
}

// after notes a failure that has spoilt the transaction.
func (v view) after(err error) error {
	if v.tx == nil || err == nil || errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	return v.tx.doom("postgres.statement", err)
}

// each runs a query and calls scan for every row until it fails.
func (v view) each(ctx context.Context, query string, args []any, scan func(pgx.Rows) error) error {
	if err := v.before(ctx); err != nil {
		return err
	}
	return v.after(each(ctx, v.conn, query, args, scan))
}

func each(ctx context.Context, c *pgx.Conn, query string, args []any, scan func(pgx.Rows) error) error {
	rows, err := c.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one reads what read makes of the one row of a query; without a row it answers pgx.ErrNoRows.
func one[T any](ctx context.Context, v view, query string, args []any, read func(pgx.Row) (*T, error)) (*T, error) {
	var found *T
	err := v.each(ctx, query, args, func(rows pgx.Rows) (err error) {
		found, err = read(rows)
		return err
	})
	if err == nil && found == nil {
		err = v.missed()
	}
	return found, err
}

// row runs a query for one row; without one it answers pgx.ErrNoRows.
func (v view) row(ctx context.Context, query string, args []any, dest ...any) error {
	if err := v.before(ctx); err != nil {
		return err
	}
	err := v.conn.QueryRow(ctx, query, args...).Scan(dest...)
	if errors.Is(err, pgx.ErrNoRows) {
		return v.missed()
	}
	return v.after(err)
}

// exec runs a statement that answers nothing.
func (v view) exec(ctx context.Context, statement string, args ...any) error {
	if err := v.before(ctx); err != nil {
		return err
	}
	_, err := v.conn.Exec(ctx, statement, args...)
	return v.after(err)
}

func (v view) Graduate(ctx context.Context, id matching.ID) (*matching.Graduate, error) {
	return get(ctx, v, &graduates, id)
}

func (v view) Posting(ctx context.Context, id matching.ID) (*matching.Posting, error) {
	return get(ctx, v, &postings, id)
}

func (v view) Employer(ctx context.Context, id matching.ID) (*matching.Employer, error) {
	return get(ctx, v, &employers, id)
}

func (v view) Institute(ctx context.Context, id matching.ID) (*matching.Institute, error) {
	return get(ctx, v, &institutes, id)
}

func (v view) Personal(ctx context.Context, graduate matching.ID) (matching.Personal, error) {
	var p matching.Personal
	err := v.unseal(ctx, store.GraduateNoun, "SELECT sealed FROM graduate WHERE id = $1"+shown, graduate, store.PersonalColumn, &p)
	return p, fail("postgres.Personal", err)
}

func (v view) EmployerContact(ctx context.Context, employer matching.ID) (matching.EmployerContact, error) {
	var c matching.EmployerContact
	err := v.unseal(ctx, store.EmployerNoun, "SELECT sealed FROM employer WHERE id = $1"+shown, employer, store.ContactColumn, &c)
	return c, fail("postgres.EmployerContact", err)
}

// unseal opens the sealed part of a record into the zero value at dest, which stays zero when there is none.
func (v view) unseal(ctx context.Context, noun store.Noun, query string, id matching.ID, column string, dest any) error {
	var blob []byte
	if err := v.about(rowKey(noun, id)).row(ctx, v.locked(query), []any{string(id)}, &blob); err != nil || blob == nil {
		return err
	}
	return openJSON(v, id, column, blob, dest)
}

func (v view) GraduatesByPhone(ctx context.Context, phone string) ([]matching.ID, error) {
	return v.byMACs(ctx, "phone_mac", func(k *store.Keys) ([][]byte, error) { return k.PhoneMACs(phone) })
}

func (v view) GraduatesByCNIC(ctx context.Context, cnic string) ([]matching.ID, error) {
	return v.byMACs(ctx, "cnic_mac", func(k *store.Keys) ([][]byte, error) { return k.CNICMACs(cnic) })
}

// byMACs collects the ids under every MAC, one for each version of the lookup key, in one statement: of several, a rotation could hash
// somebody anew between them, and none would see her. It looks again where keys were rotated meanwhile.
func (v view) byMACs(ctx context.Context, column string, macs func(*store.Keys) ([][]byte, error)) ([]matching.ID, error) {
	for keys := v.keys; ; {
		hashed, err := macs(keys)
		if err != nil {
			return nil, err
		}
		gathered := make([]string, len(hashed))
		for i, mac := range hashed {
			gathered[i] = string(mac)
		}
		ids, err := v.about(gathered...).ids(ctx, "SELECT id FROM graduate WHERE "+column+" = ANY ($1)"+shown+" ORDER BY id", hashed)
		if now := v.ring.Keys(); err == nil && now != keys {
			keys = now
			continue
		}
		return ids, fail("postgres.look up a person", err)
	}
}

// ids collects what a query for ids finds.
func (v view) ids(ctx context.Context, query string, args ...any) ([]matching.ID, error) {
	var ids []matching.ID
	err := v.each(ctx, query, args, func(rows pgx.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, matching.ID(id))
		return err
	})
	if err == nil && len(ids) == 0 {
		_ = v.missed() // an empty list is no error, and yet what another transaction may have changed
	}
	return ids, err
}

func (v view) ByExternalID(ctx context.Context, noun store.Noun, source, externalID string) (matching.ID, error) {
	const op = "postgres.ByExternalID"
	queries := map[store.Noun]string{
		store.GraduateNoun: graduates.sql.external, store.PostingNoun: postings.sql.external,
		store.EmployerNoun: employers.sql.external, store.InstituteNoun: institutes.sql.external,
		store.ApplicationNoun: applications.sql.external,
	}
	query, ok := queries[noun]
	if !ok {
		return "", fault.New(fault.Invalid, op, "Records of this kind have no external id. Ask for a graduate, posting, employer or institute.")
	}
	var id string
	err := v.about(externalKey(noun, source, externalID)).row(ctx, query, []any{source, externalID}, &id)
	if noun == store.GraduateNoun && errors.Is(err, pgx.ErrNoRows) {
		err = v.about().row(ctx, "SELECT graduate FROM merged WHERE source = $1 AND external_id = $2", []any{source, externalID}, &id)
	}
	return matching.ID(id), fail(op, err)
}

func (v view) EachGraduate(ctx context.Context, after matching.ID, visit func(*matching.Graduate) error) (store.Head, error) {
	return withHead(ctx, v, func() error { return walk(ctx, v, &graduates, after, visit) })
}

func (v view) EachPosting(ctx context.Context, after matching.ID, visit func(*matching.Posting) error) (store.Head, error) {
	return withHead(ctx, v, func() error { return walk(ctx, v, &postings, after, visit) })
}

func (v view) EachEmployer(ctx context.Context, after matching.ID, visit func(*matching.Employer) error) (store.Head, error) {
	return withHead(ctx, v, func() error { return walk(ctx, v, &employers, after, visit) })
}

func (v view) EachInstitute(ctx context.Context, after matching.ID, visit func(*matching.Institute) error) (store.Head, error) {
	return withHead(ctx, v, func() error { return walk(ctx, v, &institutes, after, visit) })
}

func (v view) EachPlace(ctx context.Context, visit func(store.ImportedPlace) error) (store.Head, error) {
	const op = "postgres.walk place"
	return withHead(ctx, v, func() error {
		var places []store.ImportedPlace // staff add them by hand: they are few
		err := v.each(ctx, "SELECT id, source, imported, body FROM place ORDER BY id", nil, func(rows pgx.Rows) error {
			var p store.ImportedPlace
			var imported int64
			err := rows.Scan(&p.ID, &p.Source, &imported, &p.Body)
			p.Imported = fromMicro(imported)
			places = append(places, p)
			return err
		})
		if err != nil {
			return fail(op, err)
		}
		for _, p := range places {
			if err := ctx.Err(); err != nil {
				return fail(op, err)
			}
			if err := visit(p); err != nil {
				return err
			}
		}
		return nil
	})
}

// withHead adds the journal head to a walk that ended well. A walk of a snapshot reads the head of its snapshot. One inside a
// transaction that writes holds the head meanwhile, so that nobody else's commit comes between what it sees and what it counts.
func withHead(ctx context.Context, v view, walk func() error) (store.Head, error) {
	if v.tx != nil {
		if err := v.exec(ctx, "SELECT FROM journal_head FOR NO KEY UPDATE"); err != nil {
			return store.Head{}, fail("postgres.walk", err)
		}
	}
	if err := walk(); err != nil {
		return store.Head{}, err
	}
	return v.Head(ctx)
}

func (v view) TokenByHash(ctx context.Context, hash []byte) (*store.Token, error) {
	const op = "postgres.TokenByHash"
	var (
		t       store.Token
		subject string
		created int64
		expires *int64
	)
	err := v.about().row(ctx, v.locked("SELECT id, role, subject, created, expires FROM token WHERE hash = $1"), []any{hash},
		&t.ID, &t.Role, &subject, &created, &expires)
	if err != nil {
		return nil, fail(op, err)
	}
	t.Subject, t.Hash, t.Created = matching.ID(subject), bytes.Clone(hash), fromMicro(created)
	if expires != nil {
		t.Expires = fromMicro(*expires)
	}
	return &t, nil
}

// counted gives the entries of the transaction their positions, so that they are counted and shown.
func (v view) counted(ctx context.Context) error {
	if v.tx == nil || len(v.tx.entries) == 0 {
		return nil
	}
	if err := v.tx.ready(ctx); err != nil {
		return err
	}
	return v.after(v.tx.flush(ctx))
}

func (v view) Head(ctx context.Context) (store.Head, error) {
	const op = "postgres.Head"
	if err := v.counted(ctx); err != nil {
		return store.Head{}, fail(op, err)
	}
	if v.tx != nil && v.tx.head != nil {
		return *v.tx.head, ctx.Err()
	}
	var epoch string
	var position int64
	err := v.about().row(ctx, "SELECT epoch, position FROM journal_head", nil, &epoch, &position)
	if err != nil {
		return store.Head{}, fail(op, err)
	}
	return store.Head{Epoch: store.Epoch(epoch), Position: store.Position(position)}, nil
}

func (v view) Journal(ctx context.Context, after store.Position, limit int) ([]store.Entry, error) {
	const op = "postgres.Journal"
	if err := v.counted(ctx); err != nil {
		return nil, fail(op, err)
	}
	var entries []store.Entry
	query := "SELECT position, noun, id, version, op, at FROM journal WHERE position > $1 ORDER BY position LIMIT $2"
	err := v.each(ctx, query, []any{int64(after), int64(max(limit, 0))}, func(rows pgx.Rows) error {
		var (
			position, version, at int64
			noun, id, operation   string
		)
		if err := rows.Scan(&position, &noun, &id, &version, &operation, &at); err != nil {
			return err
		}
		entries = append(entries, store.Entry{
			Position: store.Position(position), Noun: store.Noun(noun), ID: matching.ID(id), Version: version,
			Operation: store.Operation(operation), At: time.UnixMicro(at).UTC(),
		})
		return nil
	})
	return entries, fail(op, err)
}
