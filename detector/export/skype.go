package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var skypeFormat = format{
	Format: Format{
		Name: "skype", Title: "Skype export (messages.json)",
		Recognised: "conversations[] with MessageList[] and messagetype",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		if s.has("userId", "exportDate", "conversations") || s.has("conversations[].MessageList") {
			return certain
		}
		return 0
	},
	gather: withBeside(func(other *file) bool { return other.base() == "endpoints.json" }),
	read:   readSkype,
}

type skypeMessage struct {
	ID      string `json:"id"`
	Arrived string `json:"originalarrivaltime"`
	From    string `json:"from"`
	Content string `json:"content"`
	Type    string `json:"messagetype"`
}

func readSkype(u *unit) error {
	f := u.files[0]
	owner := ""
	count := 0
	return u.readJSON(f, func(j *jsonReader) error {
		return j.object(func(key string) (err error) {
			switch key {
			case "userId":
				owner, err = j.string()
				return err
			case "conversations":
				return j.array(func() error { count++; return u.skypeConversation(j, f, owner, count) })
			}
			return j.skip()
		})
	})
}

// skypeConversation reads one conversation; its name may stand after its
// messages, which are held until then.
func (u *unit) skypeConversation(j *jsonReader, f *file, owner string, count int) error {
	var id, shown string
	b := backlog{begin: func() *thread {
		name := firstOf([]string{shown, strings.TrimPrefix(id, "8:"), "conversation " + wholeNumber(float64(count))})
		return u.newThread(name, owner, firstOf([]string{id, name}))
	}}
	return b.finish(j.object(func(key string) (err error) {
		switch key {
		case "id":
			id, err = j.string()
			return err
		case "displayName":
			shown, err = j.string()
			return err
		case "MessageList":
			return j.array(func() error {
				m, err := u.skypeMessage(j, f, owner)
				if err != nil || m == nil {
					return err
				}
				return b.add(m)
			})
		}
		return j.skip()
	}))
}

func (u *unit) skypeMessage(j *jsonReader, f *file, owner string) (*message.Message, error) {
	var in skypeMessage
	line, ok, err := u.element(j, f, &in)
	if err != nil || !ok {
		return nil, err
	}
	if in.From == "" && in.Content == "" {
		return nil, u.failLine(f, line, "a message without sender and words")
	}
	m := &message.Message{ID: in.ID, Sender: strings.TrimPrefix(in.From, "8:"), Source: place(f.name, line, 0)}
	if owner != "" && strings.TrimPrefix(owner, "8:") == m.Sender {
		m.Role = message.Reporter
	}
	if m.Sent, err = message.ParseTime(in.Arrived); err != nil || m.Sent.IsZero() {
		u.oddTime(m.Source)
	}
	switch kind := in.Type; {
	case strings.HasPrefix(kind, "RichText/UriObject"), strings.HasPrefix(kind, "RichText/Media"):
		m.Media, m.Text = "application/octet-stream", skypeText(in.Content)
	case kind == "" || strings.HasPrefix(kind, "RichText") || kind == "Text":
		if m.Text = skypeText(in.Content); m.Text == "" {
			m.Deleted = true // what was taken back stays as an empty entry
		}
	default:
		m.System, m.Text = true, skypeText(in.Content)
	}
	return m, nil
}

// skypeText takes the markup off; its line ends are those of the text.
func skypeText(content string) string {
	return plainText(strings.ReplaceAll(strings.ReplaceAll(content, "\r\n", "\n"), "\n", "<br>"))
}
