package fold

import (
	"strings"

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
