package export

import (
	"strings"
	"time"

	"github.com/hookline/hookline/detector/message"
)

var signalCLIFormat = format{
	Format: Format{
		Name: "signal-cli", Title: "signal-cli, JSON of receive or of its daemon",
		Recognised: "lines with envelope.timestamp and dataMessage, syncMessage and the like",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true,
	sniff: func(s *sample) int {
		for _, at := range []string{"", "params.", "params.result."} {
			if s.has(at+"envelope.timestamp") && (s.has(at+"envelope.source") || s.has(at+"envelope.sourceNumber")) {
				return certain
			}
		}
		return 0
	},
	read: readSignalCLI,
}

type signalEnvelope struct {
	Source    string         `json:"source"`
	Number    string         `json:"sourceNumber"`
	Name      string         `json:"sourceName"`
	Timestamp int64          `json:"timestamp"`
	Data      *signalCLIData `json:"dataMessage"`
	Edit      *struct {
		Data *signalCLIData `json:"dataMessage"`
	} `json:"editMessage"`
	Sync *struct {
		Sent *struct {
			signalCLIData
			Destination string `json:"destination"`
			Number      string `json:"destinationNumber"`
		} `json:"sentMessage"`
	} `json:"syncMessage"`
	Call *struct{} `json:"callMessage"`
}

type signalCLIData struct {
	Timestamp   int64     `json:"timestamp"`
	Message     string    `json:"message"`
	Reaction    *struct{} `json:"reaction"`
	Deleted     *struct{} `json:"remoteDelete"`
	Sticker     *struct{} `json:"sticker"`
	Attachments []struct {
		Type string `json:"contentType"`
	} `json:"attachments"`
	Previews []struct {
		URL   string `json:"url"`
		Title string `json:"title"`
	} `json:"previews"`
	Group *struct {
		ID   string `json:"groupId"`
		Name string `json:"groupName"`
		Type string `json:"type"`
	} `json:"groupInfo"`
}

type signalCLILine struct {
	Envelope *signalEnvelope `json:"envelope"`
	Account  string          `json:"account"`
	Params   *struct {
		Envelope *signalEnvelope `json:"envelope"`
		Account  string          `json:"account"`
		Result   *struct {
			Envelope *signalEnvelope `json:"envelope"`
		} `json:"result"`
	} `json:"params"`
}

func readSignalCLI(u *unit) error {
	f := u.files[0]
	threads := map[string]*thread{}
	return u.eachObject(f, func(object []byte, line int) error {
		var in signalCLILine
		if err := decodeJSON(object, &in); err != nil {
			return u.failLine(f, line, err.Error())
		}
		if p := in.Params; p != nil {
			if in.Envelope = p.Envelope; p.Result != nil && in.Envelope == nil {
				in.Envelope = p.Result.Envelope
			}
			in.Account = p.Account
		}
		if in.Envelope == nil {
			return u.failLine(f, line, "a line without envelope")
		}
		m, name := in.Envelope.message()
		if m == nil {
			return nil // receipts, typing, contacts, reactions: nobody wrote them
		}
		m.Source = place(f.name, line, 0)
		t := threads[name]
		if t == nil {
			t = u.newThread(name, name)
			threads[name] = t
		}
		return t.emit(m)
	})
}

// message makes a message of an envelope, and names its conversation: the
// group, or the number of the other side.
func (e *signalEnvelope) message() (m *message.Message, thread string) {
	from := firstOf([]string{e.Number, e.Source, e.Name})
	data := e.Data
	thread = from
	m = &message.Message{Sender: from, Role: message.Counterparty}
	switch {
	case e.Edit != nil:
		data = e.Edit.Data
	case e.Sync != nil && e.Sync.Sent != nil:
		data = &e.Sync.Sent.signalCLIData
		thread = firstOf([]string{e.Sync.Sent.Number, e.Sync.Sent.Destination, from})
		m.Role = message.Reporter
	case e.Call != nil:
		m.System, m.Text = true, "call"
		m.Sent = message.Instant(time.UnixMilli(e.Timestamp).UTC())
		return m, thread
	}
	if data == nil || data.Reaction != nil {
		return nil, ""
	}
	m.Sent = message.Instant(time.UnixMilli(max(data.Timestamp, e.Timestamp)).UTC())
	if g := data.Group; g != nil {
		thread = g.ID
		m.System = g.Type != "DELIVER" && data.Message == ""
	}
	data.fill(m)
	return m, thread
}

func (d *signalCLIData) fill(m *message.Message) {
	m.Text = d.Message
	for _, p := range d.Previews {
		if !strings.Contains(m.Text, p.URL) {
			m.Text = joinLines(m.Text, p.Title, p.URL)
		}
	}
	switch {
	case m.System || m.Text != "":
	case d.Deleted != nil:
		m.Deleted = true
	case len(d.Attachments) > 0 && d.Attachments[0].Type != "":
		m.Media = d.Attachments[0].Type
	case d.Sticker != nil:
		m.Media = "image/webp"
	default:
		m.System = true // timers, profile keys and the like
	}
}
