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
	gather: withBeside(func(other *file) bool { return strings.HasSuffix(other.base(), ".json") }),
	read:   readSnapchat,
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
	var old []*backlog // the older layout mixes conversations
	with := map[string]*backlog{}
	err := u.readJSON(f, func(j *jsonReader) error {
		return j.object(func(key string) error {
			title := key
			b := u.snapThread(&title, key)
			return b.finish(j.array(func() error {
				var in snapMessage
				line, ok, err := u.element(j, f, &in)
				if err != nil || !ok {
					return err
				}
				m := u.placed(in.message(key), f, line)
				if !strings.HasSuffix(key, " Chat History") {
					title = firstOf([]string{in.Title, title})
					return b.add(m)
				}
				name := firstOf([]string{in.From, in.To})
				if with[name] == nil {
					with[name] = u.snapThread(&name, name)
					old = append(old, with[name])
				}
				return with[name].add(m)
			}))
		})
	})
	for _, b := range old {
		err = b.finish(err)
	}
	return err
}

// snapThread holds a conversation; its earliest message tells it from those of
// other people with the same person.
func (u *unit) snapThread(name *string, id string) *backlog {
	b := &backlog{}
	b.begin = func() *thread {
		first := b.earliest()
		return u.newThread(*name, id, first.Sent.String(), first.Sender)
	}
	return b
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
