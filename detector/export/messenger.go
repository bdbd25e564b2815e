package export

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/message"
)

var messengerFormat = format{
	Format: Format{
		Name: "messenger", Title: "Facebook Messenger download (JSON, also the end-to-end encrypted chats)",
		Recognised: "messages[] with sender_name and timestamp_ms, or with senderName and timestamp",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		if s.has("messages[].sender_name", "messages[].timestamp_ms") ||
			s.has("messages[].senderName", "messages[].timestamp") || s.has("threadName", "participants", "messages") {
			return certain
		}
		return 0
	},
	gather: gatherMessenger,
	read:   readMessenger,
}

var instagramFormat = format{
	Format: Format{
		Name: "instagram", Title: "Instagram download (JSON)",
		Recognised: "as messenger, with is_geoblocked_for_viewer or in a folder of Instagram's",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		if s.has("messages[].sender_name", "messages[].timestamp_ms") &&
			(s.has("messages[].is_geoblocked_for_viewer") || strings.Contains(strings.ToLower(s.name), "instagram")) {
			return certain
		}
		return 0
	},
	gather: gatherMessenger,
	read:   readMessenger,
}

// gatherMessenger joins the message_1.json, message_2.json… of a folder, which
// are one conversation, the last file the oldest. The same conversation as
// HTML is left out.
func gatherMessenger(t *tree, f *format) {
	for _, group := range t.byFolder(f) {
		var parts, pages []int
		dir := t.files[group[0]].file.dir()
		for _, i := range group {
			if base := t.files[i].file.base(); strings.HasPrefix(base, "message_") && digits(base[8:]) > 0 {
				parts = append(parts, i)
			}
		}
		for i, c := range t.files {
			if c.is("messenger-html") && c.file.dir() == dir && strings.HasPrefix(c.file.base(), "message") {
				pages = append(pages, i)
			}
		}
		if len(parts) > 0 {
			slices.Reverse(parts)
			t.unit(f, parts...)
			t.leave("the same conversation as JSON is read", pages...)
		}
	}
}

// messengerMessage is an element of either schema.
type messengerMessage struct {
	Sender     string          `json:"sender_name"`
	SenderE2E  string          `json:"senderName"`
	Millis     json.RawMessage `json:"timestamp_ms"`
	MillisE2E  json.RawMessage `json:"timestamp"`
	Content    string          `json:"content"`
	TextE2E    string          `json:"text"`
	Type       string          `json:"type"`
	Unsent     bool            `json:"is_unsent"`
	UnsentE2E  bool            `json:"isUnsent"`
	Call       json.RawMessage `json:"call_duration"`
	Photos     []messengerFile `json:"photos"`
	Videos     []messengerFile `json:"videos"`
	Audio      []messengerFile `json:"audio_files"`
	Gifs       []messengerFile `json:"gifs"`
	Files      []messengerFile `json:"files"`
	Media      []messengerFile `json:"media"`
	Sticker    *messengerFile  `json:"sticker"`
	Share      *messengerShare `json:"share"`
	ShareOfE2E string          `json:"shareLink"`
}

type messengerFile struct {
	URI string `json:"uri"`
}

type messengerShare struct {
	Link string `json:"link"`
	Text string `json:"share_text"`
}

// messengerChat is what the files of a conversation say of it.
type messengerChat struct {
	participants []string
	title, path  string
	messages     backlog
	senders      people
}

func readMessenger(u *unit) error {
	var t *thread
	for _, f := range u.files {
		c := &messengerChat{senders: people{}}
		c.messages.begin = func() *thread {
			if t == nil {
				t = c.thread(u, f)
			}
			return t
		}
		err := u.readJSON(f, func(j *jsonReader) error { return c.read(u, j, f) })
		if err := c.messages.finish(err); err != nil {
			return err
		}
	}
	return nil
}

func (c *messengerChat) read(u *unit, j *jsonReader, f *file) error {
	return j.object(func(key string) (err error) {
		switch key {
		case "participants":
			return j.array(func() error {
				raw, err := j.raw()
				if err == nil && len(c.participants) < maxPeople {
					var p struct{ Name string }
					if json.Unmarshal(raw, &p) != nil {
						p.Name = scalarText(raw)
					}
					c.participants = append(c.participants, fixLatin(p.Name))
				}
				return err
			})
		case "title", "threadName":
			c.title, err = j.string()
			c.title = fixLatin(c.title)
			return err
		case "thread_path":
			c.path, err = j.string()
			return err
		case "messages":
			return j.array(func() error { return c.element(u, j, f) })
		}
		return j.skip()
	})
}

func (c *messengerChat) element(u *unit, j *jsonReader, f *file) error {
	var in messengerMessage
	line, ok, err := u.element(j, f, &in)
	if err != nil || !ok {
		return err
	}
	m := u.placed(in.message(), f, line)
	c.senders.add(m.Sender)
	return c.messages.add(m)
}

func (in *messengerMessage) message() *message.Message {
	m := &message.Message{Sender: fixLatin(in.Sender + in.SenderE2E)}
	ms := scalarText(in.Millis)
	if ms == "" {
		ms = scalarText(in.MillisE2E)
	}
	if n, ok := parseInt(ms); ok && n > 0 {
		m.Sent = message.Instant(time.UnixMilli(n).UTC())
	}
	parts := []string{fixLatin(in.Content), fixLatin(in.TextE2E), in.ShareOfE2E}
	if in.Share != nil {
		parts = append(parts, in.Share.words())
	}
	m.Text = joinLines(parts...)
	m.Deleted = in.Unsent || in.UnsentE2E
	switch in.Type {
	case "Call", "Subscribe", "Unsubscribe", "Plan":
		m.System = true
	default:
		m.System = len(in.Call) > 0 && string(in.Call) != "null" && in.Type != "Generic"
	}
	if m.Text == "" && !m.System && !m.Deleted {
		m.Media = in.media()
	}
	return m
}

// words are those of a shared page, with its address.
func (s *messengerShare) words() string {
	text := fixLatin(s.Text)
	switch {
	case text == "":
		return s.Link
	case s.Link == "" || strings.Contains(text, s.Link):
		return text
	}
	return text + " (link " + s.Link + ")"
}

func (in *messengerMessage) media() string {
	for _, list := range [][]messengerFile{in.Photos, in.Videos, in.Audio, in.Gifs, in.Files, in.Media} {
		for _, f := range list {
			if kind := mimeOf(f.URI); kind != "" {
				return kind
			}
		}
	}
	if in.Sticker != nil {
		return "image/png"
	}
	return "application/octet-stream"
}

// thread names the conversation when its files have been read, or the buffer
// is full.
func (c *messengerChat) thread(u *unit, f *file) *thread {
	names := c.participants
	if len(names) == 0 {
		names = c.senders.names()
	}
	name := c.title
	if name == "" {
		name = chatName("", names)
	}
	if name == "" {
		name = path.Base(f.dir())
	}
	if c.path != "" && len(names) > 2 {
		return u.newThread(name, c.path) // people of a group come and go
	}
	slices.Sort(names)
	return u.newThread(name, append([]string{c.path, c.title}, names...)...)
}

// fixLatin mends text whose UTF-8 bytes were written as characters of their
// own: "cafÃ©" for "café". Text with any other character is whole.
func fixLatin(text string) string {
	high := false
	for _, r := range text {
		if r > 0xff {
			return text
		}
		high = high || r >= 0x80
	}
	if !high {
		return text
	}
	raw := make([]byte, 0, len(text))
	for _, r := range text {
		raw = append(raw, byte(r))
	}
	if !utf8.Valid(raw) {
		return text
	}
	return string(raw)
}
