package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var kakaoFormat = format{
	Format: Format{
		Name: "kakaotalk", Title: "KakaoTalk chat export (Android, iOS, Windows)",
		Recognised: "“DATE TIME, name : words”; or “[name] [TIME] words” below a line of dashes and a date",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true, twice: true,
	sniff: sniffKakao,
	read:  readKakao,
}

// kakaoHead reads “DATE TIME, name : words”; rest is empty for a line that is
// only a date.
func kakaoHead(line string) (d dateWords, rest string, ok bool) {
	head := line[:min(len(line), 80)]
	for from := 0; ; {
		cut := strings.Index(head[from:], ", ")
		part := head
		if cut >= 0 {
			part = head[:from+cut]
		} else if len(line) > 60 {
			return d, "", false
		}
		d, ok = splitDate(part)
		if ok && d.hasTime && (len(d.numbers) == 3 || d.month > 0 && len(d.numbers) == 2) {
			if cut >= 0 {
				rest = line[from+cut+2:]
			}
			return d, rest, true
		}
		if cut < 0 {
			return d, "", false
		}
		from += cut + 2
	}
}

// kakaoWindows reads “[name] [오전 1:01] words”.
func kakaoWindows(line string) (name string, clock dateWords, text string, ok bool) {
	name, rest, found := strings.Cut(strings.TrimPrefix(line, "["), "] [")
	if !found || !strings.HasPrefix(line, "[") {
		return "", clock, "", false
	}
	stamp, text, found := strings.Cut(rest, "]")
	if !found {
		return "", clock, "", false
	}
	clock, ok = lineClock(stamp)
	return name, clock, strings.TrimPrefix(text, " "), ok
}

// kakaoDay reads a date between dashes.
func kakaoDay(line string) (d dateWords, ok bool) {
	if !strings.HasPrefix(line, "-----") {
		return d, false
	}
	return lineDay(strings.Trim(line, "- "))
}

func sniffKakao(s *sample) int {
	heads, windows, day := 0, 0, false
	for i, raw := range s.lines() {
		if i >= 100 || len(raw) > 64<<10 {
			break
		}
		line := string(raw)
		if _, ok := kakaoDay(line); ok {
			day = true
		}
		if _, _, _, ok := kakaoWindows(line); ok && day {
			windows++
		}
		if _, rest, ok := kakaoHead(line); ok && strings.Contains(rest, " : ") {
			heads++
		}
	}
	if heads > 0 || windows > 0 {
		return likely + 10
	}
	return 0
}

// kakaoTitle takes the name out of the first line.
func kakaoTitle(line string) string {
	line = trimMarks(line)
	for _, affix := range [][2]string{{"KakaoTalk Chats with ", ""}, {"KakaoTalk Chat with ", ""}, {"", " 님과 카카오톡 대화"}, {"", "님과 카카오톡 대화"}, {"", " 카카오톡 대화"}} {
		if strings.HasPrefix(line, affix[0]) && strings.HasSuffix(line, affix[1]) && len(line) > len(affix[0])+len(affix[1]) {
			return line[len(affix[0]) : len(line)-len(affix[1])]
		}
	}
	return ""
}

func readKakao(u *unit) error {
	return readTalk(u, "", func(people) grammar {
		var day dateWords
		began, dashes := false, false
		g := grammar{judge: func(e *entry, _ int) { judgeKakao(e) }}
		g.read = func(line string) talkLine {
			if d, ok := kakaoDay(line); ok {
				day, began, dashes = d, true, true
				return talkLine{kind: lineAside}
			}
			if name, clock, text, ok := kakaoWindows(line); ok && dashes {
				return talkLine{kind: lineHead, date: atClock(day, clock), sender: name, text: text}
			}
			if dashes && kakaoNotice(line) {
				return talkLine{kind: lineHead, date: atClock(day, dateWords{}), text: line, system: true}
			}
			d, rest, ok := kakaoHead(line)
			if _, isDay := lineDay(line); isDay && began && !dashes {
				return talkLine{kind: lineAside} // iOS has a line for each day
			}
			switch {
			case dashes:
				return talkLine{}
			case !ok && !began:
				return talkLine{kind: lineAside, title: kakaoTitle(line)}
			case !ok:
				return talkLine{}
			case rest == "":
				began = true
				return talkLine{kind: lineAside}
			}
			began = true
			name, text, found := strings.Cut(rest, " : ")
			if !found {
				return talkLine{kind: lineHead, date: d, text: rest, system: true}
			}
			return talkLine{kind: lineHead, date: d, sender: name, text: text}
		}
		return g
	})
}

// kakaoNotice knows who came and went.
func kakaoNotice(line string) bool {
	for _, end := range []string{"님이 들어왔습니다.", "님이 나갔습니다.", "님을 초대했습니다.", "님을 내보냈습니다.", " joined this chatroom.", " left this chatroom.", "메시지가 삭제되었습니다."} {
		if strings.HasSuffix(strings.TrimSpace(line), end) && len(line) < 400 {
			return true
		}
	}
	return false
}

// judgeKakao knows entries that stand for files.
func judgeKakao(e *entry) {
	if e.system {
		return
	}
	text := e.text()
	switch text {
	case "Photo", "사진", "Emoticons", "이모티콘":
		e.media = "image/*"
	case "Video", "동영상":
		e.media = "video/*"
	case "Voice Note", "음성메시지":
		e.media = "audio/*"
	case "삭제된 메시지입니다.", "This message was deleted.":
		e.gone = true
	default:
		name, isFile := strings.CutPrefix(text, "파일: ")
		if count := strings.TrimSuffix(strings.TrimPrefix(text, "사진 "), "장"); count != text && digits(count) == len(count) && count != "" {
			e.media = "image/*"
		} else if isFile && !strings.Contains(name, "\n") {
			e.media = firstOf([]string{mimeOf(name), "application/octet-stream"})
		}
	}
}
