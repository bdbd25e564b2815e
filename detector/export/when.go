package export

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/message"
)

// dateOrder is the order of the numbers of a date.
type dateOrder uint8

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
	yearFirst
)

func parseOrder(word string) dateOrder {
	switch word {
	case "dmy":
		return dayFirst
	case "mdy":
		return monthFirst
	case "ymd":
		return yearFirst
	}
	return orderUnknown
}

// String is the order as a person reads it.
func (o dateOrder) String() string {
	return [...]string{"unknown", "day first", "month first", "year first"}[o]
}

// whenReader reads the times of one table or file. Where no order is known, it
// counts the dates that it read day first, though they could have been
// otherwise.
type whenReader struct {
	order   dateOrder
	guessed int
}

// read reads RFC 3339, a number of the Unix epoch in seconds, milli-, micro-
// or nanoseconds (told by its size), or a written date.
func (w *whenReader) read(text string) (message.Time, bool) {
	if t, err := message.ParseTime(text); err == nil {
		return t, !t.IsZero()
	}
	text = strings.TrimSpace(text)
	if t, ok := epoch(text); ok {
		return t, true
	}
	if w.order == orderUnknown && strings.Contains(text, "/") {
		if d, ok := splitDate(asciiDigits(text)); ok && d.open() {
			w.guessed++
		}
	}
	return parseDate(text, w.order)
}

// open says whether the date can be read day first and month first.
func (d *dateWords) open() bool {
	if len(d.numbers) != 3 || d.month > 0 || d.markers || d.hasDay || d.widths[0] == 4 {
		return false
	}
	return d.numbers[0] <= 12 && d.numbers[1] <= 12 && d.numbers[0] != d.numbers[1]
}

// epoch reads a number of the Unix epoch by its size. Numbers of fewer than
// nine digits are years, hours or ids.
func epoch(text string) (message.Time, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	n, ok := parseInt(whole)
	if !ok || len(whole) < 9 || strings.Trim(fraction, "0123456789") != "" {
		return message.Time{}, false
	}
	switch {
	case n < 1e11:
		nsec, _ := parseInt((fraction + "000000000")[:9])
		return message.Instant(time.Unix(n, nsec).UTC()), true
	case n < 1e14:
		return message.Instant(time.UnixMilli(n).UTC()), true
	case n < 1e17:
		return message.Instant(time.UnixMicro(n).UTC()), true
	default:
		return message.Instant(time.Unix(0, n).UTC()), true
	}
}

// dateWords is a written date in pieces.
type dateWords struct {
	numbers []int // day, month and year in the order of the text
	widths  []int // digits of each
	month   int   // from a name; 0 if all is numbers
	monthAt int   // how many numbers stood before the name
	hour    int
	minute  int
	second  int
	nsec    int
	hasTime bool
	// hasSecond says that the clock shows seconds.
	hasSecond bool
	pm, am    bool
	zone      *time.Location
	weekday   time.Weekday
	hasDay    bool
	markers   bool // 年 月 日: the order is year first
	leftover  bool // words of no meaning
	wrong     bool // a clock or a zone that cannot be
	chat      bool // of a messenger, and so of this century
	asian     bool // 上午, 午後, 오전: two digits before are those of the year
}

// parseDate reads a written date in any of the layouts that exports use. A
// date of bare numbers needs an order; where it is unknown, an order that only
// one reading allows is taken, else day first.
func parseDate(text string, order dateOrder) (message.Time, bool) {
	d, ok := splitDate(asciiDigits(text))
	if !ok {
		return message.Time{}, false
	}
	return d.resolve(order)
}

// asciiDigits writes the decimal digits of any script as 0 to 9.
func asciiDigits(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r > '9' && unicode.Is(unicode.Nd, r) }) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r <= '9' || !unicode.Is(unicode.Nd, r) {
			return r
		}
		zero := r
		for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
			zero--
		}
		return '0' + (r - zero)
	}, text)
}

// resolve makes a time of the pieces.
func (d *dateWords) resolve(order dateOrder) (message.Time, bool) {
	year, month, day, ok := d.date(order)
	if !ok || d.wrong {
		return message.Time{}, false
	}
	hour := d.hour
	switch {
	case d.pm && hour < 12:
		hour += 12
	case d.am && hour == 12:
		hour = 0
	}
	zone := d.zone
	if zone == nil {
		zone = time.UTC
	}
	t := time.Date(year, time.Month(month), day, hour, d.minute, d.second, d.nsec, zone)
	if t.Day() != day && hour < 24 {
		return message.Time{}, false // the 31st of a short month
	}
	if d.zone != nil {
		return message.Instant(t), true
	}
	return message.Local(t), true
}

// date finds year, month and day.
func (d *dateWords) date(order dateOrder) (year, month, day int, ok bool) {
	n, w := d.numbers, d.widths
	switch {
	case d.month > 0 && len(n) == 2:
		year, day = n[1], n[0]
		if w[0] == 4 || n[0] > 31 {
			year, day = n[0], n[1]
		}
		month = d.month
	case len(n) == 3 && (w[0] == 4 || d.markers || n[0] > 31):
		year, month, day = n[0], n[1], n[2]
	case len(n) == 3:
		year, month, day = d.byOrder(order)
	default:
		return 0, 0, 0, false
	}
	switch {
	case year >= 50 && year < 100 && (d.chat || year < 70):
		year += 2500 // of the Buddhist era: nobody chatted in 1969
	case year < 70:
		year += 2000
	case year < 100:
		year += 1900
	}
	year, month, day = gregorian(year, month, day)
	return year, month, day, month >= 1 && month <= 12 && day >= 1 && day <= 31 && year >= 1970-100 && year <= 2200
}

func (d *dateWords) byOrder(order dateOrder) (year, month, day int) {
	a, b, c := d.numbers[0], d.numbers[1], d.numbers[2]
	if order == yearFirst && d.widths[2] < 4 && b <= 12 && c <= 31 {
		return a, b, c
	}
	month = b
	day = a
	switch {
	case a > 12 && b <= 12:
	case b > 12 && a <= 12:
		month, day = a, b
	case order == monthFirst, order == orderUnknown && d.monthFirstByWeekday():
		month, day = a, b
	}
	return c, month, day
}

// monthFirstByWeekday asks the weekday beside the date.
func (d *dateWords) monthFirstByWeekday() bool {
	asDay, asMonth := d.weekdays()
	return d.hasDay && asDay != d.weekday && asMonth == d.weekday
}

// weekdays are those of the date read day first and month first.
func (d *dateWords) weekdays() (asDay, asMonth time.Weekday) {
	a, b, year := d.numbers[0], d.numbers[1], d.numbers[2]
	switch {
	case year < 100:
		year += 2000
	case year >= 2400:
		year -= buddhist
	}
	asDay = time.Date(year, time.Month(b), a, 0, 0, 0, 0, time.UTC).Weekday()
	asMonth = time.Date(year, time.Month(a), b, 0, 0, 0, 0, time.UTC).Weekday()
	return asDay, asMonth
}

// splitDate cuts a written date into pieces. ok is false for a text that is no
// date.
func splitDate(text string) (d dateWords, ok bool) {
	if len(text) > 120 {
		return d, false
	}
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r >= '0' && r <= '9':
			text = d.number(text)
		case unicode.IsLetter(r):
			text = d.word(text)
		case (r == '+' || r == '-' || r == '−') && d.hasTime:
			text = d.offset(text, size)
		default:
			text = text[size:]
		}
		if len(d.numbers) > 3 {
			return d, false
		}
	}
	return d, len(d.numbers) >= 2 && !d.leftover
}

// number reads a number, or a clock time that begins with it.
func (d *dateWords) number(text string) string {
	width := digits(text)
	if width > 4 {
		d.leftover = true
		return text[width:]
	}
	value, _ := parseInt(text[:width])
	rest := text[width:]
	rest = strings.TrimPrefix(rest, " ")
	if !d.hasTime && width <= 2 && len(d.numbers) >= 3 && strings.HasPrefix(rest, "h ") && digits(rest[2:]) == 2 {
		rest = ":" + rest[2:] // 15 h 04
	}
	if !d.hasTime && width <= 2 && startsClock(rest, len(d.numbers)) {
		d.hour, d.hasTime = int(value), true
		return d.clock(rest)
	}
	if !d.hasTime && strings.HasPrefix(rest, "시") || strings.HasPrefix(rest, "时") || strings.HasPrefix(rest, "時") {
		d.hour, d.hasTime = int(value), true
		return d.wordClock(rest)
	}
	d.numbers = append(d.numbers, int(value))
	d.widths = append(d.widths, width)
	for _, marker := range []string{"年", "月", "日", "号", "號", "년", "월", "일"} {
		if after, ok := strings.CutPrefix(rest, marker); ok {
			d.markers = true
			return after
		}
	}
	for _, suffix := range []string{"st", "nd", "rd", "th", "er", "º", "ª"} {
		if strings.HasPrefix(rest, suffix) && !letterAfter(rest[len(suffix):]) {
			return rest[len(suffix):]
		}
	}
	return rest
}

func letterAfter(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLetter(r)
}

// startsClock says whether a colon and two digits follow, or, after a whole
// date, a dot and two digits.
func startsClock(rest string, numbers int) bool {
	if len(rest) < 3 || digits(rest[1:]) != 2 {
		return false
	}
	return rest[0] == ':' || (rest[0] == '.' || rest[0] == 'h') && numbers >= 3
}

// clock reads :MM[:SS[.fraction]].
func (d *dateWords) clock(rest string) string {
	minute, _ := parseInt(rest[1:3])
	d.minute = int(minute)
	rest = rest[3:]
	if len(rest) >= 3 && (rest[0] == ':' || rest[0] == '.') && digits(rest[1:]) == 2 {
		second, _ := parseInt(rest[1:3])
		d.second, d.hasSecond = int(second), true
		rest = rest[3:]
		if len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') {
			if n := digits(rest[1:]); n >= 3 {
				nsec, _ := parseInt((rest[1:1+n] + "00000000")[:9])
				d.nsec = int(nsec)
				rest = rest[1+n:]
			}
		}
	}
	d.wrong = d.wrong || d.hour > 29 || d.minute > 59 || d.second > 60
	return rest
}

// wordClock reads 시 MM분 SS초 and 时 MM分 SS秒.
func (d *dateWords) wordClock(rest string) string {
	_, size := utf8.DecodeRuneInString(rest)
	rest = strings.TrimLeft(rest[size:], " ")
	for _, part := range []*int{&d.minute, &d.second} {
		width := digits(rest)
		if width == 0 || width > 2 {
			break
		}
		value, _ := parseInt(rest[:width])
		*part = int(value)
		_, size := utf8.DecodeRuneInString(rest[width:])
		rest = strings.TrimLeft(rest[width+size:], " ")
	}
	return rest
}

// offset reads +HH:MM or +HHMM.
func (d *dateWords) offset(text string, size int) string {
	sign := 1
	if text[0] != '+' {
		sign = -1
	}
	rest := text[size:]
	n := digits(rest)
	if n < 1 || n > 4 || n == 3 {
		return rest
	}
	hours, _ := parseInt(rest[:min(n, 2)])
	minutes := int64(0)
	if n == 4 {
		minutes, _ = parseInt(rest[2:4])
		rest = rest[4:]
	} else if rest = rest[n:]; len(rest) >= 3 && rest[0] == ':' && digits(rest[1:]) == 2 {
		minutes, _ = parseInt(rest[1:3])
		rest = rest[3:]
	}
	d.wrong = d.wrong || hours > 15 || minutes > 59
	d.zone = fixedZone(sign * (int(hours)*60 + int(minutes)))
	return rest
}

func fixedZone(minutes int) *time.Location {
	if minutes == 0 {
		return time.UTC
	}
	return time.FixedZone("", minutes*60)
}
