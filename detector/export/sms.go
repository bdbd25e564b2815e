package export

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookline/hookline/detector/message"
)

var smsFormat = format{
	Format: Format{
		Name: "sms", Title: "SMS Backup & Restore and kindred XML (SMS, MMS)",
		Recognised: "root element smses, allsms or calls",
		Kinds:      []message.Kind{message.SMS},
	},
	chat: true, twice: true,
	sniff: sniffSMS,
	read:  readSMS,
}

func sniffSMS(s *sample) int {
	text := s.start()
	if len(text) == 0 || text[0] != '<' {
		return 0
	}
	head := string(text[:min(len(text), 8192)])
	for _, root := range []string{"<smses", "<allsms", "<calls"} {
		if at := strings.Index(head, root); at >= 0 && strings.ContainsAny(head[at+len(root):min(len(head), at+len(root)+1)], " >\r\n\t/") {
			return certain
		}
	}
	return 0
}

// smsReader reads <sms/> and <mms>…</mms> one by one.
type smsReader struct {
	u     *unit
	f     *file
	xml   *xmlReader
	calls int
	// take is called for each message with the numbers of the other side.
	take func(m *message.Message, thread string) error
	// fault is called for each element that is no message.
	fault func(line int, text string) error
}

// readSMS reads the file twice: for the earliest message of each conversation,
// which tells it from those of other telephones, then for the messages.
func readSMS(u *unit) error {
	f := u.files[0]
	first := map[string]string{}
	survey := &smsReader{u: u, f: f, fault: func(int, string) error { return nil }}
	survey.take = func(m *message.Message, thread string) error {
		key := m.Sent.String()
		if known, ok := first[thread]; (!ok || key < known) && len(first) < maxPeople*10 {
			first[thread] = key
		}
		return nil
	}
	if err := survey.read(); err != nil && u.r.stopped != nil {
		return err
	}
	threads := map[string]*thread{}
	second := &smsReader{u: u, f: f}
	second.fault = func(line int, text string) error { return u.failLine(f, line, text) }
	second.take = func(m *message.Message, name string) error {
		if m.Sent.IsZero() {
			u.oddTime(m.Source)
		}
		t := threads[name]
		if t == nil {
			t = u.newThread(name, name, first[name])
			threads[name] = t
		}
		return t.emit(m)
	}
	err := second.read()
	if second.calls > 0 {
		u.note(f, "calls, which are no messages: "+strconv.Itoa(second.calls))
	}
	return err
}

func (s *smsReader) read() error {
	in, closer, err := s.f.reader()
	if err != nil {
		return err
	}
	defer closer.Close()
	s.xml = newXMLReader(in, s.u.r.limits.Record)
	s.xml.keep = func(_, name string) bool { return name != "data" }
	s.xml.resync = []string{"sms ", "mms ", "/smses", "part ", "addr ", "/mms>"}
	s.calls = 0
	closed := false
	for {
		t, err := s.xml.next()
		switch {
		case err == io.EOF && closed:
			return nil
		case err == io.EOF:
			return s.fault(s.xml.line, "the file ends in the middle")
		case err != nil:
			return err
		case t.kind == '/':
			closed = closed || t.name == "smses" || t.name == "allsms" || t.name == "calls"
		case t.kind == '<':
			err = s.element(t)
			closed = closed || t.alone && (t.name == "smses" || t.name == "calls")
		}
		if err != nil {
			return err
		}
	}
}

func (s *smsReader) element(t *xmlToken) error {
	switch t.name {
	case "sms":
		return s.sms(t)
	case "mms":
		return s.mms(t)
	case "call":
		s.calls++
	}
	return nil
}

func (s *smsReader) sms(t *xmlToken) error {
	address, body := t.attr("address"), t.attr("body")
	switch {
	case t.cut:
		return s.fault(t.line, "a broken <sms>")
	case address == "" && body == "":
		return s.fault(t.line, "<sms> without address and body")
	}
	m := &message.Message{Kind: message.SMS, Source: place(s.f.name, t.line, 0), Sent: smsTime(t.attr("date"))}
	m.Text = joinLines(t.attr("subject"), body)
	number := cleanNumber(address)
	smsSides(m, number, t.attr("type") == "1")
	return s.take(m, orUnknown(number))
}

func orUnknown(thread string) string {
	if thread == "" {
		return "unknown"
	}
	return thread
}

// smsSides sets sender and role: a backup is that of one telephone.
func smsSides(m *message.Message, number string, in bool) {
	if in {
		m.Sender, m.Role = number, message.Counterparty
		return
	}
	m.Sender, m.Role = "me", message.Reporter
}

// smsTime reads milliseconds; some programs write seconds.
func smsTime(text string) message.Time {
	ms, ok := parseInt(text)
	switch {
	case !ok || ms <= 0:
		return message.Time{}
	case ms < 1e11:
		return message.Instant(time.Unix(ms, 0).UTC())
	}
	return message.Instant(time.UnixMilli(ms).UTC())
}

// mms reads the parts and addresses of an MMS.
func (s *smsReader) mms(t *xmlToken) error {
	m := &message.Message{Kind: message.SMS, Source: place(s.f.name, t.line, 0), Sent: smsTime(t.attr("date"))}
	texts := []string{t.attr("sub")}
	var from string
	var others []string
	line := t.line
	for !t.alone {
		part, err := s.xml.next()
		if err != nil {
			return err
		}
		if part.kind == '/' && part.name == "mms" {
			break
		}
		if part.kind != '<' {
			continue
		}
		if part.name == "mms" || part.name == "sms" {
			if err := s.fault(line, "an <mms> is not closed"); err != nil {
				return err
			}
			return s.element(part)
		}
		if part.name == "addr" {
			number := cleanNumber(part.attr("address"))
			if part.attr("type") == "137" {
				from = number
			}
			others = append(others, number)
			continue
		}
		s.part(part, m, &texts)
	}
	if m.Text = joinLines(texts...); m.Text != "" {
		m.Media = ""
	}
	s.mmsSides(m, t, from, others)
	if m.Text == "" && m.Media == "" {
		return s.fault(line, "<mms> without text or media")
	}
	return s.take(m, mmsThread(t.attr("address"), from, others))
}

func (s *smsReader) part(t *xmlToken, m *message.Message, texts *[]string) {
	switch kind := t.attr("ct"); {
	case t.name != "part" || kind == "application/smil":
	case strings.HasPrefix(kind, "text/") && t.attr("text") != "":
		*texts = append(*texts, t.attr("text"))
	case kind != "" && m.Media == "":
		m.Media = kind
	}
}

func (s *smsReader) mmsSides(m *message.Message, t *xmlToken, from string, others []string) {
	in := t.attr("msg_box") == "1"
	if from == "" || from == "insert-address-token" {
		from = cleanNumber(t.attr("address"))
	}
	smsSides(m, from, in)
}

// mmsThread names the conversation by the numbers of the other side; without
// an address of its own, by all numbers.
func mmsThread(address, from string, others []string) string {
	numbers := strings.Split(address, "~")
	if address == "" {
		numbers = others
	}
	var clean []string
	for _, n := range numbers {
		if n = cleanNumber(n); n != "" && n != "insert-address-token" && !slices.Contains(clean, n) {
			clean = append(clean, n)
		}
	}
	if len(clean) == 0 && from != "" {
		clean = []string{from}
	}
	slices.Sort(clean)
	return orUnknown(strings.Join(clean, "~"))
}

// cleanNumber drops the spaces, hyphens and brackets of a telephone number;
// other senders stay as they are.
func cleanNumber(number string) string {
	number = strings.TrimSpace(number)
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -()./\u00a0", r) {
			return -1
		}
		return r
	}, number)
	if len(bare) >= 5 && strings.Trim(bare, "+0123456789") == "" {
		return bare
	}
	return number
}
