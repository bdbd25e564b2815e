package export

import (
	"path"
	"strconv"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

// record is a row of a table whose columns a format knows by name.
type record struct {
	u      *unit
	file   *file
	line   int
	values []string
	column map[string]int
}

// get is the value of a column, without regard to case; empty if there is
// none.
func (r record) get(name string) string {
	i, ok := r.column[plainName(name)]
	if !ok || i >= len(r.values) {
		return ""
	}
	return r.values[i]
}

func (r record) source() string { return place(r.file.name, r.line, 0) }

// time is the value of a column as a time; what cannot be read is noted.
func (r record) time(name string, order dateOrder) message.Time {
	text := r.get(name)
	if text == "" {
		return message.Time{}
	}
	if said := parseOrder(r.u.r.opts.DateOrder); said != orderUnknown {
		order = said
	}
	sent, ok := (&whenReader{order: order}).read(text)
	if !ok {
		r.u.oddTime(r.source())
	}
	return sent
}

// readRecords reads a table with a header; a row of another width is a fault.
func (u *unit) readRecords(f *file, do func(record) error) error {
	head, err := f.peek()
	if err != nil {
		return err
	}
	_, comma := newSample(f.name, head).header()
	if comma == 0 {
		comma = ','
	}
	return u.records(f, comma, func(values []string, line int, column map[string]int) error {
		return do(record{u: u, file: f, line: line, values: values, column: column})
	})
}

func (u *unit) records(f *file, comma byte, do func(values []string, line int, column map[string]int) error) error {
	var column map[string]int
	return u.eachRecord(f, comma, func(t *table, values []string) error {
		if column == nil {
			column = map[string]int{}
			for i, name := range values {
				if _, known := column[plainName(name)]; !known {
					column[plainName(name)] = i
				}
			}
			t.width = len(values)
			return nil
		}
		values, ok, err := u.fits(f, t, values)
		if !ok {
			return err
		}
		return do(values, t.line, column)
	})
}

// cutBlank drops blank values beyond the width of the table.
func cutBlank(values []string, width int) []string {
	for len(values) > width && strings.TrimSpace(values[len(values)-1]) == "" {
		values = values[:len(values)-1]
	}
	return values
}

// hasColumns is certain where the first line names all the columns.
func (s *sample) hasColumns(names ...string) int {
	header, comma := s.header()
	if comma == 0 {
		return 0
	}
	have := map[string]bool{}
	for _, name := range header {
		have[plainName(name)] = true
	}
	for _, name := range names {
		if !have[plainName(name)] {
			return 0
		}
	}
	return certain
}

// first is the beginning of a file that was looked at before; empty if it
// cannot be read.
func (f *file) first() []byte {
	head, _ := f.peek()
	return head
}

// parent is the folder above a folder.
func parent(dir string) string { return path.Dir(dir) }

// lastOf is the last element of a path.
func lastOf(dir string) string { return path.Base(dir) }

// wholeNumber is a JSON number or string as digits.
func wholeNumber(v any) string {
	if n, ok := v.(float64); ok {
		return strconv.FormatFloat(n, 'f', 0, 64)
	}
	return valueText(v, 0)
}
