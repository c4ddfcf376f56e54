package node

import (
	"context"

	"rabta/geo"
	"rabta/search"
)

// placeData is every place, the imported ones too, with the reader of queries that knows them. An import replaces it whole, so that who
// reads is never in the way.
type placeData struct {
	gazetteer *geo.Gazetteer
	reader    *search.Reader
}

func (n *Node) gazetteer() *geo.Gazetteer { return n.places.Load().gazetteer }

func (n *Node) reader() *search.Reader { return n.places.Load().reader }

// loadPlaces makes the places anew from the shipped ones and the store.
func (n *Node) loadPlaces(ctx context.Context) error {
	g, err := n.wholeGazetteer(ctx)
	if err != nil {
		return err
	}
	n.places.Store(&placeData{gazetteer: g, reader: search.NewReader(n.ref.Catalogue, g)})
	return nil
}
