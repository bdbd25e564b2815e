package identifier

import (
	"strconv"

	"github.com/nyaruka/phonenumbers"
)

// phone reports the cluster if it is a phone number: written with + or 00,
// grouped like one, next to a word for calling, or valid in the region.
func (f *Finder) phone(c *cluster) bool {
	for c.size > 1 && c.groups[c.size-1].length == 1 {
		c.drop()
	}
	if c.count < 7 || c.count > 17 || c.letters || c.date() || c.fraction() || c.blank(f.body) || c.lengths(5, 4) {
		return false
	}
	name := f.platformBefore(c.start)
	international, ok := f.looksDialled(c, name != "")
	if !ok {
		return false
	}
	var room [maxClusterDigits]byte
	value, valid := f.number164(c, international, &room)
	if !valid && (c.count > 15 || international && c.count < 8) {
		return false
	}
	f.call(value, valid, c.start, c.end)
	if name != "" {
		f.handle(name, value, c.start, c.end, valid)
	}
	return true
}

// call reports a phone number.
func (f *Finder) call(value string, valid bool, start, end int) {
	f.add(Identifier{Kind: Phone, Type: "phone", Value: value, Span: span(start, end), Valid: valid})
}

// looksDialled decides from the writing and the words around the cluster
// whether it is a phone number, and whether it begins with a country code.
func (f *Finder) looksDialled(c *cluster, messenger bool) (international, ok bool) {
	b := f.body
	zeros := c.groups[0].length >= 2 && b[c.groups[0].start] == '0' && b[c.groups[0].start+1] == '0'
	if c.plus || zeros && c.count >= 10 {
		return true, true
	}
	const kinds = phoneHint | accountHint | cardHint | orderHint
	word := f.lastHint(c.start-hintBefore, c.start, kinds)
	if word == 0 && c.count >= 8 {
		word = f.lastHint(c.start-hintBefore/2, c.start, numberHint)
	}
	switch {
	case messenger || word&(phoneHint|numberHint) != 0:
		return false, true
	case word != 0 || byteAt(b, c.start-1) == '#':
		return false, c.bracket && c.lengths(3, 3, 4)
	case c.written(b):
		return false, true
	case f.hintsIn(c.end, c.end+hintAfter/2)&phoneHint != 0:
		return false, true
	}
	return false, f.region != "" && c.count >= 8 && f.dialable(c)
}

// written says whether the groups are those of a phone number in some common
// plan; a lone run of digits counts if it begins with a trunk zero or is a
// Chinese mobile number.
func (c *cluster) written(b []byte) bool {
	first := b[c.groups[0].start]
	zero := first == '0' && c.groups[0].length > 1 && b[c.groups[0].start+1] != '0'
	switch {
	case c.lengths(3, 3, 4), c.lengths(1, 3, 3, 4) && first == '1':
		return true // North America
	case c.size == 1:
		return zero && c.count >= 9 && c.count <= 13 ||
			c.count == 11 && first == '1' && b[c.groups[0].start+1] >= '3'
	case c.lengths(3, 4, 4) && first == '1':
		return true // China
	}
	return (zero || c.bracket) && c.count >= 8 && c.count <= 13 && c.groups[c.size-1].length >= 2
}

// fraction says whether a dot makes some of the cluster a decimal number: one
// before one or two digits, where not all marks are dots.
func (c *cluster) fraction() bool {
	dots, short := 0, false
	for _, g := range c.groups[:c.size] {
		if g.mark == '.' {
			dots++
			short = short || g.length <= 2
		}
	}
	return !c.plus && (c.size == 2 && dots == 1 || short && dots < c.size-1)
}

// blank says whether all digits are one and the same, or a country code would
// begin with 0.
func (c *cluster) blank(b []byte) bool {
	first := b[c.groups[0].start]
	if c.plus && first == '0' {
		return true
	}
	for _, g := range c.groups[:c.size] {
		for _, d := range b[g.start : g.start+g.length] {
			if d != first {
				return false
			}
		}
	}
	return true
}

// number164 returns the number in E.164 if the country is known, else its
// digits, and whether the library finds it valid. Of an international number it
// drops groups from the end until it is.
func (f *Finder) number164(c *cluster, international bool, room *[maxClusterDigits]byte) (string, bool) {
	if !international {
		digits := string(c.digits(f.body, room))
		if region := f.guess(); region != "" {
			if value, valid := parsePhone(digits, region); valid {
				return value, true
			}
		}
		return digits, false
	}
	whole := *c
	for {
		digits := c.digits(f.body, room)
		if !c.plus {
			digits = digits[2:]
		}
		if value, valid := dial(string(digits)); valid {
			return value, true
		}
		if c.size == 1 || c.count-c.groups[c.size-1].length < 8 {
			*c = whole
			digits = c.digits(f.body, room)
			if !c.plus {
				digits = digits[2:]
			}
			return "+" + string(digits), false
		}
		c.drop()
	}
}

// dialable says whether the digits are a valid number of the finder's region.
func (f *Finder) dialable(c *cluster) bool {
	var room [maxClusterDigits]byte
	_, valid := parsePhone(string(c.digits(f.body, &room)), f.region)
	return valid
}

// guessBytes bounds how far guess reads.
const guessBytes = 512

// guess is the region in which to read a national number: that of the finder,
// else the main one of the first telling character. Only numbers that are valid
// there take its code.
func (f *Finder) guess() string {
	if f.region != "" || f.seen&high == 0 {
		return f.region
	}
	region := ""
	for i, c := range f.body[:min(len(f.body), guessBytes)] {
		next := byteAt(f.body, i+1)
		switch {
		case 0xEA <= c && c <= 0xED:
			return "KR"
		case c == 0xE3 && 0x81 <= next && next <= 0x83: // kana
			return "JP"
		case c == 0xE0 && next >= 0xB8 && next <= 0xB9:
			return "TH"
		case c == 0xE0 && next >= 0xA4 && next <= 0xA5:
			return "IN"
		case c == 0xE1 && next >= 0xBA && next <= 0xBB:
			return "VN"
		case 0xD0 <= c && c <= 0xD3:
			return "RU"
		case 0xE4 <= c && c <= 0xE9:
			region = "CN" // unless kana follow
		}
	}
	return region
}

// dial is parsePhone for digits that begin with a country code. Numbers that are
// valid as they stand do without the library's parser, which costs more than the
// rest of a message.
func dial(digits string) (value string, valid bool) {
	for n := 1; n <= 3 && n < len(digits); n++ {
		code, err := strconv.Atoi(digits[:n])
		if err != nil || phonenumbers.GetRegionCodeForCountryCode(code) == phonenumbers.UNKNOWN_REGION {
			continue
		}
		national, err := strconv.ParseUint(digits[n:], 10, 64)
		if err != nil || digits[n] == '0' {
			break
		}
		country := int32(code)
		if phonenumbers.IsValidNumber(&phonenumbers.PhoneNumber{CountryCode: &country, NationalNumber: &national}) {
			return "+" + digits, true
		}
		break
	}
	return parsePhone("+"+digits, "")
}

// parsePhone asks the phone library. The value is E.164 even of a number that
// is not valid, as those reserved for fiction are not.
func parsePhone(digits, region string) (value string, valid bool) {
	number, err := phonenumbers.Parse(digits, region)
	if err != nil {
		return digits, false
	}
	return phonenumbers.Format(number, phonenumbers.E164), phonenumbers.IsValidNumber(number)
}
