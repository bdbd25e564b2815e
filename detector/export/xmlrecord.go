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
	var r *xmlRecord
	var open []string
	for {
		t, err := x.next()
		if err == io.EOF {
			if r != nil {
				return u.failLine(f, r.line, "the file ends in the middle")
			}
			return nil
		}
		if err != nil {
			return u.broken(f, x.line, 0, err)
		}
		name := bareName(t.name)
		switch {
		case r == nil:
			if t.kind == '<' && !t.alone && slices.Contains(names, name) {
				r, open = &xmlRecord{name: name, line: t.line, texts: map[string]string{}}, open[:0]
			}
			continue
		case t.kind == 't':
			if r.size += len(t.text); r.size <= x.limit {
				r.add(strings.Join(open, "/"), t.text)
			}
			continue
		case t.kind == '<' && !t.alone:
			if len(open) < u.r.limits.Depth {
				open = append(open, name)
			}
			continue
		case t.kind == '<':
			continue
		}
		if len(open) > 0 {
			if i := lastIndex(open, name); i >= 0 {
				open = open[:i]
				continue
			}
			if name != r.name {
				continue // an end without a beginning
			}
		}
		done := r
		r = nil
		if done.size > x.limit {
			err = u.failLine(f, done.line, "element is above the limit")
		} else {
			err = do(done)
		}
		if err != nil {
			return err
		}
	}
}

func lastIndex(list []string, want string) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] == want {
			return i
		}
	}
	return -1
}
