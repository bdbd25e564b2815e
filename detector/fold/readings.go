package fold

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Word folds a word or phrase of a lexicon the way texts are folded.
func Word(text string) string {
	var f Folder
	return string(f.Fold(text).Body)
}

// plainLetters have no decomposition that leaves the plain letter.
var plainLetters = strings.NewReplacer("đ", "d", "ß", "ss", "ł", "l", "ø", "o", "æ", "ae", "œ", "oe", "ñ", "n")

// Plain is a folded word without Latin accents and Vietnamese tones, as people
// type in a hurry; "" where that changes nothing.
func Plain(word string) string {
	if !accented(word) {
		return ""
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(plainLetters.Replace(word)) {
		if r < 0x300 || r > 0x36f {
			b.WriteRune(r)
		}
	}
	plain := norm.NFC.String(b.String())
	if plain == word {
		return ""
	}
	return plain
}

// umlauts are the German letters that are also written with two.
var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// Umlauts is a folded word with German umlauts written out; "" where there are
// none.
func Umlauts(word string) string {
	if !strings.ContainsAny(word, "äöüß") {
		return ""
	}
	return umlauts.Replace(word)
}

// accented says whether a folded word has a letter of the accented Latin
// blocks, or a combining mark.
func accented(word string) bool {
	for _, r := range word {
		if r >= 0xc0 && r < 0x370 || r >= 0x1e00 && r < 0x1f00 {
			return true
		}
	}
	return false
}

// latinOf are letters of other scripts, each with the Latin one it looks like
// (from the confusables of UTS #39, lower case, and what spam filters saw).
var latinOf = pairs(
	"аa ԁd еe ԍg һh іi јj кk ӏl мm оo рp ԛq ѕs тt ѵv ѡw хx уy вb нh сc пn гr иu яr ьb єe ґr " +
		"οo αa νv εe ρp τt υu κk ιi χx ηn βb γy ωw σo δd λl μu ζz " +
		"ոn սu հh օo ցg զq տs ւl ɑa ɡg ɩi ʀr ᴠv ⅼl " +
		"ꭲt ꭼe ꮮl ꭺa ꮇm ꮋh ꮪs ꮯc ꮲp ꮃw ꭰd ᏼb ꮐg ꮶk ꭱr ꮓz ꭻj ꮩv ꭵi")

// cyrillicOf are Latin letters and digits, each with the Cyrillic letter it is
// used for.
var cyrillicOf = pairs("aа bв cс eе hн kк mм oо pр tт xх yу uи nп rг 3з 6б 0о 4ч @а iі")

// pairs reads a list of two-letter words: a letter and what it stands for.
func pairs(list string) map[rune]rune {
	table := map[rune]rune{}
	for _, pair := range strings.Fields(list) {
		letters := []rune(pair)
		table[letters[0]] = letters[1]
	}
	return table
}

// Latin appends the word with look-alikes of other scripts read as Latin
// letters; ok is false, and nothing appended, where a letter looks like none.
func Latin(dst, word []byte) (out []byte, ok bool) {
	out = dst
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		i += size
		if r >= utf8.RuneSelf {
			latin, ok := latinOf[r]
			if !ok {
				return dst, false
			}
			r = latin
		}
		out = utf8.AppendRune(out, r)
	}
	return out, true
}

// Cyrillic appends the word with look-alike Latin letters and digits read as
// Cyrillic letters; ok is false, and nothing appended, where one looks like
// none.
func Cyrillic(dst, word []byte) (out []byte, ok bool) {
	out = dst
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		i += size
		if r < 0x400 || r >= 0x530 {
			cyrillic, ok := cyrillicOf[r]
			if !ok {
				return dst, false
			}
			r = cyrillic
		}
		out = utf8.AppendRune(out, r)
	}
	return out, true
}

// leetOf are digits and signs and the letters they are used for; one and bar
// are i or l.
var leetOf = [128]byte{
	'0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '6': 'b', '7': 't', '8': 'b', '9': 'g',
	'@': 'a', '$': 's', '!': 'i', '|': 'l', '+': 't', '^': 'a', '(': 'c',
}

// LeetSign says whether an ASCII byte is used for a letter.
func LeetSign(c byte) bool { return c < utf8.RuneSelf && leetOf[c] != 0 }

// Leet appends the word, ASCII letters and signs, with signs read as letters:
// one as i, or as l where ell is set. ok is false where something else is in
// it.
func Leet(dst, word []byte, ell bool) (out []byte, ok bool) {
	out = dst
	for _, c := range word {
		switch {
		case 'a' <= c && c <= 'z':
		case c == '1' && ell:
			c = 'l'
		case c < utf8.RuneSelf && leetOf[c] != 0:
			c = leetOf[c]
		default:
			return dst, false
		}
		out = append(out, c)
	}
	return out, true
}
