package identifier

import (
	"strings"
	"unicode"
)

// Defang makes a link, host or mail address safe to show: nobody can follow it
// by accident.
//
//	https://host.tld/path.html → hxxps://host[.]tld/path.html
func Defang(value string) string {
	scheme, rest, found := strings.Cut(value, "://")
	if !found {
		scheme, rest = "", value
	}
	host, path := rest, ""
	if cut := strings.IndexAny(rest, "/?#"); cut >= 0 {
		host, path = rest[:cut], rest[cut:]
	}
	host = strings.ReplaceAll(host, ".", "[.]")
	if !found {
		return host + path
	}
	if after, ok := strings.CutPrefix(scheme, "http"); ok {
		scheme = "hxxp" + after
	}
	return scheme + "://" + host + path
}

// Mask hides all but the last four letters and digits of an account number;
// of eight or fewer it hides all but the last two.
//
//	GB82WEST12345698765432 → ******************5432
func Mask(value string) string {
	runes := []rune(value)
	keep := 4
	if len(runes) <= 8 {
		keep = min(2, len(runes)/2)
	}
	for i, r := range runes[:len(runes)-keep] {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			runes[i] = '*'
		}
	}
	return string(runes)
}
