package export

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var csvFormat = format{
	Format: Format{
		Name: "csv", Title: "table of messages or adverts: CSV, TSV, semicolons",
		Recognised: "a first line of column names, one of them a text; others by --field",
		Kinds:      []message.Kind{message.Chat, message.SMS, message.Email, message.Post, message.JobAdvert},
	},
	sniff: sniffCSV,
	read:  readCSV,
}

func sniffCSV(s *sample) int {
	header, comma := s.header()
	if comma == 0 || len(header) < 2 {
		return 0
	}
	byPath, ok := guessColumns(header, nil)
	if !s.evenRows(comma, len(header)) {
		return 0 // words with commas
	}
	switch {
	case ok && len(byPath) >= 2:
		return possible + 10
	case ok:
		return possible
	}
	return 0
}

// evenRows says whether the first rows are as wide as the header: most of two
// columns, which words have by chance, a quarter of more.
func (s *sample) evenRows(comma byte, width int) bool {
	text := s.text()
	t := table{lines: newLines(newBuffered(bytes.NewReader(text)), len(text)+1), comma: comma, width: width}
	good, bad := 0, 0
	_, _ = t.read() // the header
	for range 20 {
		row, err := t.read()
		if err == io.EOF {
			break
		}
		if err == nil && len(cutBlank(row, width)) == width {
			good++
		} else {
			bad++
		}
	}
	if width == 2 {
		return bad == 0 || good > bad
	}
	return good*3 >= bad
}

// header is the first line as column names, and what parts them; 0 if the line
// is no table's.
func (s *sample) header() (names []string, comma byte) {
	line := s.firstLine()
	if len(line) == 0 || len(line) > 16<<10 || line[0] == '<' || line[0] == '{' {
		return nil, 0
	}
	comma = separator(line)
	if comma == 0 {
		return nil, 0
	}
	t := table{comma: comma}
	if !t.split(line, false) {
		return nil, 0
	}
	for _, name := range t.fields {
		names = append(names, strings.TrimSpace(name))
	}
	return names, comma
}

// separator is the most frequent of the characters that part columns.
func separator(line []byte) byte {
	best, count := byte(0), 0
	for _, c := range []byte{',', ';', '\t', '|'} {
		if n := bytes.Count(line, []byte{c}); n > count {
			best, count = c, n
		}
	}
	return best
}

// readCSV reads a table with the columns that --field names or that can be
// guessed, and tells what was guessed.
func readCSV(u *unit) error {
	f := u.files[0]
	head, err := f.peek()
	if err != nil {
		return u.broken(f, 0, 0, err)
	}
	names, comma := newSample(f.name, head).header()
	if comma == 0 {
		comma = ','
	}
	byPath, ok := guessColumns(names, u.r.opts.Fields)
	if !ok {
		return u.fail(Fault{File: f.name, Line: 1, Text: "no column can be the text; name it with --field text=COLUMN"})
	}
	u.noteGuess(f, byPath)
	if u.when.order == orderUnknown {
		u.when.order = orderOf(head, names, comma, byPath)
	}
	return u.readTable(f, comma, func(header []string) (rowMaker, error) {
		return newCSVRows(u, f, header, byPath)
	})
}

// orderOf looks at the dates of the first rows; orderUnknown if they prove
// nothing.
func orderOf(head []byte, names []string, comma byte, byPath map[string]field) dateOrder {
	column := slices.IndexFunc(names, func(name string) bool { return byPath[name] == fieldSent })
	if column < 0 {
		return orderUnknown
	}
	votes := &orderVotes{}
	t := &table{lines: newLines(newBuffered(bytes.NewReader(decodeHead(head))), len(head)+1), comma: comma, width: len(names)}
	for {
		row, err := t.read()
		if err == io.EOF {
			break
		}
		if err != nil || column >= len(row) {
			continue
		}
		if d, ok := splitDate(asciiDigits(row[column])); ok {
			votes.add(&d)
		}
	}
	if order, sure := votes.decide(false); sure && order != yearFirst {
		return order
	}
	return orderUnknown
}

// noteGuess tells the mapping, unless all columns have the names of fields.
func (u *unit) noteGuess(f *file, byPath map[string]field) {
	for column, g := range byPath {
		if fieldNames[column] != g && u.r.opts.Fields == nil {
			u.note(f, "columns guessed: "+describeColumns(byPath))
			return
		}
	}
}

// rowMaker makes a message of a record of a table; nil skips it in silence.
type rowMaker func(record []string, line int) (*message.Message, error)

// readTable reads a delimited file: the first record that is not blank is the
// header, each other a message or a fault.
func (u *unit) readTable(f *file, comma byte, begin func(header []string) (rowMaker, error)) error {
	var make rowMaker
	return u.eachRecord(f, comma, func(t *table, record []string) (err error) {
		if make == nil {
			t.width = len(record)
			if make, err = begin(trimmed(record)); err != nil {
				return u.failLine(f, t.line, err.Error())
			}
			return nil
		}
		record, ok, err := u.fits(f, t, record)
		if !ok {
			return err
		}
		m, err := make(record, t.line)
		if err != nil {
			return u.failLine(f, t.line, err.Error())
		}
		if m == nil {
			return nil
		}
		if m.Source == "" {
			m.Source = f.name + ":" + strconv.Itoa(t.line)
		}
		return u.emit(m)
	})
}

func trimmed(record []string) []string {
	out := make([]string, len(record))
	for i, name := range record {
		out[i] = strings.TrimSpace(name)
	}
	return out
}

// newCSVRows maps the columns of a general table.
func newCSVRows(u *unit, f *file, header []string, byPath map[string]field) (rowMaker, error) {
	fields := make([]field, len(header))
	used := 0
	for i, name := range header {
		fields[i] = byPath[name]
		if fields[i] == fieldNone {
			fields[i] = byPath[strconv.Itoa(i+1)] // --field text=3
		}
		if fields[i] != fieldNone {
			used++
		}
	}
	if used == 0 {
		return nil, fmt.Errorf("none of the named columns is in the header")
	}
	var r row
	return func(record []string, line int) (*message.Message, error) {
		r.reset()
		for i, value := range record {
			if fields[i] == fieldNone {
				r.rest = append(r.rest, [2]string{header[i], value})
				continue
			}
			if err := r.set(fields[i], value, &u.when); err != nil {
				return nil, err
			}
		}
		if r.oddTime {
			u.oddTime(place(f.name, line, 0))
		}
		m, err := r.finish()
		if err != nil {
			return nil, err
		}
		copied := *m
		return &copied, nil
	}, nil
}
