package export

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"github.com/hookline/hookline/detector/message"
)

var msgFormat = format{
	Format: Format{
		Name: "msg", Title: "Outlook message (.msg)",
		Recognised: "OLE2 compound file with __substg1.0_ streams",
		Kinds:      []message.Kind{message.Email},
	},
	chat: true, twice: true,
	sniff: func(s *sample) int {
		if s.magic("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
			return likely
		}
		return 0
	},
	read: readMSG,
}

// msgFields are the properties of the message itself, not of its recipients
// and attachments.
type msgFields struct {
	streams map[string][]byte // tag such as 0037001F → value
	times   map[uint32]int64  // tag → file time
	numbers map[uint32]uint32
}

func readMSG(u *unit) error {
	f := u.files[0]
	disk, err := f.onDisk(&u.r.temp)
	if err != nil {
		return err
	}
	defer disk.Close()
	fields, err := msgRead(disk, u.r.limits.Record)
	if err != nil {
		return err
	}
	if len(fields.streams) == 0 {
		return fmt.Errorf("an OLE2 file that is no message")
	}
	return u.mapi(fields, f.name)
}

// mapi gives a message of Outlook to the sink.
func (u *unit) mapi(fields *msgFields, source string) error {
	m := fields.message()
	m.Source, m.Namespace = source, "email"
	refs := fields.refs()
	refs.people = strings.ToLower(m.Sender)
	m.Thread = u.r.mails.thread(refs)
	m.ID = mailID(m, refs.own)
	if m.Sent.IsZero() {
		u.oddTime(source)
	}
	if m.Text == "" {
		m.Media = "application/octet-stream"
	}
	return u.emit(m)
}

func msgRead(in io.ReaderAt, limit int) (*msgFields, error) {
	doc, err := mscfb.New(in)
	if err != nil {
		return nil, err
	}
	fields := &msgFields{streams: map[string][]byte{}, times: map[uint32]int64{}, numbers: map[uint32]uint32{}}
	for entry, err := doc.Next(); err != io.EOF; entry, err = doc.Next() {
		if err != nil {
			return nil, err
		}
		if len(entry.Path) > 0 {
			continue
		}
		tag, isStream := strings.CutPrefix(entry.Name, "__substg1.0_")
		if !isStream && entry.Name != "__properties_version1.0" || entry.Size > int64(limit) || len(fields.streams) > 1000 {
			continue
		}
		value, err := io.ReadAll(io.LimitReader(entry, int64(limit)))
		if err != nil {
			return nil, err
		}
		if isStream {
			fields.streams[strings.ToUpper(tag)] = value
		} else {
			fields.properties(value)
		}
	}
	return fields, nil
}

// properties reads the values of fixed size: entries of 16 bytes after a
// header of 32.
func (m *msgFields) properties(raw []byte) {
	for at := 32; at+16 <= len(raw); at += 16 {
		tag := binary.LittleEndian.Uint32(raw[at:])
		value := raw[at+8 : at+16]
		switch tag & 0xffff {
		case 0x0040:
			m.times[tag] = int64(binary.LittleEndian.Uint64(value))
		case 0x0003:
			m.numbers[tag] = binary.LittleEndian.Uint32(value)
		}
	}
}

// text is a property as text: UTF-16, or of the code page of the message.
func (m *msgFields) text(id string) string {
	if raw, ok := m.streams[id+"001F"]; ok {
		out, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Bytes(raw)
		return strings.TrimRight(string(out), "\x00")
	}
	raw, ok := m.streams[id+"001E"]
	if !ok {
		return ""
	}
	out, _ := codePage(m.numbers[0x3fde0003], m.numbers[0x3ffd0003]).NewDecoder().Bytes(raw)
	return strings.TrimRight(string(out), "\x00")
}

// codePage is the encoding of the first number that names one.
func codePage(numbers ...uint32) encoding.Encoding {
	for _, n := range numbers {
		name := fmt.Sprintf("windows-%d", n)
		switch n {
		case 0:
			continue
		case 65001:
			name = "utf-8"
		case 932:
			name = "shift_jis"
		case 936:
			name = "gbk"
		case 949:
			name = "euc-kr"
		case 950:
			name = "big5"
		case 20866:
			name = "koi8-r"
		case 28591:
			name = "iso-8859-1"
		}
		if enc, err := htmlindex.Get(name); err == nil {
			return enc
		}
	}
	return charmap.Windows1252
}

func (m *msgFields) message() *message.Message {
	name, address := m.text("0C1A"), firstOf([]string{m.text("5D01"), m.text("0C1F"), m.text("0065")})
	if name == "" {
		name = m.text("0042")
	}
	sender := address
	if name != "" && name != address {
		sender = strings.TrimSpace(name + " <" + address + ">")
		if address == "" {
			sender = name
		}
	}
	out := &message.Message{Kind: message.Email, Sender: sender}
	for _, tag := range []uint32{0x00390040, 0x0e060040, 0x30070040} {
		if ticks := m.times[tag]; ticks > 0 && out.Sent.IsZero() {
			out.Sent = fileTime(ticks)
		}
	}
	subject := m.text("0037")
	if strings.HasPrefix(subject, "\x01") && len(subject) > 2 {
		subject = subject[2:] // the length of its prefix, as a PST keeps it
	}
	out.Text = joinLines(strings.TrimSpace(subject), m.body())
	return out
}

func (m *msgFields) body() string {
	text := strings.TrimSpace(strings.ReplaceAll(m.text("1000"), "\r\n", "\n"))
	page := m.text("1013")
	if raw, ok := m.streams["10130102"]; ok {
		out, _ := codePage(m.numbers[0x3fde0003], m.numbers[0x3ffd0003]).NewDecoder().Bytes(raw)
		page = string(out)
	}
	if page = plainText(page); len(page) > 2*len(text) {
		return page
	}
	if text == "" {
		return richTextFormat(m.streams["10090102"])
	}
	return text
}

func (m *msgFields) refs() mailRefs {
	r := mailRefs{}
	if own := messageIDs(m.text("1035")); len(own) > 0 {
		r.own = own[0]
	}
	r.parents = append(messageIDs(m.text("1039")), messageIDs(m.text("1042"))...)
	r.subject, r.reply = bareSubject(m.text("0037"))
	return r
}
