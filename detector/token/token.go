package token

import (
	"sort"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/source"
)

// Token is a word, a grapheme or an emoji.
type Token struct {
	Start, End int32 // bytes of fold.Text.Body
	Clause     int32 // counted from 0: clauses end at stops, commas and line ends
	Units      uint8 // length for distances: word 2, grapheme 1, emoji 0

	traits trait
}

// trait is what a token holds that may call for another reading.
type trait uint8

const (
	digits     trait = 1 << iota
	latin            // letters a to z
	cyrillic         // Cyrillic letters
	foreign          // other letters of alphabets: accents, Greek, Armenian, phonetic signs
	arabic           // letters of Arabic and its neighbours
	apostrophe       // within the word
	single           // one letter or digit
	flag             // half a flag
)

// Units of distance.
const (
	wordUnits     = 2
	graphemeUnits = 1
	emojiUnits    = 0
)

// View is how far a text had to be read differently from what it shows.
type View uint8

// The views, the plainest first.
const (
	Raw    View = iota
	Fold        // case, width, invisible characters, styled letters, particles
	Latin       // letters of another script that look alike
	Leet        // digits and signs for letters
	Squash      // letters set apart
	Pinyin      // Han by sound
)

var viewNames = [...]string{"raw", "fold", "latin", "leet", "squash", "pinyin"}

// String is the contract's name of the view.
func (v View) String() string { return viewNames[min(int(v), len(viewNames)-1)] }

// Alt is another reading of the tokens [From, To).
type Alt struct {
	From, To int32
	Text     []byte
	View     View // Raw: Text is the end of the word, less a particle before it
	Whole    bool // stands for that word only, not for one that begins so
}

// Stream is a tokenised text. Its slices are scratch memory of the Tokenizer.
type Stream struct {
	Text   *fold.Text
	Tokens []Token // in order, never overlapping
	Alts   []Alt   // sorted by From, then To, View, the shorter Text first
}

// Word is the text of a token. Apostrophes within it say nothing: compare
// words without them.
func (s *Stream) Word(i int) []byte {
	return s.Text.Body[s.Tokens[i].Start:s.Tokens[i].End]
}

// TokensIn returns the range [from, to) of tokens that a span of Body overlaps.
func (s *Stream) TokensIn(span source.Span) (from, to int) {
	from = sort.Search(len(s.Tokens), func(i int) bool { return int(s.Tokens[i].End) > span.Start })
	for to = from; to < len(s.Tokens) && int(s.Tokens[to].Start) < span.End; to++ {
	}
	return from, to
}
