package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unsafe"

	"github.com/hookline/hookline/detector/source"
)

// withoutTests takes the tests block out of a rule file and leaves its line
// ends, so that positions stay true.
func withoutTests(body string) string {
	start := strings.Index(body, "\n"+testsKey+"\n") + 1
	if start == 0 {
		return body
	}
	end := start + len(testsKey) + 1
	for end < len(body) && (body[end] == ' ' || body[end] == '\n' || body[end] == '#' || body[end] == '-') {
		next := strings.IndexByte(body[end:], '\n')
		if next < 0 {
			return body[:start]
		}
		end += next + 1
	}
	if end == len(body) {
		return body[:start]
	}
	return body[:start] + strings.Repeat("\n", strings.Count(body[start:end], "\n")) + body[end:]
}

// Blocks that are left out.
const (
	testsKey    = "tests:"
	patternsKey = "patterns:"
	groupsKey   = "groups:" // of a list
)

// brief takes the patterns out of a rule file, or the entries out of a list. It
// leaves the names and languages, and all line ends, so that positions stay true.
// It says whether the file is written as it expects: a name and a language have a
// line of their own, two and four spaces in, or a name has all it says in braces,
// which stay.
func brief(body string) (text string, ok bool) {
	var kept strings.Builder
	inside, braces := false, false
	for len(body) > 0 {
		line, rest, more := strings.Cut(body, "\n")
		body = rest
		indent := len(line) - len(strings.TrimLeft(line, " "))
		empty := indent == len(line) || line[indent] == '#'
		if indent == 0 && !empty {
			inside = line == patternsKey || line == groupsKey
			ok = ok || inside
			kept.WriteString(line)
		} else if !inside {
			kept.WriteString(line)
		} else if !empty {
			colon := strings.IndexByte(line, ':')
			switch {
			case indent > 2 && braces:
				kept.WriteString(line)
			case indent > 4:
			case indent == 2 && colon > 0 && len(strings.TrimSpace(line[colon+1:])) == 0:
				kept.WriteString(line[:colon+1])
				braces = false
			case indent == 2 && colon > 0 && strings.HasPrefix(line[colon+1:], " {"):
				kept.WriteString(line)
				braces = true
			case indent == 4 && colon > 0:
				kept.WriteString(line[:colon+1])
				kept.WriteString(" 0")
			default:
				return "", false
			}
		}
		if more {
			kept.WriteByte('\n')
		}
	}
	return kept.String(), ok
}

// Brief returns what LoadKnown makes the set of again without its files: the
// hash, and of each file a line (the number of its folder, whether it is brief,
// the bytes of its text, its path) and the text.
func (s *Set) Brief() []byte {
	out := []byte(s.Hash + "\n")
	for _, f := range s.files {
		whole := f.whole()
		text := whole
		if f.folder.Untested {
			text = withoutTests(whole)
		}
		text, short := brief(text)
		if !short {
			text = whole
		}
		out = fmt.Appendf(out, "%d %t %d %s\n%s", f.folder.number, short, len(text), f.path, text)
	}
	return out
}

// restore gives the set the files of a Brief of these folders, of which those
// that are not fixed have been read. It keeps the bytes, as strings. It says
// whether they are a Brief of these folders.
func (b *builder) restore(kept []byte, folders []Folder, read [][]*file) bool {
	hash, rest, ok := strings.Cut(unsafe.String(unsafe.SliceData(kept), len(kept)), "\n")
	var files []*file
	for rest != "" && ok {
		var head string
		head, rest, _ = strings.Cut(rest, "\n")
		fields := strings.SplitN(head, " ", 4)
		if len(fields) < 4 {
			return false
		}
		number, err := strconv.Atoi(fields[0])
		size, otherErr := strconv.Atoi(fields[2])
		if err != nil || otherErr != nil || number < 0 || number >= len(folders) || size < 0 || size > len(rest) {
			return false
		}
		f := newFile(&folders[number], fields[3])
		if !f.folder.Fixed {
			at := slices.IndexFunc(read[number], func(other *file) bool { return other.path == f.path })
			if at < 0 {
				return false
			}
			f.original = read[number][at].text.Body
		}
		f.brief = fields[1] == "true"
		f.text.Body, rest = rest[:size], rest[size:]
		files = append(files, f)
	}
	if b.known = ok; ok {
		b.set.Hash, b.set.files = hash, files
	}
	return ok
}

// source is the whole text of a file.
func (f *file) source() source.Text { return source.Text{Name: f.text.Name, Body: f.whole()} }

func (f *file) whole() string {
	switch {
	case !f.brief:
		return f.text.Body
	case f.folder.Fixed:
		content, _ := f.content() // that could be read before
		return content
	default:
		return f.original
	}
}

// again reads a file that is known to be valid once more, with its patterns.
func (f *file) again() parsedFile {
	folder := *f.folder
	folder.Untested = true
	whole := newFile(&folder, f.path)
	whole.text.Body = f.whole()
	whole.work = workspaces.Get().(*workspace)
	parsed := whole.parse()
	workspaces.Put(whole.work)
	whole.work = nil
	return parsed
}

var workspaces = sync.Pool{New: func() any { return newWorkspace() }}
