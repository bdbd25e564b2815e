package export

import (
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var telegramTextFormat = format{
	Format: Format{
		Name: "telegram-text", Title: "Telegram, copied from the desktop program",
		Recognised: "“Name, [25/06/2022 07:25]”, each with the words below it",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true, twice: true,
	sniff: func(s *sample) int { return sniffHeads(s, telegramCopied, 1) },
	read: func(u *unit) error {
		return readTalk(u, "", func(people) grammar { return belowGrammar(telegramCopied) })
	},
}

var wechatTextFormat = format{
	Format: Format{
		Name: "wechat-text", Title: "WeChat and QQ, exported as text",
		Recognised: "“2026-10-05 21:40:12 name”, each with the words below it",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true, twice: true,
	sniff: func(s *sample) int { return sniffHeads(s, wechatStamped, 2) },
	read: func(u *unit) error {
		return readTalk(u, "", func(people) grammar { return belowGrammar(wechatStamped) })
	},
}

// headReader reads a line that begins an entry whose words stand below it.
type headReader func(line string) (d dateWords, name string, ok bool)

// sniffHeads wants at least so many heads, at least half of them with words
// below.
func sniffHeads(s *sample, read headReader, least int) int {
	heads, empty := 0, 0
	last := false
	for i, line := range s.lines() {
		if i >= 200 || len(line) > 64<<10 {
			break
		}
		_, _, ok := read(string(line))
		if ok {
			heads++
			if last {
				empty++
			}
		}
		last = ok
	}
	if heads >= least && empty*2 < heads {
		return likely - 10
	}
	return 0
}

// belowGrammar reads a chat of heads and words below.
func belowGrammar(read headReader) grammar {
	began := false
	g := grammar{judge: judgeBelow}
	g.read = func(line string) talkLine {
		if d, name, ok := read(line); ok {
			began = true
			return talkLine{kind: lineHead, date: d, sender: name, below: true, halves: strings.Contains(line, " AM") || strings.Contains(line, " PM")}
		}
		if !began {
			l := talkLine{kind: lineAside} // the banner of QQ
			if title, ok := strings.CutPrefix(strings.TrimSpace(line), "消息对象:"); ok {
				l.title = title
			}
			return l
		}
		return talkLine{}
	}
	return g
}

func judgeBelow(e *entry, _ int) {
	text := e.text()
	switch text {
	case "":
		e.media = "application/octet-stream"
	case "[图片]", "[表情]", "[动画表情]", "[Photo]", "[Sticker]":
		e.media = "image/*"
	case "[视频]", "[Video]":
		e.media = "video/*"
	case "[语音]", "[Voice message]":
		e.media = "audio/*"
	}
	e.system = e.sender == "系统消息" || strings.HasPrefix(e.sender, "系统消息(")
}

var telegramCopiedLine = linePattern(`^(.{1,80}?), \[([^\]]{8,40})\]:?$`)

func telegramCopied(line string) (d dateWords, name string, ok bool) {
	found := telegramCopiedLine().FindStringSubmatch(trimMarks(line))
	if found == nil {
		return d, "", false
	}
	d, ok = splitDate(asciiDigits(unmark(found[2])))
	return d, cleanName(found[1]), ok && d.hasTime && (len(d.numbers) == 3 || d.month > 0)
}

var wechatStampedLine = linePattern(`^(\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日? \d{1,2}:\d{2}(?::\d{2})?)\s+(\S.{0,79})$`)

func wechatStamped(line string) (d dateWords, name string, ok bool) {
	found := wechatStampedLine().FindStringSubmatch(trimMarks(line))
	if found == nil {
		return d, "", false
	}
	d, ok = splitDate(found[1])
	return d, strings.TrimSpace(found[2]), ok && d.hasTime
}
