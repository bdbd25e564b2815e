package export

import (
	"io"
	"slices"
	"strings"
)

// xmlRecord is an element and the texts within it, by path: company/name. The
// prefixes of namespaces are dropped.
type xmlRecord struct {
	name  string
	line  int
	paths []string
	texts map[string]string
	size  int
}

// text is the text at a path; empty if there is none. Several are joined by
// line ends.
func (r *xmlRecord) text(path string) string { return strings.TrimSpace(r.texts[path]) }

// find is the text of the first path that ends in one of the names, in the
// order of the names. They are compared in lower case.
func (r *xmlRecord) find(names ...string) string {
	for _, name := range names {
		for _, path := range r.paths {
			lower := strings.ToLower(path)
			if lower == name || strings.HasSuffix(lower, "/"+name) {
				if text := strings.TrimSpace(r.texts[path]); text != "" {
					return text
				}
			}
		}
	}
	return ""
}

func (r *xmlRecord) add(path, text string) {
	if old, known := r.texts[path]; known {
		text = old + "\n" + text
	} else {
		r.paths = append(r.paths, path)
	}
	r.texts[path] = text
}

// bareName drops the prefix of a namespace.
func bareName(name string) string { return name[strings.LastIndexByte(name, ':')+1:] }

// xmlRecords calls do for each outermost element of one of the names.
func (u *unit) xmlRecords(f *file, names []string, do func(*xmlRecord) error) error {
	in, closer, err := f.reader()
	if err != nil {
		return err
	}
	defer closer.Close()
	x := newXMLReader(in, u.r.limits.Record)
	b := xmlBuilder{names: names, limit: x.limit, depth: u.r.limits.Depth}
	for {
		t, err := x.next()
		switch {
		case err == io.EOF && b.record != nil:
			return u.failLine(f, b.record.line, "the file ends in the middle")
		case err == io.EOF:
			return nil
		case err != nil:
			return u.broken(f, x.line, 0, err)
		}
		done := b.add(t)
		switch {
		case done == nil:
		case done.size > x.limit:
			err = u.failLine(f, done.line, "element is above the limit")
		default:
			err = do(done)
		}
		if err != nil {
			return err
		}
	}
}

// xmlBuilder puts records together tag by tag.
type xmlBuilder struct {
	names  []string
	limit  int
	depth  int
	record *xmlRecord
	open   []string // elements within the record
}

// add takes a tag or a text; it returns the record that it ends.
func (b *xmlBuilder) add(t *xmlToken) *xmlRecord {
	name := bareName(t.name)
	r := b.record
	switch {
	case r == nil:
		if t.kind == '<' && !t.alone && slices.Contains(b.names, name) {
			b.record, b.open = &xmlRecord{name: name, line: t.line, texts: map[string]string{}}, b.open[:0]
		}
		return nil
	case t.kind == 't':
		if r.size += len(t.text); r.size <= b.limit {
			r.add(strings.Join(b.open, "/"), t.text)
		}
		return nil
	case t.kind == '<':
		if !t.alone && len(b.open) < b.depth {
			b.open = append(b.open, name)
		}
		return nil
	}
	if i := lastIndex(b.open, name); i >= 0 {
		b.open = b.open[:i]
		return nil
	}
	if len(b.open) > 0 && name != r.name {
		return nil // an end without a beginning
	}
	b.record = nil
	return r
}

func lastIndex(list []string, want string) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] == want {
			return i
		}
	}
	return -1
}
