package export

import (
	"strings"
	"time"

	"github.com/hookline/hookline/detector/message"
)

var nokiaFormat = format{
	Format: Format{
		Name: "nokia-csv", Title: "SMS of Nokia PC Suite (CSV without header)",
		Recognised: "rows “sms;deliver;number;…” and “sms;submit;number;…”",
		Kinds:      []message.Kind{message.SMS},
	},
	chat: true,
	sniff: func(s *sample) int {
		line := strings.ToLower(string(s.firstLine()))
		for _, start := range []string{"sms;deliver;", "sms;submit;", `"sms";"deliver";`, `"sms";"submit";`} {
			if strings.HasPrefix(line, start) {
				return certain
			}
		}
		return 0
	},
	read: readNokia,
}

func readNokia(u *unit) error {
	f := u.files[0]
	threads := map[string]*thread{}
	return u.eachRecord(f, ';', func(t *table, row []string) error {
		switch {
		case strings.Join(row[1:], "") == "":
			return nil // the places of a memory that are free
		case len(row) < 8:
			return u.failLine(f, t.line, "fewer than eight columns")
		}
		return u.nokia(f, t.line, row, threads)
	})
}

func (u *unit) nokia(f *file, line int, row []string, threads map[string]*thread) error {
	in := strings.EqualFold(row[1], "deliver")
	number := cleanNumber(row[2])
	if number == "" {
		number = cleanNumber(row[3])
	}
	m := &message.Message{Kind: message.SMS, Text: row[7], Source: place(f.name, line, 0)}
	smsSides(m, number, in)
	var ok bool
	if m.Sent, ok = parseDate(row[5], yearFirst); !ok {
		u.oddTime(m.Source)
	}
	return u.smsThread(threads, orUnknown(number), m)
}

// smsThread gives a message to the conversation with a number. The first
// message tells it from those of other telephones.
func (u *unit) smsThread(threads map[string]*thread, name string, m *message.Message) error {
	t := threads[name]
	if t == nil {
		t = u.newThread(name, name, m.Sent.String(), m.Text)
		threads[name] = t
	}
	return t.emit(m)
}

var vmgFormat = format{
	Format: Format{
		Name: "vmg", Title: "SMS of older telephones (VMG)",
		Recognised: "BEGIN:VMSG",
		Kinds:      []message.Kind{message.SMS},
	},
	chat: true,
	sniff: func(s *sample) int {
		if strings.HasPrefix(strings.ToUpper(string(s.start()[:min(len(s.start()), 10)])), "BEGIN:VMSG") {
			return certain
		}
		return 0
	},
	read: readVMG,
}

// vmgState is a message that is being put together.
type vmgState struct {
	line   int
	number string
	in     bool
	date   string
	text   []string
	body   bool
}

func readVMG(u *unit) error {
	f := u.files[0]
	threads := map[string]*thread{}
	var s *vmgState
	err := u.eachTextLine(f, func(line string, number int) error {
		name, value, _ := strings.Cut(line, ":")
		key, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(name)), ";")
		switch {
		case key == "BEGIN" && strings.EqualFold(value, "VMSG"):
			s = &vmgState{line: number, in: true}
		case s == nil:
		case key == "BEGIN" && strings.EqualFold(value, "VBODY"):
			s.body = true
		case key == "END" && strings.EqualFold(value, "VBODY"):
			s.body = false
		case key == "END" && strings.EqualFold(value, "VMSG"):
			done := s
			s = nil
			return u.vmg(f, done, threads)
		case key == "TEL" && s.number == "":
			s.number = cleanNumber(value)
		case key == "X-IRMC-BOX", key == "X-MESSAGE-TYPE":
			if v := strings.ToUpper(value); v == "SENT" || v == "SUBMIT" || v == "OUTBOX" {
				s.in = false
			}
		case key == "X-NOK-DT":
			s.date = value
		case s.body && (key == "DATE" || key == "DATE/TIME") && len(s.text) == 0:
			s.date = firstOf([]string{s.date, value})
		case s.body && !strings.HasPrefix(key, "X-"):
			s.text = append(s.text, line)
		}
		return nil
	})
	if err == nil && s != nil {
		err = u.failLine(f, s.line, "a message that does not end")
	}
	return err
}

func (u *unit) vmg(f *file, s *vmgState, threads map[string]*thread) error {
	m := &message.Message{Kind: message.SMS, Text: strings.TrimSpace(strings.Join(s.text, "\n")), Source: place(f.name, s.line, 0)}
	smsSides(m, s.number, s.in)
	if m.Text == "" {
		return u.failLine(f, s.line, "a message without words")
	}
	if t, err := time.Parse("20060102T150405Z", s.date); err == nil {
		m.Sent = message.Instant(t)
	} else if t, err := time.Parse("20060102T150405", s.date); err == nil {
		m.Sent = message.Local(t)
	} else if sent, ok := parseDate(s.date, dayFirst); ok {
		m.Sent = sent
	} else {
		u.oddTime(m.Source)
	}
	return u.smsThread(threads, orUnknown(s.number), m)
}

var windowsPhoneFormat = format{
	Format: Format{
		Name: "windows-phone", Title: "SMS of Windows Phone (contacts+message backup)",
		Recognised: "root element ArrayOfMessage",
		Kinds:      []message.Kind{message.SMS},
	},
	chat: true,
	sniff: func(s *sample) int {
		text := s.start()
		if len(text) > 0 && text[0] == '<' && strings.Contains(string(text[:min(len(text), 2000)]), "<ArrayOfMessage") {
			return certain
		}
		return 0
	},
	read: readWindowsPhone,
}

func readWindowsPhone(u *unit) error {
	f := u.files[0]
	threads := map[string]*thread{}
	return u.xmlRecords(f, []string{"Message"}, func(r *xmlRecord) error {
		if strings.Contains(r.name, "Attachment") {
			return nil
		}
		in := truth(r.text("IsIncoming"))
		number := cleanNumber(r.text("Sender"))
		if !in {
			number = cleanNumber(firstOf([]string{r.text("Recepients/string"), r.text("Recipients/string"), r.text("Recepients")}))
		}
		m := &message.Message{Kind: message.SMS, Text: r.text("Body"), Source: place(f.name, r.line, 0)}
		smsSides(m, number, in)
		// Hundreds of nanoseconds since 1601.
		if ticks, ok := parseInt(r.text("LocalTimestamp")); ok && ticks > 0 {
			m.Sent = fileTime(ticks)
		} else {
			u.oddTime(m.Source)
		}
		if m.Text == "" {
			m.Media = "application/octet-stream"
		}
		return u.smsThread(threads, orUnknown(number), m)
	})
}

// fileTime reads hundreds of nanoseconds since 1601.
func fileTime(ticks int64) message.Time {
	const epoch = 11644473600
	return message.Instant(time.Unix(ticks/1e7-epoch, ticks%1e7*100).UTC())
}
