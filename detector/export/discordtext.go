package export

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"github.com/hookline/hookline/detector/message"
)

var discordTextFormat = format{
	Format: Format{
		Name: "discord-text", Title: "Discord by way of DiscordChatExporter (text)",
		Recognised: "lines “[1/15/2024 10:30 AM] author”, each with the words below it",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true, twice: true,
	sniff: sniffDiscordText,
	read:  readDiscordText,
}

// discordHead reads “[DATE TIME] author”.
func discordHead(line string) (d dateWords, author string, ok bool) {
	inside, rest, found := strings.Cut(strings.TrimPrefix(line, "["), "] ")
	if !strings.HasPrefix(line, "[") || !found || len(inside) > 40 || len(rest) > 120 || strings.Contains(rest, ": ") {
		return d, "", false
	}
	d, ok = splitDate(asciiDigits(unmark(inside)))
	return d, strings.TrimSuffix(rest, " (pinned)"), ok && d.hasTime && (len(d.numbers) == 3 || d.month > 0)
}

func sniffDiscordText(s *sample) int {
	heads, banner := 0, false
	for i, line := range s.lines() {
		if i >= 200 || len(line) > 64<<10 {
			break
		}
		banner = banner || bytes.HasPrefix(line, []byte("Guild: "))
		if _, _, ok := discordHead(string(line)); ok {
			heads++
		}
	}
	switch {
	case heads > 0 && banner:
		return certain
	case heads >= 2:
		return likely - 5
	}
	return 0
}

func readDiscordText(u *unit) error {
	return readTalk(u, "", func(people) grammar {
		guild, began := "", false
		g := grammar{judge: func(e *entry, _ int) { judgeDiscord(e) }}
		g.read = func(line string) talkLine {
			if strings.HasPrefix(line, "======") {
				return talkLine{kind: lineAside}
			}
			if d, author, ok := discordHead(line); ok {
				began = true
				return talkLine{kind: lineHead, date: d, sender: author, below: true, halves: true}
			}
			if began && !strings.HasPrefix(line, "Exported ") {
				return talkLine{}
			}
			switch name, value, _ := strings.Cut(line, ": "); name {
			case "Guild":
				guild = value
			case "Channel":
				return talkLine{kind: lineAside, group: true, title: strings.TrimSpace(guild + " #" + value)}
			}
			return talkLine{kind: lineAside}
		}
		return g
	})
}

// judgeDiscord takes the blocks of reactions off and knows entries without
// words.
func judgeDiscord(e *entry) {
	var kept []string
	block := ""
	for _, line := range e.lines {
		if strings.HasPrefix(line, "{") && strings.HasSuffix(line, "}") && strings.Trim(line, "{}") != "" {
			block = line
			continue
		}
		if block == "" || block == "{Embed}" {
			kept = append(kept, line)
		} else if block == "{Attachments}" && e.media == "" {
			e.media = mimeOf(strings.SplitN(strings.TrimSpace(line), "?", 2)[0])
		}
	}
	e.lines = kept
	if e.text() != "" {
		e.media = ""
	} else if e.media == "" {
		e.media = "application/octet-stream"
	}
}

var discordHTMLFormat = format{
	Format: Format{
		Name: "discord-html", Title: "Discord by way of DiscordChatExporter (HTML)",
		Recognised: "a page with chatlog and chatlog__message-group",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		text := s.text()
		if s.isHTML() && bytes.Contains(text, []byte("chatlog__")) && (bytes.Contains(text, []byte("preamble")) || bytes.Contains(text, []byte("chatlog__message-group"))) {
			return certain
		}
		return 0
	},
	read: readDiscordHTML,
}

func readDiscordHTML(u *unit) error {
	f := u.files[0]
	root, err := u.page(f)
	if err != nil {
		return err
	}
	title := ownText(firstTag(root, "title"))
	var t *thread
	sender, count := "", 0
	var sent message.Time
	for _, group := range withClass(root, "chatlog__message-group") {
		messages := withClass(group, "chatlog__message-container")
		if len(messages) == 0 {
			messages = withClass(group, "chatlog__message")
		}
		if len(messages) == 0 {
			messages = []*html.Node{group}
		}
		for _, n := range messages {
			for _, class := range []string{"chatlog__author", "chatlog__author-name"} {
				if author := firstOf([]string{flat(firstWithClass(n, class)), flat(firstWithClass(group, class))}); author != "" {
					sender = author
				}
			}
			if at, ok := discordStamp(n); ok {
				sent = at
			} else if at, ok := discordStamp(group); ok {
				sent = at
			}
			m := discordNode(n)
			count++
			m.Sender, m.Sent, m.Source = sender, sent, place(f.name, count, 0)
			if t == nil {
				t = u.newThread(title, title, m.ID, m.Sender, m.Sent.String())
			}
			if err := t.emit(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// discordStamp reads the time of a message: the whole of it stands in the
// title of the short form.
func discordStamp(n *html.Node) (message.Time, bool) {
	for _, class := range []string{"chatlog__timestamp", "chatlog__short-timestamp"} {
		stamp := firstWithClass(n, class)
		if stamp == nil {
			continue
		}
		for _, text := range []string{nodeAttr(stamp, "title"), flat(stamp)} {
			if inner := firstTag(stamp, "a"); text == "" && inner != nil {
				text = flat(inner)
			}
			if at, ok := parseDate(text, orderUnknown); ok {
				return at, true
			}
		}
	}
	return message.Time{}, false
}

func discordNode(n *html.Node) *message.Message {
	id := firstOf([]string{nodeAttr(n, "data-message-id"), strings.TrimPrefix(nodeAttr(n, "id"), "chatlog__message-container-")})
	m := &message.Message{ID: id}
	if note := firstWithClass(n, "chatlog__system-notification"); note != nil {
		m.System, m.Text = true, flat(note)
		return m
	}
	for _, c := range withClass(n, "chatlog__content") {
		m.Text = joinLines(m.Text, words(c))
	}
	for _, c := range withClass(n, "chatlog__embed") {
		m.Text = joinLines(m.Text, words(c))
	}
	if m.Text == "" {
		m.Media = pictureIn(n)
	}
	return m
}
