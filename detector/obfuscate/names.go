package obfuscate

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nicknames are what senders call messengers to get past filters.
var nicknames = map[string][]string{
	"telegram": {"TG", "tele", "telegrm", "✈️"}, "whatsapp": {"WA", "WS", "watsap", "whatsap"},
	"wechat": {"wx", "vx", "V信"}, "instagram": {"IG", "insta"}, "facebook": {"FB"}, "signal": {"sgnl"}, "messenger": {"msgr"},
	"微信": {"薇信", "威信", "维信", "V信", "vx", "V/X"}, "电报": {"飞机", "纸飞机", "小飞机"}, "支付宝": {"支付寶", "zfb"},
	"телеграм": {"тг", "телега"}, "телеграмм": {"тг"}, "ватсап": {"вотсап", "ватс"}, "вайбер": {"вибер"},
	"텔레그램": {"텔레", "텔그"}, "카카오톡": {"카톡", "깨톡"}, "テレグラム": {"テレグラ", "テレ"}, "تيليجرام": {"تلي", "تلجرام"}, "واتساب": {"واتس"},
}

// nickname calls each messenger of the text by another name.
func nickname(text string, rng *rand.Rand) []edit {
	names := make([]string, 0, len(nicknames))
	for name := range nicknames {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { // the longest name first
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	var edits []edit
	for at := 0; at < len(text); {
		i := slices.IndexFunc(names, func(name string) bool { return named(text, at, name) })
		if i < 0 {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		end := at + len(names[i])
		choices := nicknames[names[i]]
		edits = append(edits, edit{at, end, choices[rng.IntN(len(choices))]})
		at = end
	}
	return edits
}

// named says whether the word at text[at] is name.
func named(text string, at int, name string) bool {
	end := at + len(name)
	if end > len(text) || !strings.EqualFold(text[at:end], name) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(name)
	if scriptOf(first) == spaceless {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return !unicode.IsLetter(before) && !unicode.IsLetter(after)
}

// neighbours are the keys beside each letter of a keyboard.
var neighbours = map[rune]string{
	'a': "qs", 'b': "vn", 'c': "xv", 'd': "sf", 'e': "wr", 'f': "dg", 'g': "fh", 'h': "gj", 'i': "uo", 'j': "hk", 'k': "jl", 'l': "k",
	'm': "n", 'n': "bm", 'o': "ip", 'p': "o", 'q': "w", 'r': "et", 's': "ad", 't': "ry", 'u': "yi", 'v': "cb", 'w': "qe", 'x': "zc",
	'y': "tu", 'z': "x",
}

// typo makes one edit in one word of seven letters or more: a letter left out,
// doubled or replaced by its neighbour on the keyboard, never the first.
func typo(text string, rng *rand.Rand) []edit {
	var long []word
	for _, w := range words(text) {
		if isASCII(7)(&w) {
			long = append(long, w)
		}
	}
	if len(long) == 0 {
		return nil
	}
	w := long[rng.IntN(len(long))]
	l := w.letters[1+rng.IntN(len(w.letters)-1)]
	switch rng.IntN(3) {
	case 0:
		return []edit{l.replace("")}
	case 1:
		return []edit{l.replace(string(l.rune) + string(l.rune))}
	default:
		return []edit{l.replace(pick(neighbours[unicode.ToLower(l.rune)], rng))}
	}
}
