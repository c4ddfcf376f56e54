package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

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
	err := v.unseal(ctx, store.GraduateNoun, "SELECT sealed FROM graduate WHERE id = $1"+layout.Shown(store.GraduateNoun), graduate, store.PersonalColumn, &p)
	return p, fail("postgres.Personal", err)
}

// EmployerContact opens the sealed part of an employer.
func (v view) EmployerContact(ctx context.Context, employer matching.ID) (matching.EmployerContact, error) {
	var c matching.EmployerContact
	err := v.unseal(ctx, store.EmployerNoun, "SELECT sealed FROM employer WHERE id = $1"+layout.Shown(store.EmployerNoun), employer, store.ContactColumn, &c)
	return c, fail("postgres.EmployerContact", err)
}

// unseal opens the sealed part of a record into the zero value at dest, which stays zero when there is none.
func (v view) unseal(ctx context.Context, noun store.Noun, query string, id matching.ID, column string, dest any) error {
	var blob []byte
	if err := v.about(rowKey(noun, id)).row(ctx, v.locked(query), []any{string(id)}, &blob); err != nil || blob == nil {
		return err
	}
	return layout.Open(v.ring, v.keys, id, column, blob, dest)
}

// GraduatesByPhone looks people up by a phone.
func (v view) GraduatesByPhone(ctx context.Context, phone string) ([]matching.ID, error) {
	return v.byMACs(ctx, "phone_mac", func(k *store.Keys) ([][]byte, error) { return k.PhoneMACs(phone) })
}

// GraduatesByCNIC looks people up by a CNIC.
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
		ids, err := v.about(gathered...).ids(ctx, "SELECT id FROM graduate WHERE "+column+" = ANY ($1)"+layout.Shown(store.GraduateNoun)+" ORDER BY id", hashed)
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

// ByExternalID finds an imported record.
func (v view) ByExternalID(ctx context.Context, noun store.Noun, source, externalID string) (matching.ID, error) {
	const op = "postgres.ByExternalID"
	query, ok := externalQueries()[noun]
	if !ok {
		return "", noExternalIDs(op)
	}
	var id string
	err := v.about(externalKey(noun, source, externalID)).row(ctx, query, []any{source, externalID}, &id)
	if noun == store.GraduateNoun && errors.Is(err, pgx.ErrNoRows) {
		err = v.about().row(ctx, "SELECT graduate FROM merged WHERE source = $1 AND external_id = $2", []any{source, externalID}, &id)
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
	return withHead(ctx, v, func() error { return walk(ctx, v, &graduates, after, visit) })
}

// EachPosting walks the postings of one snapshot.
func (v view) EachPosting(ctx context.Context, after matching.ID, visit func(*matching.Posting) error) (store.Head, error) {
	return withHead(ctx, v, func() error { return walk(ctx, v, &postings, after, visit) })
}

// EachEmployer walks the employers of one snapshot.
func (v view) EachEmployer(ctx context.Context, after matching.ID, visit func(*matching.Employer) error) (store.Head, error) {
	return withHead(ctx, v, func() error { return walk(ctx, v, &employers, after, visit) })
}

// EachInstitute walks the institutes of one snapshot.
func (v view) EachInstitute(ctx context.Context, after matching.ID, visit func(*matching.Institute) error) (store.Head, error) {
	return withHead(ctx, v, func() error { return walk(ctx, v, &institutes, after, visit) })
}

// EachPlace walks the imported places of one snapshot.
func (v view) EachPlace(ctx context.Context, visit func(store.ImportedPlace) error) (store.Head, error) {
	const op = "postgres.walk place"
	return withHead(ctx, v, func() error {
		// Staff add them by hand: they are few.
		places, err := list(ctx, v, "SELECT "+layout.PlaceColumns+" FROM place ORDER BY id", nil, layout.ReadPlace)
		if err != nil {
			return fail(op, err)
		}
		for _, p := range places {
			if err := ctx.Err(); err != nil {
				return fail(op, err)
			}
			if err := visit(*p); err != nil {
				return err
			}
		}
		return nil
	})
}

// TokenByHash finds a token.
func (v view) TokenByHash(ctx context.Context, hash []byte) (*store.Token, error) {
	query := v.locked("SELECT " + layout.TokenColumns + " FROM token WHERE hash = $1")
	t, err := one(ctx, v.about(), query, []any{hash}, layout.ReadToken)
	return t, fail("postgres.TokenByHash", err)
}
