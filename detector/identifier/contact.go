package identifier

import "bytes"

// contacts finds ids written after the name of a platform: "TG: name",
// "加微信 abc123", "QQ 12345678", "LINE ID: x". Those with an @ are found by
// mentions, phone numbers by numbers.
func (f *Finder) contacts() {
	if !f.namesID() {
		return
	}
	b, l := f.body, f.words.platforms
	for i := 0; i < len(b); i++ {
		if !wordStart(b, i) || !l.begins(b, i) || joined(b, i) {
			continue
		}
		p, n := f.platformAt(i)
		if n == 0 || !f.free(i, i+1) {
			continue
		}
		end := f.contact(p, i, i+n)
		i = max(i+n, end) - 1
	}
}

// namesID is a quick test for an id to stand in the text: with a word or a sign
// before it, with digits in it, or within another script. It never denies one.
func (f *Finder) namesID() bool {
	const scripts = latinHigh | cyrillic | arabic | indic | han | kana | hangul
	switch {
	case f.seen&(digit|letter) == 0:
		return false
	case f.seen&(scripts|idWord) != 0:
		return true
	case f.seen&(digit|sign) == 0:
		return false
	}
	b := f.body
	for i := 0; i < len(b); i++ {
		switch c := classes[b[i]]; {
		case c&digit != 0 || b[i] == '_':
			start, end := i, tokenEnd(b, i)
			for start > 0 && isAlnum(b[start-1]) {
				start--
			}
			if end-start >= 5 || end-start == 4 && digitsEnd(b, start) < end {
				return true
			}
			i = end - 1
		case c&sign != 0:
			left, right := backBlanks(b, i, 1), skipBlanks(b, i+1, 1)
			hyphen := b[i] == '-' && left == i && right == i+1
			if !hyphen && isLetter(byteAt(b, left-1)) && isAlnum(byteAt(b, right)) {
				return true
			}
		}
	}
	return false
}

// contact reads connectors and an id after a platform's name that ends at i, and
// returns where it stopped.
func (f *Finder) contact(p platform, start, i int) int {
	b := f.body
	said := none
	if f.addBefore(start) {
		said = some
	}
	for range 5 {
		i = f.blanks(i, said == strong)
		if i >= len(b) || b[i] == '@' {
			return i
		}
		s, n := f.words.connectors.at(b, i)
		if n == 0 {
			break
		}
		if hyphen := b[i] == '-' && isAlnum(byteAt(b, i-1)) && isAlnum(byteAt(b, i+1)); !hyphen {
			said = max(said, s)
		}
		i += n
	}
	end := f.idEnd(i)
	if end == i || end-start > 80 || !f.free(i, end) || !f.idLooks(p, i, end, said) {
		return i
	}
	f.handle(p.name, string(b[i:end]), i, end, false)
	return end
}

// addBefore says whether a call to add stands right before b[i].
func (f *Finder) addBefore(i int) bool {
	b := f.body
	i = backBlanks(b, i, 1)
	return byteAt(b, i-1) == '+' && !isAlnum(byteAt(b, i-2)) || hasBefore(b, i, "加") || hasBefore(b, i, "➕") || hasBefore(b, i, "add")
}

// blanks skips blanks, line ends if lines is true, and symbols outside the
// scripts: arrows, emoji.
func (f *Finder) blanks(i int, lines bool) int {
	b := f.body
	for limit := min(len(b), i+24); i < limit; {
		switch {
		case b[i] == ' ', b[i] == '\t', lines && isSpace(b[i]):
			i++
		case b[i] == 0xF0 && i+4 <= limit: // emoji and other symbols beyond U+FFFF
			i += 4
		case b[i] == 0xE2 && i+3 <= limit: // general punctuation, arrows, symbols
			i += 3
		default:
			return i
		}
	}
	return i
}

// idEnd returns the end of the id at b[i]: letters, digits, _ . - of ASCII.
func (f *Finder) idEnd(i int) int {
	b, end := f.clean, i
	if hasPrefix(f.body, i, "live:") {
		end += len("live:") // Skype
	}
	for end < len(b) && end-i <= 40 && (isAlnum(b[end]) || b[end] == '_' || b[end] == '-' || b[end] == '.') {
		end++
	}
	for end > i && !isAlnum(b[end-1]) && b[end-1] != '_' {
		end--
	}
	return end
}

// idLooks says whether [i,end) can be an id of the platform.
func (f *Finder) idLooks(p platform, i, end int, said cue) bool {
	b := f.clean[i:end]
	digits, letters, marks := 0, 0, 0
	for _, c := range b {
		switch {
		case isDigit(c):
			digits++
		case isLetter(c):
			letters++
		default:
			marks++
		}
	}
	told := p.form == sure || said > none || f.afterID(i)
	switch {
	case len(b) > 33 || len(b) < 3 || digits+letters == 0 || !told:
		return false
	case letters == 0:
		return marks == 0 && b[0] != '0' && (p.name == "qq" && 5 <= digits && digits <= 11 ||
			p.name == "wechat" && p.form == sure && 6 <= digits && digits <= 10)
	case f.isStop(i, end) || f.measuresAt(i) || byteAt(f.clean, end) == '@' || f.domainLike(f.body[i:end]):
		return false
	case p.name == "qq", p.name == "wechat" && len(b) < 5, len(b) < 4 && said == none:
		return false
	}
	return digits > 0 || bytes.IndexByte(b, '_') >= 0 || f.plainID(p, i, end, said)
}

// plainID judges an id of letters alone, which may be a word of the sentence. It
// must follow a Han name directly, or a strong cue and end its line or clause.
func (f *Finder) plainID(p platform, i, end int, said cue) bool {
	b := f.body
	switch {
	case end-i < 4:
		return false
	case f.afterID(i):
		return true
	case p.form == sure && b[i-1] >= 0x80 && f.seen&han != 0:
		return end-i >= 5
	case p.form == everyday || said != strong:
		return false
	}
	next := skipBlanks(b, end, 2)
	switch c := byteAt(b, next); {
	case c == 0, c == '\n', c == '\r', c == ',', c == ';', c == '|', c == ')', c == '!', c == '/', c >= 0x80:
		return true
	case c == '.':
		return !isAlnum(byteAt(b, next+1))
	}
	return false
}

// afterID says whether the word id stands before b[i]: then what follows is
// one, whatever comes after it.
func (f *Finder) afterID(i int) bool {
	b := f.body
	for p := max(0, i-6); p+2 <= i; p++ {
		if string(b[p:p+2]) == "id" && !joined(b, p) && !joined(b, p+2) {
			return true
		}
	}
	return false
}

// isStop says whether the word at i is one that never is an id.
func (f *Finder) isStop(i, end int) bool {
	_, n := f.words.stops.at(f.body, i)
	return n > 0 && n >= end-i || n >= 3 && f.body[i+n-1] != f.body[end-1] && byteAt(f.body, i+n) == '-'
}

// measuresAt says whether an amount begins at i: "500usdt", "24h".
func (f *Finder) measuresAt(i int) bool {
	if !isDigit(f.body[i]) {
		return false
	}
	q, ok := f.quantity(i, false)
	return ok && (q.currency != "" || q.unit != "" || q.implied != "")
}

// domainLike says whether an id is rather a host: its last label is a public
// top-level domain.
func (f *Finder) domainLike(b []byte) bool {
	for i := len(b) - 1; i > 0; i-- {
		if b[i] == '.' {
			return f.publicTLD(b[i+1:])
		}
	}
	return false
}

// handle reports a name on a platform; an empty platform is an unknown one.
func (f *Finder) handle(platform, value string, start, end int, valid bool) {
	kind := "handle"
	if platform != "" {
		kind += "." + platform
	}
	f.add(Identifier{Kind: Handle, Type: kind, Value: value, Span: span(start, end), Valid: valid})
}
