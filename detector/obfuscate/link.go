package obfuscate

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/source"
)

// dots are what the dot of a host name is written as.
var dots = []string{"[.]", "(.)", "{.}", "[dot]", "(dot)", " dot ", "。", "．", " . "}

// defang writes links so that programs do not see them as such: the scheme as
// hxxp, the dots of the host in brackets or words.
func defang(text string, rng *rand.Rand) []edit {
	var edits []edit
	for _, host := range hosts(text) {
		if scheme := schemeBefore(text, host.Start); scheme >= 0 && rng.IntN(2) == 0 {
			edits = append(edits, edit{scheme + 1, scheme + 3, "xx"})
		}
		dot := dots[rng.IntN(len(dots))]
		for at := host.Start; at < host.End; at++ {
			if text[at] == '.' {
				edits = append(edits, edit{at, at + 1, dot})
			}
		}
	}
	return edits
}

// hosts finds what looks like host names: labels of ASCII letters, digits and
// hyphens with dots between them, the last of two to ten letters.
func hosts(text string) []source.Span {
	var found []source.Span
	for i := 0; i < len(text); {
		if !hostByte(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && hostByte(text[i]) {
			i++
		}
		host := strings.Trim(text[start:i], ".-")
		start += strings.Index(text[start:i], host)
		if isHost(host) && !inAddress(text, start) {
			found = append(found, source.Span{Start: start, End: start + len(host)})
		}
	}
	return found
}

func hostByte(c byte) bool {
	return c == '.' || c == '-' || c-'0' < 10 || c|0x20 >= 'a' && c|0x20 <= 'z'
}

func isHost(host string) bool {
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || strings.Contains(host, "..") {
		return false
	}
	top := host[dot+1:]
	return len(top) >= 2 && len(top) <= 10 && strings.Trim(strings.ToLower(top), "abcdefghijklmnopqrstuvwxyz") == ""
}

// inAddress says whether what begins at start follows an @ or is part of a
// path or a longer word.
func inAddress(text string, start int) bool {
	if start == 0 {
		return false
	}
	if schemeBefore(text, start) >= 0 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	return before == '@' || before == '/' || before == '_'
}

// schemeBefore returns where the http of the scheme in front of a host begins,
// or -1.
func schemeBefore(text string, host int) int {
	before := strings.ToLower(text[:host])
	for _, scheme := range []string{"http://", "https://"} {
		if strings.HasSuffix(before, scheme) {
			return host - len(scheme)
		}
	}
	return -1
}
