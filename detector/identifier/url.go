package identifier

import "bytes"

// links finds URLs, bare domains and mail addresses, and the handles that links
// of messengers carry.
func (f *Finder) links() {
	b := f.body
	if f.seen&dot != 0 {
		for i, done := 0, 0; ; i++ {
			at := bytes.IndexByte(b[i:], '.')
			if at < 0 {
				break
			}
			if i += at; i >= done && isLabelish(byteAt(b, i+1)) {
				done = max(done, f.link(i))
			}
		}
	}
	if f.seen&dotWord != 0 {
		f.each("dot", f.link)
	}
	if f.seen&kana != 0 {
		f.each("。", f.link)
	}
	if f.seen&colon != 0 {
		f.each("://", f.schemeOnly)
	}
}

// each calls read at every occurrence of word that lies behind what the last
// call has read.
func (f *Finder) each(word string, read func(i int) (end int)) {
	for i := find(f.body, word, 0); i >= 0; {
		i = find(f.body, word, max(i+len(word), read(i)))
	}
}

// isLabelish: what may follow a dot inside a host.
func isLabelish(c byte) bool { return isAlnum(c) || c >= 0x80 || c == ']' || c == ')' || c == '}' }

// link reads the host around position i and what belongs to it; it returns
// where it ends, or i.
func (f *Finder) link(i int) int {
	b := f.body
	at, length := dotAround(b, i)
	if length == 0 || at == 0 || !isLabel(b, at-1) || !isLabel(b, at+length) {
		return i
	}
	h := &f.host
	if !h.read(b, at, length) {
		return i
	}
	end := h.end()
	if next := byteAt(b, end); next == '@' {
		return i // the name of a mail address
	}
	start, scheme := f.scheme(h.start())
	if f.numeric(h) {
		if scheme == "" && !f.addressed(end) {
			return end
		}
	} else if !h.cut(f) {
		return f.chainName(h, i)
	}
	end = h.end()
	if local := f.local(start); scheme == "" && local < start {
		return f.mail(local, end)
	}
	if byteAt(b, start-1) == '@' {
		return i
	}
	tail := f.path(end)
	if scheme == "" {
		h.fromWWW(b)
		start = h.start()
		if !f.plausible(h, end, tail) {
			return i
		}
	}
	if !f.free(start, end) {
		return end
	}
	f.url(start, end, tail, scheme)
	return tail
}

// fromWWW drops labels before www: "now.www.site.com".
func (h *host) fromWWW(b []byte) {
	for k := 1; k < h.size-1; k++ {
		if string(h.label(b, k)) == "www" {
			copy(h.labels[:], h.labels[k:h.size])
			h.size -= k
			return
		}
	}
}

// url reports the link [start,tail) whose host ends at end.
func (f *Finder) url(start, end, tail int, scheme string) {
	name, valid := f.host.ascii(f)
	rest := string(f.clean[end:tail])
	if rest == "/" {
		rest = ""
	}
	value := name + rest
	if scheme != "" {
		value = scheme + "://" + value
	}
	f.add(Identifier{Kind: URL, Type: "url", Value: value, Span: span(start, tail), Valid: valid})
	if l, ok := readLink(name, rest); ok {
		f.linked(l, start, tail)
	} else if kind, id := payLink(name, rest); id != "" {
		f.account(kind, id, start, tail, true)
	}
}

// chainName reports a name that stands for a wallet, "name.eth", and returns
// where it ends; i if the host is none. Other chains' names need a word for a
// wallet nearby. Nothing can check them here.
func (f *Finder) chainName(h *host, i int) int {
	for ; h.size >= 2; h.size-- {
		kind := "wallet.ens"
		switch string(h.label(f.body, -1)) {
		case "eth":
		case "sol", "bnb", "crypto":
			kind = "wallet.name"
			if f.hints(h.start(), h.end())&walletHint == 0 {
				return i
			}
		default:
			continue
		}
		start, end := h.labels[h.size-2].start, h.end()
		if len(h.label(f.body, -2)) < 3 || !f.free(start, end) {
			return i
		}
		f.add(Identifier{Kind: Wallet, Type: kind, Value: string(f.body[start:end]), Span: span(start, end)})
		return end
	}
	return i
}

// linked reports what the link of a messenger leads to.
func (f *Finder) linked(l target, start, end int) {
	value, valid := l.id, true
	if l.phone {
		value, valid = dial(l.id)
		f.call(value, valid, start, end)
	}
	f.handle(l.platform, value, start, end, valid)
}

// scheme returns where a URL whose host begins at i begins, and its scheme in
// canonical form: hxxps and h**ps are https. A scheme that is none of the web
// counts too.
func (f *Finder) scheme(i int) (start int, name string) {
	b := f.body
	end := i
	if !hasPrefix(b, i-3, "://") && !hasPrefix(b, i-3, `:\\`) {
		return i, ""
	}
	end -= 3
	for start = end; start > 0 && end-start < 12 && (isLetter(b[start-1]) || b[start-1] == '*'); start-- {
	}
	if start == end {
		return i - 3, "http"
	}
	return start, canonicalScheme(string(b[start:end]))
}

func canonicalScheme(s string) string {
	switch {
	case len(s) < 3 || s[0] != 'h':
		return s
	case s[len(s)-1] == 's':
		return "https"
	default:
		return "http"
	}
}

// numeric says whether the host is an IPv4 address.
func (f *Finder) numeric(h *host) bool {
	if h.size != 4 {
		return false
	}
	for k := range h.size {
		label := h.label(f.body, k)
		value := 0
		for _, c := range label {
			if !isDigit(c) || len(label) > 3 {
				return false
			}
			value = value*10 + int(c-'0')
		}
		if value > 255 {
			return false
		}
	}
	return true
}

// addressed says whether a port, or a path that begins with a letter, follows
// the host.
func (f *Finder) addressed(end int) bool {
	b := f.body
	return byteAt(b, end) == ':' && isDigit(byteAt(b, end+1)) && isDigit(byteAt(b, end+2)) ||
		byteAt(b, end) == '/' && isLetter(byteAt(b, end+1))
}

// maxPath bounds the path of a link, in bytes.
const maxPath = 2048

// path returns the end of port, path, query and fragment behind a host.
func (f *Finder) path(i int) int {
	b := f.clean
	end := i
	if byteAt(b, end) == ':' {
		port := digitsEnd(b, end+1)
		if port > end+2 && port <= end+6 {
			end = port
		}
	}
	if c := byteAt(b, end); c != '/' && c != '?' && c != '#' {
		return end
	}
	first, open := end, 0
	for limit := min(len(b), end+maxPath); end < limit && inPath(b[end]); end++ {
		switch b[end] {
		case '(':
			open++
		case ')':
			open--
		}
		if open < 0 {
			break
		}
	}
	if open > 0 && bytes.IndexByte(b[first:end], ')') < 0 {
		end = first + bytes.IndexByte(b[first:end], '(')
	}
	for end > first && bytes.IndexByte([]byte(".,;:!?*~'&"), b[end-1]) >= 0 {
		end--
	}
	return end
}

// inPath: the printable ASCII characters of a URL.
func inPath(c byte) bool {
	return c > ' ' && c < 0x7F && bytes.IndexByte([]byte("<>\"{}|\\^`[]"), c) < 0
}

// schemeOnly reads links of apps, which have no host: tg://resolve?domain=name.
func (f *Finder) schemeOnly(i int) int {
	b := f.body
	start := i
	for start > 0 && i-start < 12 && isLetter(b[start-1]) {
		start--
	}
	if !appScheme(string(b[start:i])) {
		return i
	}
	end := i + 3
	for limit := min(len(b), end+maxPath); end < limit && inPath(f.clean[end]); {
		end++
	}
	l, ok := readScheme(string(b[start:i]), string(f.clean[i+3:end]))
	if !ok || !f.free(start, end) {
		return i
	}
	value := string(b[start:i]) + string(f.clean[i:end])
	f.add(Identifier{Kind: URL, Type: "url", Value: value, Span: span(start, end), Valid: true})
	if l.platform != "" {
		f.linked(l, start, end)
	}
	return end
}
