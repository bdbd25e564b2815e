package langid

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Undetermined is the code of a text whose language is not known.
const Undetermined = "und"

// maxGuess is how many bytes of a text are looked at.
const maxGuess = 1024

// Guess names the language of a text by script and function words alone: an
// ISO 639-1 code, or Undetermined. It allocates nothing for ASCII text.
func Guess(text string) string {
	if len(text) > maxGuess {
		text = text[:maxGuess]
	}
	var marks [maxGuess/64 + 1]uint64
	if lettersOf(text, &marks) {
		return voteASCII(text, &marks)
	}
	s := census(text)
	switch {
	case s.kana > 0 && s.kana*8 >= s.han:
		if s.kana+s.han >= s.latin/4 {
			return "ja"
		}
	case s.han > 0 && s.han*3 >= s.latin:
		return "zh"
	}
	if s.most == nil {
		return vote(text)
	}
	if s.mostCount*3 < s.latin {
		return vote(text)
	}
	return s.most.language(text)
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// script is a writing system other than Latin, Han and kana, and what tells
// its languages apart.
type script struct {
	table  *unicode.RangeTable
	usual  string // the language where nothing speaks for another
	others []letters
}

// letters speak for a language of a script.
type letters struct {
	code  string
	runes string   // letters that only it has
	words []string // or words, among spaces
}

// scripts are tried in order; the sources of the letters are the languages'
// alphabets.
var scripts = []script{
	{table: unicode.Cyrillic, usual: "ru", others: []letters{
		{code: "uk", runes: "іїєґ"}, {code: "kk", runes: "әңғүұқөһ"}, {code: "uz", runes: "ўҳ"}}},
	{table: unicode.Thai, usual: "th"},
	{table: unicode.Hangul, usual: "ko"},
	{table: unicode.Arabic, usual: "ar", others: []letters{
		{code: "ur", runes: "ٹڈڑےہں"}, {code: "fa", runes: "پچژگ"}}},
	{table: unicode.Devanagari, usual: "hi", others: []letters{
		{code: "ne", words: []string{"छ", "छन्", "छु", "हुन्छ", "गर्नुहोस्", "मलाई", "हामी", "छैन", "गर्न", "थियो"}},
		{code: "mr", words: []string{"आहे", "आहेत", "आणि", "मला", "नाही"}}}},
	{table: unicode.Khmer, usual: "km"},
	{table: unicode.Myanmar, usual: "my"},
	{table: unicode.Lao, usual: "lo"},
	{table: unicode.Bengali, usual: "bn"},
	{table: unicode.Ethiopic, usual: "am"},
	{table: unicode.Tamil, usual: "ta"},
	{table: unicode.Telugu, usual: "te"},
	{table: unicode.Malayalam, usual: "ml"},
	{table: unicode.Gujarati, usual: "gu"},
	{table: unicode.Gurmukhi, usual: "pa"},
	{table: unicode.Kannada, usual: "kn"},
	{table: unicode.Sinhala, usual: "si"},
	{table: unicode.Greek, usual: "el"},
	{table: unicode.Hebrew, usual: "he"},
	{table: unicode.Armenian, usual: "hy"},
	{table: unicode.Georgian, usual: "ka"},
}

func (s *script) language(text string) string {
	for _, l := range s.others {
		if l.runes != "" && strings.ContainsAny(text, l.runes) {
			return l.code
		}
		for _, field := range strings.Fields(text) {
			for _, word := range l.words {
				if strings.TrimRight(field, "।,.!?") == word {
					return l.code
				}
			}
		}
	}
	return s.usual
}

// letterCount is how many letters of each kind a text has.
type letterCount struct {
	latin, han, kana int
	most             *script // of the other scripts
	mostCount        int
}

func census(text string) (c letterCount) {
	var counts [32]int
	last := -1 // the script of the letter before: texts rarely switch
	for _, r := range text {
		switch {
		case r < 0x250:
			if unicode.IsLetter(r) {
				c.latin++
			}
			continue
		case r >= 0x1e00 && r < 0x1f00:
			c.latin++
			continue
		case r >= 0x3040 && r < 0x3100:
			c.kana++
			continue
		case r >= 0x3400 && r < 0xa000:
			c.han++
			continue
		}
		if last < 0 || !unicode.Is(scripts[last].table, r) {
			last = scriptOf(r)
		}
		if last >= 0 {
			counts[last]++
			if counts[last] > c.mostCount {
				c.most, c.mostCount = &scripts[last], counts[last]
			}
		}
	}
	return c
}

func scriptOf(r rune) int {
	if r >= 0x2127 && r < 0x2c00 || r >= 0x1f000 { // signs and emoji
		return -1
	}
	for i := range scripts {
		if unicode.Is(scripts[i].table, r) {
			return i
		}
	}
	return -1
}
