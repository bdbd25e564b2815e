package export

import (
	"path"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var googleChatFormat = format{
	Format: Format{
		Name: "google-chat", Title: "Google Chat (Takeout)",
		Recognised: "messages[] with creator and created_date",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		if s.has("messages[].created_date") && (s.has("messages[].creator") || s.has("messages[].topic_id")) {
			return certain
		}
		return 0
	},
	gather: gatherGoogleChat,
	read:   readGoogleChat,
}

// gatherGoogleChat puts group_info.json beside the messages of its folder.
func gatherGoogleChat(t *tree, f *format) {
	for i, c := range t.files {
		if c.format != f || c.taken {
			continue
		}
		at := []int{i}
		for k, other := range t.files {
			if other.file.dir() == c.file.dir() && other.file.base() == "group_info.json" {
				at = append(at, k)
			}
		}
		t.unit(f, at...)
	}
	t.companions(func(f *file) bool {
		return f.base() == "user_info.json" && strings.Contains(f.path, "Users/")
	})
}

type googleMessage struct {
	Creator struct {
		Name  string `json:"name"`
		Email string `json:"email"`
	} `json:"creator"`
	Created     string `json:"created_date"`
	Updated     string `json:"updated_date"`
	Text        string `json:"text"`
	ID          string `json:"message_id"`
	Attachments []struct {
		Name   string `json:"original_name"`
		Export string `json:"export_name"`
	} `json:"attached_files"`
	Deleted     any `json:"deletion_metadata"`
	Annotations []struct {
		URL struct {
			Link struct {
				URL string `json:"private_do_not_access_or_else_safe_url_wrapped_value"`
			} `json:"url"`
		} `json:"url_metadata"`
	} `json:"annotations"`
}

func readGoogleChat(u *unit) error {
	f := u.files[0]
	var info struct {
		Name    string `json:"name"`
		Members []struct {
			Name  string `json:"name"`
			Email string `json:"email"`
		} `json:"members"`
	}
	if len(u.files) > 1 {
		if text, err := u.whole(u.files[1]); err == nil {
			_ = decodeJSON(text, &info) // without it the conversation is named by its senders
		}
	}
	names := people{}
	for _, member := range info.Members {
		names.add(firstOf([]string{member.Name, member.Email}))
	}
	folder := path.Base(f.dir())
	var t *thread
	return u.eachElement(f, func(j *jsonReader) error {
		var in googleMessage
		line, ok, err := u.element(j, f, &in)
		if err != nil || !ok {
			return err
		}
		m := u.placed(in.message(), f, line)
		if t == nil {
			group, _, _ := strings.Cut(in.ID, "/")
			title := firstOf([]string{info.Name, chatName("", names.names()), folder, group})
			t = u.newThread(title, firstOf([]string{group, folder}))
		}
		return t.emit(m)
	}, "messages")
}

func (in *googleMessage) message() *message.Message {
	m := &message.Message{ID: in.ID, Sender: firstOf([]string{in.Creator.Name, in.Creator.Email}), Text: in.Text}
	m.Sent, _ = parseDate(unmark(firstOf([]string{in.Created, in.Updated})), orderUnknown)
	for _, a := range in.Annotations {
		if link := a.URL.Link.URL; link != "" && !strings.Contains(m.Text, link) {
			m.Text = joinLines(m.Text, link)
		}
	}
	switch {
	case m.Text != "":
	case in.Deleted != nil:
		m.Deleted = true
	default:
		m.Media = "application/octet-stream"
		if len(in.Attachments) > 0 {
			m.Media = firstOf([]string{mimeOf(in.Attachments[0].Name), mimeOf(in.Attachments[0].Export), m.Media})
		}
	}
	return m
}
