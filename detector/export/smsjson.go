package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var smsJSONFormat = format{
	Format: Format{
		Name: "sms-json", Title: "SMS and MMS of Android as JSON (SMS Import / Export and kindred)",
		Recognised: "objects with address, body, date and type, as Android keeps them",
		Kinds:      []message.Kind{message.SMS},
	},
	chat: true,
	sniff: func(s *sample) int {
		for _, at := range []string{"", "[]."} {
			if s.has(at+"address", at+"body", at+"date", at+"type") {
				return likely + 15
			}
		}
		return 0
	},
	read: readSMSJSON,
}

func readSMSJSON(u *unit) error {
	f := u.files[0]
	threads := map[string]*thread{}
	return u.eachElement(f, func(j *jsonReader) error {
		var in map[string]any
		line, ok, err := u.element(j, f, &in)
		if err != nil || !ok {
			return err
		}
		m := &message.Message{Kind: message.SMS, Text: textOf(in, "body"), Source: place(f.name, line, 0), Sent: smsTime(wholeNumber(in["date"]))}
		number := cleanNumber(wholeNumber(in["address"]))
		kind := wholeNumber(in["type"])
		if in["__parts"] != nil || in["parts"] != nil {
			kind = smsParts(in, m)
			if from := senderOf(in); from != "" {
				number = cleanNumber(from)
			}
		}
		smsSides(m, number, kind == "1")
		switch {
		case m.Text == "" && number == "":
			return u.failLine(f, line, "a message without address and body")
		case m.Text == "" && m.Media == "":
			m.Media = "application/octet-stream"
		}
		if m.Sent.IsZero() {
			u.oddTime(m.Source)
		}
		return u.smsThread(threads, orUnknown(number), m)
	})
}

// smsParts reads the parts of an MMS and returns its box.
func smsParts(in map[string]any, m *message.Message) string {
	for _, v := range append(listOf(in["__parts"]), listOf(in["parts"])...) {
		part, _ := v.(map[string]any)
		switch kind := textOf(part, "ct", "contentType"); {
		case kind == "application/smil":
		case strings.HasPrefix(kind, "text/"):
			m.Text = joinLines(m.Text, textOf(part, "text"))
		case m.Media == "":
			m.Media = kind
		}
	}
	if m.Text != "" {
		m.Media = ""
	}
	return wholeNumber(in["msg_box"])
}

// senderOf is the address of an MMS.
func senderOf(in map[string]any) string {
	sender := sub(in, "__sender_address")
	return textOf(sender, "address")
}
