package casebook

import (
	"encoding/binary"
	"errors"
	"strconv"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

// chunk is some consecutive messages of a thread, the unit that is stored:
//
//	version · thread: namespace, id, lone · band · queue · score · language · day it was kept
//	· its number, how many there are · verdict as JSON (in the first) · table of strings
//	· messages: all but the text · texts
//
// Numbers are varints, strings have their length in front.
type chunk struct {
	head
	number, of int
	verdict    string
	messages   []Message
}

// head is what is known of a whole thread.
type head struct {
	namespace, thread string
	lone              bool // messages have no thread but their own id
	band              rule.Band
	queue             rule.Queue
	score             float64
	language          string
	kept              int // day the thread was first kept, in days since 1970
}

const codecVersion = 1

// Flags of a message.
const (
	hasSeq = 1 << (iota + 2) // above the role
	isSystem
	isDeleted
	hasMedia
)

var errBroken = errors.New("a stored message is broken")

// encoder writes a chunk.
type encoder struct {
	out   []byte
	table map[string]int
	list  []string
}

func (e *encoder) number(n uint64) { e.out = binary.AppendUvarint(e.out, n) }
func (e *encoder) signed(n int64)  { e.out = binary.AppendVarint(e.out, n) }

func (e *encoder) text(s string) {
	e.number(uint64(len(s)))
	e.out = append(e.out, s...)
}

// shared writes a string that occurs often as its number in the table.
func (e *encoder) shared(s string) {
	i, ok := e.table[s]
	if !ok {
		i = len(e.list)
		e.table[s], e.list = i, append(e.list, s)
	}
	e.number(uint64(i))
}

func (c *chunk) encode() []byte {
	body := encoder{table: map[string]int{}}
	for i := range c.messages {
		body.message(&c.messages[i])
	}
	e := encoder{out: make([]byte, 0, len(body.out)+len(c.verdict)+256)}
	e.number(codecVersion)
	e.text(c.namespace)
	e.text(c.thread)
	e.number(flag(c.lone, 1))
	e.number(uint64(c.band))
	e.number(uint64(c.queue))
	e.number(uint64(c.score*10 + 0.5))
	e.text(c.language)
	e.number(uint64(c.kept))
	e.number(uint64(c.number))
	e.number(uint64(c.of))
	e.text(c.verdict)
	e.number(uint64(len(body.list)))
	for _, s := range body.list {
		e.text(s)
	}
	e.number(uint64(len(c.messages)))
	e.out = append(e.out, body.out...)
	for i := range c.messages {
		e.out = append(e.out, c.messages[i].Text...)
	}
	return e.out
}

func flag(set bool, value uint64) uint64 {
	if set {
		return value
	}
	return 0
}

func (e *encoder) message(m *Message) {
	e.text(m.ID)
	e.number(uint64(m.Role) | flag(m.HasSeq, hasSeq) | flag(m.System, isSystem) | flag(m.Deleted, isDeleted) | flag(m.Media != "", hasMedia))
	if m.Media != "" {
		e.shared(m.Media)
	}
	e.shared(m.Sender)
	e.shared(string(m.Kind))
	e.text(m.sent)
	if m.HasSeq {
		e.signed(m.Seq)
	}
	e.signed(m.Position)
	file, line := splitLine(m.Source)
	if m.line > 0 { // decoded, not finished
		file, line = m.Source, m.line-1
	}
	e.shared(file)
	e.number(uint64(line + 1))
	e.number(uint64(len(m.Tags)))
	for _, tag := range m.Tags {
		e.shared(tag)
	}
	e.number(uint64(len(m.Identifiers)))
	for _, id := range m.Identifiers {
		e.shared(id.Type)
		e.shared(id.Value)
		e.number(uint64(id.Start)<<1 | flag(id.Valid, 1))
		e.number(uint64(id.End))
	}
	e.number(uint64(len(m.Text)))
}

// maxLine bounds what is taken for the line of a place.
const maxLine = 1 << 40

// splitLine parts a place such as chat.txt:120; line is -1 where it has none.
func splitLine(place string) (file string, line int64) {
	i := strings.LastIndexByte(place, ':')
	if i > 0 && i+1 < len(place) && place[i+1] != '0' {
		if n, err := strconv.ParseUint(place[i+1:], 10, 63); err == nil && n < maxLine {
			return place[:i], int64(n)
		}
	}
	return place, -1
}

// decoder reads a chunk; strings are parts of what it reads.
type decoder struct {
	in    string
	bad   bool
	table []string
}

func (d *decoder) number() uint64 {
	var n uint64
	for i := 0; i < len(d.in) && i < binary.MaxVarintLen64; i++ {
		c := d.in[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			d.in = d.in[i+1:]
			return n
		}
	}
	d.bad, d.in = true, ""
	return 0
}

func (d *decoder) signed() int64 {
	n := d.number()
	return int64(n>>1) ^ -int64(n&1)
}

func (d *decoder) take(n uint64) string {
	if n > uint64(len(d.in)) {
		d.bad, d.in = true, ""
		return ""
	}
	s := d.in[:n]
	d.in = d.in[n:]
	return s
}

func (d *decoder) text() string { return d.take(d.number()) }

func (d *decoder) shared() string {
	i := d.number()
	if i >= uint64(len(d.table)) {
		d.bad = true
		return ""
	}
	return d.table[i]
}

// count reads how many things follow, each of at least one byte.
func (d *decoder) count() int {
	n := d.number()
	if n > uint64(len(d.in)) {
		d.bad, d.in = true, ""
		return 0
	}
	return int(n)
}

// decode reads a chunk into c, whose memory it uses again.
func (c *chunk) decode(d *decoder, stored []byte) error {
	*d = decoder{in: string(stored), table: d.table[:0]}
	if d.number() != codecVersion {
		return errBroken
	}
	c.namespace, c.thread, c.lone = d.text(), d.text(), d.number() != 0
	c.band, c.queue, c.score = rule.Band(d.number()), rule.Queue(d.number()), float64(d.number())/10
	c.language, c.kept = d.text(), int(d.number())
	c.number, c.of, c.verdict = int(d.number()), int(d.number()), d.text()
	for range d.count() {
		d.table = append(d.table, d.text())
	}
	n := d.count()
	c.messages = c.messages[:0]
	lengths := make([]uint64, n)
	for i := range lengths {
		if i < cap(c.messages) {
			c.messages = c.messages[:i+1]
		} else {
			c.messages = append(c.messages, Message{})
		}
		lengths[i] = d.message(&c.messages[i], &c.head)
	}
	for i, length := range lengths {
		c.messages[i].Text = d.take(length)
	}
	if d.bad || len(d.in) > 0 {
		return errBroken
	}
	return nil
}

func (d *decoder) message(m *Message, h *head) (length uint64) {
	tags, ids := m.Tags[:0], m.Identifiers[:0]
	*m = Message{}
	m.Namespace, m.ID = h.namespace, d.text()
	if !h.lone {
		m.Thread = h.thread
	}
	flags := d.number()
	m.Role, m.HasSeq, m.System, m.Deleted = message.Role(flags&3), flags&hasSeq != 0, flags&isSystem != 0, flags&isDeleted != 0
	if flags&hasMedia != 0 {
		m.Media = d.shared()
	}
	m.Sender, m.Kind = d.shared(), message.Kind(d.shared())
	m.sent = d.text()
	if m.HasSeq {
		m.Seq = d.signed()
	}
	m.Position = d.signed()
	m.Source = d.shared()
	if line := d.number(); line > 0 {
		m.line = int64(line)
	}
	for range d.count() {
		tags = append(tags, d.shared())
	}
	for range d.count() {
		id := detector.Identifier{Type: d.shared(), Value: d.shared(), Message: m.ID}
		start := d.number()
		id.Start, id.Valid, id.End = int(start>>1), start&1 != 0, int(d.number())
		ids = append(ids, id)
	}
	if len(tags) > 0 {
		m.Tags = tags
	}
	if len(ids) > 0 {
		m.Identifiers = ids
	}
	return d.number()
}

// finish makes a message that was decoded whole: its time is parsed, its place
// has a line.
func (m *Message) finish() {
	m.Sent, _ = message.ParseTime(m.sent)
	if m.line > 0 {
		m.Source += ":" + strconv.FormatInt(m.line-1, 10)
		m.line = 0
	}
}

// day is the day a message was sent, as YYYY-MM-DD; "" if unknown.
func (m *Message) day() string { return m.sent[:min(dayLength, len(m.sent))] }

const dayLength = len("2026-01-01")
