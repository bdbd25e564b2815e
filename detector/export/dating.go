package export

import (
	"fmt"

	"golang.org/x/net/html"

	"github.com/hookline/hookline/detector/message"
)

var hingeFormat = format{
	Format: Format{
		Name: "hinge", Title: "Hinge download, matches.json (only what you wrote)",
		Recognised: "array with chats[].body and match or like",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		if s.has("[].chats[].body", "[].chats[].timestamp") || s.has("[].match", "[].like[].like") || s.has("[].like[].timestamp", "[].like[].type") {
			return certain
		}
		return 0
	},
	read: readHinge,
}

func readHinge(u *unit) error {
	f := u.files[0]
	likes := 0
	err := u.eachElement(f, func(j *jsonReader) error {
		var in struct {
			Match []struct {
				Timestamp string `json:"timestamp"`
			} `json:"match"`
			Like  []any `json:"like"`
			Chats []struct {
				Body      string `json:"body"`
				Timestamp string `json:"timestamp"`
			} `json:"chats"`
		}
		line, ok, err := u.element(j, f, &in)
		if err != nil || !ok {
			return err
		}
		if len(in.Chats) == 0 {
			likes += min(len(in.Like), 1)
			return nil
		}
		var b backlog
		b.begin = func() *thread {
			first := b.earliest()
			since := first.Sent.String()
			if len(in.Match) > 0 {
				since = in.Match[0].Timestamp
			}
			return u.newThread("match of "+since, since, first.Text)
		}
		for _, c := range in.Chats {
			m := &message.Message{Sender: "me", Role: message.Reporter, Text: c.Body, Source: place(f.name, line, 0)}
			if m.Sent, ok = (&whenReader{}).read(c.Timestamp); !ok {
				u.oddTime(m.Source)
			}
			if m.Text == "" {
				m.Media = "application/octet-stream"
			}
			if err := b.add(m); err != nil {
				return err
			}
		}
		return b.flush()
	})
	if likes > 0 {
		u.note(f, fmt.Sprintf("likes without a conversation, left out: %d", likes))
	}
	return err
}

var tinderFormat = format{
	Format: Format{
		Name: "tinder", Title: "Tinder download, data.json (only what you wrote)",
		Recognised: "Messages[] with match_id and messages[].sent_date",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		if s.has("Messages[].match_id", "Messages[].messages") || s.has("Usage", "User", "Messages") || s.has("Usage.app_opens") {
			return certain
		}
		return 0
	},
	read: readTinder,
}

func readTinder(u *unit) error {
	f := u.files[0]
	return u.eachElement(f, func(j *jsonReader) error {
		var in struct {
			Match    string `json:"match_id"`
			Messages []struct {
				To      any    `json:"to"`
				From    string `json:"from"`
				Message string `json:"message"`
				Sent    string `json:"sent_date"`
				Type    any    `json:"type"`
			} `json:"messages"`
		}
		line, ok, err := u.element(j, f, &in)
		if err != nil || !ok {
			return err
		}
		var b backlog
		b.begin = func() *thread {
			first := b.earliest()
			return u.newThread(in.Match, in.Match, wholeNumber(in.Messages[0].To), first.Sent.String(), first.Text)
		}
		for _, c := range in.Messages {
			m := &message.Message{Sender: firstOf([]string{c.From, "You"}), Text: html.UnescapeString(c.Message), Source: place(f.name, line, 0)}
			if m.Sender == "You" {
				m.Sender, m.Role = "me", message.Reporter
			} else {
				m.Role = message.Counterparty
			}
			if m.Sent, ok = (&whenReader{}).read(c.Sent); !ok {
				u.oddTime(m.Source)
			}
			if kind, _ := c.Type.(string); kind == "gif" {
				m.Media = "image/gif"
			} else if m.Text == "" {
				m.Media = "application/octet-stream"
			}
			if err := b.add(m); err != nil {
				return err
			}
		}
		return b.flush()
	}, "Messages")
}
