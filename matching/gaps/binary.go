package gaps

import "encoding/binary"

// binaryReader reads numbers and texts until one is not there.
type binaryReader struct {
	rest []byte
	ok   bool
}

func (r *binaryReader) number() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.ok = false
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *binaryReader) signed() int64 {
	v, n := binary.Varint(r.rest)
	if n <= 0 {
		r.ok = false
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// texts reads a list of texts.
func (r *binaryReader) texts() (all []string) {
	for n := r.number(); n > 0 && r.ok; n-- {
		all = append(all, r.text())
	}
	return all
}

func (r *binaryReader) text() string {
	n := r.number()
	if n > uint64(len(r.rest)) {
		r.ok = false
		return ""
	}
	text := string(r.rest[:n])
	r.rest = r.rest[n:]
	return text
}

func (r *binaryReader) thousandth() *float64 {
	v := r.number()
	if v == 0 {
		return nil
	}
	return pointer(float64(v-1) / 1000)
}
