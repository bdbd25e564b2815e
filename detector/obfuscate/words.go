package obfuscate

import (
	"math/rand/v2"
	"unicode"
	"unicode/utf8"
)

// word is a run of letters, digits and marks; a digit or a script change ends
// no word of an alphabet, but Han, kana and Thai are apart from it.
type word struct {
	start, end int
	letters    []letter
	script     script // of its letters; mixed if of several
	digits     int
}

// letter is one rune of a word.
type letter struct {
	rune  rune
	start int  // byte in the text
	size  int  // bytes
	base  bool // not a mark, nor a vowel that is written like one
}

type script uint8

const (
	none     script = iota
	ascii           // A to Z
	latin           // with other Latin letters
	cyrillic        // Russian and its neighbours
	arabic
	spaceless // Han, kana, Thai, Lao, Khmer, Burmese
	other
	mixed
)

func scriptOf(r rune) script {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		return ascii
	case unicode.Is(unicode.Latin, r):
		return latin
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	case unicode.Is(unicode.Arabic, r):
		return arabic
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return spaceless
	default:
		return other
	}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// words cuts a text into its words, in order.
func words(text string) []word {
	var all []word
	var w word
	flush := func() {
		if len(w.letters) > 0 {
			all = append(all, w)
		}
		w = word{}
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) || r == utf8.RuneError {
			flush()
			i += size
			continue
		}
		s := none
		if unicode.IsLetter(r) {
			s = scriptOf(r)
		}
		if len(w.letters) > 0 && s != none && w.script != none && (s == spaceless) != (w.script == spaceless) {
			flush()
		}
		if len(w.letters) == 0 {
			w.start = i
		}
		w.add(letter{r, i, size, !unicode.IsMark(r) && r != 'ำ' && r != 'ຳ'}, s)
		i += size
	}
	flush()
	return all
}

func (w *word) add(l letter, s script) {
	w.letters = append(w.letters, l)
	w.end = l.start + l.size
	if unicode.IsDigit(l.rune) {
		w.digits++
	}
	switch {
	case s == none || s == w.script:
	case w.script == none || w.script == ascii && s == latin:
		w.script = s
	case w.script == latin && s == ascii:
	default:
		w.script = mixed
	}
}

// bases is how many letters the word has, marks not counted.
func (w *word) bases() int {
	n := 0
	for _, l := range w.letters {
		if l.base {
			n++
		}
	}
	return n
}

// some makes an editor that changes about half of the words that it may
// change, and at least one.
func some(may func(w *word) bool, change func(w *word, rng *rand.Rand, edits []edit) []edit) editor {
	return func(text string, rng *rand.Rand) []edit {
		var chosen []word
		for _, w := range words(text) {
			if may(&w) {
				chosen = append(chosen, w)
			}
		}
		if len(chosen) == 0 {
			return nil
		}
		sure := rng.IntN(len(chosen))
		var edits []edit
		for i := range chosen {
			if i == sure || rng.IntN(2) == 0 {
				edits = change(&chosen[i], rng, edits)
			}
		}
		return edits
	}
}

// replace makes the edit of one letter.
func (l letter) replace(text string) edit { return edit{l.start, l.start + l.size, text} }

// pick returns one of the runes of choices.
func pick(choices string, rng *rand.Rand) string {
	runes := []rune(choices)
	return string(runes[rng.IntN(len(runes))])
}
