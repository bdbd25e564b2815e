package identifier

// numbers looks at every number that no other finder has taken: is it money, a
// percentage, a length of time, a place, an account, a phone?
func (f *Finder) numbers() {
	b := f.body
	if f.seen&digit != 0 {
		for i := 0; i < len(b); {
			if !isDigit(b[i]) {
				i++
				continue
			}
			i = f.number(i)
		}
	}
	if f.seen&han != 0 {
		f.hanNumbers()
	}
}

// number looks at the digits at b[i] and returns where to go on.
func (f *Finder) number(i int) int {
	b := f.body
	if !f.free(i, i+1) {
		return digitsEnd(b, i)
	}
	if i > 0 && (isLetter(b[i-1]) || b[i-1] == '_') {
		if end, ok := f.lettered(i); ok {
			return end
		}
		if !f.glued(i) {
			return tokenEnd(b, i)
		}
	}
	if end, ok := f.place(i); ok {
		return end
	}
	end := digitsEnd(b, i)
	if f.measurable(i, end) {
		if end, ok := f.measure(i); ok {
			return end
		}
	}
	if next, _ := gapEnd(b, end); end-i < 3 && next == end {
		return denseEnd(b, i)
	}
	c := readCluster(b, i)
	if c.count >= 5 && f.long(&c) || c.count >= 3 && f.memo(&c) {
		return c.end
	}
	return denseEnd(b, i)
}

// measurable is a quick test of what stands next to the digits [i,end): may
// they belong to an amount? It never denies one.
func (f *Finder) measurable(i, end int) bool {
	b := f.body
	if c := byteAt(b, end); c == '.' || c == ',' || c == '\'' || c == '+' || f.seen&cyrillic != 0 {
		return true
	}
	if at := skipBlanks(b, end, 1); at < len(b) && (b[at] >= 0x80 || isDigit(b[at]) || f.words.following.forward(b, at)) {
		return true
	}
	at := backBlanks(b, i, 2)
	return at > 0 && (b[at-1] >= 0x80 || f.words.preceding.backward(b, at))
}

// long reads a cluster of five digits or more.
func (f *Finder) long(c *cluster) bool {
	if !f.free(c.start, c.end) {
		return false
	}
	return f.card(c) || f.memo(c) || f.localAccount(c) || f.phone(c)
}

// lettered reads a number that touches letters before it: "RM500", an IBAN, an
// IFSC.
func (f *Finder) lettered(i int) (end int, ok bool) {
	if end, ok = f.iban(i); ok {
		return end, true
	}
	if end, ok = f.ifsc(i); ok {
		return end, true
	}
	n, ok := readNumber(f.body, i, false)
	if !ok {
		return i, false
	}
	if start, code := f.sign(i, n.value*f.tail(n).factor); code != "" && start < i {
		return f.measure(i)
	}
	return i, false
}

// glued says whether a word for a phone, a messenger or an account touches the
// digits at b[i]: "WA08…". Nothing else with letters before it is a number.
func (f *Finder) glued(i int) bool {
	start := i
	for limit := max(0, i-12); start > limit && isLetter(f.body[start-1]); start-- {
	}
	if digitsEnd(f.body, i)-i < 8 {
		return false
	}
	if _, n := f.words.platforms.at(f.body, start); n == i-start {
		return true
	}
	value, n := f.words.hints.at(f.body, start)
	return n == i-start && value&(phoneHint|accountHint) != 0
}

func digitsEnd(b []byte, i int) int {
	for i < len(b) && isDigit(b[i]) {
		i++
	}
	return i
}

// denseEnd returns the end of the digits at b[i] and of further digits that only
// a mark sets apart: the end of a date, a time, a version.
func denseEnd(b []byte, i int) int {
	for {
		i = digitsEnd(b, i)
		switch byteAt(b, i) {
		case '.', ',', '/', ':', '-':
			if isDigit(byteAt(b, i+1)) {
				i++
				continue
			}
		}
		return i
	}
}

func tokenEnd(b []byte, i int) int {
	for i < len(b) && (isAlnum(b[i]) || b[i] == '_') {
		i++
	}
	return i
}

// cluster is a run of groups of digits with marks between them, such as phone
// and account numbers are written in.
type cluster struct {
	start, end int
	groups     [maxCluster]group
	size       int // groups
	count      int // digits
	plus       bool
	bracket    bool // the first group stands in brackets
	letters    bool // a letter touches the end
}

const (
	maxCluster       = 8  // groups
	maxClusterDigits = 24 // digits
)

// readCluster reads the cluster whose first digit is b[i].
func readCluster(b []byte, i int) cluster {
	c := cluster{start: i, end: i}
	end := digitsEnd(b, i)
	c.bracket = byteAt(b, i-1) == '(' && byteAt(b, end) == ')'
	switch {
	case byteAt(b, i-1) == '+':
		c.start, c.plus = i-1, true
	case c.bracket && byteAt(b, i-2) == '+':
		c.start, c.plus = i-2, true
	case c.bracket && isDigit(byteAt(b, end+1)) || c.bracket && isDigit(byteAt(b, end+2)):
		c.start = i - 1
	}
	for p, mark := i, byte(0); c.size < maxCluster; {
		end := digitsEnd(b, p)
		if c.count+end-p > maxClusterDigits || c.size > 0 && isLetter(byteAt(b, end)) {
			break
		}
		c.groups[c.size] = group{p, end - p, mark}
		c.size++
		c.count += end - p
		c.end = end
		c.letters = isLetter(byteAt(b, end))
		if p, mark = gapEnd(b, end); p == end {
			break
		}
	}
	return c
}

// gapEnd skips the marks between two groups of digits, at most three, and
// returns them as one: a dot only if it stands alone. It returns i if no digit
// follows.
func gapEnd(b []byte, i int) (end int, mark byte) {
	for end = i; end < len(b) && end-i < 3; end++ {
		switch c := b[end]; c {
		case ' ', '-', '(', ')', '/', '.':
			if mark == 0 || mark == ' ' {
				mark = c
			}
			if c == '.' && end > i {
				return i, 0
			}
			continue
		}
		break
	}
	if end < len(b) && end > i && isDigit(b[end]) && (mark != '.' || end == i+1) {
		return end, mark
	}
	return i, 0
}

// digits returns the digits of the cluster in room.
func (c *cluster) digits(b []byte, room *[maxClusterDigits]byte) []byte {
	text := room[:0]
	for _, g := range c.groups[:c.size] {
		text = append(text, b[g.start:g.start+g.length]...)
	}
	return text
}

// drop forgets the last group.
func (c *cluster) drop() {
	c.size--
	c.count -= c.groups[c.size].length
	last := c.groups[c.size-1]
	c.end, c.letters = last.start+last.length, false
}

// lengths says whether the groups have these lengths.
func (c *cluster) lengths(want ...int) bool {
	if len(want) != c.size {
		return false
	}
	for k, n := range want {
		if c.groups[k].length != n {
			return false
		}
	}
	return true
}

// date says whether the cluster begins or ends like a date, an IP address or a
// version rather than a phone number.
func (c *cluster) date() bool {
	switch {
	case c.size == 2 && c.lengths(4, 2):
		return true // a month
	case c.size < 3:
		return false
	case c.dated(c.size-3) && c.groups[c.size-1].mark == '/':
		return true
	default:
		return !c.plus && c.dated(0) && (c.size == 3 || c.groups[3].mark != c.groups[2].mark)
	}
}

// dated says whether three groups from k on are those of a date.
func (c *cluster) dated(k int) bool {
	a, b, d := c.groups[k], c.groups[k+1], c.groups[k+2]
	if b.mark != d.mark || b.mark != '/' && b.mark != '-' && b.mark != '.' || b.length > 2 {
		return false
	}
	return a.length <= 2 && (d.length == 4 || d.length == 2) || a.length == 4 && d.length <= 2
}
