package gaps

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"

	"rabta/geo"
	"rabta/internal/fault"
)

// frameMark begins a written frame: a name and the number of the form.
const frameMark = "frame\x01"

// MarshalBinary writes a frame: the mark, the size, the groups' names, the names of units, the atoms in the order of the tree with their
// units, then of each population the splits at which each group is open. It holds no count of people.
func (f *Frame) MarshalBinary() ([]byte, error) {
	out := append([]byte(frameMark), f.size)
	number := func(n int) { out = binary.AppendUvarint(out, uint64(n)) }
	names := func(all []string) {
		number(len(all))
		for _, n := range all {
			number(len(n))
			out = append(out, n...)
		}
	}
	groupNames := make([]string, len(f.groups.nodes))
	for i, g := range f.groups.nodes {
		groupNames[i] = g.name
	}
	names(groupNames)
	units := f.tree.units()
	names(units)
	number(len(f.tree.order))
	for _, p := range f.tree.order {
		out = binary.LittleEndian.AppendUint64(out, uint64(p.atom))
		for _, unit := range p.area.units() {
			i, _ := slices.BinarySearch(units, *unit)
			number(i)
		}
	}
	for _, d := range f.base {
		for _, opened := range d.opened {
			splits := slices.Sorted(maps.Keys(opened))
			number(len(splits))
			last := int32(wholeCountry)
			for _, split := range splits {
				number(int(split - last))
				last = split
			}
		}
	}
	return out, nil
}

// units lists the names of all units of the tree's atoms.
func (t *placeTree) units() []string {
	seen := make(map[string]bool)
	for _, p := range t.order {
		for _, unit := range p.area.units() {
			seen[*unit] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// units gives the four names of an area, for reading and for writing.
func (a *Area) units() [4]*string {
	return [4]*string{&a.Tehsil, &a.District, &a.Division, &a.Province}
}

// ReadFrame reads a frame that MarshalBinary wrote, for the ledger's trades. Anything else, and a frame of other trades, is a
// fault.Malformed: draw another one then.
func (l *Ledger) ReadFrame(data []byte) (*Frame, error) {
	rest, ok := bytes.CutPrefix(data, []byte(frameMark))
	r := &binaryReader{rest: rest, ok: ok && len(rest) > 0}
	f := &Frame{groups: l.groups}
	if r.ok {
		f.size, r.rest = r.rest[0], r.rest[1:]
	}
	groupNames := r.texts()
	r.ok = r.ok && slices.EqualFunc(groupNames, l.groups.nodes, func(name string, g group) bool { return name == g.name })
	f.tree = plant(r.atoms(r.texts()), true)
	for p := range populations {
		f.base[p] = &decision{opened: make([]map[int32]bool, len(l.groups.nodes))}
		for g := range f.base[p].opened {
			f.base[p].opened[g] = r.splits(f.tree.splits)
		}
	}
	if !r.ok || len(r.rest) > 0 || int(f.tree.leaves) != len(f.tree.leafOf) {
		return nil, &fault.Error{Kind: fault.Malformed, Op: "gaps.ReadFrame", Message: "This is no frame of these trades: draw another one."}
	}
	return f, nil
}

// atoms reads the atoms of a tree, whose units' names are given.
func (r *binaryReader) atoms(units []string) (all []weighed) {
	for n := r.number(); n > 0 && r.ok; n-- {
		if len(r.rest) < 8 {
			r.ok = false
			return nil
		}
		w := weighed{placed: placed{atom: geo.Cell(binary.LittleEndian.Uint64(r.rest))}}
		r.rest = r.rest[8:]
		r.ok = r.ok && w.atom.Valid() && w.atom.Resolution() == AtomResolution
		for _, unit := range w.area.units() {
			i := r.number()
			if i >= uint64(len(units)) {
				r.ok = false
				return nil
			}
			*unit = units[i]
		}
		all = append(all, w)
	}
	if !r.ok {
		return nil
	}
	return all
}

// splits reads the splits at which a group is open.
func (r *binaryReader) splits(count int32) map[int32]bool {
	opened := make(map[int32]bool)
	last := int64(wholeCountry)
	for n := r.number(); n > 0 && r.ok; n-- {
		step := r.number()
		if last += int64(min(step, 1<<31)); last >= int64(count) {
			r.ok = false
			return nil
		}
		opened[int32(last)] = true
	}
	return opened
}
