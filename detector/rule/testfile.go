package rule

import (
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector/marked"
	"github.com/hookline/hookline/detector/source"
)

const (
	maxTestMessages = 200 // of one thread
	maxAfter        = 365 * 24 * time.Hour
)

// readTests reads the four lists of tests.
func (rd *ruleReader) readTests(n *yaml.Node) {
	tests := &rd.rule.Tests
	rd.fields(n, "tests",
		field{"match", false, func(n *yaml.Node) { tests.Match = rd.readCases(n) }},
		field{"no_match", false, func(n *yaml.Node) { tests.NoMatch = rd.readCases(n) }},
		field{"todo_match", false, func(n *yaml.Node) { tests.TodoMatch = rd.readCases(n) }},
		field{"todo_no_match", false, func(n *yaml.Node) { tests.TodoNoMatch = rd.readCases(n) }},
	)
}

// readCases reads a list of tests, which are English, or language → list.
func (rd *ruleReader) readCases(n *yaml.Node) []Test {
	var tests []Test
	if n.Kind != yaml.MappingNode {
		rd.readLang(n, "en", &tests)
		return tests
	}
	rd.pairs(n, "tests", func(key, value *yaml.Node) {
		if !contains(languages, key.Value) {
			rd.unknownLanguage(key)
			return
		}
		rd.readLang(value, key.Value, &tests)
	})
	return tests
}

func (rd *ruleReader) readLang(n *yaml.Node, lang string, dst *[]Test) {
	for _, item := range rd.items(n, "tests", maxItems) {
		test := Test{Lang: lang, Pos: rd.pos(item)}
		if item.Kind == yaml.MappingNode {
			rd.fields(item, "a test", field{"thread", true, func(n *yaml.Node) {
				for _, m := range rd.items(n, "messages", maxTestMessages) {
					test.Messages = append(test.Messages, rd.readMessage(m))
				}
			}})
		} else {
			var m TestMessage
			rd.readMarked(item, &m)
			test.Messages, test.Pos = []TestMessage{m}, m.Pos
		}
		*dst = append(*dst, test)
	}
}

func (rd *ruleReader) readMessage(n *yaml.Node) TestMessage {
	var m TestMessage
	rd.fields(n, "a message",
		field{"who", true, func(n *yaml.Node) { m.Who, _ = rd.str(n, "who") }},
		field{"after", false, func(n *yaml.Node) { m.After = rd.duration(n) }},
		field{"text", true, func(n *yaml.Node) { rd.readMarked(n, &m) }},
	)
	return m
}

// readMarked reads a text with marks and checks that the rule has the marked
// patterns.
func (rd *ruleReader) readMarked(n *yaml.Node, m *TestMessage) {
	m.Pos = rd.pos(n)
	text, ok := rd.str(n, "test")
	if !ok {
		return
	}
	m.raw, m.at = text, rd.scalar(n)
	m.Pos = m.at.begin(text)
	plain, marks, err := marked.Parse(text)
	if err != nil {
		fault := err.(*marked.Error)
		m.at.fault(text, source.Span{Start: fault.Offset, End: fault.Offset + 1}, fault.Text, "")
		return
	}
	m.Text, m.Marks = plain, marks
	for _, mark := range marks {
		if !contains(rd.rule.Names, mark.Name) {
			at := source.Span{Start: mark.At, End: mark.At + len(mark.Name)}
			m.at.fault(text, at, "mark of the unknown pattern \""+mark.Name+"\"", oneOf(mark.Name, rd.rule.Names))
		}
	}
}

// duration reads "90m", "36h" or a number of days, "7d".
func (f *file) duration(n *yaml.Node) time.Duration {
	text, ok := f.str(n, "after")
	if !ok {
		return 0
	}
	scale := time.Duration(1)
	if last := len(text) - 1; text[last] == 'd' {
		text, scale = text[:last]+"h", 24
	}
	d, err := time.ParseDuration(text)
	if d *= scale; err != nil || d < 0 || d > maxAfter {
		f.wrong(n, "after must be a time, not %q", n.Value).Hint = "as in 90m, 36h or 7d"
		return 0
	}
	return d
}

// Position is the place in the rule file of a byte offset of Text.
func (m *TestMessage) Position(offset int) source.Position {
	if m.at.file == nil {
		return m.Pos
	}
	return m.at.file.position(m.at.offset(m.raw, marked.Offset(m.raw, offset)))
}
