package sqlite

import (
	"context"

	"rabta/matching"
	"rabta/store/layout"
)

// PostingsOf lists an employer's postings.
func (v view) PostingsOf(ctx context.Context, employer, after matching.ID, limit int) ([]*matching.Posting, error) {
	return of(ctx, v, &postings, "employer", employer, after, limit)
}

// GraduatesOf lists an institute's roster.
func (v view) GraduatesOf(ctx context.Context, institute, after matching.ID, limit int) ([]*matching.Graduate, error) {
	return of(ctx, v, &graduates, "institute", institute, after, limit)
}

// of lists the records of a noun that one other record owns, in id order.
func of[R any](ctx context.Context, v view, n *noun[R], column string, owner, after matching.ID, limit int) ([]*R, error) {
	query := "SELECT " + layout.ReadColumns + " FROM " + string(n.Name) + " WHERE " + column + " = ? AND id > ?" + layout.Shown(n.Name) + " ORDER BY id LIMIT ?"
	found, err := list(ctx, v, query, []any{string(owner), string(after), limit}, n.Read)
	return found, fail("sqlite.list "+string(n.Name)+" of "+column, err)
}
