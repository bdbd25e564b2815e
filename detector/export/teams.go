package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var teamsFormat = format{
	Format: Format{
		Name: "teams", Title: "Microsoft Teams messages (Graph, Export-TeamsData)",
		Recognised: "messages with MessageType and Body.ContentType, in either case",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		for _, at := range []string{"[].", "value[].", ""} {
			if s.has(at+"MessageType", at+"Body.ContentType") || s.has(at+"messageType", at+"body.contentType") {
				return certain
			}
		}
		return 0
	},
	read: readTeams,
}

// teamsMessage is read without regard to the case of its keys.
type teamsMessage struct {
	ID          string
	MessageType string
	Created     string `json:"createdDateTime"`
	Deleted     any    `json:"deletedDateTime"`
	Subject     string
	ChatID      string
	Channel     *struct {
		TeamID    string
		ChannelID string
	} `json:"channelIdentity"`
	Body *struct {
		ContentType string
		Content     string
	}
	From *struct {
		User        *struct{ ID, DisplayName string }
		Application *struct{ ID, DisplayName string }
	}
	Attachments []struct {
		ContentType string
		ContentURL  string
		Name        string
	}
}

func readTeams(u *unit) error {
	f := u.files[0]
	threads := map[string]*thread{}
	return u.eachElement(f, func(j *jsonReader) error {
		var in teamsMessage
		line, ok, err := u.element(j, f, &in)
		if err != nil || !ok {
			return err
		}
		m := u.placed(in.message(), f, line)
		name := in.ChatID
		if in.Channel != nil && name == "" {
			name = firstOf([]string{in.Channel.ChannelID, in.Channel.TeamID})
		}
		if name == "" {
			name = "unknown"
		}
		t := threads[name]
		if t == nil {
			t = u.newThread(name, name)
			threads[name] = t
		}
		return t.emit(m)
	}, "value")
}

func (in *teamsMessage) message() *message.Message {
	m := &message.Message{ID: in.ID, Deleted: in.Deleted != nil, System: in.MessageType != "" && !strings.EqualFold(in.MessageType, "message")}
	if in.From != nil {
		switch {
		case in.From.User != nil:
			m.Sender = firstOf([]string{in.From.User.DisplayName, in.From.User.ID})
		case in.From.Application != nil:
			m.Sender = firstOf([]string{in.From.Application.DisplayName, in.From.Application.ID})
		}
	}
	m.Sent, _ = message.ParseTime(in.Created)
	parts := []string{in.Subject}
	if in.Body != nil {
		text := in.Body.Content
		if strings.EqualFold(in.Body.ContentType, "html") {
			text = plainText(text)
		}
		parts = append(parts, text)
	}
	if m.Text = joinLines(parts...); m.Text == "" && !m.System && !m.Deleted {
		m.Media = "application/octet-stream"
		if len(in.Attachments) > 0 {
			m.Media = firstOf([]string{mimeOf(in.Attachments[0].Name), m.Media})
		}
	}
	return m
}
