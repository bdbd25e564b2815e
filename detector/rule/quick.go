package rule

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// quick reads the YAML that rule files are written in, many times faster than
// the YAML parser: block mappings with plain keys, block and flow lists, flow
// mappings, scalars of one line. Whatever else a file holds, every fault
// included, it leaves to the parser: of a text that it does read it gives the
// nodes that the parser gives, less comments and all tags but !!null.
// FuzzQuick holds it to that.
//
// Its nodes live until the next read.
type quick struct {
	body    string
	pos     int
	line    int // of pos, from 1
	line0   int // first byte of the line
	mark    int // a byte of the line whose column is known
	markCol int // that column, from 1
	depth   int
	spoilt  bool // by something that is left to the parser

	nodes []yaml.Node  // memory of the nodes
	links []*yaml.Node // memory of their contents
	stack []*yaml.Node // contents of collections that are still open
}

const (
	quickDepth = 24  // collections within collections
	quickKey   = 128 // bytes of a key
)

// read returns the root of a text, nil where the text is left to the parser.
// The text is valid UTF-8 without carriage returns.
func (q *quick) read(body string) *yaml.Node {
	if !quickBytes(body) {
		return nil
	}
	*q = quick{body: body, line: 1, markCol: 1, nodes: q.nodes[:0], links: q.links[:0], stack: q.stack[:0]}
	if q.nextLine() != 0 {
		return nil
	}
	root := q.block()
	if q.spoilt || q.pos < len(body) || root.Kind != yaml.MappingNode {
		return nil
	}
	return root
}

// quickBytes refuses tabs and what YAML does not let a text hold.
func quickBytes(body string) bool {
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c < ' ' && c != '\n' || c == 0x7f:
			return false
		case c == 0xc2 && body[i+1] < 0xa0, c == 0xef && (body[i+1] == 0xbb || body[i+1:i+3] >= "\xbf\xbe"):
			return false // C1 controls; U+FEFF and its neighbours, U+FFFE, U+FFFF
		}
	}
	return true
}

// spoil leaves the text to the parser: nothing more is read.
func (q *quick) spoil() { q.spoilt, q.pos = true, len(q.body) }

// rest is what is not read yet; after spoil, pos may be beyond the end.
func (q *quick) rest() string { return q.body[min(q.pos, len(q.body)):] }

// at is the byte n after pos; a line end after the end of the text.
func (q *quick) at(n int) byte {
	if q.pos+n < len(q.body) {
		return q.body[q.pos+n]
	}
	return '\n'
}

// indent is the column of pos, from 0, in a line that is ASCII before pos; -1
// at the end of the text.
func (q *quick) indent() int {
	if q.pos >= len(q.body) {
		return -1
	}
	return q.pos - q.line0
}

func (q *quick) skipSpaces() {
	for q.at(0) == ' ' {
		q.pos++
	}
}

// newline goes on to the next line, past the rest of this one.
func (q *quick) newline() {
	if n := strings.IndexByte(q.rest(), '\n'); n >= 0 {
		q.pos += n + 1
	} else {
		q.pos = len(q.body)
	}
	q.line++
	q.line0, q.mark, q.markCol = q.pos, q.pos, 1
}

// nextLine goes from the start of a line to the first character of it or a
// later one that is no comment, and returns its indent; -1 if there is none.
func (q *quick) nextLine() int {
	for {
		q.skipSpaces()
		if q.pos >= len(q.body) {
			return -1
		}
		if c := q.at(0); c != '\n' && c != '#' {
			return q.indent()
		}
		q.newline()
	}
}

// endLine goes to the next line that holds anything. What is left of this one
// must be blank or a comment.
func (q *quick) endLine() {
	from := q.pos
	q.skipSpaces()
	if c := q.at(0); c != '\n' && (c != '#' || q.pos == from) {
		q.spoil()
	}
	q.newline()
	q.nextLine()
}

// space goes past spaces, line ends and comments within a flow collection.
func (q *quick) space() {
	for !q.spoilt {
		from := q.pos
		q.skipSpaces()
		switch c := q.at(0); {
		case q.pos >= len(q.body):
			q.spoil()
		case c == '\n', c == '#' && q.pos > from:
			q.newline()
			if q.nextLine() < 1 {
				q.spoil()
			}
		default:
			return
		}
	}
}

// node makes a node that begins at pos.
func (q *quick) node(kind yaml.Kind, style yaml.Style) *yaml.Node {
	if len(q.nodes) == cap(q.nodes) { // the nodes so far stay where they are
		q.nodes = make([]yaml.Node, 0, max(512, 2*cap(q.nodes)))
	}
	if !q.spoilt {
		q.markCol += utf8.RuneCountInString(q.body[q.mark:q.pos])
		q.mark = q.pos
	}
	q.nodes = append(q.nodes, yaml.Node{Kind: kind, Style: style, Line: q.line, Column: q.markCol})
	return &q.nodes[len(q.nodes)-1]
}

// scalar completes a scalar node with its value.
func (q *quick) scalar(n *yaml.Node, value string) *yaml.Node {
	n.Value = value
	if n.Style == 0 {
		switch value {
		case "null", "Null", "NULL", "~":
			n.Tag = "!!null"
		}
	}
	return n
}

// open begins a collection; close gives it the nodes pushed on the stack since.
func (q *quick) open() int {
	if q.depth++; q.depth > quickDepth {
		q.spoil()
	}
	return len(q.stack)
}

func (q *quick) push(n *yaml.Node) { q.stack = append(q.stack, n) }

func (q *quick) close(n *yaml.Node, open int) *yaml.Node {
	q.depth--
	from := len(q.links)
	q.links = append(q.links, q.stack[open:]...)
	q.stack = q.stack[:open]
	n.Content = q.links[from:len(q.links):len(q.links)]
	return n
}

// block reads the block collection that begins at pos, its indent that of pos.
func (q *quick) block() *yaml.Node {
	if q.dash() {
		return q.blockList()
	}
	return q.blockMap()
}

func (q *quick) dash() bool { return q.at(0) == '-' && (q.at(1) == ' ' || q.at(1) == '\n') }

func (q *quick) blockList() *yaml.Node {
	n, indent, open := q.node(yaml.SequenceNode, 0), q.indent(), q.open()
	for !q.spoilt && q.indent() == indent && q.dash() {
		q.pos++
		q.skipSpaces()
		if q.keyLen() > 0 {
			q.push(q.blockMap())
		} else {
			q.push(q.lineValue())
		}
	}
	if q.indent() > indent {
		q.spoil()
	}
	return q.close(n, open)
}

func (q *quick) blockMap() *yaml.Node {
	n, indent, open := q.node(yaml.MappingNode, 0), q.indent(), q.open()
	for !q.spoilt && q.indent() == indent {
		q.key()
		from := q.pos
		q.skipSpaces()
		if c := q.at(0); c != '\n' && (c != '#' || q.pos == from) {
			q.push(q.lineValue())
			continue
		}
		q.endLine()
		if deeper := q.indent(); deeper > indent || deeper == indent && q.dash() {
			q.push(q.block())
		} else {
			q.spoil()
		}
	}
	if q.indent() > indent {
		q.spoil()
	}
	return q.close(n, open)
}

// keyLen is the length of the key at pos, 0 if there is none that ends in a
// colon.
func (q *quick) keyLen() int {
	i := 0
	for ; i < quickKey; i++ {
		c := q.at(i)
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '_' && c != '.' && c != '-') {
			break
		}
	}
	if i > 0 && q.at(i) == ':' && (q.at(i+1) == ' ' || q.at(i+1) == '\n') {
		return i
	}
	return 0
}

// key reads a key and its colon.
func (q *quick) key() {
	length := q.keyLen()
	if length == 0 {
		q.spoil()
		return
	}
	q.push(q.scalar(q.node(yaml.ScalarNode, 0), q.body[q.pos:q.pos+length]))
	q.pos += length + 1
}

// lineValue reads a value in block context, and goes to the next line.
func (q *quick) lineValue() *yaml.Node {
	n := q.value(false)
	q.endLine()
	return n
}

func (q *quick) value(inFlow bool) *yaml.Node {
	switch q.at(0) {
	case '[':
		return q.flowList()
	case '{':
		return q.flowMap()
	case '"':
		return q.doubleQuoted()
	case '\'':
		return q.singleQuoted()
	default:
		return q.plain(inFlow)
	}
}

func (q *quick) flowList() *yaml.Node {
	n, open := q.node(yaml.SequenceNode, yaml.FlowStyle), q.open()
	q.pos++
	for q.space(); !q.spoilt && q.at(0) != ']'; q.space() {
		q.push(q.value(true))
		q.separator(']')
	}
	q.pos++
	return q.close(n, open)
}

func (q *quick) flowMap() *yaml.Node {
	n, open := q.node(yaml.MappingNode, yaml.FlowStyle), q.open()
	q.pos++
	for q.space(); !q.spoilt && q.at(0) != '}'; q.space() {
		q.key()
		q.space()
		q.push(q.value(true))
		q.separator('}')
	}
	q.pos++
	return q.close(n, open)
}

// separator goes past a comma, or to the end of the collection.
func (q *quick) separator(end byte) {
	q.space()
	switch q.at(0) {
	case ',':
		q.pos++
	case end:
	default:
		q.spoil()
	}
}

// plain reads a plain scalar that ends in its line.
func (q *quick) plain(inFlow bool) *yaml.Node {
	n := q.node(yaml.ScalarNode, 0)
	first := q.at(0)
	digit := first
	if first == '-' {
		digit = q.at(1)
	}
	if letter := 'a' <= first|0x20 && first|0x20 <= 'z'; !letter && first != '(' && first < utf8.RuneSelf && (digit < '0' || digit > '9') {
		q.spoil()
	}
	from := q.pos
	for ; !q.spoilt; q.pos++ {
		switch c := q.at(0); {
		case c == '\n':
			if inFlow { // the next line may go on with it
				q.spoil()
			}
			return q.scalar(n, strings.TrimRight(q.body[from:q.pos], " "))
		case c == '#' && q.body[q.pos-1] == ' ':
			q.pos--
			return q.scalar(n, strings.TrimRight(q.body[from:q.pos], " "))
		case c == ':' && (inFlow || q.at(1) == ' ' || q.at(1) == '\n'):
			q.spoil()
		case inFlow && (c == ',' || c == ']' || c == '}'):
			return q.scalar(n, strings.TrimRight(q.body[from:q.pos], " "))
		case inFlow && (c == '[' || c == '{' || c == '?' || c == '#'):
			q.spoil()
		}
	}
	return n
}

// doubleQuoted reads a scalar in double quotes that ends in its line.
func (q *quick) doubleQuoted() *yaml.Node {
	n := q.node(yaml.ScalarNode, yaml.DoubleQuotedStyle)
	q.pos++
	rest := q.rest()
	end := strings.IndexAny(rest, "\"\\\n")
	if end >= 0 && rest[end] == '"' {
		q.pos += end + 1
		return q.scalar(n, rest[:end])
	}
	var value strings.Builder
	for ; !q.spoilt; q.pos++ {
		switch c := q.at(0); c {
		case '"':
			q.pos++
			return q.scalar(n, value.String())
		case '\n':
			q.spoil()
		case '\\':
			q.pos++
			switch q.at(0) {
			case '"', '\\':
				value.WriteByte(q.at(0))
			default:
				q.spoil()
			}
		default:
			value.WriteByte(c)
		}
	}
	return n
}

// singleQuoted reads a scalar in single quotes that ends in its line.
func (q *quick) singleQuoted() *yaml.Node {
	n := q.node(yaml.ScalarNode, yaml.SingleQuotedStyle)
	q.pos++
	var value strings.Builder
	for ; !q.spoilt; q.pos++ {
		switch c := q.at(0); {
		case c == '\'' && q.at(1) != '\'':
			q.pos++
			return q.scalar(n, value.String())
		case c == '\'':
			q.pos++
			value.WriteByte(c)
		case c == '\n':
			q.spoil()
		default:
			value.WriteByte(c)
		}
	}
	return n
}
