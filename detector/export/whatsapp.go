package export

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/message"
)

var whatsappFormat = format{
	Format: Format{
		Name: "whatsapp", Title: "WhatsApp chat export (Android, iOS; text or zip)",
		Recognised: "lines begin “DATE, TIME - Name: ” or “[DATE, TIME] Name: ” in any locale",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true, twice: true,
	sniff: sniffWhatsApp,
	read:  readWhatsApp,
}

// stamp is the head of a line: its date and time, not yet put in order, and
// what follows.
type stamp struct {
	date    dateWords
	bracket bool
	rest    string
	dialect string // lines of one dialect have one order of day and month
}

// maxStamp is the longest head of a line, in bytes, with a few words around
// the numbers.
const maxStamp = 70

// splitStamp reads the head of a WhatsApp line.
func splitStamp(line string) (s stamp, ok bool) {
	line = strings.TrimLeft(line, bidiMarks)
	head := line[:min(len(line), maxStamp)]
	if strings.HasPrefix(head, "[") {
		end := strings.IndexByte(head, ']')
		if end < 0 {
			return s, false
		}
		head, s.rest, s.bracket = head[1:end], strings.TrimPrefix(line[end+1:], " "), true
	} else {
		if r, _ := utf8.DecodeRuneInString(head); !unicode.IsDigit(r) {
			return s, false
		}
		end, gap := strings.Index(head, " - "), 3
		if colon := oldStamp(head); end < 0 || colon >= 0 && colon < end {
			end, gap = colon, 2
		}
		if end < 0 {
			return s, false
		}
		head, s.rest = head[:end], line[end+gap:]
	}
	head = asciiDigits(unmark(strings.ReplaceAll(head, "_", " ")))
	s.date, _ = splitDate(head)
	s.dialect = dialectOf(head, s.bracket)
	return s, s.date.hasTime && len(s.date.numbers) == 3 && s.date.month == 0
}

// oldStamp finds the end of a head as iOS wrote it until 2017, a colon after
// the seconds: “27/06/16, 8:04:08 PM: ”. It is -1 for any other.
func oldStamp(head string) int {
	for from := 0; ; {
		at := strings.Index(head[from:], ": ")
		if at < 0 {
			return -1
		}
		at += from
		if d, ok := splitDate(asciiDigits(unmark(head[:at]))); ok && d.hasSecond && len(d.numbers) == 3 {
			return at
		}
		from = at + 2
	}
}

// dialectOf tells lines apart that different programs wrote: brackets, what
// stands between the numbers, and the width of the year.
func dialectOf(head string, bracket bool) string {
	mark := strings.IndexAny(head, "/.-")
	if mark < 0 {
		return "?"
	}
	kind := head[mark : mark+1]
	if bracket {
		kind += "["
	}
	if rest := head[mark+1:]; strings.IndexByte(rest, head[mark]) >= 0 {
		year := strings.TrimLeft(rest[strings.IndexByte(rest, head[mark])+1:], " ")
		kind += strconv.Itoa(digits(year))
	}
	return kind
}

func sniffWhatsApp(s *sample) int {
	heads, named := 0, 0
	for i, line := range s.lines() {
		if i >= 100 || len(line) > 64<<10 {
			break
		}
		st, ok := splitStamp(string(line))
		if !ok {
			continue
		}
		heads++
		if strings.Contains(st.rest, ":") {
			named++
		}
	}
	switch {
	case heads >= 2 && named*2 >= heads:
		return likely
	case heads == 1 && named == 1:
		if _, ok := splitStamp(string(s.firstLine())); ok {
			return likely - 20
		}
	case heads >= 3 && named > 0:
		return possible
	}
	return 0
}

// readWhatsApp reads a chat in any locale.
func readWhatsApp(u *unit) error {
	return readTalk(u, whatsappTitle(u.files[0].name), func(known people) grammar {
		return grammar{judge: judgeWhatsApp, read: func(line string) talkLine {
			s, ok := splitStamp(line)
			if !ok {
				return talkLine{}
			}
			head := line[:min(len(line), maxStamp)]
			l := talkLine{kind: lineHead, date: s.date, dialect: s.dialect, halves: strings.Contains(head, "AM") || strings.Contains(head, "PM")}
			l.sender, l.text = splitSender(s.rest, known)
			if l.system = l.sender == ""; l.system {
				l.title = noticeTitle(l.text)
			}
			return l
		}}
	})
}

// splitSender parts name and words. A line without a name is a notice, and so
// is one whose name stands only before notices. known are the people who wrote
// something; nil while they are being counted. The space after the colon may
// be missing where the name is known.
func splitSender(rest string, known people) (sender, text string) {
	name, text, found := strings.Cut(rest, ": ")
	if found && name != "" && !quotedName(name) {
		clean := cleanName(name)
		notice := systemText(unmark(text), strings.HasPrefix(text, "\u200e"))
		if known[clean] > 0 || notice == (known != nil) {
			return clean, text
		}
		return "", rest
	}
	for i := 1; i < len(rest) && i < 200; i++ {
		if rest[i] == ':' {
			if clean := cleanName(rest[:i]); known[clean] > 0 {
				return clean, rest[i+1:]
			}
		}
	}
	return "", rest
}

// noticeTitle is the title of a group, under which iOS writes the notice of
// encryption.
func noticeTitle(rest string) string {
	name, text, found := strings.Cut(rest, ": ")
	if found && !quotedName(name) && systemText(unmark(text), false) {
		return cleanName(name)
	}
	return ""
}

// quotedName knows notices such as: Anna changed the subject to “Party: now”.
func quotedName(name string) bool {
	return strings.ContainsAny(name, "\"“”«»「」„") && len(name) > 20 || utf8.RuneCountInString(name) > 80
}

// cleanName drops direction marks and the tilde of people who are not in the
// address book.
func cleanName(name string) string {
	name = trimMarks(unmark(name))
	return strings.TrimSpace(strings.TrimPrefix(name, "~"))
}

// whatsappTitle is the title that only the name of the file or of its archive
// tells: “WhatsApp Chat with Anna.txt”, “WhatsApp Chat - Anna.zip”.
func whatsappTitle(name string) string {
	parts := strings.Split(name, "/")
	for i := len(parts) - 1; i >= 0 && i >= len(parts)-2; i-- {
		base := stem(parts[i])
		at := strings.Index(base, "WhatsApp")
		if at < 0 {
			continue
		}
		base = strings.TrimSpace(base[at+len("WhatsApp"):])
		if cut := strings.LastIndex(base, " ("); cut > 0 && strings.HasSuffix(base, ")") && digits(base[cut+2:]) == len(base)-cut-3 {
			base = base[:cut] // a second download
		}
		words := strings.Fields(base)
		for j, word := range words[:min(len(words), 4)] {
			if titleAfter(word) && j+1 < len(words) {
				return strings.Join(words[j+1:], " ")
			}
		}
		return base
	}
	return ""
}

// titleAfter knows the word before the title in the names of exports.
func titleAfter(word string) bool {
	switch strings.ToLower(word) {
	case "with", "mit", "con", "avec", "com", "met", "med", "с", "з", "z", "s", "cu", "ile", "dengan", "与", "與", "-", "–", "的", "مع", "עם", "kanssa":
		return true
	}
	return false
}
