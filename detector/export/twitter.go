package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var twitterFormat = format{
	Format: Format{
		Name: "twitter", Title: "X (Twitter) archive, direct messages",
		Recognised: "window.YTD.direct_messages… = [ … dmConversation … ]",
		Kinds:      []message.Kind{message.Chat},
	},
	chat:   true,
	sniff:  sniffTwitter,
	gather: gatherTwitter,
	read:   readTwitter,
}

func sniffTwitter(s *sample) int {
	if strings.HasPrefix(string(s.start()[:min(len(s.start()), 32)]), "window.YTD.") {
		return certain
	}
	return 0
}

// twitterPart is the name of the part of the archive that a file holds:
// direct_messages, direct_messages_group, account, tweets…
func twitterPart(f *file) string {
	text := string(decodeHead(f.first()))
	_, rest, _ := strings.Cut(text[:min(len(text), 200)], "window.YTD.")
	part, _, _ := strings.Cut(rest, ".")
	return part
}

// gatherTwitter joins the direct messages and the account, which names the
// owner. The other parts of the archive hold no messages.
func gatherTwitter(t *tree, f *format) {
	var messages, account, others []int
	for i, c := range t.files {
		if c.format != f || c.taken {
			continue
		}
		switch part := twitterPart(c.file); {
		case strings.HasPrefix(part, "direct_message"):
			messages = append(messages, i)
		case part == "account":
			account = append(account, i)
		default:
			others = append(others, i)
		}
	}
	if len(messages) > 0 {
		t.unit(f, append(messages, account...)...)
	} else {
		others = append(others, account...)
	}
	for _, i := range others {
		t.files[i].taken = true
		t.r.counts.Ignored++
	}
	if len(messages) == 0 && len(others) > 0 {
		t.r.note(t.files[others[0]].file.name, "an archive of X without direct messages")
	}
}

// script opens a file as the JSON after its first equals sign.
func (u *unit) scriptJSON(f *file) (*jsonReader, io.Closer, error) {
	in, closer, err := f.reader()
	if err != nil {
		return nil, nil, err
	}
	for n := 0; ; n++ {
		c, err := in.ReadByte()
		if err != nil || n > 1000 {
			closer.Close()
			return nil, nil, fmt.Errorf("no value after window.YTD: %w", firstError(err, io.ErrUnexpectedEOF))
		}
		if c == '=' {
			return newJSONReader(bufio.NewReader(in), u.r.limits), closer, nil
		}
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func readTwitter(u *unit) error {
	owner := ""
	for _, f := range u.files {
		if twitterPart(f) == "account" {
			err := u.script(f, func(j *jsonReader) error {
				var in struct{ Account struct{ AccountID string } }
				_, ok, err := u.element(j, f, &in)
				if ok {
					owner = in.Account.AccountID
				}
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	for _, f := range u.files {
		if twitterPart(f) == "account" {
			continue
		}
		if err := u.script(f, func(j *jsonReader) error { return u.twitterConversation(j, f, owner) }); err != nil {
			return err
		}
	}
	return nil
}

// script calls do for the elements of the array of a file.
func (u *unit) script(f *file, do func(j *jsonReader) error) error {
	j, closer, err := u.scriptJSON(f)
	if err != nil {
		return u.broken(f, 0, 0, err)
	}
	defer closer.Close()
	if err := j.array(func() error { return do(j) }); err != nil {
		return u.broken(f, j.here(), j.offset(), err)
	}
	return nil
}

type twitterEntry struct {
	Create *struct {
		ID       string   `json:"id"`
		Sender   string   `json:"senderId"`
		Text     string   `json:"text"`
		Created  string   `json:"createdAt"`
		MediaURL []string `json:"mediaUrls"`
		URLs     []struct {
			URL      string `json:"url"`
			Expanded string `json:"expanded"`
		} `json:"urls"`
	} `json:"messageCreate"`
}

// twitterConversation streams the messages of one conversation, whose id
// stands first.
func (u *unit) twitterConversation(j *jsonReader, f *file, owner string) error {
	id := ""
	b := backlog{begin: func() *thread { return u.newThread(id, owner, id) }}
	return b.finish(j.object(func(key string) error {
		if key != "dmConversation" {
			return j.skip()
		}
		return j.object(func(key string) (err error) {
			switch key {
			case "conversationId":
				id, err = j.string()
				return err
			case "messages":
				return j.array(func() error {
					m, err := u.twitterMessage(j, f, owner)
					if err != nil || m == nil {
						return err
					}
					return b.add(m)
				})
			}
			return j.skip()
		})
	}))
}

func (u *unit) twitterMessage(j *jsonReader, f *file, owner string) (*message.Message, error) {
	var in twitterEntry
	line, ok, err := u.element(j, f, &in)
	if err != nil || !ok || in.Create == nil {
		return nil, err // people who join and leave, names that change, reactions
	}
	c := in.Create
	m := &message.Message{ID: c.ID, Sender: c.Sender, Text: c.Text, Source: place(f.name, line, 0)}
	if m.Sent, err = message.ParseTime(c.Created); err != nil || m.Sent.IsZero() {
		u.oddTime(m.Source)
	}
	for _, link := range c.URLs {
		if link.URL != "" && link.Expanded != "" {
			m.Text = strings.ReplaceAll(m.Text, link.URL, link.Expanded)
		}
	}
	switch {
	case owner == "":
	case c.Sender == owner:
		m.Role = message.Reporter
	default:
		m.Role = message.Counterparty
	}
	if m.Text == "" {
		m.Media = "image/*"
	}
	return m, nil
}
