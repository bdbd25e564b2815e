package export

import (
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var discordCSVFormat = format{
	Format: Format{
		Name: "discord-csv", Title: "Discord by way of DiscordChatExporter (CSV)",
		Recognised: "columns AuthorID, Author, Date, Content",
		Kinds:      []message.Kind{message.Chat},
	},
	chat:  true,
	sniff: func(s *sample) int { return s.hasColumns("AuthorID", "Author", "Date", "Content") },
	read: func(u *unit) error {
		f := u.files[0]
		var t *thread
		return u.readRecords(f, func(r record) error {
			m := &message.Message{Sender: firstOf([]string{r.get("Author"), r.get("AuthorID")}), Text: r.get("Content"), Source: r.source()}
			m.Sent = r.time("Date", monthFirst)
			if m.Text == "" {
				if m.Media = firstAttachment(r.get("Attachments")); m.Media == "" {
					m.Media = "application/octet-stream"
				}
			}
			if t == nil {
				// The name of the file bears the id of the channel.
				title := stem(f.base())
				identity := []string{title, m.Sender, m.Sent.String()}
				if _, id, ok := strings.Cut(title, "["); ok {
					identity = []string{strings.TrimRight(id, "] ")}
				}
				t = u.newThread(title, identity...)
			}
			return t.emit(m)
		})
	},
}

func firstAttachment(list string) string {
	for word := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		if kind := mimeOf(strings.SplitN(word, "?", 2)[0]); kind != "" {
			return kind
		}
	}
	return ""
}

var discordPackageFormat = format{
	Format: Format{
		Name: "discord-package", Title: "Discord's own data package (messages you sent)",
		Recognised: "columns or keys ID, Timestamp, Contents, Attachments",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		if s.has("[].ID", "[].Timestamp", "[].Contents") {
			return certain
		}
		if names, _ := s.header(); slices.Contains(names, "Attachments") {
			return s.hasColumns("ID", "Timestamp", "Contents")
		}
		return 0
	},
	gather: gatherDiscordPackage,
	read:   readDiscordPackage,
}

// gatherDiscordPackage puts each channel.json beside its messages.
func gatherDiscordPackage(t *tree, f *format) {
	for i, c := range t.files {
		if c.format != f || c.taken {
			continue
		}
		at := []int{i}
		for k, other := range t.files {
			if other.file.dir() == c.file.dir() && other.file.base() == "channel.json" {
				at = append(at, k)
			}
		}
		t.unit(f, at...)
		t.companions(func(f *file) bool {
			return f.base() == "index.json" && f.dir() == parent(c.file.dir())
		})
	}
}

// discordChannel is what channel.json says.
type discordChannel struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Guild struct {
		Name string `json:"name"`
	} `json:"guild"`
}

func readDiscordPackage(u *unit) error {
	f := u.files[0]
	var c discordChannel
	if len(u.files) > 1 {
		if text, err := u.whole(u.files[1]); err == nil {
			_ = decodeJSON(text, &c) // without it the folder names the channel
		}
	}
	id := firstOf([]string{c.ID, strings.TrimPrefix(lastOf(f.dir()), "c")})
	shown := firstOf([]string{c.Name, id})
	if c.Guild.Name != "" {
		shown = c.Guild.Name + " #" + c.Name
	}
	t := u.newThread(shown, id)
	if newSample(f.name, f.first()).keys() == nil {
		return u.readRecords(f, func(r record) error {
			return t.ownDiscord(r.get("ID"), r.get("Timestamp"), r.get("Contents"), r.get("Attachments"), r.source())
		})
	}
	return u.eachElement(f, func(j *jsonReader) error {
		var in map[string]any
		line, ok, err := u.element(j, f, &in)
		if err != nil || !ok {
			return err
		}
		return t.ownDiscord(wholeNumber(in["ID"]), textOf(in, "Timestamp"), textOf(in, "Contents"), textOf(in, "Attachments"), place(f.name, line, 0))
	})
}

// ownDiscord gives a message of the package, which holds those of its owner
// only. Its times are UTC without saying so.
func (t *thread) ownDiscord(id, sent, text, attached, source string) error {
	m := &message.Message{ID: id, Sender: "me", Role: message.Reporter, Text: text, Source: source}
	var ok bool
	if m.Sent, ok = (&whenReader{}).read(sent); !ok {
		t.u.oddTime(source)
	}
	if m.Sent.IsLocal() {
		m.Sent = message.Instant(m.Sent.Clock())
	}
	if text == "" {
		m.Media = firstOf([]string{firstAttachment(attached), "application/octet-stream"})
	}
	return t.emit(m)
}
