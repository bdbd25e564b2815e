package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var tiktokFormat = format{
	Format: Format{
		Name: "tiktok", Title: "TikTok download, user_data.json",
		Recognised: "Direct Messages with “Chat History with NAME:”",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		shape := s.keys()
		if shape == nil {
			return 0
		}
		for p := range shape.paths {
			if strings.Contains(p, "Chat History with ") {
				return certain
			}
		}
		if s.has("Direct Messages") || s.has("Direct Message") || s.has("Activity", "App Settings") || s.has("Your Activity", "App Settings") {
			return certain
		}
		return 0
	},
	read: readTikTok,
}

func readTikTok(u *unit) error {
	f := u.files[0]
	return u.readJSON(f, func(j *jsonReader) error { return u.tiktok(j, f, 0) })
}

// tiktok looks for conversations in the parts of the file that may hold them,
// whose nesting has changed over the years.
func (u *unit) tiktok(j *jsonReader, f *file, depth int) error {
	return j.object(func(key string) error {
		if with, ok := strings.CutPrefix(key, "Chat History with "); ok {
			return u.tiktokChat(j, f, strings.TrimSuffix(strings.TrimSpace(with), ":"))
		}
		if c, err := j.peek(); err != nil || c != '{' || depth > 6 || depth == 0 && !strings.HasPrefix(key, "Direct Message") {
			if err == nil {
				err = j.skip()
			}
			return err
		}
		return u.tiktok(j, f, depth+1)
	})
}

func (u *unit) tiktokChat(j *jsonReader, f *file, with string) error {
	var b backlog
	b.begin = func() *thread {
		first := b.earliest()
		return u.newThread(with, with, first.Sent.String(), first.Text)
	}
	return b.finish(j.array(func() error {
		var in struct{ Date, From, Content string }
		line, ok, err := u.element(j, f, &in)
		if err != nil || !ok {
			return err
		}
		m := &message.Message{Sender: in.From, Text: in.Content, Source: place(f.name, line, 0), Role: message.Reporter}
		if in.From == with {
			m.Role = message.Counterparty
		}
		if m.Sent, ok = (&whenReader{}).read(in.Date); !ok {
			u.oddTime(m.Source)
		}
		if m.Text == "" {
			m.Media = "application/octet-stream"
		}
		return b.add(m)
	}))
}
