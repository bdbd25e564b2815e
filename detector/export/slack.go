package export

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/hookline/hookline/detector/message"
)

var slackFormat = format{
	Format: Format{
		Name: "slack", Title: "Slack export (zip of channels and days) and slackdump",
		Recognised: "arrays of messages with ts, type and user, or channel_id with messages[].ts",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		if s.has("[].ts", "[].type") || s.has("channel_id", "messages[].ts") || s.slackNames() {
			return certain
		}
		return 0
	},
	gather: gatherSlack,
	read:   readSlack,
}

// slackNames knows users.json and channels.json of an export.
func (s *sample) slackNames() bool {
	switch s.base() {
	case "users.json", "channels.json", "groups.json", "dms.json", "mpims.json":
		return s.has("[].id") && (s.has("[].profile") || s.has("[].members") || s.has("[].name"))
	}
	return s.has("[].id", "[].profile", "[].team_id") || s.has("[].id", "[].members", "[].created", "[].name", "[].creator")
}

// gatherSlack joins the days and the books of names of an export, whose root
// is the folder above those of the channels.
func gatherSlack(t *tree, f *format) {
	roots := map[string][]int{}
	var order []string
	for i, c := range t.files {
		if c.format != f || c.taken {
			continue
		}
		root := c.file.dir()
		if slackDay(c.file.base()) {
			root = parent(root)
		}
		if roots[root] == nil {
			order = append(order, root)
		}
		roots[root] = append(roots[root], i)
	}
	for _, root := range order {
		t.unit(f, roots[root]...)
		t.companions(func(f *file) bool {
			return f.dir() == root && strings.HasSuffix(f.base(), ".json")
		})
	}
}

// slackDay knows YYYY-MM-DD.json.
func slackDay(base string) bool {
	return len(base) == len("2006-01-02.json") && digits(base) == 4 && strings.HasSuffix(base, ".json") && base[4] == '-'
}

type slackMessage struct {
	Type        string         `json:"type"`
	Subtype     string         `json:"subtype"`
	User        string         `json:"user"`
	Bot         string         `json:"bot_id"`
	Username    string         `json:"username"`
	Text        string         `json:"text"`
	TS          string         `json:"ts"`
	Team        string         `json:"team"`
	Replies     []slackMessage `json:"slackdump_thread_replies"`
	Attachments []struct {
		Pretext  string `json:"pretext"`
		Title    string `json:"title"`
		Link     string `json:"title_link"`
		Text     string `json:"text"`
		Fallback string `json:"fallback"`
	} `json:"attachments"`
	Files []struct {
		Name string `json:"name"`
		Type string `json:"mimetype"`
	} `json:"files"`
	Comment struct {
		User string `json:"user"`
		Text string `json:"comment"`
	} `json:"comment"`
}

// slackBook is the names of people and channels.
type slackBook struct {
	people   map[string]string
	channels map[string]string // name of the folder → id
	shown    map[string]string // name of the folder → what to call it
	threads  map[string]*thread
}

func readSlack(u *unit) error {
	b := &slackBook{people: map[string]string{}, channels: map[string]string{}, shown: map[string]string{}, threads: map[string]*thread{}}
	for _, f := range u.files {
		if newSample(f.name, f.first()).slackNames() {
			if err := b.names(u, f); err != nil {
				return err
			}
		}
	}
	for _, f := range u.files {
		s := newSample(f.name, f.first())
		if s.slackNames() {
			continue
		}
		var err error
		if s.has("channel_id", "messages") {
			err = b.dump(u, f)
		} else {
			folder := path.Base(f.dir())
			err = u.readJSON(f, func(j *jsonReader) error {
				return j.array(func() error { return b.element(u, j, f, folder) })
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// names reads users.json, channels.json, groups.json, dms.json or mpims.json.
func (b *slackBook) names(u *unit, f *file) error {
	return u.readJSON(f, func(j *jsonReader) error {
		return j.array(func() error {
			var in struct {
				ID      string   `json:"id"`
				Name    string   `json:"name"`
				Members []string `json:"members"`
				Profile *struct {
					Display string `json:"display_name"`
					Real    string `json:"real_name"`
				} `json:"profile"`
			}
			_, ok, err := u.element(j, f, &in)
			if err != nil || !ok {
				return err
			}
			if in.Profile != nil {
				b.people[in.ID] = firstOf([]string{in.Profile.Display, in.Profile.Real, in.Name})
				return nil
			}
			folder := firstOf([]string{in.Name, in.ID})
			b.channels[folder] = in.ID
			b.shown[folder] = in.Name
			if in.Name == "" {
				b.shown[folder] = strings.Join(in.Members, ", ") // resolved when used
			}
			return nil
		})
	})
}

// dump reads a channel as slackdump writes it: answers within the message.
func (b *slackBook) dump(u *unit, f *file) error {
	channel := ""
	return u.readJSON(f, func(j *jsonReader) error {
		return j.object(func(key string) (err error) {
			switch key {
			case "channel_id":
				channel, err = j.string()
				return err
			case "name":
				name, err := j.string()
				if name != "" {
					b.shown[channel] = name
				}
				b.channels[channel] = channel
				return err
			case "messages":
				return j.array(func() error { return b.element(u, j, f, channel) })
			}
			return j.skip()
		})
	})
}

func (b *slackBook) element(u *unit, j *jsonReader, f *file, folder string) error {
	var in slackMessage
	line, ok, err := u.element(j, f, &in)
	if err != nil || !ok {
		return err
	}
	for _, part := range append([]slackMessage{in}, in.Replies...) {
		m := b.message(&part)
		m.Source = place(f.name, line, 0)
		if m.Sent.IsZero() {
			u.oddTime(m.Source)
		}
		t := b.threads[folder]
		if t == nil {
			id := firstOf([]string{b.channels[folder], folder + " " + part.TS})
			t = u.newThread(b.title(folder), id)
			b.threads[folder] = t
		}
		if err := t.emit(m); err != nil {
			return err
		}
	}
	return nil
}

// title names a channel; a direct one by its people.
func (b *slackBook) title(folder string) string {
	shown := firstOf([]string{b.shown[folder], folder})
	parts := strings.Split(shown, ", ")
	for i, part := range parts {
		parts[i] = firstOf([]string{b.people[part], part})
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

func (b *slackBook) message(in *slackMessage) *message.Message {
	m := &message.Message{ID: in.TS}
	// Names are not unique and change; ids tell senders apart.
	m.Sender = firstOf([]string{in.User, in.Comment.User, in.Bot, in.Username})
	m.Sent, _ = epoch(in.TS)
	switch in.Subtype {
	case "", "bot_message", "me_message", "file_share", "file_comment", "file_mention", "thread_broadcast", "reply_broadcast", "slackbot_response":
		m.System = in.Type != "message" && in.Type != ""
	default:
		m.System = true
	}
	parts := []string{b.plain(in.Text)}
	if in.Comment.Text != "" && in.Text == "" {
		parts = append(parts, b.plain(in.Comment.Text))
	}
	for _, a := range in.Attachments {
		body := firstOf([]string{a.Text, a.Fallback})
		parts = append(parts, b.plain(a.Pretext), strings.TrimSpace(b.plain(a.Title)+" "+a.Link), b.plain(body))
	}
	if m.Text = joinLines(parts...); m.Text == "" && !m.System {
		m.Media = "application/octet-stream"
		if len(in.Files) > 0 {
			m.Media = firstOf([]string{in.Files[0].Type, mimeOf(in.Files[0].Name), m.Media})
		}
	}
	return m
}

// plain writes <@U1>, <#C1|name> and <address|words> as people see them.
func (b *slackBook) plain(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return text
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "<")
		out.WriteString(before)
		inside, after, closed := strings.Cut(rest, ">")
		if !found || !closed {
			if found {
				out.WriteString("<" + rest)
			}
			break
		}
		target, label, labelled := strings.Cut(inside, "|")
		switch {
		case strings.HasPrefix(inside, "@"):
			out.WriteString("@" + firstOf([]string{b.people[target[1:]], label, target[1:]}))
		case strings.HasPrefix(inside, "#"), strings.HasPrefix(inside, "!"):
			out.WriteString(inside[:1] + firstOf([]string{label, target[1:]}))
		case labelled && label != target && !strings.HasSuffix(target, ":"+label):
			out.WriteString(label + " (" + target + ")")
		default:
			out.WriteString(target)
		}
		text = after
	}
	return html.UnescapeString(out.String())
}
