package rule

import (
	"strings"
	"sync"
)

// withoutTests takes the tests block out of a rule file and leaves its line
// ends, so that positions stay true.
func withoutTests(body string) string {
	start := strings.Index(body, "\ntests:\n") + 1
	if start == 0 {
		return body
	}
	end := start + len("tests:\n")
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

// withoutPatterns takes the patterns out of a rule file, or the entries out of
// a list, and leaves their names and languages, and all line ends, so that
// positions stay true. It says whether the file is written as it expects: a name
// and a language have a line of their own, two and four spaces in, or a name
// has all it says in braces, which stay.
func withoutPatterns(body string) (brief string, ok bool) {
	start, key := 0, ""
	for _, key = range []string{"patterns:\n", "groups:\n"} {
		if start = strings.Index(body, "\n"+key) + 1; start > 0 {
			break
		}
	}
	if start == 0 {
		return body, false
	}
	var kept strings.Builder
	at, braces := start+len(key), false
	kept.WriteString(body[:at])
	for at < len(body) {
		line, _, _ := strings.Cut(body[at:], "\n")
		indent := len(line) - len(strings.TrimLeft(line, " "))
		switch name, value, found := strings.Cut(line, ":"); {
		case line == "" || line[indent:] == "" || line[indent] == '#':
		case indent > 2 && braces:
			kept.WriteString(line)
		case indent > 4:
		case indent == 0:
			kept.WriteString(body[at:])
			return kept.String(), true
		case indent == 2 && found && strings.TrimSpace(value) == "":
			kept.WriteString(name + ":")
			braces = false
		case indent == 2 && found && strings.HasPrefix(value, " {"):
			kept.WriteString(line)
			braces = true
		case indent == 4 && found:
			kept.WriteString(name + ": 0")
		default:
			return body, false
		}
		if at += len(line); at < len(body) {
			kept.WriteByte('\n')
			at++
		}
	}
	return kept.String(), true
}

// again reads a file that is known to be valid once more, with its patterns.
func (f *file) again() parsedFile {
	whole := newFile(f.text.Name, f.path, f.text.Body)
	whole.untested = true
	whole.work = workspaces.Get().(*workspace)
	parsed := whole.parse()
	workspaces.Put(whole.work)
	whole.work = nil
	return parsed
}

var workspaces = sync.Pool{New: func() any { return newWorkspace() }}
