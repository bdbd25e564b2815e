package export

import (
	"errors"
	"fmt"

	"github.com/hookline/hookline/detector/message"
)

// Rows makes messages of JSON objects that come one at a time, as a queue hands
// them over: contract JSONL, or other names by Options.Fields. It is the reader
// of the format jsonl without a file: nothing is guessed, and an object makes
// the same message whenever and wherever it is read. Not for concurrent use.
type Rows struct {
	unit unit
	scan rowScanner
	row  row
}

// NewRows makes a reader of rows. Of the options it heeds Fields, Namespace,
// DateOrder, Timezone and Limits.
func NewRows(opts Options) (*Rows, error) {
	reader, err := NewReader(Options{
		Fields: opts.Fields, Namespace: opts.Namespace, DateOrder: opts.DateOrder, Timezone: opts.Timezone, Limits: opts.Limits,
	}, Sink{})
	if err != nil {
		return nil, err
	}
	r := &Rows{unit: unit{r: reader}}
	r.unit.when.order = parseOrder(opts.DateOrder)
	r.scan = rowScanner{limit: reader.limits.Depth, columns: saidColumns(opts.Fields), when: &r.unit.when, row: &r.row}
	return r, nil
}

// saidColumns are the mapped columns, and those of message JSONL whose field no
// other column fills.
func saidColumns(said map[string]string) columns {
	if len(said) == 0 {
		return columns{}
	}
	byPath := map[string]field{}
	for name, column := range said {
		byPath[column] = fieldNames[name]
	}
	for name, f := range fieldNames {
		if _, used := byPath[name]; !used && said[name] == "" && contractField(name) == f && !mapped(byPath, f) {
			byPath[name] = f
		}
	}
	return newColumns(byPath)
}

// Faults of a row, besides those of its JSON. None quotes the row.
var (
	ErrNoText = errors.New("no text")
	errKind   = errors.New("unknown kind")
)

// Message makes a message of one object. One without an id gets that of its
// content, so that equal ones are one message. Its error quotes nothing of the
// object.
func (r *Rows) Message(object []byte) (message.Message, error) {
	limit := r.unit.r.limits.Record
	if len(object) > 2*limit+1<<16 {
		return message.Message{}, fmt.Errorf("object of %d bytes is above the limit", len(object))
	}
	r.row.reset()
	if err := r.scan.read(string(object)); err != nil {
		return message.Message{}, err
	}
	m, err := r.row.finish()
	switch {
	case errors.Is(err, errKind):
		return message.Message{}, errKind
	case err != nil:
		return message.Message{}, err
	}
	made := *m
	if made.ID == "" {
		made.ID = message.ContentID(made.Sender, made.Sent, validText(made.Text), 0)
	}
	r.unit.complete(&made)
	if len(made.Text) > limit {
		return message.Message{}, fmt.Errorf("message of %d bytes is above the limit", len(made.Text))
	}
	return made, nil
}
