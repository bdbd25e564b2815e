package export

import "bytes"

// jsonShape is what the beginning of a JSON text looks like: which paths it
// has. Paths are written chats.list[].messages[].text.
type jsonShape struct {
	kind    byte // '{' or '['; 0 if it is no JSON
	paths   map[string]bool
	scalars []string          // paths of strings, numbers and words, in the order met
	strings map[string]string // the first string at each path, short ones only
}

// shapeDepth and shapePaths bound what recognition looks at.
const (
	shapeDepth = 9
	shapePaths = 600
)

// shapeOf reads as much as there is; the text may end anywhere, and several
// values may follow each other.
func shapeOf(text []byte) *jsonShape {
	s := &jsonShape{paths: map[string]bool{}, strings: map[string]string{}}
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return s
	}
	w := shapeWalker{text: text, shape: s}
	kind := text[0]
	for w.at < len(text) {
		w.space()
		if w.at < len(text) && !w.value("", 0) {
			// A fault after a good beginning: a broken row among others.
			if next := bytes.IndexByte(text[w.at:], '\n'); next >= 0 && len(s.paths) > 0 {
				w.at += next
				continue
			}
			break
		}
		w.space()
	}
	if len(s.paths) > 0 || len(bytes.Trim(text, "[]{} \r\n\t")) == 0 {
		s.kind = kind
	}
	return s
}

type shapeWalker struct {
	text  []byte
	at    int
	shape *jsonShape
}

func (w *shapeWalker) space() {
	for w.at < len(w.text) && bytes.IndexByte([]byte(" \t\r\n"), w.text[w.at]) >= 0 {
		w.at++
	}
}

// value walks over a value; false where the text is no JSON or ends.
func (w *shapeWalker) value(path string, depth int) bool {
	if w.at >= len(w.text) || depth > 200 {
		return false
	}
	switch w.text[w.at] {
	case '{':
		return w.object(path, depth)
	case '[':
		return w.array(path+"[]", depth)
	case '"':
		word, ok := w.string()
		w.scalar(path, depth)
		if _, known := w.shape.strings[path]; ok && !known && len(word) < 200 && depth <= shapeDepth && len(w.shape.strings) < shapePaths {
			w.shape.strings[path] = string(word)
		}
		return ok
	default:
		start := w.at
		for w.at < len(w.text) && bytes.IndexByte([]byte("0123456789+-.eEtrufalsn"), w.text[w.at]) >= 0 {
			w.at++
		}
		w.scalar(path, depth)
		return w.at > start && w.at < len(w.text)
	}
}

func (w *shapeWalker) scalar(path string, depth int) {
	s := w.shape
	if depth > shapeDepth || len(s.scalars) >= shapePaths {
		return
	}
	if key := "\x00" + path; !s.paths[key] {
		s.paths[key] = true
		s.scalars = append(s.scalars, path)
	}
}

func (w *shapeWalker) object(path string, depth int) bool {
	w.at++
	for {
		w.space()
		if w.at < len(w.text) && w.text[w.at] == '}' {
			w.at++
			return true
		}
		key, ok := w.string()
		if !ok {
			return false
		}
		full := string(key)
		if path != "" {
			full = path + "." + full
		}
		if depth < shapeDepth && len(w.shape.paths) < 3*shapePaths {
			w.shape.paths[full] = true
		} else {
			full = path
		}
		w.space()
		if w.at >= len(w.text) || w.text[w.at] != ':' {
			return false
		}
		w.at++
		w.space()
		if !w.value(full, depth+1) || !w.comma('}') {
			return false
		}
	}
}

func (w *shapeWalker) array(path string, depth int) bool {
	w.at++
	for {
		w.space()
		if w.at < len(w.text) && w.text[w.at] == ']' {
			w.at++
			return true
		}
		if !w.value(path, depth+1) || !w.comma(']') {
			return false
		}
	}
}

// comma passes over a comma, or stays before the closing bracket.
func (w *shapeWalker) comma(closing byte) bool {
	w.space()
	switch {
	case w.at >= len(w.text):
		return false
	case w.text[w.at] == ',':
		w.at++
		return true
	default:
		return w.text[w.at] == closing
	}
}

// string walks over a string and returns what stands between its quotes.
func (w *shapeWalker) string() ([]byte, bool) {
	if w.at >= len(w.text) || w.text[w.at] != '"' {
		return nil, false
	}
	start := w.at + 1
	for i := start; i < len(w.text); i++ {
		switch w.text[i] {
		case '\\':
			i++
		case '"':
			w.at = i + 1
			return w.text[start:i], true
		}
	}
	w.at = len(w.text)
	return nil, false
}
