package langid

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// slowVote is vote letter by letter, as it is defined.
func slowVote(text string) string {
	var tally [16]int
	words := 0
	var word []byte
	for _, r := range text + " " {
		r = unicode.ToLower(r)
		if r == '\'' || unicode.IsLetter(r) {
			word = utf8.AppendRune(word, r)
			continue
		}
		if len(word) > 0 {
			words++
			for i := range votes.codes {
				tally[i] += int(votes.words[string(word)] >> i & 1)
			}
		}
		word = word[:0]
	}
	return winner(tally[:], words)
}

func FuzzVote(f *testing.F) {
	for _, text := range []string{
		"the cat's AND the dog", "Não é bom, você", "I\u212a the İ the", "tafadhali NINA una", "don't it's I'M", "a\xffthe and\xc3", "và là của",
		"the antidisestablishmentarianism and", "", "'", "ÀÀÀ the the", "the😊and",
		strings.Repeat("the and ", 128), strings.Repeat("x", 63) + " the " + strings.Repeat("z", 200) + "'tis",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = text[:min(len(text), maxGuess)]
		require.Equal(t, slowVote(text), vote(text), "%q", text)
		var marks [maxGuess/64 + 1]uint64
		if ok := lettersOf(text, &marks); ok {
			require.Equal(t, slowVote(text), voteASCII(text, &marks), "%q", text)
		} else {
			require.False(t, ascii(text))
		}
	})
}

func TestWordsFit(t *testing.T) {
	for word := range votes.words {
		require.LessOrEqual(t, len(word), maxWord)
	}
}

// Signs and emoji are of no script that tells a language.
func TestSignsHaveNoScript(t *testing.T) {
	for r := range rune(unicode.MaxRune) {
		for i := range scripts {
			if unicode.Is(scripts[i].table, r) {
				require.Equal(t, i, scriptOf(r), "%U", r)
			}
		}
	}
}

func BenchmarkGuess(b *testing.B) {
	for name, text := range map[string]string{
		"ascii":   "ok then, I'll see you at the market tomorrow morning, bring the blue umbrella because they say it will rain a lot",
		"emoji":   "ok then, I'll see you at the market tomorrow morning, bring the blue umbrella because they say it will rain 😊",
		"spanish": "Mañana por la mañana nos vemos en el mercado, trae el paraguas azul porque dicen que lloverá mucho, ¿no?",
		"chinese": "明天早上我们在市场见面，带上那把蓝色的雨伞，因为听说会下很大的雨",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Guess(text)
			}
		})
	}
}
