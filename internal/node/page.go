package node

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
)

// page is one page of a list: of which moment, how long, and after which result.
type page struct {
	asOf  time.Time
	limit int
	after *matching.Ranked
	print uint64

	widened float64 // the radius that the first page was widened to; 0 when it was not
}

// newPage reads what a request says about its page. The parts of the request that shape the list are printed into the cursor, which
// goes on with no other list.
func (n *Node) newPage(at time.Time, limit int, cursorText string, parts ...any) (page, error) {
	p := page{asOf: at.UTC().Truncate(time.Second), print: printOf(parts)}
	if at.IsZero() {
		p.asOf = n.clock()
	}
	var err error
	if p.limit, err = checkLimit(limit); err != nil || cursorText == "" {
		return p, err
	}
	c, err := decodeCursor(cursorText, p.print)
	if err != nil {
		return p, err
	}
	key, err := ulid.ParseStrict(c.key)
	if err != nil {
		return p, errCursor()
	}
	p.asOf, p.after, p.widened = c.asOf, &matching.Ranked{Score: c.score, Metres: c.metres, Key: key}, c.widened
	return p, nil
}

// next gives the cursor of the page that follows one which ends with this result.
func (p page) next(last matching.Ranked) string {
	return cursor{asOf: p.asOf, print: p.print, score: last.Score, metres: last.Metres, widened: p.widened, key: last.Key.String()}.encode()
}

// printOf is a number that two different requests hardly share.
func printOf(parts []any) uint64 {
	h := fnv.New64a()
	for _, part := range parts {
		text := fmt.Sprint(part)
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(text)))
		_, _ = h.Write(size[:]) // never fails
		_, _ = h.Write([]byte(text))
	}
	return h.Sum64()
}
