package export

import (
	"fmt"
	"strings"
	"time"

	"github.com/hookline/hookline/detector/message"
)

var wechatFormat = format{
	Format: Format{
		Name: "wechat", Title: "WeChat by way of WeChatMsg, MemoTrace, WeFlow or EchoTrace (CSV, JSON)",
		Recognised: "columns Type, IsSender, CreateTime, StrContent; or messages[] with is_sender or isSend",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true, twice: true,
	sniff: func(s *sample) int {
		for _, key := range []string{"messages[].is_sender", "messages[].isSend", "messages[].isSender", "messages[].IsSender"} {
			if s.has(key) {
				return certain
			}
		}
		return s.hasColumns("IsSender", "CreateTime", "StrContent")
	},
	read: readWeChat,
}

func readWeChat(u *unit) error {
	f := u.files[0]
	contact := stem(f.base()) // the name of the file is the contact
	if newSample(f.name, f.first()).keys() != nil {
		return u.wechatJSON(f, contact)
	}
	var t *thread
	return u.readRecords(f, func(r record) error {
		name := firstOf([]string{r.get("Remark"), r.get("NickName"), r.get("Sender"), contact})
		m := wechatMessage(r.get("IsSender") == "1", name, r.get("Type"), r.get("StrContent"))
		m.Source = r.source()
		m.ID = r.get("MsgSvrID")
		m.Sent = wechatTime(firstOf([]string{r.get("CreateTime"), r.get("StrTime")}))
		if m.Sent.IsZero() {
			u.oddTime(m.Source)
		}
		if t == nil {
			t = u.newThread(contact, contact, r.get("TalkerId"), m.Sent.String())
		}
		return t.emit(m)
	})
}

// wechatTime reads seconds, or a local time such as 2024-01-02 12:00.
func wechatTime(text string) message.Time {
	if n, ok := parseInt(text); ok && n > 1e8 && n < 1e11 {
		return message.Instant(time.Unix(n, 0).UTC())
	}
	sent, _ := (&whenReader{}).read(text)
	return sent
}

// wechatMessage judges by the type: 1 is text, 10000 a notice, 49 a link or a
// transfer whose words are XML, all others files.
func wechatMessage(mine bool, contact, kind, text string) *message.Message {
	m := &message.Message{Sender: contact, Role: message.Counterparty, Text: text}
	if mine {
		m.Sender, m.Role = "me", message.Reporter
	}
	switch kind {
	case "1", "文本", "文本消息", "text", "":
	case "10000", "10002", "系统消息", "系统", "system":
		m.System = true
	case "3", "47", "图片", "动画表情", "表情包", "图片消息", "image":
		m.Media = "image/*"
	case "34", "语音", "语音消息", "voice":
		m.Media = "audio/*"
	case "43", "62", "视频", "视频消息", "video":
		m.Media = "video/*"
	case "48", "位置", "42", "名片":
	case "49", "链接", "文件", "引用消息", "转账", "红包":
		if strings.Contains(text, "<") {
			m.Text = plainText(strings.NewReplacer("<title>", "<p>", "</title>", "</p>").Replace(text))
		}
	default:
		if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") && len(text) < 40 {
			m.Media = "application/octet-stream"
		}
	}
	if m.Text == "" && !m.System && m.Media == "" {
		m.Media = "application/octet-stream"
	}
	return m
}

// wechatJSON reads the JSON of several programs, which agree on little but the
// flag of the sender: first for whose conversation it is, then for its messages.
func (u *unit) wechatJSON(f *file, contact string) error {
	id := ""
	whose := func(j *jsonReader, key string) (err error) {
		switch key {
		case "talker":
			contact, err = j.string()
			id = contact
			return err
		case "session":
			var session map[string]any
			_, _, err := u.element(j, f, &session)
			id = textOf(session, "wxid", "username", "id")
			contact = firstOf([]string{textOf(session, "displayName", "remark", "nickname"), id, contact})
			return err
		}
		return j.skip()
	}
	j, closer, err := u.openJSON(f)
	if err != nil {
		return err
	}
	_ = j.object(func(key string) error { return whose(j, key) }) // faults are told by the second pass
	closer.Close()

	var t *thread
	return u.readJSON(f, func(j *jsonReader) error {
		return j.object(func(key string) (err error) {
			if key != "messages" {
				return j.skip()
			}
			return j.array(func() error {
				var in map[string]any
				line, ok, err := u.element(j, f, &in)
				if err != nil || !ok {
					return err
				}
				m := u.placed(wechatEntry(in, contact), f, line)
				if t == nil {
					t = u.newThread(contact, contact, id, m.Sent.String())
				}
				return t.emit(m)
			})
		})
	})
}

func wechatEntry(in map[string]any, contact string) *message.Message {
	pick := func(keys ...string) string {
		for _, key := range keys {
			if v, ok := in[key]; ok && v != nil {
				return strings.TrimSpace(fmt.Sprint(plainValue(v)))
			}
		}
		return ""
	}
	mine := truth(pick("is_sender", "isSend", "isSender", "IsSender"))
	name := firstOf([]string{pick("senderDisplayName", "sender_name", "senderName", "senderUsername", "talker", "sender"), contact})
	m := wechatMessage(mine, name, pick("type_name", "typeName", "type", "Type", "localType"), pick("msg", "content", "StrContent", "parsedContent", "text"))
	m.ID = pick("serverId", "MsgSvrID", "msgSvrId")
	m.Sent = wechatTime(pick("CreateTime", "createTime", "create_time", "timestamp", "formattedTime", "StrTime"))
	return m
}

// plainValue prints numbers without exponent.
func plainValue(v any) any {
	if n, ok := v.(float64); ok {
		return wholeNumber(n)
	}
	return v
}
