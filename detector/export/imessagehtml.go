package export

import (
	"bytes"

	"golang.org/x/net/html"

	"github.com/hookline/hookline/detector/message"
)

var imessageHTMLFormat = format{
	Format: Format{
		Name: "imessage-html", Title: "iMessage by way of imessage-exporter (HTML)",
		Recognised: "a page with message, timestamp, sender and bubble",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		text := s.text()
		for _, class := range []string{`class="message"`, `class="timestamp"`, `class="sender"`, `class="message_part"`} {
			if !bytes.Contains(text, []byte(class)) {
				return 0
			}
		}
		return certain
	},
	read: readIMessageHTML,
}

func readIMessageHTML(u *unit) error {
	f := u.files[0]
	root, err := u.page(f)
	if err != nil {
		return err
	}
	title := firstOf([]string{ownText(firstTag(root, "title")), stem(f.base())})
	var t *thread
	known := map[string]bool{}
	for i, n := range imessageNodes(root) {
		m := imessageNode(n)
		m.Source = place(f.name, i+1, 0)
		if m.Sent.IsZero() {
			u.oddTime(f.name)
		}
		// An answer stands within the message that it answers, and again at its
		// own place.
		key := m.Sent.String() + "\x00" + m.Sender + "\x00" + m.Text
		if answer := inAnswers(n); answer && known[key] {
			continue
		}
		known[key] = true
		if t == nil {
			t = u.newThread(title, title, m.Sent.String(), m.Sender, m.Text)
		}
		if err := t.emit(m); err != nil {
			return err
		}
	}
	if t == nil {
		return u.fail(Fault{File: f.name, Text: "no messages found in the page"})
	}
	return nil
}

// imessageNodes are the messages of a page, those within answers last.
func imessageNodes(root *html.Node) []*html.Node {
	is := func(n *html.Node) bool { return hasClass(n, "message") || hasClass(n, "announcement") }
	outer := nodes(root, is)
	var inner []*html.Node
	for _, n := range outer {
		for _, answers := range withClass(n, "replies") {
			inner = append(inner, nodes(answers, is)...)
		}
	}
	return append(outer, inner...)
}

// inAnswers says whether a message stands within another.
func inAnswers(n *html.Node) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if hasClass(n, "replies") {
			return true
		}
	}
	return false
}

func imessageNode(n *html.Node) *message.Message {
	m := &message.Message{Sender: flat(firstWithClass(n, "sender"))}
	stamp := firstWithClass(n, "timestamp")
	if head := imessageHead().FindStringSubmatch(flat(stamp)); head != nil {
		m.Sent, _ = parseDate(head[1], monthFirst)
	}
	if hasClass(n, "announcement") {
		m.System = true
		if stamp != nil && stamp.Parent != nil {
			stamp.Parent.RemoveChild(stamp)
		}
		m.Text = flat(n)
		return m
	}
	parts := nodes(n, func(c *html.Node) bool { return hasClass(c, "message_part") || hasClass(c, "replies") })
	for _, part := range parts {
		if bubble := firstWithClass(part, "bubble"); bubble != nil && !hasClass(part, "replies") {
			m.Text = joinLines(m.Text, words(bubble))
		}
	}
	// Answers to it stand within, after its own side.
	sides := nodes(n, func(c *html.Node) bool { return hasClass(c, "sent") || hasClass(c, "received") })
	switch {
	case m.Sender == "Me", len(sides) > 0 && hasClass(sides[0], "sent"):
		m.Role = message.Reporter
	case len(sides) > 0:
		m.Role = message.Counterparty
	}
	if m.Text == "" {
		m.Media = pictureIn(n)
	}
	return m
}
