package export

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var jsonlFormat = format{
	Format: Format{
		Name: "jsonl", Title: "JSON, one object a line (message JSONL and others)",
		Recognised: "each line is an object with text; other names are guessed or given by --field",
		Kinds:      []message.Kind{message.Chat, message.SMS, message.Email, message.Post, message.JobAdvert},
	},
	sniff: sniffJSONL,
	read:  readJSONL,
}

func sniffJSONL(s *sample) int {
	line := s.firstLine()
	if len(line) == 0 || line[0] != '{' || s.keys() == nil {
		return 0
	}
	names := s.rowNames()
	if len(names) == 0 {
		return 0
	}
	_, ok := guessColumns(names, nil)
	switch {
	case !s.oneObjectALine():
		return 0
	case s.has("text") && (s.has("id") || s.has("thread") || s.has("sender") || s.has("label")):
		return likely
	case ok:
		return possible
	default:
		return 0
	}
}

// readJSONL reads rows, a line each, on every processor.
func readJSONL(u *unit) error {
	f := u.files[0]
	columns, err := u.rowColumns(f)
	if err != nil {
		return u.fail(Fault{File: f.name, Text: err.Error()})
	}
	return readLinesAsRows(u, f, columns)
}

func readLinesAsRows(u *unit, f *file, columns columns) error {
	limit := u.lineLimit()
	decoder := func() func(*block) {
		d := newRowDecoder(u, columns)
		return func(b *block) { d.block(b, f.name, limit) }
	}
	return u.eachBlock(f, limit, decoder, func(b *block) error { return u.useRows(f, b) })
}

// result is what one row came to: a message, or a fault.
type result struct {
	message message.Message
	fault   string
	line    int
	oddTime bool
}

// rowDecoder makes messages of JSON objects. Not for concurrent use.
type rowDecoder struct {
	scan   rowScanner
	row    row
	when   whenReader
	places strings.Builder // of the messages of a block, one after the other
	ends   []int
}

func newRowDecoder(u *unit, columns columns) *rowDecoder {
	d := &rowDecoder{when: whenReader{order: u.when.order}}
	d.scan = rowScanner{limit: u.r.limits.Depth, columns: columns, when: &d.when, row: &d.row}
	return d
}

// decode makes a message of one object.
func (d *rowDecoder) decode(object string, to *result) {
	d.row.reset()
	err := d.scan.read(object)
	if err == nil {
		var m *message.Message
		if m, err = d.row.finish(); err == nil {
			to.message, to.fault, to.oddTime = *m, "", d.row.oddTime
			return
		}
	}
	to.fault = err.Error()
}

// block makes messages of the lines of a block that are not blank.
func (d *rowDecoder) block(b *block, name string, limit int) {
	b.rows, d.ends = b.rows[:0], d.ends[:0]
	d.places = strings.Builder{}
	d.when.guessed = 0
	for rest, line := b.text, b.line; rest != ""; line++ {
		end := strings.IndexByte(rest, '\n') + 1
		if end == 0 {
			end = len(rest)
		}
		object := strings.TrimSuffix(strings.TrimSuffix(rest[:end], "\n"), "\r")
		rest = rest[end:]
		if end <= limit && (object == "" || object[0] != '{' && strings.TrimSpace(object) == "") {
			continue
		}
		b.rows = append(b.rows, result{line: line})
		to := &b.rows[len(b.rows)-1]
		if end > limit {
			to.fault = longLine
			continue
		}
		if d.decode(object, to); to.fault == "" && to.message.Source == "" {
			d.place(name, line)
		}
	}
	if b.long {
		b.rows = append(b.rows, result{line: b.line, fault: longLine})
	}
	b.guessed = d.when.guessed
	d.setPlaces(b.rows)
}

// place writes down where a message was read.
func (d *rowDecoder) place(name string, line int) {
	var number [20]byte
	d.places.WriteString(name)
	d.places.WriteByte(':')
	d.places.Write(strconv.AppendInt(number[:0], int64(line), 10))
	d.ends = append(d.ends, d.places.Len())
}

// setPlaces gives the messages of a block their places.
func (d *rowDecoder) setPlaces(rows []result) {
	places, start, k := d.places.String(), 0, 0
	for i := range rows {
		if rows[i].fault == "" && rows[i].message.Source == "" {
			rows[i].message.Source = places[start:d.ends[k]]
			start, k = d.ends[k], k+1
		}
	}
}

// useRows gives the messages of a block to the sink.
func (u *unit) useRows(f *file, b *block) error {
	u.when.guessed += b.guessed
	for i := range b.rows {
		if err := u.useRow(f, &b.rows[i]); err != nil {
			return err
		}
	}
	if b.err != nil && b.err != io.EOF {
		return u.broken(f, b.line+strings.Count(b.text, "\n"), 0, b.err)
	}
	return nil
}

func (u *unit) useRow(f *file, r *result) error {
	if r.fault != "" {
		return u.failLine(f, r.line, r.fault)
	}
	if r.oddTime {
		u.oddTime(place(f.name, r.line, 0))
	}
	return u.emit(&r.message)
}

// rowReader makes messages of JSON objects one by one.
type rowReader struct {
	u       *unit
	file    *file
	thread  string // of rows that say none
	decoder *rowDecoder
	result  result
}

func newRowReader(u *unit, f *file, columns columns) *rowReader {
	return &rowReader{u: u, file: f, decoder: newRowDecoder(u, columns)}
}

// read makes a message of one object, or a fault.
func (r *rowReader) read(object []byte, line int) error {
	r.result.line = line
	r.decoder.decode(string(object), &r.result)
	r.u.when.guessed, r.decoder.when.guessed = r.u.when.guessed+r.decoder.when.guessed, 0
	m := &r.result.message
	if m.Source == "" {
		m.Source = place(r.file.name, line, 0)
	}
	if m.Thread == "" {
		m.Thread = r.thread
	}
	return r.u.useRow(r.file, &r.result)
}

// rowColumns maps the keys of the rows: message JSONL as it is, else by
// --field and by guess, which is then told.
func (u *unit) rowColumns(f *file) (columns, error) {
	said := u.r.opts.Fields
	head, err := f.peek()
	if err != nil {
		return columns{}, err
	}
	s := newSample(f.name, head)
	if len(said) == 0 && (s.has("text") || s.has("kind")) {
		return columns{}, nil
	}
	names := s.rowNames()
	byPath, ok := guessColumns(names, said)
	if !ok {
		return columns{}, errors.New("no field can be the text; name it with --field text=NAME")
	}
	for name, g := range fieldNames {
		if _, used := byPath[name]; !used && s.has(name) && !mapped(byPath, g) {
			byPath[name] = g
		}
	}
	if len(said) == 0 {
		u.note(f, "fields guessed: "+describeColumns(byPath))
	}
	return newColumns(byPath), nil
}

func mapped(byPath map[string]field, f field) bool {
	for _, g := range byPath {
		if g == f {
			return true
		}
	}
	return false
}
