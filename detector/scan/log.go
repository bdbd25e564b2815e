package scan

import (
	"encoding/binary"
	"io"
	"sort"

	"github.com/hookline/hookline/detector/spool"
)

// Bounds of what the log of a scan holds in memory; the rest is in a file.
const (
	chunkSize = 1 << 20
	keptLog   = 48 << 20
)

// log keeps what is known of the messages of open threads, as bytes: each
// record names the one before it of the same thread. What goes beyond keptLog is
// in a temporary file. Reading is safe side by side.
type log struct {
	chunks []chunk // in memory, each after the other
	kept   int     // bytes in them
	spare  []byte  // of a chunk that was written to the file
	file   spool.File
}

func newLog() log { return log{file: spool.File{For: "open threads"}} }

// chunk is a piece of the log.
type chunk struct {
	start int64 // where it begins
	bytes []byte
}

// place is where a record lies, counted from 1; 0 is nowhere.
type place int64

// recordHead is the size of what stands before a record: the place of the one
// before it, and its own size.
const recordHead = 8 + 4

// end is where the next record begins.
func (l *log) end() int64 {
	if n := len(l.chunks); n > 0 {
		return l.chunks[n-1].start + int64(len(l.chunks[n-1].bytes))
	}
	return 0
}

// add appends the record that follows another of its thread.
func (l *log) add(before place, record []byte) (place, error) {
	need := recordHead + len(record)
	n := len(l.chunks)
	if n == 0 || cap(l.chunks[n-1].bytes)-len(l.chunks[n-1].bytes) < need {
		if err := l.grow(need); err != nil {
			return 0, err
		}
		n = len(l.chunks)
	}
	c := &l.chunks[n-1]
	at := place(c.start + int64(len(c.bytes)) + 1)
	c.bytes = binary.LittleEndian.AppendUint64(c.bytes, uint64(before))
	c.bytes = binary.LittleEndian.AppendUint32(c.bytes, uint32(len(record)))
	c.bytes = append(c.bytes, record...)
	l.kept += need
	return at, nil
}

// grow adds a chunk, for which others go to the file if need be.
func (l *log) grow(need int) error {
	start := l.end()
	for l.kept > keptLog {
		if err := l.spill(); err != nil {
			return err
		}
	}
	bytes := l.spare[:0]
	if l.spare = nil; cap(bytes) < need {
		bytes = make([]byte, 0, max(need, chunkSize))
	}
	l.chunks = append(l.chunks, chunk{start, bytes})
	return nil
}

// spill writes the oldest chunk to the file.
func (l *log) spill() error {
	c := l.chunks[0]
	if _, err := l.file.WriteAt(c.bytes, c.start); err != nil {
		return err
	}
	l.kept -= len(c.bytes)
	l.chunks = append(l.chunks[:0], l.chunks[1:]...)
	l.spare = c.bytes
	return nil
}

// read returns a record and the place of the one before it.
func (l *log) read(at place) (record []byte, before place, err error) {
	start := int64(at) - 1
	i := sort.Search(len(l.chunks), func(i int) bool { return l.chunks[i].start > start }) - 1
	if i >= 0 {
		b := l.chunks[i].bytes[start-l.chunks[i].start:]
		before, size := head(b)
		return b[recordHead : recordHead+size], before, nil
	}
	const guess = 512
	b := make([]byte, guess)
	n, err := l.file.ReadAt(b, start)
	if err == io.EOF && n < recordHead {
		err = io.ErrUnexpectedEOF
	}
	if err != nil && err != io.EOF {
		return nil, 0, err
	}
	before, size := head(b)
	if n >= recordHead+size {
		return b[recordHead : recordHead+size], before, nil
	}
	b = make([]byte, size)
	if _, err := l.file.ReadAt(b, start+recordHead); err != nil {
		return nil, 0, err
	}
	return b, before, nil
}

func head(b []byte) (before place, size int) {
	return place(binary.LittleEndian.Uint64(b)), int(binary.LittleEndian.Uint32(b[8:]))
}

// reset forgets every record.
func (l *log) reset() {
	if n := len(l.chunks); n > 0 && cap(l.chunks[n-1].bytes) <= chunkSize {
		l.spare = l.chunks[n-1].bytes
	}
	clear(l.chunks)
	l.chunks, l.kept = l.chunks[:0], 0
}

// close gives the room of the file back.
func (l *log) close() error { return l.file.Close() }
