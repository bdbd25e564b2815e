package export

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The library believes every size that a Parquet file states, and asks for the
// memory. So the headers are walked over first: the footer, and the header of
// each page.

const (
	maxFooter     = 64 << 20 // bytes of the footer
	maxPage       = 64 << 20 // bytes of a page when unpacked
	maxPageValues = 8 << 20  // values of a page
)

var errParquet = errors.New("broken Parquet")

// parquetChunk is where the pages of a column lie.
type parquetChunk struct {
	data, dictionary, size int64
}

// checkParquet says whether the sizes in a file are such as the file can have.
func checkParquet(in io.ReaderAt, size int64) error {
	tail := make([]byte, 8)
	if size < 12 {
		return errParquet
	}
	if _, err := in.ReadAt(tail, size-8); err != nil {
		return err
	}
	length := int64(binary.LittleEndian.Uint32(tail))
	if string(tail[4:]) != "PAR1" || length > size-12 || length > maxFooter {
		return fmt.Errorf("%w: the footer is missing", errParquet)
	}
	footer := make([]byte, length)
	if _, err := in.ReadAt(footer, size-8-length); err != nil {
		return err
	}
	var chunks []parquetChunk
	t := thriftWalker{raw: footer}
	err := t.message(func(path []int16, n int64) {
		// row groups (4) → columns (1) → metadata (3)
		if len(path) != 6 || path[0] != 4 || path[2] != 1 || path[4] != 3 {
			return
		}
		if at := int(path[1])<<16 | int(path[3]); len(chunks) == 0 || t.chunk != at {
			t.chunk = at
			chunks = append(chunks, parquetChunk{})
		}
		switch c := &chunks[len(chunks)-1]; path[5] {
		case 7:
			c.size = n
		case 9:
			c.data = n
		case 11:
			c.dictionary = n
		}
	})
	if err != nil {
		return err
	}
	for _, c := range chunks {
		if err := c.check(in, size); err != nil {
			return err
		}
	}
	return nil
}

// check walks over the pages of a column.
func (c *parquetChunk) check(in io.ReaderAt, size int64) error {
	at := c.data
	if c.dictionary > 0 && c.dictionary < at {
		at = c.dictionary
	}
	end := at + c.size
	if at < 4 || c.size < 0 || end > size {
		return errParquet
	}
	head := make([]byte, 64<<10)
	for at < end {
		n, err := in.ReadAt(head[:min(int64(len(head)), end-at)], at)
		if n == 0 {
			return err
		}
		var unpacked, packed, values int64
		t := thriftWalker{raw: head[:n]}
		err = t.message(func(path []int16, n int64) {
			switch {
			case len(path) == 1 && path[0] == 2:
				unpacked = n
			case len(path) == 1 && path[0] == 3:
				packed = n
			case len(path) == 2 && path[1] == 1 && (path[0] == 5 || path[0] == 7 || path[0] == 8):
				values = n
			}
		})
		if err != nil {
			return err
		}
		if unpacked < 0 || unpacked > maxPage || packed < 0 || packed > end-at || values < 0 || values > maxPageValues {
			return fmt.Errorf("%w: a page of %d bytes and %d values", errParquet, unpacked, values)
		}
		at += int64(t.at) + packed
	}
	return nil
}

// thriftWalker walks over a structure in Thrift's compact protocol.
type thriftWalker struct {
	raw   []byte
	at    int
	path  []int16
	chunk int
}

// message walks over a structure and calls do for each whole number in it.
// Elements of lists count from 0 in the path.
func (t *thriftWalker) message(do func(path []int16, n int64)) error {
	t.path = t.path[:0]
	return t.structure(do, 0)
}

func (t *thriftWalker) byte() (byte, error) {
	if t.at >= len(t.raw) {
		return 0, errParquet
	}
	t.at++
	return t.raw[t.at-1], nil
}

func (t *thriftWalker) varint() (uint64, error) {
	n, size := binary.Uvarint(t.raw[t.at:])
	if size <= 0 {
		return 0, errParquet
	}
	t.at += size
	return n, nil
}

func (t *thriftWalker) structure(do func([]int16, int64), depth int) error {
	if depth > 12 {
		return errParquet
	}
	t.path = append(t.path, 0)
	defer func() { t.path = t.path[:len(t.path)-1] }()
	for {
		head, err := t.byte()
		if err != nil {
			return err
		}
		if head == 0 {
			return nil
		}
		if delta := int16(head >> 4); delta > 0 {
			t.path[len(t.path)-1] += delta
		} else {
			id, err := t.varint()
			if err != nil {
				return err
			}
			t.path[len(t.path)-1] = int16(id>>1) ^ -int16(id&1)
		}
		if err := t.value(head&0xf, do, depth); err != nil {
			return err
		}
	}
}

func (t *thriftWalker) value(kind byte, do func([]int16, int64), depth int) error {
	switch kind {
	case 1, 2:
		return nil
	case 3:
		_, err := t.byte()
		return err
	case 4, 5, 6:
		n, err := t.varint()
		if err == nil {
			do(t.path, int64(n>>1)^-int64(n&1))
		}
		return err
	case 7:
		return t.skip(8)
	case 8:
		n, err := t.varint()
		if err != nil {
			return err
		}
		return t.skip(n)
	case 9, 10:
		return t.list(do, depth)
	case 11:
		return t.pairs(do, depth)
	case 12:
		return t.structure(do, depth+1)
	}
	return errParquet
}

func (t *thriftWalker) skip(n uint64) error {
	if n > uint64(len(t.raw)-t.at) {
		return errParquet
	}
	t.at += int(n)
	return nil
}

func (t *thriftWalker) list(do func([]int16, int64), depth int) error {
	head, err := t.byte()
	if err != nil {
		return err
	}
	count, kind := uint64(head>>4), head&0xf
	if count == 15 {
		if count, err = t.varint(); err != nil {
			return err
		}
	}
	if count > uint64(len(t.raw)-t.at) || depth > 12 {
		return errParquet
	}
	t.path = append(t.path, 0)
	defer func() { t.path = t.path[:len(t.path)-1] }()
	for i := range count {
		t.path[len(t.path)-1] = int16(i)
		if kind <= 2 {
			kind = 3 // truth values take a byte in lists
		}
		if err := t.value(kind, do, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (t *thriftWalker) pairs(do func([]int16, int64), depth int) error {
	count, err := t.varint()
	if err != nil || count == 0 {
		return err
	}
	kinds, err := t.byte()
	if err != nil || count > uint64(len(t.raw)-t.at) || depth > 12 {
		return errParquet
	}
	for range count {
		for _, kind := range []byte{kinds >> 4, kinds & 0xf} {
			if err := t.value(max(kind, 3), do, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}
