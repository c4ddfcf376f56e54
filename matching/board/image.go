package board

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"rabta/geo"
	"rabta/matching"
)

// An image is a board in bytes, as Image writes it and ReadPostings and ReadGraduates read it: a version, the number of runs, and each
// run with its columns, sections, tries and ids. Of rows that are dead nothing is written but that they are, so that a record that was
// deleted is not in an image made later. Numbers are little-endian. An image has no checksum: who keeps one gives it its own.
const imageVersion = 2

// errNotAnImage is what is wrong with bytes that an image of this version cannot have written.
var errNotAnImage = errors.New("board: these bytes are no image of a board")

// Image gives the board as it is now, to be written while readers, writers and merges go on.
func (b *Postings) Image() io.WriterTo { return &image[Posting]{b.table, b.table.current.Load()} }

// ReadPostings makes the board of an image of a size in bytes, whose rows are judged by a model. The image is to be whole: what reads it holds it to its checksum first.
func ReadPostings(m *matching.Model, r io.Reader, size int64) (*Postings, error) {
	t, err := readTable(r, size, newPostingRows(m))
	if err != nil {
		return nil, err
	}
	return &Postings{table: t}, nil
}

// Image gives the board as it is now, to be written while readers, writers and merges go on.
func (b *Graduates) Image() io.WriterTo { return &image[Graduate]{b.table, b.table.current.Load()} }

// ReadGraduates makes the board of an image of a size in bytes. The image is to be whole: what reads it holds it to its checksum first.
func ReadGraduates(r io.Reader, size int64) (*Graduates, error) {
	t, err := readTable(r, size, newGraduateRows)
	if err != nil {
		return nil, err
	}
	return &Graduates{table: t}, nil
}

// image is one state of a board.
type image[R row] struct {
	table *table[R]
	state *snapshot[R]
}

// WriteTo implements io.WriterTo.
func (i *image[R]) WriteTo(w io.Writer) (int64, error) {
	s := i.table.rolled(i.state)
	e := &encoder{w: w}
	e.u32(imageVersion)
	e.u32(uint32(len(s.runs)))
	for i := range s.runs {
		s.runs[i].write(e)
	}
	e.flush()
	return e.written, e.err
}

func readTable[R row](r io.Reader, size int64, fresh func(int) columns[R]) (*table[R], error) {
	d := &decoder{r: bufio.NewReaderSize(r, 1<<20), left: size}
	if d.u32() != imageVersion {
		d.fail()
	}
	s := &snapshot[R]{}
	for range d.count(4) {
		if d.err != nil {
			break
		}
		s.runs = append(s.runs, readRun(d, fresh))
	}
	if d.left != 0 {
		d.fail()
	}
	if d.err != nil {
		return nil, d.err
	}
	t := newTable(fresh, nil)
	t.current.Store(s)
	return t, nil
}

func (run *run[R]) write(e *encoder) {
	rows := run.rows.len()
	e.u32(uint32(rows))
	for n := range rows {
		dead := byte(0)
		if run.dead.has(n) {
			dead = 1
		}
		e.u8(dead)
	}
	run.rows.write(e, run.dead)
	e.u32(uint32(run.live()))
	for _, n := range run.byID {
		if !run.dead.has(int(n)) {
			e.u32(n)
		}
	}
	e.u32(uint32(len(run.sections)))
	for i := range run.sections {
		run.sections[i].write(e)
	}
}

func readRun[R row](d *decoder, fresh func(int) columns[R]) run[R] {
	rows := d.count(1)
	r := run[R]{base: &base[R]{rows: fresh(rows)}, dead: newTombstones(rows)}
	edit := r.dead.edit()
	for n := range rows {
		if d.u8() != 0 {
			edit.kill(n)
			r.gone++
		}
	}
	r.dead = edit.done()
	r.rows.read(d, rows)
	r.byID = make([]uint32, d.count(4))
	for i := range r.byID {
		if r.byID[i] = d.u32(); int(r.byID[i]) >= rows {
			d.fail()
			r.byID[i] = 0
		}
	}
	if len(r.byID) != r.live() {
		d.fail()
	}
	at := 0
	for range d.count(4) {
		s := readSection(d, rows)
		if d.err != nil || s.lo != at {
			d.fail()
			break
		}
		at = s.hi
		r.sections = append(r.sections, s)
	}
	if at != rows {
		d.fail()
	}
	if d.err == nil {
		r.settle()
		r.goneIn = make([]uint32, len(r.sections)) // the dead are rows of zeros, which nothing takes into account
	}
	return r
}

func (s *section) write(e *encoder) {
	e.u32(uint32(s.trade))
	e.u32(uint32(s.lo))
	e.u32(uint32(s.placeless))
	e.u32(uint32(s.hi))
	e.f64(s.farthest)
	e.u32(uint32(len(s.roaming)))
	for _, n := range s.roaming {
		e.u32(n)
	}
	e.u32(uint32(s.trie.Nodes()))
	e.bytes(s.trie.AppendBytes(nil))
}

func readSection(d *decoder, rows int) section {
	s := section{trade: uint16(d.u32()), lo: int(d.u32()), placeless: int(d.u32()), hi: int(d.u32()), farthest: d.f64()}
	if s.lo > s.placeless || s.placeless > s.hi || s.hi > rows {
		d.fail()
		return s
	}
	s.roaming = make([]uint32, d.count(4))
	for i := range s.roaming {
		if s.roaming[i] = d.u32(); int(s.roaming[i]) >= rows {
			d.fail()
		}
	}
	if len(s.roaming) == 0 {
		s.roaming = nil
	}
	trie, err := geo.TrieOfBytes(d.bytes(d.count(geo.NodeBytes)*geo.NodeBytes), s.placeless-s.lo)
	if err != nil {
		d.fail()
	}
	s.trie = trie
	return s
}

func (l *lists) write(e *encoder) {
	e.u32(uint32(len(l.flat)))
	for _, s := range l.flat {
		e.u16(s)
	}
	e.u32(uint32(len(l.known)))
	for _, k := range l.known {
		e.u32(k.end)
		none := byte(0)
		if k.none {
			none = 1
		}
		e.bytes([]byte{k.required, none})
	}
}

func (l *lists) read(d *decoder) {
	l.flat = make([]uint16, d.count(2))
	for i := range l.flat {
		l.flat[i] = d.u16()
	}
	l.known = make([]list, d.count(6))
	from := uint32(0)
	for i := range l.known {
		k := list{end: d.u32(), required: d.u8(), none: d.u8() != 0}
		if k.end < from || int(k.end) > len(l.flat) {
			d.fail()
			return
		}
		from, l.known[i] = k.end, k
	}
}

// encoder writes numbers, in large pieces.
type encoder struct {
	w       io.Writer
	buf     []byte
	written int64
	err     error
}

const pieceBytes = 1 << 16

func (e *encoder) flush() {
	if e.err == nil && len(e.buf) > 0 {
		var n int
		n, e.err = e.w.Write(e.buf)
		e.written += int64(n)
	}
	e.buf = e.buf[:0]
}

func (e *encoder) bytes(b []byte) {
	if e.buf = append(e.buf, b...); len(e.buf) >= pieceBytes {
		e.flush()
	}
}

func (e *encoder) u8(v byte) { e.buf = append(e.buf, v) }

func (e *encoder) u16(v uint16) { e.buf = binary.LittleEndian.AppendUint16(e.buf, v) }

func (e *encoder) u32(v uint32) {
	if e.buf = binary.LittleEndian.AppendUint32(e.buf, v); len(e.buf) >= pieceBytes {
		e.flush()
	}
}

func (e *encoder) f64(v float64) {
	e.buf = binary.LittleEndian.AppendUint64(e.buf, math.Float64bits(v))
}

// decoder reads what encoder wrote. After the first fault it gives zeros.
type decoder struct {
	r    *bufio.Reader
	left int64 // bytes
	err  error
	none [256]byte
}

func (d *decoder) fail() {
	if d.err == nil {
		d.err = errNotAnImage
	}
}

// next gives the next bytes, at most 256, which hold until it is called again.
func (d *decoder) next(n int) []byte {
	if d.err != nil {
		return d.none[:n]
	}
	b, err := d.r.Peek(n)
	d.left -= int64(n)
	if err != nil || d.left < 0 {
		d.fail()
		return d.none[:n]
	}
	if _, err := d.r.Discard(n); err != nil { // what was peeked at is there
		d.fail()
	}
	return b
}

func (d *decoder) u8() byte { return d.next(1)[0] }

func (d *decoder) u16() uint16 { return binary.LittleEndian.Uint16(d.next(2)) }

func (d *decoder) u32() uint32 { return binary.LittleEndian.Uint32(d.next(4)) }

func (d *decoder) f64() float64 { return math.Float64frombits(binary.LittleEndian.Uint64(d.next(8))) }

// count reads how many things of at least so many bytes follow, and gives 0 where there is no room for them.
func (d *decoder) count(bytes int64) int {
	n := int64(d.u32())
	if n*bytes > d.left {
		d.fail()
		return 0
	}
	return int(n)
}

// bytes reads a number of bytes, as far as there are so many.
func (d *decoder) bytes(n int) []byte {
	if d.err != nil {
		return nil
	}
	b := make([]byte, n)
	d.left -= int64(n)
	if _, err := io.ReadFull(d.r, b); err != nil {
		d.fail()
		return nil
	}
	return b
}
