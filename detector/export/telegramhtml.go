package export

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"github.com/hookline/hookline/detector/message"
)

var telegramHTMLFormat = format{
	Format: Format{
		Name: "telegram-html", Title: "Telegram Desktop export, messages.html and its continuations",
		Recognised: "a page with page_wrap, history and message default or service",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		text := s.text()
		if s.isHTML() && bytes.Contains(text, []byte("page_wrap")) && bytes.Contains(text, []byte(`class="history"`)) {
			return certain
		}
		return 0
	},
	gather: gatherTelegramHTML,
	read:   readTelegramHTML,
}

// gatherTelegramHTML joins the pages of a chat, which lie in one folder. Where
// the folder has the same export as JSON, the pages are left.
func gatherTelegramHTML(t *tree, f *format) {
	for _, group := range t.byFolder(f) {
		json := false
		for _, c := range t.files {
			json = json || c.is("telegram") && c.file.dir() == t.files[group[0]].file.dir()
		}
		if json {
			t.leave("the same chats as JSON are read", group...)
			continue
		}
		t.unit(f, group...)
	}
}

func readTelegramHTML(u *unit) error {
	var t *thread
	sender := ""
	for _, f := range u.files {
		root, err := u.page(f)
		if err != nil {
			if err := u.broken(f, 0, 0, err); err != nil {
				return err
			}
			continue
		}
		title := flat(firstWithClass(root, "page_header"))
		for i, n := range nodes(root, func(n *html.Node) bool { return n.Data == "div" && hasClass(n, "message") }) {
			m := telegramNode(n, &sender)
			m.Source = place(f.name, i+1, 0) // pages have no lines that people see
			if m.Sent.IsZero() && !m.System {
				u.oddTime(m.Source)
			}
			if t == nil {
				t = u.newThread(title, title, m.ID, m.Sent.String(), m.Sender)
			}
			if err := t.emit(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// telegramNode makes a message of an element. A joined one has the sender of
// the one before.
func telegramNode(n *html.Node, sender *string) *message.Message {
	m := &message.Message{ID: strings.TrimPrefix(nodeAttr(n, "id"), "message")}
	if hasClass(n, "service") {
		m.System, m.Text = true, flat(n)
		return m
	}
	body := firstWithClass(n, "body")
	if body == nil {
		body = n
	}
	for c := body.FirstChild; c != nil; c = c.NextSibling {
		if hasClass(c, "from_name") {
			*sender = ownText(c)
		}
	}
	m.Sender = *sender
	if date := firstWithClass(n, "date"); date != nil {
		m.Sent, _ = parseDate(nodeAttr(date, "title"), dayFirst)
	}
	var texts []string
	for _, text := range withClass(n, "text") {
		texts = append(texts, words(text))
	}
	for _, poll := range withClass(n, "media_poll") {
		texts = append(texts, words(poll))
	}
	for _, button := range withClass(n, "bot_button") {
		texts = append(texts, words(button))
	}
	if m.Text = joinLines(texts...); m.Text == "" {
		m.Media = telegramMedia(n)
	}
	return m
}

func telegramMedia(n *html.Node) string {
	for class, kind := range map[string]string{"photo_wrap": "image/jpeg", "media_photo": "image/jpeg", "video_file_wrap": "video/mp4",
		"media_video": "video/mp4", "media_voice_message": "audio/ogg", "media_audio_file": "audio/mpeg", "sticker_wrap": "image/webp"} {
		if firstWithClass(n, class) != nil {
			return kind
		}
	}
	return "application/octet-stream"
}
