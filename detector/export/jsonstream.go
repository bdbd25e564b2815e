package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// jsonReader walks over a JSON text of any size in bounded memory. Callbacks
// take the values they want and must take each value that they are called for.
type jsonReader struct {
	in    io.Reader
	buf   []byte
	pos   int   // of the next byte in buf
	base  int64 // offset of buf[0] in the text
	line  int   // lines before lined
	lined int   // pos up to which lines were counted
	limit int   // bytes of a captured value
	depth int   // nesting of a captured value
	value []byte
}

var (
	errLongValue = errors.New("a value is above the limit")
	errDeepValue = errors.New("nesting is too deep")
)

// errBadJSON is a fault of structure: nothing after it can be read.
type errBadJSON struct{ text string }

func (e errBadJSON) Error() string { return "not JSON: " + e.text }

func newJSONReader(in io.Reader, limits Limits) *jsonReader {
	return &jsonReader{in: in, buf: make([]byte, 0, 256<<10), limit: limits.Record, depth: limits.Depth}
}

// here is the line of the next byte, from 1.
func (j *jsonReader) here() int {
	j.line += bytes.Count(j.buf[j.lined:j.pos], []byte{'\n'})
	j.lined = j.pos
	return j.line + 1
}

// offset is the place of the next byte.
func (j *jsonReader) offset() int64 { return j.base + int64(j.pos) }

// fill reads more; all bytes up to pos are dropped.
func (j *jsonReader) fill() error {
	j.here()
	j.base += int64(j.pos)
	rest := copy(j.buf[:cap(j.buf)], j.buf[j.pos:])
	j.buf, j.pos, j.lined = j.buf[:rest], 0, 0
	for tries := 0; tries < 100; tries++ {
		n, err := j.in.Read(j.buf[rest:cap(j.buf)])
		if n > 0 {
			j.buf = j.buf[:rest+n]
			return nil
		}
		if err == io.EOF {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// peek returns the next byte that is not white space.
func (j *jsonReader) peek() (byte, error) {
	for {
		for j.pos < len(j.buf) {
			switch c := j.buf[j.pos]; c {
			case ' ', '\t', '\n', '\r':
				j.pos++
			default:
				return c, nil
			}
		}
		if err := j.fill(); err != nil {
			return 0, err
		}
	}
}

// end says whether nothing but white space is left.
func (j *jsonReader) end() bool {
	_, err := j.peek()
	return err == io.ErrUnexpectedEOF
}

// object calls do for each key; a value that is no object is skipped.
func (j *jsonReader) object(do func(key string) error) error {
	if c, err := j.peek(); err != nil || c != '{' {
		if err == nil {
			err = j.skip()
		}
		return err
	}
	j.pos++
	for first := true; ; first = false {
		c, err := j.peek()
		switch {
		case err != nil:
			return err
		case c == '}':
			j.pos++
			return nil
		case c == ',' && !first:
			j.pos++
			if c, err = j.peek(); err != nil {
				return err
			}
		case !first:
			return errBadJSON{"expected a comma or a brace"}
		}
		if c != '"' {
			return errBadJSON{"expected a key"}
		}
		key, err := j.key()
		if err != nil {
			return err
		}
		if c, err = j.peek(); err != nil || c != ':' {
			return orBadJSON(err, "expected a colon")
		}
		j.pos++
		if err := do(key); err != nil {
			return err
		}
	}
}

func orBadJSON(err error, text string) error {
	if err != nil {
		return err
	}
	return errBadJSON{text}
}

func (j *jsonReader) key() (string, error) {
	raw, err := j.raw()
	if err != nil {
		return "", err
	}
	var key string
	if json.Unmarshal(raw, &key) != nil {
		return "", errBadJSON{"a key is no string"}
	}
	return key, nil
}

// array calls do for each element; a value that is no array is skipped.
func (j *jsonReader) array(do func() error) error {
	if c, err := j.peek(); err != nil || c != '[' {
		if err == nil {
			err = j.skip()
		}
		return err
	}
	j.pos++
	for first := true; ; first = false {
		c, err := j.peek()
		switch {
		case err != nil:
			return err
		case c == ']':
			j.pos++
			return nil
		case c == ',' && !first:
			j.pos++
		case !first:
			return errBadJSON{"expected a comma or a bracket"}
		}
		if err := do(); err != nil {
			return err
		}
	}
}

// raw takes the next value whole. It is valid until the next call. A value
// above the limits is skipped and gives errLongValue or errDeepValue.
func (j *jsonReader) raw() ([]byte, error) { return j.take(true) }

// skip passes over the next value in constant memory.
func (j *jsonReader) skip() error {
	_, err := j.take(false)
	if err == errDeepValue {
		return nil
	}
	return err
}

// string takes the next value as a string; numbers as they are written, null
// and anything else as empty.
func (j *jsonReader) string() (string, error) {
	raw, err := j.raw()
	if err != nil {
		return "", err
	}
	return scalarText(raw), nil
}

// looseText is a string that some programs write as a number.
type looseText string

// UnmarshalJSON is scalarText.
func (t *looseText) UnmarshalJSON(raw []byte) error {
	*t = looseText(scalarText(raw))
	return nil
}

// scalarText is a JSON scalar as text.
func scalarText(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case '"':
		var text string
		_ = json.Unmarshal(raw, &text)
		return text
	case '{', '[', 'n':
		return ""
	}
	return string(raw)
}

func (j *jsonReader) take(keep bool) ([]byte, error) {
	c, err := j.peek()
	if err != nil {
		return nil, err
	}
	t := taker{j: j, keep: keep, start: j.pos}
	j.value = j.value[:0]
	switch c {
	case '"':
		err = t.string()
	case '{', '[':
		err = t.brackets()
	case '}', ']', ',', ':':
		return nil, errBadJSON{"expected a value"}
	default:
		err = t.word()
	}
	if err != nil {
		return nil, err
	}
	t.save()
	switch {
	case t.deep:
		return nil, errDeepValue
	case t.long:
		return nil, errLongValue
	case !keep:
		return nil, nil
	case len(j.value) == 0:
		return j.buf[t.start:j.pos], nil
	}
	return j.value, nil
}

// taker passes over one value, across the ends of the buffer.
type taker struct {
	j     *jsonReader
	keep  bool
	start int
	saved bool
	long  bool
	deep  bool
}

// more reads on; what was passed is saved first.
func (t *taker) more() error {
	t.saved = true
	t.save()
	err := t.j.fill()
	t.start = t.j.pos
	return err
}

// save appends what was passed, if the value does not lie in one piece.
func (t *taker) save() {
	part := t.j.buf[t.start:t.j.pos]
	switch {
	case !t.keep || t.long:
	case len(t.j.value)+len(part) > t.j.limit:
		t.long = true
		if cap(t.j.value) > 1<<20 {
			t.j.value = nil
		}
	case t.saved:
		t.j.value = append(t.j.value, part...)
	}
}

// string passes over a string whose opening quote is next.
func (t *taker) string() error {
	t.j.pos++
	for {
		rest := t.j.buf[t.j.pos:]
		quote := bytes.IndexByte(rest, '"')
		if quote < 0 {
			quote = len(rest)
		}
		slash := bytes.IndexByte(rest[:quote], '\\')
		switch {
		case slash >= 0 && slash+1 < len(rest):
			t.j.pos += slash + 2
		case slash >= 0:
			t.j.pos += slash
			if err := t.more(); err != nil {
				return err
			}
		case quote < len(rest):
			t.j.pos += quote + 1
			return nil
		default:
			t.j.pos += quote
			if err := t.more(); err != nil {
				return err
			}
		}
	}
}

// brackets passes over an object or an array.
func (t *taker) brackets() error {
	depth := 0
	for {
		for t.j.pos < len(t.j.buf) {
			switch t.j.buf[t.j.pos] {
			case '"':
				if err := t.string(); err != nil {
					return err
				}
				continue
			case '{', '[':
				if depth++; depth > t.j.depth {
					t.deep = true
				}
			case '}', ']':
				if depth--; depth == 0 {
					t.j.pos++
					return nil
				}
			}
			t.j.pos++
		}
		if err := t.more(); err != nil {
			return err
		}
	}
}

// word passes over a number, true, false or null.
func (t *taker) word() error {
	for {
		for t.j.pos < len(t.j.buf) {
			switch t.j.buf[t.j.pos] {
			case ',', ']', '}', ' ', '\t', '\n', '\r', ':', '"', '[', '{':
				return nil
			}
			t.j.pos++
		}
		if err := t.more(); err != nil {
			if err == io.ErrUnexpectedEOF {
				return nil
			}
			return err
		}
	}
}

// openJSON opens a file as JSON.
func (u *unit) openJSON(f *file) (*jsonReader, io.Closer, error) {
	in, closer, err := f.reader()
	if err != nil {
		return nil, nil, err
	}
	return newJSONReader(in, u.r.limits), closer, nil
}

// element takes the next value into v. What cannot be read is a fault of the
// record, and ok is false; err ends the reading.
func (u *unit) element(j *jsonReader, f *file, v any) (line int, ok bool, err error) {
	if _, err := j.peek(); err != nil {
		return 0, false, err
	}
	line = j.here()
	raw, err := j.raw()
	if err == nil {
		err = decodeJSON(raw, v)
	} else if err != errLongValue && err != errDeepValue {
		return line, false, err
	}
	if err != nil {
		return line, false, u.failLine(f, line, faultText(err))
	}
	return line, true, nil
}

// decodeJSON reads a value; its errors name fields as the file does.
func decodeJSON(raw []byte, v any) error {
	err := json.Unmarshal(raw, v)
	var odd *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &odd):
		return fmt.Errorf("%s is a JSON %s", firstOf([]string{odd.Field, "the record"}), odd.Value)
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON: %s at byte %d", faultText(err), syntax.Offset)
	}
	return err
}

// readJSON walks over a file; a fault of structure ends it, what was read
// stays.
func (u *unit) readJSON(f *file, walk func(j *jsonReader) error) error {
	j, closer, err := u.openJSON(f)
	if err != nil {
		return u.broken(f, 0, 0, err)
	}
	defer closer.Close()
	if err := walk(j); err != nil {
		return u.broken(f, j.here(), j.offset(), err)
	}
	return nil
}
