package export

import (
	"strings"
	"time"

	"github.com/hookline/hookline/detector/message"
)

var signalFormat = format{
	Format: Format{
		Name: "signal", Title: "Signal's own plaintext export (main.jsonl)",
		Recognised: "lines with account, recipient, chat or chatItem frames",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		if s.has("version", "backupTimeMs") || s.has("chatItem.chatId") || s.has("recipient.id", "account") || s.has("recipient.id", "chat.id") {
			return certain
		}
		return 0
	},
	gather: gatherSignal,
	read:   readSignal,
}

// gatherSignal takes the companions of main.jsonl out: metadata.json and the
// attachments in files.
func gatherSignal(t *tree, f *format) {
	for i, c := range t.files {
		if c.format != f || c.taken {
			continue
		}
		dir := c.file.dir()
		t.unit(f, i)
		t.companions(func(f *file) bool {
			return under(f.path, dir) && (f.base() == "metadata.json" || strings.Contains("/"+f.path, "/files/"))
		})
	}
}

// signalFrame is a line of main.jsonl. 64-bit numbers are strings.
type signalFrame struct {
	Account *struct {
		Username string `json:"username"`
		Given    string `json:"givenName"`
		Family   string `json:"familyName"`
		Key      string `json:"profileKey"`
	} `json:"account"`
	Recipient *signalRecipient `json:"recipient"`
	Chat      *struct {
		ID        looseText `json:"id"`
		Recipient looseText `json:"recipientId"`
	} `json:"chat"`
	Item *signalItem `json:"chatItem"`
}

type signalRecipient struct {
	ID      looseText `json:"id"`
	Contact *struct {
		ACI      string    `json:"aci"`
		E164     looseText `json:"e164"`
		Username string    `json:"username"`
		Given    string    `json:"profileGivenName"`
		Family   string    `json:"profileFamilyName"`
		Given2   string    `json:"systemGivenName"`
		Family2  string    `json:"systemFamilyName"`
		Nickname struct {
			Given  string `json:"given"`
			Family string `json:"family"`
		} `json:"nickname"`
	} `json:"contact"`
	Group *struct {
		MasterKey string `json:"masterKey"`
		Snapshot  struct {
			Title struct {
				Title string `json:"title"`
			} `json:"title"`
		} `json:"snapshot"`
	} `json:"group"`
	Self *struct{} `json:"self"`
}

type signalItem struct {
	Chat     looseText `json:"chatId"`
	Author   looseText `json:"authorId"`
	Sent     looseText `json:"dateSent"`
	Outgoing *struct{} `json:"outgoing"`
	Incoming *struct{} `json:"incoming"`
	Standard *struct {
		Text *struct {
			Body string `json:"body"`
		} `json:"text"`
		Attachments []struct {
			Pointer struct {
				Type string `json:"contentType"`
			} `json:"pointer"`
		} `json:"attachments"`
		Previews []struct {
			URL   string `json:"url"`
			Title string `json:"title"`
		} `json:"linkPreview"`
	} `json:"standardMessage"`
	StoryReply *struct {
		Text *struct {
			Text struct {
				Body string `json:"body"`
			} `json:"text"`
		} `json:"textReply"`
	} `json:"directStoryReplyMessage"`
	Contact *struct{} `json:"contactMessage"`
	Sticker *struct{} `json:"stickerMessage"`
	Once    *struct{} `json:"viewOnceMessage"`
	Gift    *struct{} `json:"giftBadge"`
	Deleted *struct{} `json:"remoteDeletedMessage"`
	Removed *struct{} `json:"adminDeletedMessage"`
	Poll    *struct {
		Question string `json:"question"`
		Options  []struct {
			Option string `json:"option"`
		} `json:"options"`
	} `json:"poll"`
	Update  *struct{} `json:"updateMessage"`
	Payment *struct{} `json:"paymentNotification"`
}

// signalBook is who and what the frames have named so far.
type signalBook struct {
	owner   string
	names   map[string]string // recipient → name
	keys    map[string]string // recipient → what tells it from others
	chats   map[string]string // chat → recipient
	threads map[string]*thread
}

func readSignal(u *unit) error {
	f := u.files[0]
	b := &signalBook{names: map[string]string{}, keys: map[string]string{}, chats: map[string]string{}, threads: map[string]*thread{}}
	return u.eachObject(f, func(object []byte, line int) error {
		var in signalFrame
		if err := decodeJSON(object, &in); err != nil {
			return u.failLine(f, line, err.Error())
		}
		switch {
		case in.Account != nil:
			b.owner = firstOf([]string{in.Account.Username, in.Account.Key, in.Account.Given})
		case in.Recipient != nil:
			b.recipient(in.Recipient)
		case in.Chat != nil:
			b.chats[string(in.Chat.ID)] = string(in.Chat.Recipient)
		case in.Item != nil:
			m := u.placed(b.message(in.Item), f, line)
			return b.thread(u, string(in.Item.Chat)).emit(m)
		}
		return nil
	})
}

func (b *signalBook) recipient(r *signalRecipient) {
	id := string(r.ID)
	switch {
	case r.Self != nil:
		b.names[id], b.keys[id] = "me", b.owner
	case r.Group != nil:
		b.names[id], b.keys[id] = firstOf([]string{r.Group.Snapshot.Title.Title, "group " + id}), r.Group.MasterKey
	case r.Contact != nil:
		c := r.Contact
		number := string(c.E164)
		if number != "" && digits(number) == len(number) {
			number = "+" + number
		}
		full := func(given, family string) string { return strings.TrimSpace(given + " " + family) }
		b.names[id] = firstOf([]string{full(c.Nickname.Given, c.Nickname.Family), full(c.Given2, c.Family2), full(c.Given, c.Family), c.Username, number, c.ACI, "recipient " + id})
		b.keys[id] = firstOf([]string{c.ACI, number, c.Username})
	}
}

func (b *signalBook) thread(u *unit, chat string) *thread {
	t := b.threads[chat]
	if t == nil {
		who := b.chats[chat]
		t = u.newThread(firstOf([]string{b.names[who], "chat " + chat}), b.owner, firstOf([]string{b.keys[who], b.names[who], chat}))
		b.threads[chat] = t
	}
	return t
}

func (b *signalBook) message(in *signalItem) *message.Message {
	m := &message.Message{Sender: firstOf([]string{b.names[string(in.Author)], "recipient " + string(in.Author)})}
	if ms, ok := parseInt(string(in.Sent)); ok && ms > 0 {
		m.Sent = message.Instant(time.UnixMilli(ms).UTC())
	}
	switch {
	case in.Outgoing != nil:
		m.Role = message.Reporter
	case in.Incoming != nil:
		m.Role = message.Counterparty
	}
	switch {
	case in.Update != nil || in.Payment != nil:
		m.System = true
	case in.Deleted != nil || in.Removed != nil:
		m.Deleted = true
	case in.Standard != nil:
		in.standard(m)
	case in.StoryReply != nil && in.StoryReply.Text != nil:
		m.Text = in.StoryReply.Text.Text.Body
	case in.Poll != nil:
		m.Text = in.Poll.Question
		for _, o := range in.Poll.Options {
			m.Text = joinLines(m.Text, o.Option)
		}
	case in.Sticker != nil:
		m.Media = "image/webp"
	default:
		m.Media = "application/octet-stream"
	}
	return m
}

func (in *signalItem) standard(m *message.Message) {
	if in.Standard.Text != nil {
		m.Text = in.Standard.Text.Body
	}
	for _, p := range in.Standard.Previews {
		if !strings.Contains(m.Text, p.URL) {
			m.Text = joinLines(m.Text, p.Title, p.URL)
		}
	}
	if m.Text == "" {
		m.Media = "application/octet-stream"
		if a := in.Standard.Attachments; len(a) > 0 && a[0].Pointer.Type != "" {
			m.Media = a[0].Pointer.Type
		}
	}
}
