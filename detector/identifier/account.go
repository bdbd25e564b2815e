package identifier

import "strings"

// ibanLengths holds the length of an IBAN per country, from the SWIFT registry.
const ibanLengths = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 " +
	"EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 " +
	"KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 " +
	"PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"

// ibanLength returns the length for a country code, 0 if it has no IBAN.
func ibanLength(country string) int {
	at := strings.Index(ibanLengths, country)
	if at < 0 || at%5 != 0 || len(country) != 2 {
		return 0
	}
	return int(ibanLengths[at+2]-'0')*10 + int(ibanLengths[at+3]-'0')
}

// iban reads an IBAN whose check digits stand at b[i]; it may be set in groups.
// One with wrong check digits is reported only next to a word for an account.
func (f *Finder) iban(i int) (end int, ok bool) {
	b := f.clean
	if i < 2 || !isDigit(byteAt(b, i+1)) || !isLetter(b[i-2]) || isAlnum(byteAt(b, i-3)) {
		return i, false
	}
	var room [34]byte
	text := room[:0]
	want := ibanLength(strings.ToUpper(string(b[i-2 : i])))
	for end = i - 2; end < len(b) && len(text) < want; end++ {
		c := b[end]
		if (c == ' ' || c == '-') && isAlnum(byteAt(b, end+1)) {
			continue
		}
		if !isAlnum(c) {
			return i, false
		}
		if isLower(c) {
			c &^= 0x20
		}
		text = append(text, c)
	}
	if len(text) == 0 || len(text) < want || isAlnum(byteAt(b, end)) {
		return i, false
	}
	valid := ibanValid(text)
	if !valid && f.hintsIn(i-2-hintBefore, i-2)&accountHint == 0 {
		return i, false
	}
	f.add(Identifier{Kind: Account, Type: "iban", Value: string(text), Span: span(i-2, end), Valid: valid})
	return end, true
}

// ibanValid is the test of ISO 7064 (mod 97) with the first four characters
// moved to the end and letters read as 10 to 35.
func ibanValid(text []byte) bool {
	rest := 0
	for k := range text {
		c := text[(k+4)%len(text)]
		if isDigit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return rest == 1
}

// ifsc reads the code of an Indian branch, four letters, 0 and six more; its
// zero stands at b[i].
func (f *Finder) ifsc(i int) (end int, ok bool) {
	b := f.clean
	if i < 4 || b[i] != '0' || isAlnum(byteAt(b, i-5)) || tokenEnd(b, i) != i+7 {
		return i, false
	}
	for _, c := range b[i-4 : i] {
		if !isUpper(c) {
			return i, false
		}
	}
	if f.hints(i-4, i+7)&(ifscHint|accountHint|upiHint) == 0 {
		return i, false
	}
	f.account("ifsc", string(b[i-4:i+7]), i-4, i+7, true)
	return i + 7, true
}

func (f *Finder) account(kind, value string, start, end int, valid bool) {
	f.add(Identifier{Kind: Account, Type: kind, Value: value, Span: span(start, end), Valid: valid})
}

// card reports a number with the prefix and length of a payment card: one with
// a right Luhn digit, or any next to a word for a card. The value is masked.
func (f *Finder) card(c *cluster) bool {
	if c.count < 13 || c.count > 19 || c.plus || c.letters || !c.cardGroups() {
		return false
	}
	var room [maxClusterDigits]byte
	digits := c.digits(f.body, &room)
	if !cardPrefix(digits) {
		return false
	}
	word := f.lastHint(c.start-hintBefore, c.start, accountHint|cardHint|orderHint|phoneHint)
	valid := luhn(digits)
	if !valid && word&cardHint == 0 || word == orderHint {
		return false
	}
	f.account("card", Mask(string(digits)), c.start, c.end, valid)
	return true
}

// cardGroups says whether the digits are written as those of a card: in one
// run, or in groups of four (of the last, one to four), or 4-6-5.
func (c *cluster) cardGroups() bool {
	if c.size == 1 || c.lengths(4, 6, 5) || c.lengths(4, 6, 4) {
		return true
	}
	for k, g := range c.groups[:c.size] {
		if k < c.size-1 && g.length != 4 || g.length > 4 || g.mark != 0 && g.mark != ' ' && g.mark != '-' {
			return false
		}
	}
	return true
}

// cardPrefix knows the ranges of the large schemes: 4; 51–55 and 2221–2720;
// 34, 37; 36, 38; 35; 60, 64, 65; 62; 22.
func cardPrefix(d []byte) bool {
	two := int(d[0]-'0')*10 + int(d[1]-'0')
	switch {
	case d[0] == '4':
		return len(d) == 13 || len(d) == 16 || len(d) == 19
	case 51 <= two && two <= 55, 22 <= two && two <= 27:
		return len(d) == 16
	case two == 34, two == 37:
		return len(d) == 15
	case two == 36, two == 38:
		return len(d) == 14
	case two == 35, two == 60, two == 62, two == 64, two == 65:
		return len(d) >= 16
	}
	return false
}

// luhn is the check of ISO/IEC 7812.
func luhn(digits []byte) bool {
	sum := 0
	for k := range digits {
		d := int(digits[len(digits)-1-k] - '0')
		if k%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
