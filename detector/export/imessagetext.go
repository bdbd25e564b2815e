package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var imessageTextFormat = format{
	Format: Format{
		Name: "imessage-text", Title: "iMessage by way of imessage-exporter (text)",
		Recognised: "lines “May 17, 2022  5:29:42 PM”, then a sender, then words",
		Kinds:      []message.Kind{message.Chat},
	},
	chat:  true,
	sniff: sniffIMessageText,
	read:  readIMessageText,
}

var imessageHead = linePattern(`^([A-Z][a-z]{2} \d{2}, \d{4} {1,2}\d{1,2}:\d{2}:\d{2} [AP]M)(.*)$`)

func sniffIMessageText(s *sample) int {
	if imessageHead().Match(s.firstLine()) {
		return likely + 10
	}
	return 0
}

func readIMessageText(u *unit) error {
	f := u.files[0]
	t := &talk{u: u, f: f}
	title := stem(f.base())
	t.judge = func(e *entry) {
		judgeIMessage(e)
		if t.thread == nil {
			t.thread = u.newThread(title, title, e.sent.String(), e.sender, e.text())
		}
	}
	blank, named := true, true
	err := u.eachTextLine(f, func(line string, number int) error {
		if head := imessageHead().FindStringSubmatch(line); head != nil && blank {
			e := &entry{line: number}
			e.sent, _ = parseDate(head[1], monthFirst)
			rest := strings.TrimSpace(head[2])
			if strings.HasPrefix(rest, "(") && strings.HasSuffix(rest, ")") {
				rest = ""
			}
			e.system = rest != ""
			if rest != "" {
				e.lines = []string{rest}
			}
			named, blank = rest != "", false
			return t.begin(e)
		}
		blank = strings.TrimSpace(line) == ""
		switch {
		case strings.HasPrefix(line, "    ") && imessageHead().MatchString(strings.TrimSpace(line)):
			named = true // an answer, which stands again at its own time
			return t.begin(nil)
		case !named:
			t.open.sender, named = strings.TrimSpace(line), true
		case !t.more(line) && !blank && !strings.HasPrefix(line, " "):
			return u.failLine(f, number, "a line before the first message")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return t.end()
}

// judgeIMessage takes off what the exporter adds, and knows events.
func judgeIMessage(e *entry) {
	for i, line := range e.lines {
		if line == "Tapbacks:" || line == "Reactions:" {
			e.lines = e.lines[:i]
			break
		}
	}
	for len(e.lines) > 0 && (e.lines[0] == "This message was deleted from the conversation!" || e.lines[0] == "This message responded to an earlier message.") {
		e.lines = e.lines[1:]
	}
	text := e.text()
	switch {
	case strings.HasPrefix(text, "SharePlay Message"):
		e.system = true
	case text == "":
		e.media = "application/octet-stream"
	case !strings.ContainsAny(text, "\n ") && strings.ContainsAny(text, "/") && mimeOf(text) != "" && !strings.Contains(text, "://"):
		e.media = mimeOf(text)
	}
}
