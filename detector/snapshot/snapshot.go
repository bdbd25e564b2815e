package snapshot

import (
	"encoding/binary"
	"hash/crc32"
	"unsafe"
)

const (
	wordSize  = 4
	alignment = 8 // enough for all that is plain
)

// Writer appends to Bytes.
type Writer struct{ Bytes []byte }

// Number appends a number, of which 32 bits are kept.
func (w *Writer) Number(n int) { w.Bytes = binary.LittleEndian.AppendUint32(w.Bytes, uint32(n)) }

// Flag appends a truth.
func (w *Writer) Flag(yes bool) {
	if yes {
		w.Bytes = append(w.Bytes, 1)
	} else {
		w.Bytes = append(w.Bytes, 0)
	}
}

// Text appends a text and its size.
func (w *Writer) Text(s string) {
	w.Number(len(s))
	w.Bytes = append(w.Bytes, s...)
}

// Checked appends what a function appends, with its size and its checksum.
func (w *Writer) Checked(write func()) {
	start := len(w.Bytes)
	w.Number(0)
	w.Number(0)
	begin := len(w.Bytes)
	write()
	binary.LittleEndian.PutUint32(w.Bytes[start:], uint32(len(w.Bytes)-begin))
	binary.LittleEndian.PutUint32(w.Bytes[start+wordSize:], Sum(w.Bytes[begin:]))
}

// Put appends values as they lie in memory, so that each is aligned where the
// first byte of the snapshot is. T holds no pointer, and no gap between its
// fields.
func Put[T any](w *Writer, all []T) {
	w.Number(len(all))
	padding := -(len(w.Bytes) + 1) & (alignment - 1)
	w.Bytes = append(w.Bytes, byte(padding))
	w.Bytes = append(w.Bytes, make([]byte, padding)...)
	w.Bytes = append(w.Bytes, bytesOf(all)...)
}

// bytesOf are the bytes that values take in memory.
func bytesOf[T any](all []T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(all))), len(all)*int(unsafe.Sizeof(*new(T))))
}

// Reader reads what a Writer wrote, in the same order. Past the end it reads
// zeros, and has Failed.
type Reader struct {
	Bytes  []byte // what is left
	Failed bool
}

// Take takes the next n bytes.
func (r *Reader) Take(n int) []byte {
	if n < 0 || n > len(r.Bytes) {
		r.Bytes, r.Failed = nil, true
		return nil
	}
	taken := r.Bytes[:n:n]
	r.Bytes = r.Bytes[n:]
	return taken
}

// Number reads a number.
func (r *Reader) Number() int {
	if b := r.Take(wordSize); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}

// Flag reads a truth.
func (r *Reader) Flag() bool {
	b := r.Take(1)
	return b != nil && b[0] != 0
}

// Text reads a text.
func (r *Reader) Text() string { return string(r.Take(r.Number())) }

// Checked reads a part, of which it does not look at the bytes.
func (r *Reader) Checked() Checked {
	size, sum := r.Number(), r.Number()
	return Checked{r.Take(size), uint32(sum)}
}

// Get reads what Put wrote: where it can, as it lies there, so that it must not
// be written to.
func Get[T any](r *Reader) []T {
	n := r.Number()
	if padding := r.Take(1); padding != nil {
		r.Take(int(padding[0]))
	}
	written := r.Take(n * int(unsafe.Sizeof(*new(T))))
	if len(written) == 0 {
		return nil
	}
	if at := unsafe.Pointer(&written[0]); uintptr(at)%unsafe.Alignof(*new(T)) == 0 {
		return unsafe.Slice((*T)(at), n)
	}
	all := make([]T, n)
	copy(bytesOf(all), written)
	return all
}

// Checked is a part and the checksum that it had when it was written.
type Checked struct {
	Bytes []byte
	Sum   uint32
}

// Valid says whether the part is as it was written.
func (c Checked) Valid() bool { return Sum(c.Bytes) == c.Sum }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Sum is the CRC-32C of bytes.
func Sum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }
