package shard

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

// Shard is the byte range [Start, End) of a file.
type Shard struct {
	Path  string `json:"path"`
	Start int64  `json:"start"`
	End   int64  `json:"end"`
	Size  int64  `json:"size"` // of the file when it was cut
}

// Cut cuts a file into ranges of at most size bytes.
func Cut(path string, size int64) (shards []Shard, err error) {
	if size < 1 {
		return nil, fmt.Errorf("shards of %d bytes", size)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file that can be cut", path)
	}
	return Ranges(path, info.Size(), size), nil
}

// Ranges is Cut for a file of so many bytes, wherever it is; size is above 0.
func Ranges(path string, length, size int64) (shards []Shard) {
	for start := int64(0); start < length; start += size {
		shards = append(shards, Shard{Path: path, Start: start, End: min(start+size, length), Size: length})
	}
	return shards
}

// Reader reads the lines of a shard.
type Reader struct {
	shard Shard
	file  io.ReadCloser
	in    *bufio.Reader
	at    int64 // of the next line
}

// ErrChanged is returned for a file that is not the one that was cut.
var ErrChanged = errors.New("the file has changed since it was cut")

// Open opens the file of a shard and goes to its first line.
func Open(s Shard) (*Reader, error) {
	file, err := os.Open(s.Path)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && info.Size() != s.Size {
		err = ErrChanged
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return NewReader(s, file)
}

// NewReader is Open for a file that was opened already. It closes what it does
// not return a Reader of.
func NewReader(s Shard, file io.ReadCloser) (*Reader, error) {
	r := &Reader{shard: s, file: file, at: s.Start}
	if err := r.begin(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return r, nil
}

func (r *Reader) begin() (err error) {
	if r.shard.Start < 0 || r.shard.End > r.shard.Size {
		return ErrChanged
	}
	from := max(0, r.shard.Start-1) // where the line before ends, or goes on
	if seeker, ok := r.file.(io.Seeker); ok {
		_, err = seeker.Seek(from, io.SeekStart)
	} else {
		_, err = io.CopyN(io.Discard, r.file, from)
	}
	if err == io.EOF {
		return ErrChanged
	}
	if err != nil {
		return err
	}
	r.in = bufio.NewReaderSize(r.file, 1<<18)
	if r.shard.Start == 0 {
		return nil
	}
	rest, err := r.skip()
	r.at = from + rest
	return err
}

// skip passes over the rest of a line and returns its length.
func (r *Reader) skip() (n int64, err error) {
	for {
		part, err := r.in.ReadSlice('\n')
		n += int64(len(part))
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF:
			return n, nil
		default:
			return n, err
		}
	}
}

// Next returns the next lines, about size bytes of them, and the position of
// the first, after which the others count on; no lines at the end. Positions
// grow with the place in the file, whoever reads it. A line is kept whole up to
// limit bytes and cut there, so that it is a fault and not a burden.
func (r *Reader) Next(size, limit int) (lines []byte, position int64, err error) {
	position = r.at
	for r.at < r.shard.End && len(lines) < size {
		start := len(lines)
		for {
			part, err := r.in.ReadSlice('\n')
			r.at += int64(len(part))
			if room := limit - (len(lines) - start); room > 0 {
				lines = append(lines, part[:min(len(part), room)]...)
			}
			if err == bufio.ErrBufferFull {
				continue
			}
			if err != nil && err != io.EOF {
				return nil, 0, err
			}
			if err == io.EOF && r.at < r.shard.Size {
				return nil, 0, ErrChanged
			}
			break
		}
		if n := len(lines); n > 0 && lines[n-1] != '\n' {
			lines = append(lines, '\n')
		}
	}
	return lines, position, nil
}

// Path is that of the file.
func (r *Reader) Path() string { return r.shard.Path }

// Done says whether all lines were read.
func (r *Reader) Done() bool { return r.at >= r.shard.End }

// Close closes the file.
func (r *Reader) Close() error { return r.file.Close() }
