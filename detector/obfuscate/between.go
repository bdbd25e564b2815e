package obfuscate

import (
	"math/rand/v2"
)

// invisibles are what is put between letters to break a word unseen.
const invisibles = "\u200B\u200C\u200D\u2060\u00AD\uFEFF\u034F\u180E"

// pictures are what is put between letters to break a word in plain sight.
var pictures = []string{"🔥", "✨", "❤️", "🌟", "💰", "🎉"}

// separators are what letters are set apart with.
var separators = []string{" ", ".", "-", "_", "*", "|"}

// gaps returns the offsets between the word's letters, never in front of a
// mark.
func (w *word) gaps() []int {
	var at []int
	for _, l := range w.letters[1:] {
		if l.base {
			at = append(at, l.start)
		}
	}
	return at
}

// zeroWidth puts one to three invisible characters into words.
func zeroWidth(text string, rng *rand.Rand) []edit {
	may := func(w *word) bool { return len(w.gaps()) > 0 }
	return some(may, func(w *word, rng *rand.Rand, edits []edit) []edit {
		gaps := w.gaps()
		first := rng.IntN(len(gaps))
		for _, at := range gaps[first:min(first+1+rng.IntN(3), len(gaps))] {
			edits = append(edits, insert(at, pick(invisibles, rng)))
		}
		return edits
	})(text, rng)
}

func insert(at int, text string) edit { return edit{at, at, text} }

// split sets the letters of words apart; a word of an alphabet gets wider gaps
// around it, as senders do so that it can be read.
func split(text string, rng *rand.Rand) []edit {
	may := func(w *word) bool {
		n := w.bases()
		return w.digits == 0 && n <= 16 && (w.script == spaceless && n >= 2 || n >= 4 && w.script != mixed && w.script != arabic && w.script != other)
	}
	return some(may, func(w *word, rng *rand.Rand, edits []edit) []edit {
		separator, around := separators[rng.IntN(len(separators))], " "
		if w.script == spaceless {
			separator, around = " ", ""
		}
		if around != "" {
			edits = append(edits, insert(w.start, around))
		}
		for _, at := range w.gaps() {
			edits = append(edits, insert(at, separator))
		}
		if around != "" {
			edits = append(edits, insert(w.end, around))
		}
		return edits
	})(text, rng)
}

// emojiBetween puts a picture into words of six letters or more, or between
// characters that need no spaces.
func emojiBetween(text string, rng *rand.Rand) []edit {
	may := func(w *word) bool {
		n := w.bases()
		return w.digits == 0 && (w.script == spaceless && n >= 2 || n >= 6 && (w.script == ascii || w.script == cyrillic))
	}
	return some(may, func(w *word, rng *rand.Rand, edits []edit) []edit {
		gaps := w.gaps()
		return append(edits, insert(gaps[rng.IntN(len(gaps))], pictures[rng.IntN(len(pictures))]))
	})(text, rng)
}

const firstFlag = 0x1F1E6 // regional indicator A

// emojiLetters writes words with regional indicators: two of them would be a
// flag, so only words of three letters or more.
func emojiLetters(text string, rng *rand.Rand) []edit {
	return some(isASCII(3), func(w *word, _ *rand.Rand, edits []edit) []edit {
		for _, l := range w.letters {
			edits = append(edits, l.replace(string(l.rune|0x20-'a'+firstFlag)))
		}
		return edits
	})(text, rng)
}

// overlays are combining strokes.
const overlays = "\u0334\u0335\u0336\u0337\u0338"

// strike strikes words through, letter by letter, now and then with marks
// piled on top.
func strike(text string, rng *rand.Rand) []edit {
	return some(isASCII(3), func(w *word, rng *rand.Rand, edits []edit) []edit {
		overlay := pick(overlays, rng)
		pile := rng.IntN(3) == 0
		for _, l := range w.letters {
			marks := overlay
			if pile {
				marks += pick("\u0300\u030D\u0311\u0352\u0357", rng) + pick("\u0316\u0323\u0329\u0347", rng)
			}
			edits = append(edits, insert(l.start+l.size, marks))
		}
		return edits
	})(text, rng)
}

// kashida lengthens Arabic words, or points them.
func kashida(text string, rng *rand.Rand) []edit {
	may := func(w *word) bool { return w.script == arabic && w.digits == 0 && len(w.gaps()) > 0 }
	return some(may, func(w *word, rng *rand.Rand, edits []edit) []edit {
		gaps := w.gaps()
		at := gaps[rng.IntN(len(gaps))]
		return append(edits, insert(at, []string{"ـ", "ـــ", "َ", "ِ", "ّ"}[rng.IntN(5)]))
	})(text, rng)
}
