package node

import (
	"sync"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
)

// texts gathers the short texts of a page of results. They become strings of one piece of memory when the page is whole.
type texts struct {
	bytes []byte
	ends  []textEnd
}

// textEnd is where a text ends, and where it belongs.
type textEnd struct {
	at int
	of *string
}

// gathered are texts to be used again.
var gathered = sync.Pool{New: func() any { return new(texts) }}

// largestTexts is the size in bytes up to which texts are kept to be used again.
const largestTexts = 256 << 10

func takeTexts() *texts { return gathered.Get().(*texts) }

// give gives texts back, and lets go of what they belonged to.
func (t *texts) give() {
	clear(t.ends)
	t.bytes, t.ends = t.bytes[:0], t.ends[:0]
	if cap(t.bytes) <= largestTexts {
		gathered.Put(t)
	}
}

// end says where what was written since the last end belongs.
func (t *texts) end(of *string) { t.ends = append(t.ends, textEnd{len(t.bytes), of}) }

// id writes an identifier.
func (t *texts) id(of *matching.ID, prefix string, key ulid.ULID) {
	var text [ulid.EncodedSize]byte
	_ = key.MarshalTextTo(text[:]) // fails for another size alone
	t.bytes = append(append(append(t.bytes, prefix...), '_'), text[:]...)
	t.end((*string)(of))
}

// place makes the strings.
func (t *texts) place() {
	all, from := string(t.bytes), 0
	for _, e := range t.ends {
		*e.of, from = all[from:e.at], e.at
	}
}
