package rule

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector/source"
)

// Bounds of what is read. A folder beyond them is refused, not cut.
const (
	maxFileBytes  = 1 << 20
	maxFiles      = 20_000
	maxFolder     = 64 << 20 // bytes of all files
	maxFileFaults = 200      // faults shown of one file
	maxText       = 2_000    // code points of a title or description
	maxItems      = 5_000    // items of a YAML list, fields of a mapping
)

// file is one YAML file while it is read, and the place that its patterns
// point into afterwards.
type file struct {
	text     source.Text // that is parsed
	folder   *Folder
	path     string // in its folder, slashes
	original string // the whole text, where it was read
	brief    bool   // its patterns are left for later, and text is without them
	lines    []int  // byte offset of each line's first byte
	id       string // of what the file defines, for faults
	faults   ErrorList
	work     *workspace // while it is parsed
}

func newFile(folder *Folder, name string) *file {
	return &file{text: source.Text{Name: path.Join(folder.Name, name)}, folder: folder, path: name, lines: []int{0}}
}

// countLines finds the lines of the text.
func (f *file) countLines() {
	body := f.text.Body
	f.lines = append(make([]int, 0, 1+strings.Count(body, "\n")), 0)
	for at := 0; ; {
		cut := strings.IndexByte(body[at:], '\n')
		if cut < 0 {
			return
		}
		at += cut + 1
		f.lines = append(f.lines, at)
	}
}

// position resolves a byte offset.
func (f *file) position(offset int) source.Position {
	offset = min(offset, len(f.text.Body))
	line, found := slices.BinarySearch(f.lines, offset)
	if !found {
		line--
	}
	col := utf8.RuneCountInString(f.text.Body[f.lines[line]:offset]) + 1
	return source.Position{File: f.text.Name, Line: line + 1, Col: col}
}

// start is the byte offset of a node. YAML columns count code points.
func (f *file) start(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(f.lines) {
		return len(f.text.Body)
	}
	return f.offsetOf(source.Position{Line: n.Line, Col: n.Column})
}

func (f *file) pos(n *yaml.Node) source.Position {
	return source.Position{File: f.text.Name, Line: n.Line, Col: n.Column}
}

// contentPos is the place of a scalar's content, else of the node.
func (f *file) contentPos(n *yaml.Node) source.Position {
	start, _ := f.extent(n)
	return f.position(start)
}

// line is the text of the line that an offset lies in.
func (f *file) line(offset int) string { return f.text.Line(f.position(offset).Line) }

// fault notes a fault of the bytes [start, end) of the file and returns it, so
// that a hint can be added.
func (f *file) fault(start, end int, format string, args ...any) *Error {
	pos := f.position(start)
	e := &Error{Pos: pos, Text: fmt.Sprintf(format, args...), Line: f.text.Line(pos.Line)}
	e.Width = f.width(start, end)
	if len(f.faults) < maxFileFaults {
		f.faults = append(f.faults, e)
	} else if len(f.faults) == maxFileFaults {
		f.faults = append(f.faults, &Error{Pos: pos, Text: "too many faults: the rest of the file is not shown",
			Line: e.Line, Width: 1})
	}
	return e
}

// width counts the code points of [start, end) on the line of start.
func (f *file) width(start, end int) int {
	body := f.text.Body
	end = max(start, min(end, len(body)))
	text, _, _ := strings.Cut(body[start:end], "\n")
	return max(1, utf8.RuneCountInString(strings.TrimRight(text, "\r")))
}

// wrong notes a fault of a node: of a scalar's content, else of its start.
func (f *file) wrong(n *yaml.Node, format string, args ...any) *Error {
	start, end := f.extent(n)
	return f.fault(start, end, format, args...)
}

// extent is the bytes of a scalar's content, else the start of the node.
func (f *file) extent(n *yaml.Node) (start, end int) {
	at := f.start(n)
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		return at, at + 1
	}
	s := f.scalar(n)
	return s.offset(n.Value, 0), s.offset(n.Value, len(n.Value))
}

// place is a node as the other place of a fault.
func (f *file) place(n *yaml.Node, text string) *Place {
	start, end := f.extent(n)
	return &Place{Pos: f.position(start), Text: text, Line: f.line(start), Width: f.width(start, end)}
}

// faultAt is fault at a position of this file.
func (f *file) faultAt(pos source.Position, width int, format string, args ...any) *Error {
	at := f.offsetOf(pos)
	return f.fault(at, at+width, format, args...)
}

// placeAt is a position of this file as the other place of a fault.
func (f *file) placeAt(pos source.Position, width int, text string) *Place {
	at := f.offsetOf(pos)
	return &Place{Pos: pos, Text: text, Line: f.text.Line(pos.Line), Width: f.width(at, at+width)}
}

// offsetOf is the byte offset of a position of this file.
func (f *file) offsetOf(pos source.Position) int {
	at := f.lines[pos.Line-1]
	for range pos.Col - 1 {
		_, size := utf8.DecodeRuneInString(f.text.Body[at:])
		at += size
	}
	return at
}

// field is a key that a mapping may have.
type field struct {
	name     string
	required bool
	read     func(*yaml.Node)
}

// fields reads a mapping with known keys, in the order of the file.
func (f *file) fields(n *yaml.Node, what string, known ...field) {
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = k.name
	}
	seen := make([]bool, len(known))
	ok := f.pairs(n, what, func(key, value *yaml.Node) {
		i := slices.Index(names, key.Value)
		if i < 0 {
			f.wrong(key, "%s has no field %q", what, key.Value).Hint = oneOf(key.Value, names)
			return
		}
		seen[i] = true
		known[i].read(value)
	})
	for i, k := range known {
		if ok && k.required && !seen[i] {
			f.wrong(n, "%s lacks the field %q", what, k.name)
		}
	}
}

// pairs reads a mapping in the order of the file, refusing keys that are not
// plain text and those that come twice.
func (f *file) pairs(n *yaml.Node, what string, each func(key, value *yaml.Node)) bool {
	if n.Kind != yaml.MappingNode {
		f.wrong(n, "%s must be a mapping, not %s", what, kindOf(n))
		return false
	}
	if len(n.Content) > 2*maxItems {
		f.wrong(n, "%s has more than %d keys", what, maxItems)
		return false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch other := sameKey(n.Content[:i], key); {
		case key.Kind != yaml.ScalarNode:
			f.wrong(key, "a key must be plain text, not %s", kindOf(key))
		case other != nil:
			f.wrong(key, "duplicate key %q", key.Value).Other = f.place(other, "first given here")
		default:
			each(key, value)
		}
	}
	return true
}

// sameKey is the key among those before that says the same, nil for none.
func sameKey(before []*yaml.Node, key *yaml.Node) *yaml.Node {
	for i := 0; i < len(before); i += 2 {
		if before[i].Value == key.Value && before[i].Kind == yaml.ScalarNode {
			return before[i]
		}
	}
	return nil
}

// items reads a sequence.
func (f *file) items(n *yaml.Node, what string, most int) []*yaml.Node {
	switch {
	case n.Kind != yaml.SequenceNode:
		f.wrong(n, "%s must be a list, not %s", what, kindOf(n)).Hint = "write it as [ … ]"
		return nil
	case len(n.Content) == 0:
		f.wrong(n, "the list of %s is empty", what)
		return nil
	case len(n.Content) > most:
		f.wrong(n, "%d %s, more than %d", len(n.Content), what, most)
		return nil
	}
	return n.Content
}

// str reads a text that is not empty.
func (f *file) str(n *yaml.Node, what string) (string, bool) {
	switch {
	case n.Kind != yaml.ScalarNode:
		f.wrong(n, "%s must be a text, not %s", what, kindOf(n))
	case strings.TrimSpace(n.Value) == "" || n.Tag == "!!null" && n.Style == 0:
		f.wrong(n, "%s is empty", what)
	case len(n.Value) > maxText && utf8.RuneCountInString(n.Value) > maxText:
		f.wrong(n, "%s is longer than %d characters", what, maxText)
	default:
		return n.Value, true
	}
	return "", false
}

// strs reads a list of texts.
func (f *file) strs(n *yaml.Node, what string) []string {
	var texts []string
	for _, item := range f.items(n, what+"s", maxItems) {
		if text, ok := f.str(item, what); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// number reads a number within bounds.
func (f *file) number(n *yaml.Node, what string, least, greatest float64) (float64, bool) {
	x, err := strconv.ParseFloat(n.Value, 64)
	switch {
	case n.Kind != yaml.ScalarNode || n.Style != 0 || err != nil:
		f.wrong(n, "%s must be a number", what)
	case !(least <= x && x <= greatest):
		f.wrong(n, "%s must lie between %v and %v", what, least, greatest)
	default:
		return x, true
	}
	return 0, false
}

// enum reads one of the names of a typed enum.
func enum[E ~uint8](f *file, n *yaml.Node, what string, names []string, into *E) bool {
	text, ok := f.str(n, what)
	if !ok {
		return false
	}
	i := slices.Index(names, text)
	if i < 0 {
		f.wrong(n, "unknown %s %q", what, text).Hint = oneOf(text, names)
		return false
	}
	*into = E(i)
	return true
}

func kindOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Tag == "!!null":
		return "nothing"
	default:
		return "a text"
	}
}
