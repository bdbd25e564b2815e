package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var snapchatFormat = format{
	Format: Format{
		Name: "snapchat", Title: "Snapchat download, chat_history.json",
		Recognised: "arrays of From, Media Type and Created, by conversation or as Received Saved Chat History",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		if s.has("Received Saved Chat History") || s.has("Sent Saved Chat History") {
			return certain
		}
		if s.hasEnding("[].Media Type") && s.hasEnding("[].Created") {
			return certain
		}
		return 0
	},
	gather: func(t *tree, f *format) {
		for i, c := range t.files {
			if c.format == f && !c.taken {
				t.unit(f, i)
				t.companions(func(other *file) bool {
					return other.dir() == c.file.dir() && strings.HasSuffix(other.base(), ".json") && other.base() != c.file.base()
				})
			}
		}
	},
	read: readSnapchat,
}

// hasEnding says whether a path of the head ends so.
func (s *sample) hasEnding(end string) bool {
	shape := s.keys()
	if shape == nil {
		return false
	}
	for p := range shape.paths {
		if strings.HasSuffix(p, end) {
			return true
		}
	}
	return false
}

type snapMessage struct {
	From    string `json:"From"`
	To      string `json:"To"`
	Media   string `json:"Media Type"`
	Created string `json:"Created"`
	Content string `json:"Content"`
	Text    string `json:"Text"`
	Title   string `json:"Conversation Title"`
	Mine    *bool  `json:"IsSender"`
}

func readSnapchat(u *unit) error {
	f := u.files[0]
	old := map[string]*backlog{} // the older layout mixes conversations
	var names []string
	err := u.readJSON(f, func(j *jsonReader) error {
		return j.object(func(key string) error {
			var b backlog
			title := ""
			err := j.array(func() error {
				var in snapMessage
				line, ok, err := u.element(j, f, &in)
				if err != nil || !ok {
					return err
				}
				m := in.message(key)
				m.Source = place(f.name, line, 0)
				if m.Sent.IsZero() {
					u.oddTime(m.Source)
				}
				title = firstOf([]string{title, in.Title})
				if !strings.HasSuffix(key, " Chat History") {
					b.add(m)
					return nil
				}
				with := firstOf([]string{in.From, in.To})
				if old[with] == nil {
					old[with] = &backlog{}
					names = append(names, with)
				}
				old[with].add(m)
				return nil
			})
			if len(b.messages) > 0 {
				if e := u.snapThread(firstOf([]string{title, key}), key, &b); err == nil {
					err = e
				}
			}
			return err
		})
	})
	for _, name := range names {
		if e := u.snapThread(name, name, old[name]); err == nil {
			err = e
		}
	}
	return err
}

// snapThread gives a conversation; its earliest message tells it from those of
// other people with the same person.
func (u *unit) snapThread(name, id string, b *backlog) error {
	oldest := b.earliest()
	return b.flush(u.newThread(name, id, oldest.Sent.String(), oldest.Sender))
}

func (in *snapMessage) message(key string) *message.Message {
	m := &message.Message{Sender: in.From, Text: firstOf([]string{in.Content, in.Text})}
	m.Sent, _ = (&whenReader{}).read(in.Created)
	switch {
	case strings.HasPrefix(key, "Sent "):
		m.Sender, m.Role = "me", message.Reporter
	case strings.HasPrefix(key, "Received "):
		m.Role = message.Counterparty
	case in.Mine != nil && *in.Mine:
		m.Role = message.Reporter
	case in.Mine != nil:
		m.Role = message.Counterparty
	}
	switch in.Media {
	case "TEXT", "":
	case "STATUSERASEDMESSAGE":
		m.Deleted = true
	default:
		m.System = strings.HasPrefix(in.Media, "STATUS")
		if m.Text == "" && !m.System {
			m.Media = snapMedia(in.Media)
		}
	}
	if m.Text == "" && m.Media == "" && !m.Deleted && !m.System {
		m.Media = "application/octet-stream"
	}
	return m
}

func snapMedia(kind string) string {
	switch strings.ToUpper(kind) {
	case "IMAGE", "MEDIA", "STICKER":
		return "image/*"
	case "VIDEO":
		return "video/*"
	case "NOTE", "AUDIO":
		return "audio/*"
	}
	return "application/octet-stream"
}
