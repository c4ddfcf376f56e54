package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// view reads over one connection: outside a transaction what is committed, inside one its own writes too.
type view struct {
	conn    *conn
	ring    *store.Keyring
	keys    *store.Keys // of the ring when the view began
	pending *store.Head // inside a transaction that writes: the head as it would be if it committed now
}

// Graduate implements store.Reader, as do the methods below.
func (v view) Graduate(ctx context.Context, id matching.ID) (*matching.Graduate, error) {
	return get(ctx, v, &graduates, id)
}

// Posting reads a posting.
func (v view) Posting(ctx context.Context, id matching.ID) (*matching.Posting, error) {
	return get(ctx, v, &postings, id)
}

// Employer reads an employer.
func (v view) Employer(ctx context.Context, id matching.ID) (*matching.Employer, error) {
	return get(ctx, v, &employers, id)
}

// Institute reads an institute.
func (v view) Institute(ctx context.Context, id matching.ID) (*matching.Institute, error) {
	return get(ctx, v, &institutes, id)
}

// Personal opens the sealed part of a graduate.
func (v view) Personal(ctx context.Context, graduate matching.ID) (matching.Personal, error) {
	var p matching.Personal
	err := v.unseal(ctx, "SELECT sealed FROM graduate WHERE id = ?"+layout.Shown(store.GraduateNoun), graduate, store.PersonalColumn, &p)
	return p, fail("sqlite.Personal", err)
}

// EmployerContact opens the sealed part of an employer.
func (v view) EmployerContact(ctx context.Context, employer matching.ID) (matching.EmployerContact, error) {
	var c matching.EmployerContact
	err := v.unseal(ctx, "SELECT sealed FROM employer WHERE id = ?"+layout.Shown(store.EmployerNoun), employer, store.ContactColumn, &c)
	return c, fail("sqlite.EmployerContact", err)
}

// unseal opens the sealed part of a record into the zero value at dest, which stays zero when there is none.
func (v view) unseal(ctx context.Context, query string, id matching.ID, column string, dest any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var blob []byte
	if err := v.conn.row(query, []any{string(id)}, &blob); err != nil || blob == nil {
		return err
	}
	return layout.Open(v.ring, v.keys, id, column, blob, dest)
}

// GraduatesByPhone looks people up by a phone.
func (v view) GraduatesByPhone(ctx context.Context, phone string) ([]matching.ID, error) {
	return v.byMACs(ctx, "SELECT id FROM graduate WHERE phone_mac", func(k *store.Keys) ([][]byte, error) { return k.PhoneMACs(phone) })
}

// GraduatesByCNIC looks people up by a CNIC.
func (v view) GraduatesByCNIC(ctx context.Context, cnic string) ([]matching.ID, error) {
	return v.byMACs(ctx, "SELECT id FROM graduate WHERE cnic_mac", func(k *store.Keys) ([][]byte, error) { return k.CNICMACs(cnic) })
}

// byMACs looks again where keys were rotated meanwhile: somebody may have been hashed anew between.
func (v view) byMACs(ctx context.Context, query string, macs func(*store.Keys) ([][]byte, error)) ([]matching.ID, error) {
	for keys := v.keys; ; {
		hashed, err := macs(keys)
		if err != nil {
			return nil, err
		}
		ids, err := v.byMAC(ctx, query, hashed)
		if now := v.ring.Keys(); err == nil && now != keys {
			keys = now
			continue
		}
		return ids, err
	}
}

// byMAC collects the ids under every MAC, one for each version of the lookup key. It is one statement: of several, a rotation could hash
// somebody anew between them, and none would see her.
func (v view) byMAC(ctx context.Context, query string, macs [][]byte) ([]matching.ID, error) {
	const op = "sqlite.look up a person"
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	args := make([]any, len(macs))
	for i, mac := range macs {
		args[i] = mac
	}
	var ids []matching.ID
	err := v.conn.each(query+" IN (?"+strings.Repeat(", ?", len(macs)-1)+")"+layout.Shown(store.GraduateNoun), args, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, matching.ID(id))
		return err
	})
	slices.Sort(ids)
	return ids, fail(op, err)
}

// ByExternalID finds an imported record.
func (v view) ByExternalID(ctx context.Context, noun store.Noun, source, externalID string) (matching.ID, error) {
	const op = "sqlite.ByExternalID"
	if err := ctx.Err(); err != nil {
		return "", fail(op, err)
	}
	query, ok := externalQueries()[noun]
	if !ok {
		return "", noExternalIDs(op)
	}
	var id string
	err := v.conn.row(query, []any{source, externalID}, &id)
	if noun == store.GraduateNoun && errors.Is(err, sql.ErrNoRows) {
		err = v.conn.row("SELECT graduate FROM merged WHERE source = ? AND external_id = ?", []any{source, externalID}, &id)
	}
	return matching.ID(id), fail(op, err)
}

// externalQueries are by what statement the record of an external id is found, for each noun that has them.
func externalQueries() map[store.Noun]string {
	return map[store.Noun]string{
		store.GraduateNoun: graduates.external, store.PostingNoun: postings.external,
		store.EmployerNoun: employers.external, store.InstituteNoun: institutes.external,
		store.ApplicationNoun: applications.external,
	}
}

func noExternalIDs(op string) error {
	return fault.New(fault.Invalid, op, "Records of this kind have no external id. Ask for a graduate, posting, employer or institute.")
}

// EachGraduate walks the graduates of one snapshot.
func (v view) EachGraduate(ctx context.Context, after matching.ID, visit func(*matching.Graduate) error) (store.Head, error) {
	return withHead(ctx, v, walk(ctx, v, &graduates, after, visit))
}

// EachPosting walks the postings of one snapshot.
func (v view) EachPosting(ctx context.Context, after matching.ID, visit func(*matching.Posting) error) (store.Head, error) {
	return withHead(ctx, v, walk(ctx, v, &postings, after, visit))
}

// EachEmployer walks the employers of one snapshot.
func (v view) EachEmployer(ctx context.Context, after matching.ID, visit func(*matching.Employer) error) (store.Head, error) {
	return withHead(ctx, v, walk(ctx, v, &employers, after, visit))
}

// EachInstitute walks the institutes of one snapshot.
func (v view) EachInstitute(ctx context.Context, after matching.ID, visit func(*matching.Institute) error) (store.Head, error) {
	return withHead(ctx, v, walk(ctx, v, &institutes, after, visit))
}

// EachPlace walks the imported places of one snapshot.
func (v view) EachPlace(ctx context.Context, visit func(store.ImportedPlace) error) (store.Head, error) {
	var stopped error
	err := v.conn.each("SELECT "+layout.PlaceColumns+" FROM place ORDER BY id", nil, func(rows *sql.Rows) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		p, err := layout.ReadPlace(rows)
		if err != nil {
			return err
		}
		stopped = visit(*p)
		return stopped
	})
	if stopped == nil {
		stopped = fail("sqlite.walk place", err)
	}
	return withHead(ctx, v, stopped)
}

// withHead adds the journal head to a walk that ended well. The walk runs in a transaction, so the head is its snapshot's.
func withHead(ctx context.Context, v view, walked error) (store.Head, error) {
	if walked != nil {
		return store.Head{}, walked
	}
	return v.Head(ctx)
}

// TokenByHash finds a token.
func (v view) TokenByHash(ctx context.Context, hash []byte) (*store.Token, error) {
	t, err := one(ctx, v, "SELECT "+layout.TokenColumns+" FROM token WHERE hash = ?", []any{hash}, layout.ReadToken)
	return t, fail("sqlite.TokenByHash", err)
}

// Head tells where the journal stands.
func (v view) Head(ctx context.Context) (store.Head, error) {
	const op = "sqlite.Head"
	if err := ctx.Err(); err != nil {
		return store.Head{}, fail(op, err)
	}
	if v.pending != nil {
		return *v.pending, nil
	}
	var epoch string
	var position int64
	err := v.conn.row("SELECT epoch, position FROM journal_head", nil, &epoch, &position)
	if err != nil {
		return store.Head{}, fail(op, err)
	}
	return store.Head{Epoch: store.Epoch(epoch), Position: store.Position(position)}, nil
}

// Journal reads entries of the journal.
func (v view) Journal(ctx context.Context, after store.Position, limit int) ([]store.Entry, error) {
	query := "SELECT " + layout.EntryColumns + " FROM journal WHERE position > ? ORDER BY position LIMIT ?"
	entries, err := list(ctx, v, query, []any{int64(after), int64(max(limit, 0))}, layout.ReadEntry)
	return layout.Values(entries), fail("sqlite.Journal", err)
}
