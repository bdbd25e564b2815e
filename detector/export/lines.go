package export

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"sync"
)

// errLongLine is returned for a line above the limit, which has been skipped.
var errLongLine = errors.New("line is too long")

// lines reads text line by line in bounded memory.
type lines struct {
	in     *bufio.Reader
	limit  int   // bytes of a line
	number int   // of the line last returned, from 1
	offset int64 // of its first byte, after decoding
	next   int64
	buf    []byte
}

func newLines(in *bufio.Reader, limit int) *lines { return &lines{in: in, limit: limit} }

// read returns the next line without its end (LF or CRLF), valid until the
// next call. A line above the limit is skipped in constant memory and gives
// errLongLine; the end gives io.EOF.
func (l *lines) read() ([]byte, error) {
	l.number++
	l.offset = l.next
	part, err := l.in.ReadSlice('\n')
	l.next += int64(len(part))
	if err == nil && len(part) <= l.limit {
		return trimEnd(part), nil
	}
	l.buf = l.buf[:0]
	long := false
	for {
		if len(l.buf)+len(part) > l.limit {
			long = true
		}
		if !long {
			if len(l.buf)+len(part) > cap(l.buf) {
				l.buf = slices.Grow(l.buf, len(l.buf)+len(part)) // twice as much
			}
			l.buf = append(l.buf, part...)
		}
		if err != bufio.ErrBufferFull {
			break
		}
		part, err = l.in.ReadSlice('\n')
		l.next += int64(len(part))
	}
	if err != nil && err != io.EOF {
		return nil, err
	}
	if long {
		l.buf = nil
		return nil, errLongLine
	}
	if err == io.EOF && l.next == l.offset {
		l.number--
		return nil, io.EOF
	}
	return trimEnd(l.buf), nil
}

// eachLine calls do for the lines of a text file, each valid until the next.
// Lines above the limit are faults.
func (u *unit) eachLine(f *file, limit int, do func(line []byte, number int) error) error {
	in, closer, err := f.reader()
	if err != nil {
		return u.broken(f, 0, 0, err)
	}
	defer closer.Close()
	l := newLines(in, limit)
	for {
		line, err := l.read()
		switch {
		case err == io.EOF:
			return nil
		case err == errLongLine:
			err = u.failLine(f, l.number, longLine)
		case err != nil:
			return u.broken(f, l.number, 0, err)
		default:
			err = do(line, l.number)
		}
		if err != nil {
			return err
		}
	}
}

const longLine = "line is above the limit"

// lineLimit bounds a line of JSON: escapes make it longer than what it says.
func (u *unit) lineLimit() int { return 2*u.r.limits.Record + 1<<16 }

// eachObject is eachLine for JSON lines that are not blank.
func (u *unit) eachObject(f *file, do func(line []byte, number int) error) error {
	return u.eachLine(f, u.lineLimit(), func(line []byte, number int) error {
		if len(bytes.TrimSpace(line)) == 0 {
			return nil
		}
		return do(line, number)
	})
}

func trimEnd(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}

// linePattern compiles a regular expression when it is first needed: together
// they take two milliseconds.
func linePattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
