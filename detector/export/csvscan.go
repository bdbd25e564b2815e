package export

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// table reads delimited text in bounded memory. A quoted field may span lines;
// a quote that is never closed costs one record, not the rest of the file.
type table struct {
	lines   *lines
	comma   byte
	width   int      // columns of a record; 0 while unknown
	line    int      // of the record last returned
	pending [][]byte // lines read in search of a closing quote, to be read again one by one
	first   int      // number of pending[0]
	record  []byte
	fields  []string
}

// spanLines bounds how many lines one record may span.
const spanLines = 2000

var errQuote = errors.New("a quote is not closed")

// read returns the next record that is not blank, valid until the next call.
// A fault of one record is returned as errQuote or errLongLine; io.EOF ends.
func (t *table) read() ([]string, error) {
	for {
		line, again, err := t.next()
		if err != nil {
			return nil, err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if t.split(line, false) {
			return t.fields, nil
		}
		if again {
			return nil, errQuote
		}
		return t.span(line)
	}
}

// next is the next line; again says that it was read in search of a quote.
func (t *table) next() (line []byte, again bool, err error) {
	if len(t.pending) > 0 {
		line, t.line = t.pending[0], t.first
		t.pending = t.pending[1:]
		t.first++
		return line, true, nil
	}
	line, err = t.lines.read()
	t.line = t.lines.number
	return line, false, err
}

// span reads a record that goes on over several lines.
func (t *table) span(line []byte) ([]string, error) {
	t.record = append(t.record[:0], line...)
	start := t.line
	var read [][]byte
	for len(read) < spanLines && len(t.record) < t.lines.limit {
		more, err := t.lines.read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		read = append(read, append([]byte(nil), more...))
		t.record = append(append(t.record, '\n'), more...)
		if bytes.IndexByte(more, '"') >= 0 && t.split(t.record, true) {
			if t.width > 0 && len(t.fields) != t.width {
				break // the quote that closed it was another record's
			}
			t.line = start
			return t.fields, nil
		}
	}
	t.line = start
	t.pending, t.first = read, start+1
	return nil, errQuote
}

// split cuts a record into fields; false if a quote is not closed. A quote
// within an unquoted field is an ordinary character, and so is a stray one
// within a quoted field, unless strict.
func (t *table) split(record []byte, strict bool) bool {
	t.fields = t.fields[:0]
	text := string(record)
	for at := 0; ; {
		var field string
		var ok bool
		if at < len(text) && text[at] == '"' {
			field, at, ok = quoted(text, at+1, t.comma, strict)
			if !ok {
				return false
			}
		} else {
			end := len(text)
			for i := at; i < len(text); i++ {
				if text[i] == t.comma {
					end = i
					break
				}
			}
			field, at = text[at:end], end
		}
		t.fields = append(t.fields, field)
		if at >= len(text) {
			return true
		}
		at++ // the comma
	}
}

// quoted reads a quoted field that begins at at and returns the place of the
// comma after it.
func quoted(text string, at int, comma byte, strict bool) (field string, end int, ok bool) {
	var out []byte
	for start := at; at < len(text); at++ {
		if text[at] != '"' {
			continue
		}
		if at+1 < len(text) && text[at+1] == '"' {
			out = append(out, text[start:at+1]...)
			at++
			start = at + 1
			continue
		}
		if at+1 < len(text) && text[at+1] != comma {
			if strict {
				return "", at, false
			}
			continue // a stray quote inside
		}
		if out == nil {
			return text[start:at], at + 1, true
		}
		return string(append(out, text[start:at]...)), at + 1, true
	}
	return "", at, false
}

// eachRecord calls do for the records of a delimited file, each valid until
// the next. One that is broken or above the limit is a fault.
func (u *unit) eachRecord(f *file, comma byte, do func(t *table, record []string) error) error {
	in, closer, err := f.reader()
	if err != nil {
		return u.broken(f, 0, 0, err)
	}
	defer closer.Close()
	t := &table{lines: newLines(in, u.r.limits.Record), comma: comma}
	for {
		record, err := t.read()
		switch {
		case err == io.EOF:
			return nil
		case err == errQuote || err == errLongLine:
			err = u.failLine(f, t.line, err.Error())
		case err != nil:
			return u.broken(f, t.line, 0, err)
		default:
			err = do(t, record)
		}
		if err != nil {
			return err
		}
	}
}

// fits drops blank values beyond the width of the table; another width is a
// fault, and ok false.
func (u *unit) fits(f *file, t *table, record []string) (fitted []string, ok bool, err error) {
	fitted = cutBlank(record, t.width)
	if len(fitted) != t.width {
		return nil, false, u.failLine(f, t.line, fmt.Sprintf("%d columns, the header has %d", len(fitted), t.width))
	}
	return fitted, true, nil
}
