package rule

import (
	"bytes"
	"strings"
	"sync"

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

// Blocks that brief leaves out.
const (
	testsKey    = "tests:"
	patternsKey = "patterns:"
	groupsKey   = "groups:" // of a list
)

// brief takes the patterns out of a rule file, or the entries out of a list, and
// the tests if they are not wanted. It leaves the names and languages, and all
// line ends, so that positions stay true. It says whether the file is written as
// it expects: a name and a language have a line of their own, two and four
// spaces in, or a name has all it says in braces, which stay.
func brief(body []byte, untested bool) (text string, ok bool) {
	var kept strings.Builder
	block, braces := "", false
	for len(body) > 0 {
		line, rest, more := bytes.Cut(body, []byte{'\n'})
		body = rest
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		empty := indent == len(line) || line[indent] == '#'
		inList := block == testsKey && indent == 0 && !empty && line[0] == '-'
		if indent == 0 && !empty && !inList {
			switch block = string(line); {
			case block == patternsKey || block == groupsKey:
				ok = true
			case block != testsKey || !untested:
				block = ""
			}
			if block != testsKey {
				kept.Write(line)
			}
		} else if block == "" {
			kept.Write(line)
		} else if block != testsKey && !empty {
			colon := bytes.IndexByte(line, ':')
			switch {
			case indent > 2 && braces:
				kept.Write(line)
			case indent > 4:
			case indent == 2 && colon > 0 && len(bytes.TrimSpace(line[colon+1:])) == 0:
				kept.Write(line[:colon+1])
				braces = false
			case indent == 2 && colon > 0 && bytes.HasPrefix(line[colon+1:], []byte(" {")):
				kept.Write(line)
				braces = true
			case indent == 4 && colon > 0:
				kept.Write(line[:colon+1])
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

// source is the whole text of a file.
func (f *file) source() source.Text {
	if !f.brief {
		return f.text
	}
	if f.folder.Fixed {
		var body bytes.Buffer
		if content, err := f.content(&body); err == nil {
			return source.Text{Name: f.text.Name, Body: string(content)}
		}
	}
	return source.Text{Name: f.text.Name, Body: f.original}
}

// again reads a file that is known to be valid once more, with its patterns.
func (f *file) again() parsedFile {
	folder := *f.folder
	folder.Untested = true
	whole := newFile(&folder, f.path)
	whole.original = f.original
	whole.work = workspaces.Get().(*workspace)
	parsed := whole.parse()
	workspaces.Put(whole.work)
	whole.work = nil
	return parsed
}

var workspaces = sync.Pool{New: func() any { return newWorkspace() }}
