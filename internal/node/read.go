package node

import (
	"context"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/trades"
	"rabta/store"
)

// Graduate gives a graduate's record, without anything that names her.
func (n *Node) Graduate(ctx context.Context, id matching.ID) (*matching.Graduate, error) {
	return n.store.Graduate(ctx, id)
}

// Personal opens what is sealed of a graduate.
func (n *Node) Personal(ctx context.Context, id matching.ID) (matching.Personal, error) {
	return n.store.Personal(ctx, id)
}

// Posting gives a posting's record.
func (n *Node) Posting(ctx context.Context, id matching.ID) (*matching.Posting, error) {
	return n.store.Posting(ctx, id)
}

// Employer gives an employer's record.
func (n *Node) Employer(ctx context.Context, id matching.ID) (*matching.Employer, error) {
	return n.store.Employer(ctx, id)
}

// EmployerContact opens what is sealed of an employer.
func (n *Node) EmployerContact(ctx context.Context, id matching.ID) (matching.EmployerContact, error) {
	return n.store.EmployerContact(ctx, id)
}

// Institute gives an institute's record.
func (n *Node) Institute(ctx context.Context, id matching.ID) (*matching.Institute, error) {
	return n.store.Institute(ctx, id)
}

// Roster asks for a list of graduates in id order.
type Roster struct {
	Institute matching.ID // on this institute's roster; empty: all
	Officer   bool        // only who agreed that an officer acts for her
	After     matching.ID // the last one of the page before
	Limit     int         // above 0
}

// errEnough ends a walk that has what it came for.
type errEnough struct{}

// Error is never shown: the walk that it ends has succeeded.
func (errEnough) Error() string { return "enough" }

// Graduates lists graduates; next is where the following page begins, empty after the last.
func (n *Node) Graduates(ctx context.Context, r Roster) (list []*matching.Graduate, next matching.ID, err error) {
	switch {
	case r.Institute != "" && !r.Officer:
		list, err = n.store.GraduatesOf(ctx, r.Institute, r.After, r.Limit)
	default:
		_, err = n.store.EachGraduate(ctx, r.After, func(g *matching.Graduate) error {
			if (!r.Officer || g.Consent.Officer) && (r.Institute == "" || g.Institute == r.Institute) {
				list = append(list, g)
			}
			if len(list) == r.Limit {
				return errEnough{}
			}
			return nil
		})
		if err == (errEnough{}) {
			err = nil
		}
	}
	if len(list) > 0 && len(list) == r.Limit {
		next = list[len(list)-1].ID
	}
	return list, next, err
}

// PostingsOf lists an employer's postings, whatever their status; next is where the following page begins, empty after the last.
func (n *Node) PostingsOf(ctx context.Context, employer, after matching.ID, limit int) (list []*matching.Posting, next matching.ID, err error) {
	list, err = n.store.PostingsOf(ctx, employer, after, limit)
	if len(list) > 0 && len(list) == limit {
		next = list[len(list)-1].ID
	}
	return list, next, err
}

// EachPosting visits every posting in id order, for exports; EachGraduate every graduate.
func (n *Node) EachPosting(ctx context.Context, visit func(*matching.Posting) error) (store.Head, error) {
	return n.store.EachPosting(ctx, "", visit)
}

// EachGraduate visits every graduate in id order.
func (n *Node) EachGraduate(ctx context.Context, visit func(*matching.Graduate) error) (store.Head, error) {
	return n.store.EachGraduate(ctx, "", visit)
}

// FindTrades finds trades by name in three scripts, the likeliest first.
func (n *Node) FindTrades(query string, limit int) []trades.Found {
	return n.ref.Catalogue.Find(query, limit)
}

// PlaceNamed gives the place of an id or a name.
func (n *Node) PlaceNamed(name string) (geo.Place, error) { return n.near(name) }
