package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var discordFormat = format{
	Format: Format{
		Name: "discord", Title: "Discord by way of DiscordChatExporter (JSON)",
		Recognised: "guild, channel and messages[] with timestamp and author",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		if s.has("channel.id", "messages[].author.id", "messages[].timestamp") || s.has("guild.id", "channel.id", "dateRange") {
			return certain
		}
		return 0
	},
	read: readDiscord,
}

type discordMessage struct {
	ID        string `json:"id"`
	Type      string `json:"type"`
	Timestamp string `json:"timestamp"`
	Content   string `json:"content"`
	Author    struct {
		ID       string `json:"id"`
		Name     string `json:"name"`
		Nickname string `json:"nickname"`
	} `json:"author"`
	Attachments []struct {
		URL  string `json:"url"`
		Name string `json:"fileName"`
	} `json:"attachments"`
	Embeds []struct {
		Title       string `json:"title"`
		URL         string `json:"url"`
		Description string `json:"description"`
		Fields      []struct {
			Name  string `json:"name"`
			Value string `json:"value"`
		} `json:"fields"`
	} `json:"embeds"`
	Stickers []struct {
		Name string `json:"name"`
	} `json:"stickers"`
}

// discordPlace is the guild and the channel of an export.
type discordPlace struct {
	Guild struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	Channel struct {
		ID   string `json:"id"`
		Type string `json:"type"`
		Name string `json:"name"`
	}
}

func (p *discordPlace) thread(u *unit) *thread {
	name := p.Channel.Name
	if p.Guild.ID != "0" && p.Guild.Name != "" {
		name = p.Guild.Name + " #" + name
	}
	return u.newThread(firstOf([]string{name, p.Channel.ID}), p.Channel.ID)
}

func readDiscord(u *unit) error {
	f := u.files[0]
	var p discordPlace
	var t *thread
	return u.readJSON(f, func(j *jsonReader) error {
		return j.object(func(key string) error {
			switch key {
			case "guild":
				_, _, err := u.element(j, f, &p.Guild)
				return err
			case "channel":
				_, _, err := u.element(j, f, &p.Channel)
				return err
			case "messages":
				t = p.thread(u)
				return j.array(func() error { return u.discord(j, f, t) })
			}
			return j.skip()
		})
	})
}

func (u *unit) discord(j *jsonReader, f *file, t *thread) error {
	var in discordMessage
	line, ok, err := u.element(j, f, &in)
	if err != nil || !ok {
		return err
	}
	m := &message.Message{ID: in.ID, Source: place(f.name, line, 0)}
	m.Sender = firstOf([]string{in.Author.Nickname, in.Author.Name, in.Author.ID})
	if m.Sent, err = message.ParseTime(in.Timestamp); err != nil {
		u.oddTime(m.Source)
	}
	switch in.Type {
	case "Default", "Reply", "ThreadStarterMessage", "ChatInputCommand", "ContextMenuCommand", "":
	default:
		m.System = true
	}
	parts := []string{in.Content}
	for _, e := range in.Embeds {
		parts = append(parts, e.Title, e.Description)
		for _, field := range e.Fields {
			parts = append(parts, strings.TrimSpace(field.Name+" "+field.Value))
		}
		if e.URL != "" && !strings.Contains(in.Content, e.URL) {
			parts = append(parts, e.URL)
		}
	}
	if m.Text = joinLines(parts...); m.Text == "" && !m.System {
		m.Media = "application/octet-stream"
		switch {
		case len(in.Attachments) > 0:
			m.Media = firstOf([]string{mimeOf(in.Attachments[0].Name), mimeOf(in.Attachments[0].URL), m.Media})
		case len(in.Stickers) > 0:
			m.Media = "image/png"
		}
	}
	return t.emit(m)
}
