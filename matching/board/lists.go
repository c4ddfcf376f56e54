package board

import "slices"

// lists keeps lists of skills, each once: most postings of a trade ask for the same, and rows keep its number alone.
type lists struct {
	flat  []uint16
	known []list
	byKey map[string]uint32 // nil once nothing more is added
}

// list is one of them: it ends before an index of flat, and begins where the one before ends.
type list struct {
	end      uint32
	required uint8 // how many are required, of a posting's
	none     bool  // nil, which is not the same as empty
}

// number gives the number of a list, keeping it when it is new.
func (l *lists) number(skills []uint16, required uint8) uint32 {
	if l.byKey == nil {
		l.byKey = map[string]uint32{}
	}
	var room [64]byte
	key := append(room[:0], required)
	if skills != nil {
		key = append(key, 1)
	}
	for _, s := range skills {
		key = append(key, byte(s), byte(s>>8))
	}
	n, ok := l.byKey[string(key)]
	if !ok {
		n = uint32(len(l.known))
		l.flat = append(l.flat, skills...)
		l.known = append(l.known, list{uint32(len(l.flat)), required, skills == nil})
		l.byKey[string(key)] = n
	}
	return n
}

// of gives a list by its number: shared, and not to be changed.
func (l *lists) of(n uint32) (skills []uint16, required uint8) {
	at := l.known[n]
	if at.none {
		return nil, at.required
	}
	from := uint32(0)
	if n > 0 {
		from = l.known[n-1].end
	}
	return l.flat[from:at.end:at.end], at.required
}

// done says that nothing more is added.
func (l *lists) done() {
	l.byKey = nil
	l.flat, l.known = slices.Clip(l.flat), slices.Clip(l.known)
}
