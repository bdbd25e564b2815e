package export

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/hookline/hookline/detector/message"
)

var googleVoiceFormat = format{
	Format: Format{
		Name: "google-voice", Title: "Google Voice texts (Takeout, HTML)",
		Recognised: "a page with hChatLog; pages of calls with haudio are left out",
		Kinds:      []message.Kind{message.SMS},
	},
	chat: true,
	sniff: func(s *sample) int {
		text := s.text()
		if bytes.Contains(text, []byte("hChatLog")) || s.isHTML() && bytes.Contains(text, []byte(`class="haudio"`)) {
			return certain
		}
		return 0
	},
	read: readGoogleVoice,
}

func readGoogleVoice(u *unit) error {
	f := u.files[0]
	root, err := u.page(f)
	if err != nil {
		return err
	}
	chat := firstWithClass(root, "hChatLog")
	if chat == nil {
		u.note(f, "a call, which is no message")
		return nil
	}
	list := withClass(chat, "message")
	owner, others := "", []string{}
	for _, cite := range append(withClass(root, "sender"), withClass(chat, "sender")...) {
		number, me := voiceNumber(cite)
		switch {
		case me:
			owner = number
		case number != "" && !slices.Contains(others, number):
			others = append(others, number)
		}
	}
	slices.Sort(others)
	name := orUnknown(strings.Join(others, "~"))
	t := u.newThread(name, owner, name)
	for i, n := range list {
		m := voiceMessage(n)
		m.Source = place(f.name, i+1, 0)
		if m.Sent.IsZero() {
			u.oddTime(f.name)
		}
		if err := t.emit(m); err != nil {
			return err
		}
	}
	return nil
}

// voiceNumber is the number of a sender; me says that it is the owner's.
func voiceNumber(cite *html.Node) (number string, me bool) {
	link := firstWithClass(cite, "tel")
	if link == nil {
		return "", false
	}
	return cleanNumber(strings.TrimPrefix(nodeAttr(link, "href"), "tel:")), flat(firstWithClass(cite, "fn")) == "Me"
}

func voiceMessage(n *html.Node) *message.Message {
	m := &message.Message{Kind: message.SMS, Role: message.Counterparty}
	if stamp := firstWithClass(n, "dt"); stamp != nil {
		m.Sent, _ = message.ParseTime(nodeAttr(stamp, "title"))
	}
	if cite := firstWithClass(n, "sender"); cite != nil {
		number, me := voiceNumber(cite)
		m.Sender = firstOf([]string{number, flat(cite)})
		if me {
			m.Sender, m.Role = "me", message.Reporter
		}
	}
	m.Text = words(firstTag(n, "q"))
	if m.Text == "" || m.Text == "MMS Sent" || m.Text == "MMS Received" {
		m.Media = pictureIn(n)
	}
	return m
}
