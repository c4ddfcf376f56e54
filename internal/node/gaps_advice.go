package node

import (
	"context"

	"rabta/matching"
	"rabta/matching/gaps"
)

// advice is what a publication advises, of the whole country.
type advice struct {
	of       *gaps.Publication
	training []gaps.Training
	moves    []gaps.MoveDemand
	vans     []gaps.Van
}

// advise gives the advice of a publication. It waits for its turn at the ledger, which tells of vacancies of earlier days; the last
// advice is kept, since it changes with the publication alone.
func (f *figures) advise(ctx context.Context, p *published) (*advice, error) {
	select {
	case f.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, notYet(ctx.Err())
	}
	defer func() { <-f.turn }()
	if f.advised != nil && f.advised.of == p.Publication {
		return f.advised, nil
	}
	if _, err := f.catchUp(ctx); err != nil {
		return nil, err
	}
	q := gaps.Question{Seats: gaps.Seats(f.n.gazetteer())}
	_, err := f.n.store.EachInstitute(ctx, "", func(i *matching.Institute) error {
		if i.Location != nil {
			q.Schools = append(q.Schools, gaps.School{Name: i.Name, At: *i.Location}) // what it teaches is not on record
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	l := f.ledger
	f.advised = &advice{of: p.Publication, training: l.Advise(p.Publication, q), moves: l.MoveDemand(p.Publication, q),
		vans: l.AddTransport(p.Publication, q)}
	return f.advised, nil
}
