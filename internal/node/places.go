package node

import (
	"context"
	"sync"

	"rabta/geo"
	"rabta/search"
)

// placeData is every place, the imported ones too, with the reader of queries that knows them. An import replaces it whole, so that who
// reads is never in the way. The reader is made when it is first asked for: many subcommands never read a query.
type placeData struct {
	gazetteer *geo.Gazetteer
	reader    func() *search.Reader
}

func (n *Node) gazetteer() *geo.Gazetteer { return n.places.Load().gazetteer }

func (n *Node) reader() *search.Reader { return n.places.Load().reader() }

// loadPlaces makes the places anew from the shipped ones and the store. One load at a time: the last to begin is the last to be shown.
func (n *Node) loadPlaces(ctx context.Context) error {
	n.loading.Lock()
	defer n.loading.Unlock()
	g, err := n.wholeGazetteer(ctx)
	if err != nil {
		return err
	}
	n.places.Store(&placeData{gazetteer: g, reader: sync.OnceValue(func() *search.Reader {
		if n.shipped != nil && g == n.ref.Gazetteer {
			return n.shipped
		}
		return search.NewReader(n.ref.Catalogue, g)
	})})
	n.figures.changed.noteAll() // units may lie around other cells now
	return nil
}
