package export

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/hookline/hookline/detector/message"
)

var telegramFormat = format{
	Format: Format{
		Name: "telegram", Title: "Telegram Desktop export, result.json (one chat or all)",
		Recognised: "messages[] with type, date and from; or chats.list[]",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true, twice: true,
	sniff: sniffTelegram,
	read:  readTelegram,
}

func sniffTelegram(s *sample) int {
	for _, at := range []string{"", "chats.list[].", "left_chats.list[]."} {
		if s.has(at+"messages[].type", at+"messages[].date") && (s.has(at+"messages[].text") || s.has(at+"messages[].actor") || s.has(at+"messages[].from_id")) ||
			s.has(at+"messages[].date_unixtime") {
			return certain
		}
	}
	if s.has("personal_information.user_id") && (s.has("contacts") || s.has("chats")) || s.has("chats.about", "chats.list") {
		return certain
	}
	return 0
}

// telegramMessage is an element of messages[]. Ids have been numbers and
// strings.
type telegramMessage struct {
	ID           json.RawMessage `json:"id"`
	Type         string          `json:"type"`
	Date         string          `json:"date"`
	Unix         json.RawMessage `json:"date_unixtime"`
	From         string          `json:"from"`
	FromID       json.RawMessage `json:"from_id"`
	Actor        string          `json:"actor"`
	ActorID      json.RawMessage `json:"actor_id"`
	Action       string          `json:"action"`
	Text         json.RawMessage `json:"text"`
	Photo        string          `json:"photo"`
	File         string          `json:"file"`
	MediaType    string          `json:"media_type"`
	MimeType     string          `json:"mime_type"`
	StickerEmoji string          `json:"sticker_emoji"`
	Location     json.RawMessage `json:"location_information"`
	Contact      *struct {
		First string `json:"first_name"`
		Last  string `json:"last_name"`
		Phone string `json:"phone_number"`
	} `json:"contact_information"`
	Poll *struct {
		Question string `json:"question"`
		Answers  []struct {
			Text string `json:"text"`
		} `json:"answers"`
	} `json:"poll"`
	Buttons [][]struct {
		Type string `json:"type"`
		Text string `json:"text"`
		Data string `json:"data"`
	} `json:"inline_bot_buttons"`
}

// telegramChat is what a first pass learns of a chat.
type telegramChat struct {
	name, kind, id string
	people         people
	first          string // the first message
	scan           rowScanner
	row            row
}

func newTelegramChat(limits Limits) *telegramChat {
	columns := newColumns(map[string]field{"from_id": fieldID, "from": fieldSender})
	return &telegramChat{people: people{}, scan: rowScanner{limit: limits.Depth, columns: columns}}
}

func readTelegram(u *unit) error {
	f := u.files[0]
	var chats []*telegramChat
	first := telegramWalk{chat: func() { chats = append(chats, newTelegramChat(u.r.limits)) }}
	first.field = func(key, value string) { chats[len(chats)-1].set(key, value) }
	first.element = func(j *jsonReader) error { return chats[len(chats)-1].survey(j) }
	j, closer, err := u.openJSON(f)
	if err != nil {
		return err
	}
	_ = first.top(j) // faults are told by the second pass
	closer.Close()

	at := -1
	var t *thread
	second := &telegramWalk{chat: func() { at++; t = nil }, field: func(string, string) {}}
	second.element = func(j *jsonReader) error {
		if t == nil {
			t = u.telegramThread(chats[at])
		}
		return u.telegramElement(j, f, t, second.owner)
	}
	return u.readJSON(f, second.top)
}

// set notes a scalar of the chat.
func (c *telegramChat) set(key, value string) {
	switch key {
	case "name":
		c.name = value
	case "type":
		c.kind = value
	case "id":
		c.id = value
	}
}

// survey notes who wrote a message.
func (c *telegramChat) survey(j *jsonReader) error {
	raw, err := j.raw()
	if err == errLongValue || err == errDeepValue {
		return nil
	}
	if err != nil || strings.HasSuffix(c.kind, "supergroup") || strings.HasSuffix(c.kind, "channel") {
		return err
	}
	if c.first == "" {
		c.first = string(raw)
	}
	c.row.reset()
	c.scan.row = &c.row
	if c.scan.read(string(raw)) == nil {
		c.people.add(firstOf([]string{c.row.m.ID, c.row.m.Sender, "nobody"}))
	}
	return nil
}

// telegramThread names a chat. Groups and channels have ids of their own that
// are the same for all their members; the ids of other chats are those of the
// account, so their people are part of what they are.
func (u *unit) telegramThread(c *telegramChat) *thread {
	name := c.name
	if name == "" {
		name = c.id
	}
	if name == "" {
		name = chatName("", c.people.names())
	}
	names := c.people.names()
	return u.peopleThread(c.id+c.first, names, name, append([]string{c.kind, c.id, c.name}, names...)...)
}

// telegramWalk walks over an export of one chat or of all.
type telegramWalk struct {
	owner   string // id of the account, which an export of all chats names
	chat    func()
	field   func(key, value string)
	element func(*jsonReader) error
}

// top reads the outermost object: an export of all chats, or one chat.
func (w *telegramWalk) top(j *jsonReader) error {
	single := false
	begin := func() {
		if !single {
			single = true
			w.chat()
		}
	}
	return j.object(func(key string) error {
		switch key {
		case "chats", "left_chats":
			return j.object(func(key string) error {
				if key != "list" {
					return j.skip()
				}
				return j.array(func() error { w.chat(); return w.one(j) })
			})
		case "personal_information":
			return j.object(func(key string) (err error) {
				if key != "user_id" {
					return j.skip()
				}
				w.owner, err = j.string()
				return err
			})
		case "messages":
			begin()
			return j.array(func() error { return w.element(j) })
		case "name", "type", "id":
			begin()
			return w.scalar(j, key)
		}
		return j.skip()
	})
}

func (w *telegramWalk) one(j *jsonReader) error {
	return j.object(func(key string) error {
		switch key {
		case "messages":
			return j.array(func() error { return w.element(j) })
		case "name", "type", "id":
			return w.scalar(j, key)
		}
		return j.skip()
	})
}

func (w *telegramWalk) scalar(j *jsonReader, key string) error {
	value, err := j.string()
	if err == nil {
		w.field(key, value)
	}
	return err
}

// telegramElement makes a message of an element.
func (u *unit) telegramElement(j *jsonReader, f *file, t *thread, owner string) error {
	var in telegramMessage
	line, ok, err := u.element(j, f, &in)
	if err != nil || !ok {
		return err
	}
	m := message.Message{ID: scalarText(in.ID), Sender: in.From, Source: place(f.name, line, 0)}
	from := strings.TrimPrefix(scalarText(in.FromID), "user")
	if m.Sender == "" {
		m.Sender = scalarText(in.FromID)
	}
	switch {
	case owner == "" || from == "":
	case from == owner:
		m.Role = message.Reporter
	default:
		m.Role = message.Counterparty
	}
	if m.Sent, ok = in.sent(); !ok {
		u.oddTime(m.Source)
	}
	if in.Type == "service" {
		m.System = true
		if m.Sender = in.Actor; m.Sender == "" {
			m.Sender = scalarText(in.ActorID)
		}
		m.Text = strings.TrimSpace(m.Sender + " " + strings.ReplaceAll(in.Action, "_", " "))
		return t.emit(&m)
	}
	m.Text = in.words()
	if m.Text == "" {
		m.Media = in.media()
		m.Text = in.StickerEmoji
	}
	return t.emit(&m)
}

// sent prefers the instant; the written date is that of the exporter's clock.
func (m *telegramMessage) sent() (message.Time, bool) {
	if sec, ok := parseInt(scalarText(m.Unix)); ok && sec > 0 {
		return message.Instant(time.Unix(sec, 0).UTC()), true
	}
	sent, err := message.ParseTime(m.Date)
	return sent, err == nil
}

// words is everything that a person can read in the message.
func (m *telegramMessage) words() string {
	text := scalarText(m.Text)
	if len(m.Text) > 0 && m.Text[0] == '[' {
		text, _ = richText(m.Text)
	}
	parts := []string{text}
	if m.Poll != nil {
		parts = append(parts, m.Poll.Question)
		for _, answer := range m.Poll.Answers {
			parts = append(parts, answer.Text)
		}
	}
	if c := m.Contact; c != nil {
		parts = append(parts, strings.TrimSpace(c.First+" "+c.Last+" "+c.Phone))
	}
	for _, row := range m.Buttons {
		for _, button := range row {
			if strings.Contains(button.Data, "://") || strings.Contains(button.Data, "t.me/") {
				parts = append(parts, strings.TrimSpace(button.Text+" "+button.Data))
			} else if button.Text != "" {
				parts = append(parts, button.Text)
			}
		}
	}
	return joinLines(parts...)
}

func (m *telegramMessage) media() string {
	switch {
	case m.MimeType != "":
		return m.MimeType
	case m.Photo != "":
		return "image/jpeg"
	case m.MediaType == "sticker":
		return "image/webp"
	case m.MediaType != "":
		return "application/octet-stream"
	case m.File != "":
		if kind := mimeOf(m.File); kind != "" {
			return kind
		}
	}
	return "application/octet-stream"
}
