package export

import (
	"bytes"
	"path"
	"strings"
)

// sample is the head of a file in the views that recognition asks for, each
// made once.
type sample struct {
	name  string // as shown; for what only a name can tell, never for the format alone
	raw   []byte
	words []byte // raw as UTF-8 text
	shape *jsonShape
	shown [][]byte // lines
}

func newSample(name string, head []byte) *sample { return &sample{name: name, raw: head} }

// base is the last element of the file's name.
func (s *sample) base() string { return path.Base(s.name) }

// magic says whether the file begins with the bytes.
func (s *sample) magic(bytes string) bool {
	return strings.HasPrefix(string(s.raw[:min(len(s.raw), 64)]), bytes)
}

// cut says whether the sample ends before the file does.
func (s *sample) cut() bool { return len(s.raw) >= headSize }

// text is the head as UTF-8.
func (s *sample) text() []byte {
	if s.words == nil {
		s.words = decodeHead(s.raw)
	}
	return s.words
}

// start is the text without white space before it.
func (s *sample) start() []byte { return bytes.TrimLeft(s.text(), " \t\r\n") }

// lines are the first lines, at most 400, without their ends; a line that the
// sample cuts off is left out unless it is the only one.
func (s *sample) lines() [][]byte {
	if s.shown != nil {
		return s.shown
	}
	rest := s.text()
	for len(rest) > 0 && len(s.shown) < 400 {
		line, after, found := bytes.Cut(rest, []byte("\n"))
		if !found && s.cut() && len(s.shown) > 0 {
			break
		}
		s.shown = append(s.shown, bytes.TrimSuffix(line, []byte("\r")))
		rest = after
	}
	return s.shown
}

// firstLine is the first line that is not blank.
func (s *sample) firstLine() []byte {
	for _, line := range s.lines() {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			return line
		}
	}
	return nil
}

// keys is the shape of the head as JSON; nil if it is none.
func (s *sample) keys() *jsonShape {
	if s.shape == nil {
		s.shape = shapeOf(s.start())
	}
	if s.shape.kind == 0 {
		return nil
	}
	return s.shape
}

// has says whether all paths were met, such as messages[].text. For JSON lines
// the paths of all lines count.
func (s *sample) has(paths ...string) bool {
	shape := s.keys()
	if shape == nil {
		return false
	}
	for _, p := range paths {
		if !shape.paths[p] {
			return false
		}
	}
	return true
}

// rowNames are the paths of scalars in the rows of the head, in the order met:
// at the top, or in the elements of a top-level array.
func (s *sample) rowNames() (names []string) {
	shape := s.keys()
	if shape == nil {
		return nil
	}
	for _, p := range shape.scalars {
		p = strings.TrimPrefix(p, "[].")
		if !strings.Contains(p, "[]") && p != "" {
			names = append(names, p)
		}
	}
	return names
}

// oneObjectALine says whether every line of the head that is not cut off is
// blank or begins and ends as an object does.
func (s *sample) oneObjectALine() bool {
	all := s.lines()
	objects := 0
	for i, line := range all {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		last := i == len(all)-1
		if line[0] == '{' && (line[len(line)-1] == '}' || last) {
			objects++
		} else if objects == 0 {
			return false
		}
	}
	return objects > 0
}
