package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var viberFormat = format{
	Format: Format{
		Name: "viber", Title: "Viber, copied from the desktop program",
		Recognised: "“[ 9 лютого 2026 р. 12:55 ] name: words”, the month by name in any language",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true, twice: true,
	sniff: func(s *sample) int {
		heads := 0
		for i, line := range s.lines() {
			if i >= 60 || len(line) > 64<<10 {
				break
			}
			if _, _, _, ok := viberHead(string(line)); ok {
				heads++
			}
		}
		if heads > 0 {
			return likely + 10
		}
		return 0
	},
	read: func(u *unit) error {
		return readTalk(u, "", func(people) grammar {
			return grammar{read: func(line string) talkLine {
				d, name, text, ok := viberHead(line)
				if !ok {
					return talkLine{}
				}
				return talkLine{kind: lineHead, date: d, sender: name, text: text, system: name == ""}
			}, judge: judgeViber}
		})
	},
}

// viberHead reads “[ DATE TIME ] name: words”; the name stands between
// isolating marks.
func viberHead(line string) (d dateWords, name, text string, ok bool) {
	inside, _, found := strings.Cut(line[:min(len(line), 80)], "]")
	if !strings.HasPrefix(line, "[ ") || !found {
		return d, "", "", false
	}
	if d, ok = splitDate(asciiDigits(unmark(strings.TrimPrefix(inside, "[")))); !ok || !d.hasTime || d.month == 0 && !strings.Contains(line, "] \u2068") {
		return d, "", "", false
	}
	rest := strings.TrimPrefix(line[len(inside)+1:], " ")
	if after, marked := strings.CutPrefix(rest, "\u2068"); marked {
		if name, text, found = strings.Cut(after, "\u2069"); found {
			return d, cleanName(name), strings.TrimPrefix(strings.TrimPrefix(text, ":"), " "), true
		}
	}
	name, text, found = strings.Cut(rest, ": ")
	if !found {
		return d, "", rest, true
	}
	return d, cleanName(name), text, true
}

func judgeViber(e *entry, _ int) {
	switch strings.ToLower(e.text()) {
	case "photo message", "фото", "фотография", "sticker", "стікер", "стикер":
		e.media = "image/*"
	case "video message", "відео", "видео":
		e.media = "video/*"
	case "voice message", "голосове повідомлення", "голосовое сообщение":
		e.media = "audio/*"
	}
}
