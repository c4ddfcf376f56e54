package node

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"

	"rabta/store"
)

// A snapshot of a board lies in DIR/boards: a mark, a label, what the node knows beside the board, the board's image, and a checksum of
// all that. Lengths are little-endian and 8 bytes; the checksum is CRC-32C. It is written beside and renamed, and disposable.
const (
	boardsDir    = "boards"
	snapshotMark = "rabta board 1\n"
	mostLabel    = 1 << 12 // bytes
)

// label says what a snapshot is of.
type label struct {
	Of       string         // as boardsOf says it
	Position store.Position // of the journal; what the board shows may be newer
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// writeSnapshot puts a snapshot in the place of the one that there is.
func writeSnapshot(path string, l label, beside []byte, image io.WriterTo) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = fillSnapshot(&stepwise{file: file}, l, beside, image)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return errors.Join(err, removeIfThere(path+".new"))
	}
	return syncDir(filepath.Dir(path))
}

// syncStep is how much of a file may wait to be put on the disk. Who else has something put there, as every commit has, may have to wait
// for all of it: a board is a hundred megabytes.
const syncStep = 4 << 20

// stepwise writes a file that is put on the disk bit by bit.
type stepwise struct {
	file    *os.File
	waiting int // bytes written since
}

// Write implements io.Writer.
func (s *stepwise) Write(b []byte) (int, error) {
	n, err := s.file.Write(b)
	if s.waiting += n; err == nil && s.waiting >= syncStep {
		s.waiting, err = 0, s.file.Sync()
	}
	return n, err
}

func fillSnapshot(file io.Writer, l label, beside []byte, image io.WriterTo) error {
	buffered := bufio.NewWriterSize(file, 1<<20)
	sum := crc32.New(castagnoli)
	w := io.MultiWriter(buffered, sum)
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	head := append([]byte(snapshotMark), binary.LittleEndian.AppendUint64(nil, uint64(len(text)))...)
	head = binary.LittleEndian.AppendUint64(append(head, text...), uint64(len(beside)))
	if _, err := w.Write(append(head, beside...)); err != nil {
		return err
	}
	if _, err := image.WriteTo(w); err != nil {
		return err
	}
	if _, err := buffered.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32())); err != nil {
		return err
	}
	return buffered.Flush()
}

// errNoSnapshot says that a file is none, or a damaged one.
var errNoSnapshot = errors.New("the snapshot is damaged")

// openedSnapshot is a snapshot whose checksum is right.
type openedSnapshot struct {
	label
	beside []byte
	image  *io.SectionReader
	file   *os.File
}

// openSnapshot opens a snapshot, whose file the caller closes; fs.ErrNotExist when there is none. The file is read once for its
// checksum before anything of it is believed.
func openSnapshot(path string) (*openedSnapshot, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	s := &openedSnapshot{file: file}
	if err := s.read(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return s, nil
}

func (s *openedSnapshot) read() error {
	info, err := s.file.Stat()
	if err != nil {
		return err
	}
	const sumBytes = 4
	size := info.Size() - sumBytes
	if size < int64(len(snapshotMark)) {
		return errNoSnapshot
	}
	if err := s.checkSum(size); err != nil {
		return err
	}
	at := int64(0)
	piece := func(most int64) ([]byte, error) {
		length, err := s.at(at, 8, size)
		if err != nil {
			return nil, err
		}
		at += 8
		n := binary.LittleEndian.Uint64(length)
		if n > uint64(most) {
			return nil, errNoSnapshot
		}
		b, err := s.at(at, int64(n), size)
		at += int64(n)
		return b, err
	}
	mark, err := s.at(at, int64(len(snapshotMark)), size)
	if err != nil || string(mark) != snapshotMark {
		return errors.Join(errNoSnapshot, err)
	}
	at += int64(len(mark))
	text, err := piece(mostLabel)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &s.label); err != nil {
		return err
	}
	if s.beside, err = piece(size); err != nil {
		return err
	}
	s.image = io.NewSectionReader(s.file, at, size-at)
	return nil
}

// checkSum holds the first bytes of the file, up to size, to the checksum behind them.
func (s *openedSnapshot) checkSum(size int64) error {
	sum := crc32.New(castagnoli)
	if _, err := io.CopyBuffer(sum, io.NewSectionReader(s.file, 0, size), make([]byte, 1<<20)); err != nil {
		return err
	}
	var kept [4]byte
	if _, err := s.file.ReadAt(kept[:], size); err != nil {
		return err
	}
	if is := sum.Sum32(); is != binary.LittleEndian.Uint32(kept[:]) {
		return fmt.Errorf("%w: its checksum is %08x", errNoSnapshot, is)
	}
	return nil
}

// at reads n bytes of a file of a size.
func (s *openedSnapshot) at(from, n, size int64) ([]byte, error) {
	if n < 0 || from+n > size {
		return nil, errNoSnapshot
	}
	b := make([]byte, n)
	_, err := s.file.ReadAt(b, from)
	return b, err
}

func (s *openedSnapshot) close() error { return s.file.Close() }

// removeIfThere removes a file that may not be there.
func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
