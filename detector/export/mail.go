package export

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"slices"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"github.com/hookline/hookline/detector/message"
)

var emlFormat = format{
	Format: Format{
		Name: "eml", Title: "mail, one a file (.eml, .emlx, Maildir)",
		Recognised: "a block of RFC 822 headers with From and another of To, Date, Subject, Received",
		Kinds:      []message.Kind{message.Email},
	},
	chat:  true,
	sniff: sniffMail,
	read:  readEML,
}

func sniffMail(s *sample) int {
	if s.magic("From ") {
		return 0
	}
	known := map[string]bool{}
	headers := 0
	for i, line := range s.lines() {
		if i == 0 && emlxCount(line) {
			continue
		}
		if len(line) == 0 || i > 200 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			continue
		}
		name, _, found := bytes.Cut(line, []byte(":"))
		if !found || len(name) == 0 || bytes.ContainsAny(name, " \t\"<>[]{},;") {
			return 0
		}
		headers++
		known[strings.ToLower(string(name))] = true
	}
	score := 0
	for _, name := range []string{"from", "to", "date", "subject", "received", "return-path", "message-id", "mime-version", "content-type", "delivered-to"} {
		if known[name] {
			score++
		}
	}
	if score >= 2 && (known["from"] || known["received"] || known["return-path"]) && headers >= 2 {
		return likely + 10
	}
	return 0
}

// emlxCount knows the first line of a mail of Apple Mail (.emlx): how many
// bytes it has.
func emlxCount(line []byte) bool {
	count := bytes.TrimSpace(line)
	return len(count) > 0 && len(count) < 12 && digits(string(count)) == len(count)
}

func readEML(u *unit) error {
	f := u.files[0]
	in, err := f.open()
	if err != nil {
		return err
	}
	defer in.Close()
	raw, err := io.ReadAll(io.LimitReader(in, int64(u.r.limits.Record)))
	if err != nil && len(raw) == 0 {
		return err
	}
	if err != nil {
		u.note(f, "cut off: "+faultText(err))
	}
	if first, rest, found := bytes.Cut(raw, []byte("\n")); found && emlxCount(first) {
		count, _ := parseInt(string(bytes.TrimSpace(first)))
		raw = rest[:min(int(count), len(rest))] // a property list follows
	}
	return u.mail(raw, f, 0)
}

// mail gives one mail to the sink. A long one has been cut at the limit of a
// record: its words stand before its attachments.
func (u *unit) mail(raw []byte, f *file, line int) error {
	if len(raw) >= u.r.limits.Record {
		u.note(f, "mails above the limit are read up to it, without the rest of their attachments")
	}
	m, refs, err := parseMail(raw)
	if err != nil {
		return u.fail(Fault{File: f.name, Line: line, Text: "not a mail: " + faultText(err)})
	}
	m.Source = place(f.name, line, 0)
	if m.Sent.IsZero() {
		u.oddTime(m.Source)
	}
	m.Namespace = "email"
	m.Thread = u.r.mails.thread(refs)
	m.ID = mailID(m, refs.own)
	return u.emit(m)
}

// mailID is the Message-ID with a hash of the mail, because senders choose
// their ids and must not be able to pass off one mail as another.
func mailID(m *message.Message, own string) string {
	if own == "" {
		return ""
	}
	key := message.KeyOf(m.Sender, m.Sent.String(), m.Text)
	return own + "/" + hex.EncodeToString(key[:4])
}

// mailRefs is what ties a mail to others.
type mailRefs struct {
	own     string
	parents []string // References, then In-Reply-To
	subject string   // without Re: and Fwd:, in lower case
	reply   bool     // the subject says so
	people  string
}

// parseMail reads a mail. Its text is the subject and the body: the plain part,
// or the page where that says more.
func parseMail(raw []byte) (*message.Message, mailRefs, error) {
	parser := enmime.NewParser(enmime.DisableTextConversion(true), enmime.DisableCharacterDetection(true),
		enmime.SkipMalformedParts(true), enmime.MultipartWOBoundaryAsSinglePart(true), enmime.MaxStoredPartErrors(4))
	env, err := parser.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		env, err = plainMail(raw)
	}
	if err != nil {
		return nil, mailRefs{}, err
	}
	subject := strings.TrimSpace(env.GetHeader("Subject"))
	m := &message.Message{Kind: message.Email, Sender: mailSender(env)}
	m.Sent, _ = parseDate(env.GetHeader("Date"), dayFirst)
	body := mailBody(env)
	m.Text = joinLines(subject, body)
	if m.Text == "" {
		m.Media = attachedType(env)
	}
	return m, refsOf(env, subject), nil
}

// plainMail reads a mail whose MIME structure is broken as headers and text.
func plainMail(raw []byte) (*enmime.Envelope, error) {
	head, body, found := bytes.Cut(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	if !found {
		return nil, errors.New("no headers")
	}
	var kept bytes.Buffer
	for line := range bytes.SplitSeq(head, []byte("\n")) {
		name, _, ok := bytes.Cut(line, []byte(":"))
		if ok && !bytes.ContainsAny(name, " \t") && !bytes.HasPrefix(bytes.ToLower(name), []byte("content-")) {
			fmt.Fprintf(&kept, "%s\n", line)
		}
	}
	kept.WriteString("\n")
	kept.Write(body)
	return enmime.ReadEnvelope(&kept)
}

func mailBody(env *enmime.Envelope) string {
	text := strings.TrimSpace(strings.ReplaceAll(env.Text, "\r\n", "\n"))
	if env.HTML == "" {
		return text
	}
	if page := plainText(env.HTML); len(page) > 2*len(text) {
		return page
	}
	return text
}

func attachedType(env *enmime.Envelope) string {
	for _, parts := range [][]*enmime.Part{env.Attachments, env.Inlines, env.OtherParts} {
		for _, part := range parts {
			if part.ContentType != "" {
				return part.ContentType
			}
		}
	}
	return "application/octet-stream"
}

// mailSender is the From header in one form: Name <address>, …
func mailSender(env *enmime.Envelope) string {
	header := env.GetHeader("From")
	list, err := mail.ParseAddressList(header)
	if err != nil {
		if list, err = env.AddressList("From"); err != nil {
			return strings.TrimSpace(header)
		}
	}
	names := make([]string, 0, len(list))
	for _, a := range list {
		if a.Name == "" {
			names = append(names, a.Address)
		} else {
			names = append(names, a.Name+" <"+a.Address+">")
		}
	}
	return strings.Join(names, ", ")
}

func refsOf(env *enmime.Envelope, subject string) mailRefs {
	r := mailRefs{}
	if own := messageIDs(env.GetHeader("Message-Id")); len(own) > 0 {
		r.own = own[0]
	}
	r.parents = append(messageIDs(env.GetHeader("References")), messageIDs(env.GetHeader("In-Reply-To"))...)
	r.subject, r.reply = bareSubject(subject)
	r.people = mailPeople(env)
	return r
}

// messageIDs are the ids in angle brackets of a header.
func messageIDs(header string) (ids []string) {
	for len(ids) < 200 {
		_, after, found := strings.Cut(header, "<")
		id, rest, closed := strings.Cut(after, ">")
		if !found || !closed {
			break
		}
		if id = strings.TrimSpace(id); id != "" && len(id) < 500 {
			ids = append(ids, id)
		}
		header = rest
	}
	if bare := strings.TrimSpace(header); len(ids) == 0 && bare != "" && !strings.ContainsAny(bare, " <>") && len(bare) < 500 {
		ids = append(ids, bare)
	}
	return ids
}

// bareSubject drops the marks of answers and forwards, which differ by
// language.
func bareSubject(subject string) (bare string, reply bool) {
	bare = strings.ToLower(strings.Join(strings.Fields(subject), " "))
	for {
		prefix, rest, found := strings.Cut(bare, ":")
		if !found {
			prefix, rest, found = strings.Cut(bare, "：")
		}
		if !found {
			return bare, reply
		}
		switch prefix, _, _ = strings.Cut(prefix, "["); strings.TrimSpace(prefix) {
		case "re", "fw", "fwd", "aw", "wg", "sv", "vs", "rv", "res", "enc", "tr", "rif", "antw", "doorst", "odp", "vb", "回复", "答复", "转发", "回覆", "轉寄", "ответ", "تعليق":
			bare, reply = strings.TrimSpace(rest), true
		default:
			return bare, reply
		}
	}
}

// mailPeople are the addresses of sender and recipients, sorted.
func mailPeople(env *enmime.Envelope) string {
	found := people{}
	for _, header := range []string{"From", "To", "Cc"} {
		list, err := mail.ParseAddressList(env.GetHeader(header))
		for _, a := range list {
			if err == nil && len(found) < 20 {
				found.add(strings.ToLower(a.Address))
			}
		}
	}
	return strings.Join(found.names(), " ")
}

// mailThreads finds the conversation of a mail: by References and In-Reply-To,
// else by subject and people for an answer. It remembers, by their hashes, at
// most maxMails mails that did not begin their conversation, and as many
// subjects.
type mailThreads struct {
	byID      map[message.Key]string
	bySubject map[message.Key]string
}

const maxMails = 500_000

func (t *mailThreads) thread(r mailRefs) string {
	if t.byID == nil {
		t.byID, t.bySubject = map[message.Key]string{}, map[message.Key]string{}
	}
	ids := append(slices.Clone(r.parents), r.own)
	subject := message.KeyOf(r.subject, r.people)
	name := t.byID[message.KeyOf(r.own)]
	for _, id := range r.parents {
		if name == "" {
			name = t.byID[message.KeyOf(id)]
		}
	}
	if name == "" && r.reply && len(r.parents) == 0 {
		name = t.bySubject[subject]
	}
	if name == "" {
		name = strings.Clone(firstOf(ids)) // not the header that it is a part of
	}
	for _, id := range ids {
		if id != "" && id != name {
			remember(t.byID, message.KeyOf(id), name)
		}
	}
	if r.subject != "" {
		remember(t.bySubject, subject, name)
	}
	return name
}

// remember keeps the first name of a key, while there is room.
func remember(names map[message.Key]string, key message.Key, name string) {
	if _, known := names[key]; !known && len(names) < maxMails {
		names[key] = name
	}
}

func firstOf(names []string) string {
	for _, name := range names {
		if name != "" {
			return name
		}
	}
	return ""
}
