package wire

import (
	"bytes"
	"errors"
	"fmt"
	"maps"

	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
)

// Payload is what a queue hands over at once.
type Payload struct {
	Data     []byte
	Source   string // where messages were read that do not say so themselves
	Position int64  // of the first line; the others follow
}

// Headers with which a publisher says where a payload is from, so that a
// message has the same source and place whichever way it came.
const (
	SourceHeader   = "Hookline-Source"
	PositionHeader = "Hookline-Position"
)

// PositionShift makes room for the lines of a payload in positions that are
// counted in payloads: sequence numbers and offsets.
const PositionShift = 20

// Fault is a line of a payload that is no message. The reason quotes nothing
// of the line.
type Fault struct {
	Line   int // from 1
	Data   []byte
	Reason string
}

// Options say what payloads hold.
type Options struct {
	Export export.Options // Fields, Namespace, DateOrder, Timezone, Limits
	Osprey bool           // each object is an Osprey action
}

// ospreyFields are where an action has what a message needs, unless mapped
// otherwise.
var ospreyFields = map[string]string{
	"id": "data.action_id", "sent": "send_time", "thread": "data.data.thread", "seq": "data.data.seq", "sender": "data.data.sender",
	"role": "data.data.role", "text": "data.data.text", "kind": "data.data.kind", "source": "data.data.source",
	"namespace": "data.data.namespace", "title": "data.data.title", "company": "data.data.company", "location": "data.data.location",
	"salary": "data.data.salary", "description": "data.data.description", "requirements": "data.data.requirements",
	"benefits": "data.data.benefits", "apply": "data.data.apply",
}

// Decoder reads payloads. It is not for concurrent use.
type Decoder struct {
	rows   *export.Rows
	osprey bool
}

// NewDecoder makes a decoder.
func NewDecoder(o Options) (*Decoder, error) {
	if o.Osprey {
		fields := maps.Clone(ospreyFields)
		maps.Copy(fields, o.Export.Fields)
		o.Export.Fields = fields
	}
	rows, err := export.NewRows(o.Export)
	if err != nil {
		return nil, err
	}
	return &Decoder{rows: rows, osprey: o.Osprey}, nil
}

// Decode appends the messages of a payload, and the faults of its lines. Osprey
// actions without text are no messages and no faults.
func (d *Decoder) Decode(p Payload, messages []message.Message, faults []Fault) ([]message.Message, []Fault) {
	rest := p.Data
	for number := 1; len(rest) > 0; number++ {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		if number == 1<<PositionShift {
			return messages, append(faults, Fault{number, rest, fmt.Sprintf("more than %d lines", number-1)})
		}
		rest = after
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		m, err := d.rows.Message(line)
		switch {
		case d.osprey && errors.Is(err, export.ErrNoText):
			continue
		case err != nil:
			faults = append(faults, Fault{number, line, err.Error()})
			continue
		}
		m.Position = p.Position + int64(number-1)
		if m.Source == "" {
			m.Source = p.Source
		}
		messages = append(messages, m)
	}
	return messages, faults
}
