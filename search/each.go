package search

import (
	"context"

	"rabta/matching"
)

// EachID visits the id of every document, in no order, from one snapshot.
func (x *Index) EachID(ctx context.Context, visit func(matching.ID)) error {
	_, err := use(x, "search.EachID", verifyTimeout, func() (struct{}, error) { return struct{}{}, x.eachID(ctx, visit) })
	return err
}

func (x *Index) eachID(ctx context.Context, visit func(matching.ID)) error {
	reader, err := x.core.Reader()
	if err != nil {
		return err
	}
	defer func() { _ = reader.Close() }() // nothing was written
	ids, err := reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer func() { _ = ids.Close() }()
	for {
		internal, err := ids.Next()
		if err != nil || internal == nil {
			return err
		}
		id, err := reader.ExternalID(internal)
		if err != nil {
			return err
		}
		if matching.ID(id) != purgeMark {
			visit(matching.ID(id))
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}
