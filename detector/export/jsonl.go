package export

import (
	"errors"
	"strconv"

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

// readJSONL reads rows one line at a time.
func readJSONL(u *unit) error {
	f := u.files[0]
	columns, err := u.rowColumns(f)
	if err != nil {
		return u.fail(Fault{File: f.name, Text: err.Error()})
	}
	reader := rowReader{
		u: u, file: f, prefix: f.name + ":",
		scan: rowScanner{limit: u.r.limits.Depth, columns: columns, when: &u.when},
	}
	return u.eachObject(f, reader.read)
}

// rowReader makes messages of JSON objects.
type rowReader struct {
	u      *unit
	file   *file
	prefix string
	thread string // of rows that say none
	scan   rowScanner
	row    row
}

// read makes a message of one object, or a fault.
func (r *rowReader) read(object []byte, line int) error {
	r.row.reset()
	r.scan.row = &r.row
	if err := r.scan.read(string(object)); err != nil {
		return r.u.failLine(r.file, line, err.Error())
	}
	m, err := r.row.finish()
	if err != nil {
		return r.u.failLine(r.file, line, err.Error())
	}
	if r.row.oddTime {
		r.u.oddTime(place(r.file.name, line, 0))
	}
	if m.Source == "" {
		m.Source = r.prefix + strconv.Itoa(line)
	}
	copied := *m
	if copied.Thread == "" {
		copied.Thread = r.thread
	}
	return r.u.emit(&copied)
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
