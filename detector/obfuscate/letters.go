package obfuscate

import (
	"math/rand/v2"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// twins are, for letters of one alphabet, letters of another that look alike.
var twins = map[rune]string{
	'a': "аα", 'c': "с", 'd': "ԁ", 'e': "е", 'h': "һ", 'i': "іι", 'j': "ј", 'k': "кκ", 'o': "оο", 'p': "рρ", 'q': "ԛ", 's': "ѕ",
	't': "тτ", 'v': "ѵν", 'w': "ԝω", 'x': "хχ", 'y': "у",
	'A': "АΑ", 'B': "ВΒ", 'C': "С", 'E': "ЕΕ", 'H': "НΗ", 'I': "ІΙ", 'J': "Ј", 'K': "КΚ", 'M': "МΜ", 'N': "Ν", 'O': "ОΟ", 'P': "РΡ",
	'S': "Ѕ", 'T': "ТΤ", 'X': "ХΧ", 'Y': "УΥ", 'Z': "Ζ",
	'а': "a", 'е': "e", 'о': "o", 'р': "p", 'с': "c", 'у': "y", 'х': "x", 'з': "3", 'б': "6",
	'А': "A", 'В': "B", 'Е': "E", 'К': "K", 'М': "M", 'Н': "H", 'О': "O", 'Р': "P", 'С': "C", 'Т': "T", 'Х': "X",
}

// signs are the digits and signs written for letters.
var signs = map[rune]string{
	'a': "4@", 'b': "8", 'e': "3", 'g': "9", 'i': "1!", 'l': "1|", 'o': "0", 's': "5$", 't': "7+",
}

// swapped makes the change that replaces letters by what table has for them,
// each with an even chance, and at least one. Letters before from and after
// the last but tail stay.
func swapped(table map[rune]string, from, tail int) func(w *word, rng *rand.Rand, edits []edit) []edit {
	return func(w *word, rng *rand.Rand, edits []edit) []edit {
		var at []int
		for i := from; i < len(w.letters)-tail; i++ {
			if table[w.letters[i].rune] != "" {
				at = append(at, i)
			}
		}
		if len(at) == 0 {
			return edits
		}
		sure := rng.IntN(len(at))
		for n, i := range at {
			if l := w.letters[i]; n == sure || rng.IntN(2) == 0 {
				edits = append(edits, l.replace(pick(table[l.rune], rng)))
			}
		}
		return edits
	}
}

// homoglyphs writes letters with look-alikes: Latin ones with Cyrillic or
// Greek, Cyrillic ones with Latin ones and digits.
func homoglyphs(text string, rng *rand.Rand) []edit {
	may := func(w *word) bool {
		return w.digits == 0 && len(w.letters) >= 4 && (w.script == ascii || w.script == cyrillic) && lowerTwin(w)
	}
	return some(may, swapped(twins, 0, 0))(text, rng)
}

// lowerTwin says whether a letter of the word has a twin.
func lowerTwin(w *word) bool {
	for _, l := range w.letters {
		if twins[l.rune] != "" {
			return true
		}
	}
	return false
}

// leet writes signs for letters within words of five letters or more.
func leet(text string, rng *rand.Rand) []edit {
	may := func(w *word) bool {
		return w.digits == 0 && w.script == ascii && len(w.letters) >= 5 && len(w.letters) <= 20 && strings.ToLower(text[w.start:w.end]) == text[w.start:w.end]
	}
	return some(may, swapped(signs, 1, 1))(text, rng)
}

// styles are runs of styled alphabets: the runes for A and a; 0 for a where
// there are only capitals.
var styles = [][2]rune{
	{0x1D400, 0x1D41A}, // mathematical bold
	{0x1D468, 0x1D482}, // bold italic
	{0x1D4D0, 0x1D4EA}, // bold script
	{0x1D56C, 0x1D586}, // bold fraktur
	{0x1D5A0, 0x1D5BA}, // sans-serif
	{0x1D5D4, 0x1D5EE}, // sans-serif bold
	{0x1D63C, 0x1D656}, // sans-serif bold italic
	{0x1D670, 0x1D68A}, // monospace
	{0x24B6, 0x24D0},   // circled
	{0x1F130, 0},       // squared
	{0x1F150, 0},       // negative circled
	{0x1F170, 0},       // negative squared
}

// smallCapitals stand for a to z; where there is none, the letter itself.
var smallCapitals = []rune("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡxʏᴢ")

// styled writes words in one of Unicode's styled alphabets.
func styled(text string, rng *rand.Rand) []edit {
	return some(isASCII(2), func(w *word, rng *rand.Rand, edits []edit) []edit {
		style := rng.IntN(len(styles) + 1)
		for _, l := range w.letters {
			if c := l.rune | 0x20; 'a' <= c && c <= 'z' { // marks of another operator may stand between
				edits = append(edits, l.replace(string(inStyle(l.rune, style))))
			}
		}
		return edits
	})(text, rng)
}

func inStyle(r rune, style int) rune {
	index, capital := r-'a', false
	if r < 'a' {
		index, capital = r-'A', true
	}
	if style == len(styles) {
		return smallCapitals[index]
	}
	first := styles[style]
	if capital || first[1] == 0 {
		return first[0] + index
	}
	return first[1] + index
}

// fullWidth writes words and numbers in the forms of East Asian typesetting.
func fullWidth(text string, rng *rand.Rand) []edit {
	may := func(w *word) bool { return w.script == ascii || w.script == none && w.digits > 0 }
	return some(may, func(w *word, _ *rand.Rand, edits []edit) []edit {
		for _, l := range w.letters {
			if l.rune < 0x7F {
				edits = append(edits, l.replace(string(l.rune-'!'+'！')))
			}
		}
		return edits
	})(text, rng)
}

// casing writes letters as capitals or not, at random. Letters with more than
// one other form stay.
func casing(text string, rng *rand.Rand) []edit {
	may := func(w *word) bool { return w.script == ascii || w.script == latin || w.script == cyrillic }
	return some(may, func(w *word, rng *rand.Rand, edits []edit) []edit {
		for _, l := range w.letters {
			upper, lower := unicode.ToUpper(l.rune), unicode.ToLower(l.rune)
			if unicode.ToLower(upper) != lower || unicode.ToUpper(lower) != upper {
				continue
			}
			to := lower
			if rng.IntN(2) == 0 {
				to = upper
			}
			if to != l.rune {
				edits = append(edits, l.replace(string(to)))
			}
		}
		return edits
	})(text, rng)
}

// digitStyles are the runes for 0 to 9 of other ways to write digits.
var digitStyles = [][]rune{
	[]rune("０１２３４５６７８９"), []rune("٠١٢٣٤٥٦٧٨٩"), []rune("०१२३४५६७८९"), []rune("๐๑๒๓๔๕๖๗๘๙"),
	[]rune("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"), []rune("⓪①②③④⑤⑥⑦⑧⑨"), []rune("⓿❶❷❸❹❺❻❼❽❾"),
}

const keycap = "\uFE0F\u20E3"

// digits writes numbers in digits of other scripts and styles, or as keycaps.
func digits(text string, rng *rand.Rand) []edit {
	may := func(w *word) bool { return w.digits > 0 }
	return some(may, func(w *word, rng *rand.Rand, edits []edit) []edit {
		style := rng.IntN(len(digitStyles) + 1)
		for _, l := range w.letters {
			switch {
			case l.rune < '0' || l.rune > '9':
			case style == len(digitStyles):
				edits = append(edits, l.replace(string(l.rune)+keycap))
			default:
				edits = append(edits, l.replace(string(digitStyles[style][l.rune-'0'])))
			}
		}
		return edits
	})(text, rng)
}

// decomposed writes letters with accents as letter and mark.
func decomposed(text string, rng *rand.Rand) []edit {
	may := func(w *word) bool { return !norm.NFD.IsNormalString(text[w.start:w.end]) }
	return some(may, func(w *word, _ *rand.Rand, edits []edit) []edit {
		for _, l := range w.letters {
			if d := norm.NFD.String(string(l.rune)); d != string(l.rune) {
				edits = append(edits, l.replace(d))
			}
		}
		return edits
	})(text, rng)
}

// isASCII lets words of at least n letters A to Z pass.
func isASCII(n int) func(w *word) bool {
	return func(w *word) bool { return w.script == ascii && w.digits == 0 && len(w.letters) >= n }
}
