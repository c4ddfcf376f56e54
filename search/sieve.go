package search

import (
	"hash/maphash"
	"math/bits"
)

// sieve tells of most texts at one glance that they are none of a set: nearly all that a query is looked up for in a table is not
// there, and to find that out in the table takes several reads of memory that is seldom near.
type sieve struct {
	seed maphash.Seed
	bits []uint64
}

// sieveBits is how many bits a text of the set has: one in so many others is let through.
const sieveBits = 16

func newSieve(texts int) *sieve {
	return &sieve{seed: maphash.MakeSeed(), bits: make([]uint64, 1<<bits.Len(uint(texts*sieveBits/64)))}
}

func (s *sieve) add(text string) {
	h := maphash.String(s.seed, text)
	s.bits[h>>6&uint64(len(s.bits)-1)] |= 1 << (h & 63)
}

func (s *sieve) mayHold(text string) bool { return s.passes(maphash.String(s.seed, text)) }

func (s *sieve) mayHoldBytes(text []byte) bool { return s.passes(maphash.Bytes(s.seed, text)) }

func (s *sieve) passes(h uint64) bool { return s.bits[h>>6&uint64(len(s.bits)-1)]&(1<<(h&63)) != 0 }

// sieveOf is the sieve of the keys of a table.
func sieveOf[V any](table map[string]V) *sieve {
	s := newSieve(len(table))
	for text := range table {
		s.add(text)
	}
	return s
}
