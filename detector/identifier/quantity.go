package identifier

import "strconv"

// quantity is a number or a range with what stands around it.
type quantity struct {
	start, end int // with sign and unit, without the period
	low, high  float64
	currency   string
	implied    string // currency that the scale implies
	unit       string // "minute", "percent"; empty for money
	scaled     bool
	spaced     bool
}

// tail is what follows a number: a scale, then a currency; or a unit.
type tail struct {
	end      int
	factor   float64
	currency string
	implied  string
	unit     string
}

// maxGlued is how many letters and digits may touch the end of an amount, as
// people forget blanks: "£5each". More are a code.
const maxGlued = 12

// quantity reads money, a percentage or a length of time at b[i], a digit:
//
//	[sign] number [scale] [unit|currency] [ range [sign] number [scale] [unit|currency] ]
func (f *Finder) quantity(i int, spaces bool) (q quantity, ok bool) {
	n, ok := readNumber(f.body, i, spaces)
	if !ok || f.broken(n) {
		return q, false
	}
	t := f.tail(n)
	q.start, q.currency = f.sign(i, n.value*t.factor)
	q.spaced = n.spaced
	q.low, q.high = n.value*t.factor, n.value*t.factor
	q.take(t)
	if second, end, ok := f.upper(t.end, spaces); ok {
		q.extend(n, t, second, end)
	}
	if q.unit == "" && q.currency == "" && hasBefore(f.body, i, hanPercent) {
		q.start, q.unit = i-len(hanPercent), percentUnit
	}
	if n.zero && q.currency == "" && q.unit != percentUnit {
		return q, false
	}
	return q, tokenEnd(f.body, q.end)-q.end <= maxGlued
}

// take adopts what the tail says.
func (q *quantity) take(t tail) {
	q.end = t.end
	q.scaled = q.scaled || t.factor > 1
	if t.currency != "" && (q.currency == "" || q.currency == "USD") {
		q.currency = t.currency // "$500 USDT": the word is more exact
	}
	if t.implied != "" {
		q.implied = t.implied
	}
	if q.currency == "" && t.unit != "" {
		q.unit = t.unit
	}
}

// extend makes a range of q and the number n with tail t that was read, and the
// number second with its tail. "3-5万" scales both, "300-500k" too.
func (q *quantity) extend(n number, t tail, second number, end tail) {
	high := second.value * end.factor
	low := n.value * t.factor
	if t.factor == 1 && t.currency == "" && n.value < second.value {
		low = n.value * end.factor
	}
	if high < low || t.unit != "" && end.unit != "" && t.unit != end.unit {
		return
	}
	q.low, q.high = low, high
	q.spaced = q.spaced || second.spaced
	q.take(end)
}

// upper reads the second number of a range that begins at or after b[i].
func (f *Finder) upper(i int, spaces bool) (n number, t tail, ok bool) {
	b := f.body
	p := skipBlanks(b, i, 2)
	_, length := f.words.ranges.at(b, p)
	if length == 0 {
		return n, t, false
	}
	p = skipBlanks(b, p+length, 2)
	if _, length := f.words.currencies.at(b, p); length > 0 && length <= 4 {
		p = skipBlanks(b, p+length, 1)
	}
	if p >= len(b) || !isDigit(b[p]) {
		return n, t, false
	}
	n, ok = readNumber(b, p, spaces)
	if !ok || n.zero || f.broken(n) || byteAt(b, n.end) == '-' && isDigit(byteAt(b, n.end+1)) {
		return n, t, false
	}
	return n, f.tail(n), true
}

// broken says whether the number is a part of a date, a time, a version or an
// order number.
func (f *Finder) broken(n number) bool {
	next, after := byteAt(f.body, n.end), byteAt(f.body, n.end+1)
	return (next == '/' || next == ':' || next == '.') && isDigit(after)
}

// sign returns the currency that stands before the number at b[i], of a value,
// and where it begins; i if there is none.
func (f *Finder) sign(i int, value float64) (start int, code string) {
	at := backBlanks(f.body, i, 1)
	c, length := f.words.signs.before(f.body, at)
	if length == 0 || c.manner&after != 0 || value < c.least {
		return i, ""
	}
	start = at - length
	if c.manner&(capital|either) != 0 && !f.capitals(start, at) || c.manner&tight != 0 && at != i {
		return i, ""
	}
	return start, c.code
}

// capitals says whether [start,end) was written in capital letters.
func (f *Finder) capitals(start, end int) bool {
	for _, c := range f.clean[start:end] {
		if isLower(c) {
			return false
		}
	}
	return true
}

// allowed says whether a word that was found at start, for a number that ends
// at end, is written as it must be.
func (f *Finder) allowed(m manner, end, start, length int) bool {
	switch {
	case m&tight != 0:
		return start == end
	case m&capital != 0:
		return f.capitals(start, start+length)
	case m&either != 0:
		return start == end || f.capitals(start, start+length)
	default:
		return true
	}
}

// tail reads what follows the number.
func (f *Finder) tail(n number) tail {
	t := tail{end: n.end, factor: 1}
	at := f.more(n.end)
	factor, implied, scaled := f.scaleAt(t.end, at)
	code, coined := f.currencyAt(n.value, t.end, at)
	if unit, end := f.unit(n, at); end > 0 && end-at >= max(scaled, coined) {
		t.unit, t.end = unit, end
		return t
	}
	for range 2 {
		if scaled == 0 || coined > scaled {
			break
		}
		t.factor *= factor
		if implied != "" {
			t.implied = implied
		}
		t.end = at + scaled
		at = f.more(t.end)
		factor, implied, scaled = f.scaleAt(t.end, at)
		code, coined = f.currencyAt(n.value*t.factor, t.end, at)
	}
	if coined > 0 {
		t.currency, t.end = code, at+coined
	} else if t.factor > 1 {
		f.currencyOf(&t, at)
	}
	return t
}

// more skips what may stand between a number and its unit: a plus sign, a word
// for "and more", a blank.
func (f *Finder) more(i int) int {
	b := f.body
	if byteAt(b, i) == '+' {
		i++
	} else if i+3 <= len(b) {
		switch string(b[i : i+3]) {
		case "多", "余", "来", "几":
			i += 3
		}
	}
	return skipBlanks(b, i, 1)
}

// currencyOf reads "de pesos" after "5 millones".
func (f *Finder) currencyOf(t *tail, at int) {
	_, length := f.words.of.at(f.body, at)
	if length == 0 {
		return
	}
	at = skipBlanks(f.body, at+length, 1)
	if code, length := f.currencyAt(1e6, t.end, at); length > 0 {
		t.currency, t.end = code, at+length
	}
}

func (f *Finder) scaleAt(end, at int) (factor float64, implied string, length int) {
	s, length := f.words.scales.look(f, at)
	if length == 0 || !f.allowed(s.manner, end, at, length) {
		return 1, "", 0
	}
	return s.factor, s.implies, length
}

func (f *Finder) currencyAt(value float64, end, at int) (code string, length int) {
	c, length := f.words.currencies.look(f, at)
	if length == 0 || value < c.least || !f.allowed(c.manner, end, at, length) {
		return "", 0
	}
	if at > end && isDigit(byteAt(f.body, at+length)) {
		return "", 0 // the sign of the next amount
	}
	return c.code, length
}

// look is at, or mixed where the message holds Cyrillic letters; 0 beyond the
// end of the text.
func (l *lexicon[T]) look(f *Finder, i int) (value T, length int) {
	if i >= len(f.body) {
		return value, 0
	}
	if f.seen&cyrillic != 0 {
		return l.mixed(f.body, i)
	}
	return l.at(f.body, i)
}

// appendAmount writes "500" or "500-800".
func (q *quantity) appendAmount(text []byte) []byte {
	if q.low < q.high {
		text = append(strconv.AppendFloat(text, q.low, 'f', -1, 64), '-')
	}
	return strconv.AppendFloat(text, q.high, 'f', -1, 64)
}
