package export

import (
	"bytes"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var lineFormat = format{
	Format: Format{
		Name: "line", Title: "LINE chat history (text)",
		Recognised: "“[LINE] …”; or a line with date and weekday, then “HH:MM<tab>name<tab>words”",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true, twice: true,
	sniff: sniffLINE,
	read:  readLINE,
}

// lineDay reads a line that is a date with its weekday, or one with the year
// first, and nothing else.
func lineDay(line string) (d dateWords, ok bool) {
	line = strings.TrimSpace(unmark(line))
	if len(line) < 8 || len(line) > 120 {
		return d, false
	}
	d, ok = splitDate(asciiDigits(line))
	if !ok || d.hasTime || len(d.numbers) < 2 || len(d.numbers) == 2 && d.month == 0 {
		return d, false
	}
	return d, d.hasDay || len(d.numbers) == 3 && d.widths[0] == 4
}

// lineClock reads a clock, with its half of the day if there is one.
func lineClock(word string) (d dateWords, ok bool) {
	if len(word) < 4 || len(word) > 24 {
		return d, false
	}
	d, _ = splitDate(asciiDigits(unmark(word)))
	return d, d.hasTime && len(d.numbers) == 0 && !d.leftover
}

// lineEntry reads “clock<tab>name<tab>words”, or with spaces where the names
// are known. A line of two fields is a notice.
func lineEntry(line string, names map[string]bool) (clock dateWords, name, text string, ok bool) {
	first, rest, found := strings.Cut(line, "\t")
	if found {
		if clock, ok = lineClock(first); !ok {
			return clock, "", "", false
		}
		name, text, found = strings.Cut(rest, "\t")
		if !found {
			return clock, "", rest, true
		}
		return clock, strings.TrimSpace(name), text, true
	}
	first, rest, found = strings.Cut(line, " ")
	if clock, ok = lineClock(first); !ok || !found {
		return clock, "", "", false
	}
	words := strings.SplitN(rest, " ", 6)
	for n := min(len(words)-1, 4); n >= 1; n-- {
		if name = strings.Join(words[:n], " "); names[name] {
			return clock, name, strings.Join(words[n:], " "), true
		}
	}
	return clock, "", rest, true
}

func sniffLINE(s *sample) int {
	first := trimMarks(string(s.firstLine()))
	if strings.HasPrefix(first, "[LINE]") {
		return certain
	}
	_, began := lineDay(first)
	entries := 0
	for i, line := range s.lines() {
		if _, ok := lineDay(string(line)); ok && i < 10 {
			began = true
		}
		if i >= 60 || !began && i >= 10 {
			break
		}
		if _, _, _, ok := lineEntry(string(line), nil); ok && began {
			if bytes.IndexByte(line, '\t') > 0 {
				return likely + 10
			}
			entries++
		}
	}
	if entries > 0 {
		return likely - 10
	}
	return 0
}

// lineTitle takes the name out of the first line in any language.
func lineTitle(line string) string {
	line = strings.TrimSpace(strings.TrimPrefix(trimMarks(line), "[LINE]"))
	for _, affix := range [][2]string{{"Chat history with ", ""}, {"Chat history in ", ""}, {"", "とのトーク履歴"}, {"", "のトーク履歴"}, {"與", "的聊天記錄"}, {"与", "的聊天记录"},
		{"", "的聊天記錄"}, {"", "的聊天记录"}, {"", "님과의 대화"}, {"", "님과 대화한 내용"}, {"ประวัติการแชทกับ", ""}, {"ประวัติการแชทใน", ""}, {"Riwayat obrolan dengan ", ""}} {
		if strings.HasPrefix(line, affix[0]) && strings.HasSuffix(line, affix[1]) {
			return strings.Trim(strings.TrimSpace(line[len(affix[0]):len(line)-len(affix[1])]), `"“”「」`)
		}
	}
	return line
}

func readLINE(u *unit) error {
	names, err := u.lineNames(u.files[0])
	if err != nil {
		return err
	}
	return readTalk(u, "", func(people) grammar {
		var day dateWords
		began := false
		g := grammar{judge: func(e *entry, _ int) { judgeLINE(e) }}
		g.read = func(line string) talkLine {
			if title := lineTitle(line); !began && (title != trimMarks(line) || strings.HasPrefix(trimMarks(line), "[LINE]")) {
				return talkLine{kind: lineAside, title: title}
			}
			if d, ok := lineDay(line); ok {
				day, began = d, true
				return talkLine{kind: lineAside}
			}
			if !began {
				_, saved, _ := strings.Cut(line, ":") // Saved on: …
				d, ok := splitDate(asciiDigits(saved))
				return talkLine{kind: lineAside, date: d, proof: ok}
			}
			clock, name, text, ok := lineEntry(line, names)
			if !ok {
				return talkLine{}
			}
			return talkLine{kind: lineHead, date: atClock(day, clock), sender: name, text: text, system: name == ""}
		}
		return g
	})
}

// atClock is a day at a time.
func atClock(day, clock dateWords) dateWords {
	day.hasTime, day.hour, day.minute, day.second, day.am, day.pm = true, clock.hour, clock.minute, clock.second, clock.am, clock.pm
	return day
}

// lineNames learns the names of a file whose columns are parted by spaces: the
// title, and the words that entries begin with. A second or third word belongs
// to the name where it always follows the first.
func (u *unit) lineNames(f *file) (map[string]bool, error) {
	counts := people{}
	title, tabs := "", false
	err := u.talkLines(f, func(line string) {
		if strings.HasPrefix(trimMarks(line), "[LINE]") {
			title = lineTitle(line)
		}
		first, rest, found := strings.Cut(line, " ")
		if _, ok := lineClock(first); !ok || !found || strings.Contains(line, "\t") {
			tabs = tabs || strings.Contains(line, "\t")
			return
		}
		words := strings.SplitN(rest, " ", 6)
		for n := 1; n < min(len(words), 4); n++ {
			counts.add(strings.Join(words[:n], " "))
		}
	})
	names := map[string]bool{}
	if tabs {
		return names, err
	}
	for name := range counts {
		if strings.Contains(name, " ") {
			continue
		}
		for longer := true; longer; {
			longer = false
			for other, n := range counts {
				if strings.HasPrefix(other, name+" ") && strings.Count(other, " ") == strings.Count(name, " ")+1 && n == counts[name] && n >= 3 {
					name, longer = other, true
					break
				}
			}
		}
		names[name] = true
	}
	if title != "" {
		names[title] = true
	}
	return names, err
}

// judgeLINE knows notices and entries that stand for files, and takes off the
// quotation marks around words of several lines.
func judgeLINE(e *entry) {
	if n := len(e.lines); n > 1 && strings.HasPrefix(e.lines[0], `"`) && strings.HasSuffix(e.text(), `"`) {
		text := e.text()
		e.lines = []string{text[1 : len(text)-1]}
	}
	text := e.text()
	switch {
	case e.system:
	case strings.HasPrefix(text, "☎"):
		e.system = true
	default:
		e.media = lineMedia(text)
	}
}

func lineMedia(text string) string {
	inside, ok := strings.CutPrefix(text, "[")
	if !ok || !strings.HasSuffix(inside, "]") || len(inside) > 60 {
		return ""
	}
	switch strings.TrimSuffix(inside, "]") {
	case "Photo", "Photos", "Sticker", "写真", "スタンプ", "圖片", "照片", "貼圖", "图片", "贴图", "사진", "스티커", "รูป", "สติกเกอร์", "Foto", "Stiker", "画像":
		return "image/*"
	case "Video", "動画", "影片", "视频", "동영상", "วิดีโอ":
		return "video/*"
	case "Voice message", "Audio", "ボイスメッセージ", "語音訊息", "语音", "음성메시지", "ข้อความเสียง":
		return "audio/*"
	case "File", "ファイル", "檔案", "文件", "파일", "ไฟล์", "Location", "位置情報", "位置訊息", "Contact", "連絡先", "聯絡資訊", "Album", "アルバム", "相簿", "Note", "ノート", "記事本":
		return "application/octet-stream"
	}
	return ""
}
