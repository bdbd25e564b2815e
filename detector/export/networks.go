package export

import (
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var linkedinFormat = format{
	Format: Format{
		Name: "linkedin", Title: "LinkedIn download, messages.csv",
		Recognised: "columns CONVERSATION ID, FROM, DATE, CONTENT; older: From, To, Date, Subject, Content, Direction",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		return max(s.hasColumns("CONVERSATION ID", "FROM", "DATE", "CONTENT"), s.hasColumns("From", "To", "Date", "Subject", "Content", "Direction"))
	},
	read: readLinkedIn,
}

func readLinkedIn(u *unit) error {
	f := u.files[0]
	threads := map[string]*thread{}
	return u.readRecords(f, func(r record) error {
		id := r.get("CONVERSATION ID")
		if id == "" {
			pair := []string{r.get("FROM"), r.get("TO")}
			slices.Sort(pair)
			id = chatName("", pair)
		}
		m := &message.Message{Sender: r.get("FROM"), Source: r.source(), Sent: r.time("DATE", monthFirst)}
		m.Text = joinLines(r.get("SUBJECT"), plainText(r.get("CONTENT")))
		m.System = truth(r.get("IS MESSAGE DRAFT")) // never sent
		if m.Text == "" {
			m.Media = firstOf([]string{firstAttachment(r.get("ATTACHMENTS")), "application/octet-stream"})
		}
		t := threads[id]
		if t == nil {
			t = u.newThread(firstOf([]string{id, r.get("CONVERSATION TITLE"), "unknown"}), id)
			threads[id] = t
		}
		return t.emit(m)
	})
}

var redditFormat = format{
	Format: Format{
		Name: "reddit", Title: "Reddit data request: messages and chats (CSV)",
		Recognised: "columns thread_id, from, to, body; or message_id, username, message, channel_url",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		return max(s.hasColumns("id", "permalink", "thread_id", "from", "to", "body"),
			s.hasColumns("message_id", "username", "message", "channel_url"))
	},
	gather: gatherReddit,
	read:   readReddit,
}

// gatherReddit leaves the other tables of the request: votes, addresses,
// public posts and comments.
func gatherReddit(t *tree, f *format) {
	for i, c := range t.files {
		if c.format != f || c.taken {
			continue
		}
		t.unit(f, i)
	}
	for _, c := range t.files {
		if c.format != f || !c.taken {
			continue
		}
		t.companions(func(other *file) bool {
			return other.dir() == c.file.dir() && strings.HasSuffix(other.base(), ".csv")
		})
	}
}

func readReddit(u *unit) error {
	f := u.files[0]
	threads := map[string]*thread{}
	return u.readRecords(f, func(r record) error {
		chat := r.get("message_id") != ""
		m := &message.Message{Source: r.source()}
		var name string
		if chat {
			m.ID, m.Sender, m.Text = r.get("message_id"), r.get("username"), r.get("message")
			m.Sent = r.time("created_at", monthFirst)
			name = firstOf([]string{r.get("channel_url"), r.get("channel_name"), r.get("subreddit"), "chat"})
		} else {
			m.ID, m.Sender = r.get("id"), r.get("from")
			m.Text = joinLines(r.get("subject"), r.get("body"))
			m.Sent = r.time("date", monthFirst)
			name = firstOf([]string{r.get("thread_id"), r.get("id")})
		}
		m.Deleted = m.Text == "[deleted]" || m.Text == "[removed]"
		if m.Text == "" {
			m.Media = "image/*"
		}
		t := threads[name]
		if t == nil {
			t = u.newThread(name, name)
			threads[name] = t
		}
		return t.emit(m)
	})
}
