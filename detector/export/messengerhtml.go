package export

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/hookline/hookline/detector/message"
)

var messengerHTMLFormat = format{
	Format: Format{
		Name: "messenger-html", Title: "Facebook Messenger and Instagram download (HTML)",
		Recognised: "a page with participants, or with blocks of sender, words and date in that order",
		Kinds:      []message.Kind{message.Chat},
	},
	chat:  true,
	sniff: sniffMessengerHTML,
	read:  readMessengerHTML,
}

func sniffMessengerHTML(s *sample) int {
	text := s.text()
	if !s.isHTML() {
		return 0
	}
	for _, mark := range []string{">Participants: ", `class="_a6-g`, `class="_a706`, ` _a6-g `, `pam _3-95 _2ph-`, `class="_2ph_ _a6-p"`} {
		if bytes.Contains(text, []byte(mark)) {
			return likely
		}
	}
	return 0
}

// readMessengerHTML finds messages by structure: the smallest element around a
// written date that has other words too. Class names change and say nothing.
func readMessengerHTML(u *unit) error {
	f := u.files[0]
	root, err := u.page(f)
	if err != nil {
		return err
	}
	leaves := textLeaves(root)
	var messages []*message.Message
	names := people{}
	title := ownText(firstTag(root, "title"))
	participants := ""
	for _, leaf := range leaves {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(leaf.Data), "Participants: "); ok {
			participants = rest
		}
		sent, ok := messengerDate(leaf.Data)
		if !ok {
			continue
		}
		if m := messengerBlock(leaf); m != nil {
			m.Sent, m.Source = sent, place(f.name, len(messages)+1, 0)
			names.add(m.Sender)
			messages = append(messages, m)
		}
	}
	if len(messages) == 0 {
		return u.fail(Fault{File: f.name, Text: "no messages found in the page"})
	}
	if title == "" {
		title = path.Base(f.dir())
	}
	if n := len(messages); messages[0].Sent.Compare(messages[n-1].Sent) > 0 {
		slices.Reverse(messages)
	}
	first := messages[0]
	t := u.peopleThread(first.Sent.String()+first.Text, names.names(), title, append([]string{title, participants}, names.names()...)...)
	for _, m := range messages {
		if err := t.emit(m); err != nil {
			return err
		}
	}
	return nil
}

// messengerDate reads a text that is a date with a month's name and a clock,
// and nothing else.
func messengerDate(text string) (message.Time, bool) {
	text = strings.TrimSpace(text)
	if len(text) < 12 || len(text) > 60 {
		return message.Time{}, false
	}
	d, ok := splitDate(asciiDigits(unmark(text)))
	if !ok || !d.hasTime || d.month == 0 && !d.markers {
		return message.Time{}, false
	}
	return d.resolve(dayFirst)
}

// textLeaves are the texts of a page that are not blank, in order.
func textLeaves(n *html.Node) (leaves []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			leaves = append(leaves, c)
		case c.Type == html.ElementNode && !hiddenTag(c.Data):
			leaves = append(leaves, textLeaves(c)...)
		}
	}
	return leaves
}

// messengerBlock reads the element around a date: the sender stands first, the
// words after it.
func messengerBlock(date *html.Node) *message.Message {
	block := date.Parent
	var children []*html.Node
	for range 8 {
		if block == nil || block.Type != html.ElementNode {
			return nil
		}
		if children = speaking(block); len(children) >= 2 {
			break
		}
		block = block.Parent
	}
	if block == nil || len(children) < 2 || block.Data == "body" {
		return nil
	}
	m := &message.Message{Sender: flat(children[0])}
	var texts []string
	for _, c := range children[1:] {
		if contains(c, date) {
			break
		}
		texts = append(texts, words(c))
	}
	if m.Text = joinLines(texts...); m.Text == "" {
		m.Media = pictureIn(block)
	}
	if _, ok := messengerDate(m.Sender); ok {
		return nil
	}
	return m
}

// speaking are the children of an element that have words, at most 50 of them.
func speaking(n *html.Node) (found []*html.Node) {
	for c := n.FirstChild; c != nil && len(found) < 50; c = c.NextSibling {
		if c.Type == html.ElementNode && hasWords(c) {
			found = append(found, c)
		}
	}
	return found
}

func hasWords(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" || c.Type == html.ElementNode && !hiddenTag(c.Data) && hasWords(c) {
			return true
		}
	}
	return false
}

func contains(n, inner *html.Node) bool {
	for ; inner != nil; inner = inner.Parent {
		if inner == n {
			return true
		}
	}
	return false
}

func pictureIn(n *html.Node) string {
	for _, tag := range []string{"img", "video", "audio", "a"} {
		if found := firstTag(n, tag); found != nil {
			for _, name := range []string{"src", "href"} {
				if kind := mimeOf(nodeAttr(found, name)); kind != "" {
					return kind
				}
			}
		}
	}
	return "application/octet-stream"
}
