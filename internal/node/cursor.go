package node

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"math"
	"time"

	"rabta/internal/fault"
)

// cursor is where a list was left: the moment that the list is of, the last key, and a print of the request, so that a cursor
// goes on with its own list only. Opaque to callers.
type cursor struct {
	asOf    time.Time // to the microsecond
	print   uint64
	score   float64
	metres  float64
	widened float64 // the radius that the list was widened to; 0 when it was not
	key     string  // of the last result, as the order of the list breaks ties
}

const cursorVersion = 1

// encode gives the cursor as URL-safe text.
func (c cursor) encode() string {
	b := []byte{cursorVersion}
	b = binary.BigEndian.AppendUint64(b, uint64(c.asOf.UnixMicro()))
	b = binary.BigEndian.AppendUint64(b, c.print)
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(c.score))
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(c.metres))
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(c.widened))
	b = append(b, c.key...)
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32(b, checksum(b)))
}

// decodeCursor reads a cursor of a request with this print. Any other text is a fault.Invalid that names the field.
func decodeCursor(text string, print uint64) (cursor, error) {
	const numbers, longest = 5, 256
	const fixed = 1 + 8*numbers + 4
	if len(text) > longest {
		return cursor{}, errCursor()
	}
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) < fixed || b[0] != cursorVersion {
		return cursor{}, errCursor()
	}
	body := b[:len(b)-4]
	if binary.BigEndian.Uint32(b[len(b)-4:]) != checksum(body) {
		return cursor{}, errCursor()
	}
	number := func(i int) uint64 { return binary.BigEndian.Uint64(body[1+8*i:]) }
	c := cursor{asOf: time.UnixMicro(int64(number(0))).UTC(), print: number(1), score: math.Float64frombits(number(2)),
		metres: math.Float64frombits(number(3)), widened: math.Float64frombits(number(4)), key: string(body[fixed-4:])}
	// A cursor has one spelling: decoding passes over line breaks and loose bits.
	if c.encode() != text || c.print != print || math.IsNaN(c.score) || math.IsNaN(c.metres) || !(c.widened >= 0) {
		return cursor{}, errCursor()
	}
	return c, nil
}

func errCursor() error {
	return fault.Field("cursor", "This cursor does not belong to this list. Send the one that the last answer gave, with the same request, or none to start at the top.")
}

// checksum tells damage from a cursor; it guards nothing: a cursor holds no right.
func checksum(b []byte) uint32 {
	h := fnv.New32a()
	_, _ = h.Write(b) // never fails
	return h.Sum32()
}
