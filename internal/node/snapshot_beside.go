package node

import (
	"encoding/binary"
	"math"
	"time"

	"rabta/matching"
)

// besideBoards puts into bytes what hangs together with the boards: the facts of employers by which postings are judged, the
// postings put before their time, and how far districts reach.
func (n *Node) besideBoards() []byte {
	le := binary.LittleEndian
	text := func(b []byte, id matching.ID) []byte { return append(append(b, byte(len(id))), id...) }
	n.facts.mu.RLock()
	defer n.facts.mu.RUnlock()
	b := le.AppendUint32(nil, uint32(len(n.facts.facts)))
	for id, f := range n.facts.facts {
		b = le.AppendUint64(text(b, id), uint64(f.Asked))
		b = le.AppendUint64(b, uint64(f.Answered))
		verified := byte(0)
		if f.Verified {
			verified = 1
		}
		b = append(b, verified)
	}
	n.scheduled.mu.Lock()
	defer n.scheduled.mu.Unlock()
	b = le.AppendUint32(b, uint32(len(n.scheduled.begins)))
	for id, at := range n.scheduled.begins {
		b = le.AppendUint64(text(b, id), uint64(at.UnixNano()))
	}
	n.districts.mu.Lock()
	defer n.districts.mu.Unlock()
	b = le.AppendUint32(b, uint32(len(n.districts.around)))
	for _, circle := range n.districts.around {
		b = le.AppendUint64(b, math.Float64bits(circle.Metres))
	}
	return b
}

// takeBeside takes over what besideBoards put into bytes: all of it, or nothing.
func (n *Node) takeBeside(b []byte) error {
	r := besideReader{left: b}
	facts := make(map[matching.ID]matching.EmployerFacts, len(b)/48)
	for range r.count() {
		facts[r.id()] = matching.EmployerFacts{Asked: int(r.u64()), Answered: int(r.u64()), Verified: r.bytes(1)[0] != 0}
	}
	begins := map[matching.ID]time.Time{}
	for range r.count() {
		begins[r.id()] = time.Unix(0, int64(r.u64())).UTC()
	}
	radii := make([]float64, r.count())
	for i := range radii {
		radii[i] = math.Float64frombits(r.u64())
	}
	if r.broken || len(r.left) > 0 || len(radii) != len(n.districts.around) {
		return errNoSnapshot
	}
	n.facts.set(facts)
	n.scheduled.mu.Lock()
	n.scheduled.begins = begins
	n.scheduled.mu.Unlock()
	n.districts.mu.Lock()
	defer n.districts.mu.Unlock()
	for i, metres := range radii {
		n.districts.around[i].Metres = max(n.districts.around[i].Metres, metres)
	}
	return nil
}

// besideReader reads numbers and ids. Past the end it gives zeros.
type besideReader struct {
	left   []byte
	broken bool
	none   [256]byte
}

func (r *besideReader) bytes(n int) []byte {
	if n > len(r.left) {
		r.broken, r.left = true, nil
		return r.none[:n]
	}
	b := r.left[:n]
	r.left = r.left[n:]
	return b
}

func (r *besideReader) u64() uint64 { return binary.LittleEndian.Uint64(r.bytes(8)) }

// count reads how many things follow, each of 8 bytes at the least.
func (r *besideReader) count() int {
	n := int(binary.LittleEndian.Uint32(r.bytes(4)))
	if n > len(r.left)/8 {
		r.broken, r.left = true, nil
		return 0
	}
	return n
}

func (r *besideReader) id() matching.ID { return matching.ID(r.bytes(int(r.bytes(1)[0]))) }
