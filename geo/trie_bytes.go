package geo

import (
	"encoding/binary"
	"errors"
	"math"
)

// NodeBytes is how many bytes a node of a trie takes where it is kept.
const NodeBytes = 24

// errNotATrie is what is wrong with bytes that AppendBytes cannot have made.
var errNotATrie = errors.New("geo: these bytes are no trie")

// Nodes gives the number of nodes.
func (t *Trie) Nodes() int { return len(t.nodes) }

// AppendBytes appends the nodes, NodeBytes for each.
func (t *Trie) AppendBytes(b []byte) []byte {
	for i := range t.nodes {
		n := &t.nodes[i]
		for _, f := range [...]float32{n.x, n.y, n.z, n.r} {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(f))
		}
		b = binary.LittleEndian.AppendUint32(b, n.end)
		b = binary.LittleEndian.AppendUint32(b, n.skip)
	}
	return b
}

// TrieOfBytes makes the trie of a number of rows from what AppendBytes appended. It refuses what no walk over these rows could end on;
// that the bounds are those of the points is for a checksum to tell.
func TrieOfBytes(b []byte, rows int) (*Trie, error) {
	if len(b)%NodeBytes != 0 || (len(b) == 0) != (rows == 0) {
		return nil, errNotATrie
	}
	t := &Trie{nodes: make([]node, len(b)/NodeBytes), rows: rows}
	for i := range t.nodes {
		at := b[i*NodeBytes:]
		f := func(k int) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(at[4*k:])) }
		n := &t.nodes[i]
		*n = node{x: f(0), y: f(1), z: f(2), r: f(3), end: binary.LittleEndian.Uint32(at[16:]), skip: binary.LittleEndian.Uint32(at[20:])}
		if int(n.skip) <= i || int(n.skip) > len(t.nodes) || int(n.end) > rows {
			return nil, errNotATrie
		}
	}
	if len(t.nodes) > 0 && int(t.nodes[0].end) != rows {
		return nil, errNotATrie
	}
	return t, nil
}
