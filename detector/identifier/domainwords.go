package identifier

import "bytes"

// A top-level domain that is also a word makes a false host of two sentences
// without a blank: "ok.no", "home.call". How long must the label before it be to
// count on its own? Shorter ones need a digit, a hyphen, a path, or a word such
// as "site" before them.
var leastLabelRows = []row[int]{
	{2, `com net org info biz xyz vip club shop site online store app dev cc io co icu cyou bond buzz website tech mobi asia tel exchange finance capital
		ventures global ltd bet casino wallet crypto trade trading fund markets investments digital agency solutions services company website uk cn ru fr jp kr tw hk vn br ua eu kz uz gov edu example`},
	{14, `lol now call like you got today cheap free talk one all wow how here men love life live work help day date fun best good plus rest save run play show watch read
		meet talk chat buy eat fit fish onion boo ooo gay hot red sexy sex moe foo ing zero boss dad mom esq dog cat cab bar pub`},
	{11, `in it no so is me to be at my am us do as la se si su tu es le mi ni na et il ma sa va ne ca pa ke ga gi cu ci an ba id pm mr ms st ps pl py md rs sh zip mov ai bo he hm im lol mo mu nu om pe ph re sc sg sl sm sr sv th tt tv uy ve vi vu ws ye`},
}

// leastOf is the shortest label before a top-level domain, in lower case.
func (t *tables) leastOf(tld []byte) int {
	least, n := t.leastLabel.at(tld, 0)
	switch {
	case n == len(tld):
		return least
	case len(tld) == 2:
		return 7
	default:
		return 8
	}
}

// siteReach is how far before a host a word such as "site" may begin.
const siteReach = 20

// plausible says whether a host without a scheme, with its path up to tail, is
// meant as one.
func (f *Finder) plausible(h *host, end, tail int) bool {
	b := f.body
	if tail > end+1 || string(h.label(b, 0)) == "www" && h.size > 2 {
		return true
	}
	if h.size == 3 && string(h.label(b, 1)) == "t" && string(h.label(b, 2)) == "me" {
		return true // name.t.me
	}
	second := h.label(f.clean, -2)
	if !sameCase(h, f.clean) || h.size == 2 && (len(second) < 2 || digitsEnd(second, 0) == len(second)) {
		return false
	}
	if string(h.label(b, -1)) == "net" && framework(h.label(b, -2)) {
		return false
	}
	if len(second) >= f.words.leastOf(h.label(b, -1)) || len(second) > 3 && isLetter(second[0]) && marked(second) {
		return true
	}
	return f.hintsIn(h.start()-siteReach, h.start())&siteHint != 0
}

// sameCase says whether the top-level domain is written like the rest: small
// letters, or capitals after capitals. "end.The" is none.
func sameCase(h *host, clean []byte) bool {
	last, second := h.label(clean, -1), h.label(clean, -2)
	if !isUpper(last[0]) || !title(last) && bytes.Equal(second, bytes.ToUpper(second)) {
		return true
	}
	switch lower(string(last)) {
	case "com", "net", "org":
		return true
	}
	return false
}

func framework(label []byte) bool {
	switch string(label) {
	case "asp", "vb", "ado", "dot":
		return true
	}
	return false
}

// marked says whether a label holds a digit or a hyphen.
func marked(label []byte) bool {
	for _, c := range label {
		if isDigit(c) || c == '-' {
			return true
		}
	}
	return false
}
