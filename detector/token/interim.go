// Package token INTERIM: replaced by the full one.
package token

import (
	"unicode"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/source"
)

type Token struct {
	Start, End int32
	Units      uint8
	Clause     int32
}
type View uint8

const (
	Raw View = iota
	Fold
	Latin
	Leet
	Squash
	Pinyin
)

func (v View) String() string {
	return [...]string{"raw", "fold", "latin", "leet", "squash", "pinyin"}[v]
}

type Alt struct {
	From, To int32
	Text     []byte
	View     View
}
type Stream struct {
	Text   *fold.Text
	Tokens []Token
	Alts   []Alt
}
type Tokenizer struct{ s Stream }

func (s *Stream) Word(i int) []byte { return s.Text.Body[s.Tokens[i].Start:s.Tokens[i].End] }

func (s *Stream) TokensIn(span source.Span) (from, to int) {
	from = len(s.Tokens)
	for i := range s.Tokens {
		if int(s.Tokens[i].End) > span.Start && int(s.Tokens[i].Start) < span.End {
			if from > i {
				from = i
			}
			to = i + 1
		}
	}
	if to < from {
		return 0, 0
	}
	return from, to
}

func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || r == 'ー'
}

func (z *Tokenizer) Tokenize(t *fold.Text) *Stream {
	s := &Stream{Text: t}
	clause := int32(0)
	for i := 0; i < len(t.Body); {
		r, size := utf8.DecodeRune(t.Body[i:])
		start := i
		i += size
		switch {
		case wide(r):
			for i < len(t.Body) {
				n, sz := utf8.DecodeRune(t.Body[i:])
				if !unicode.In(n, unicode.Mn, unicode.Mc) && n != 'ำ' {
					break
				}
				i += sz
			}
			s.Tokens = append(s.Tokens, Token{int32(start), int32(i), 1, clause})
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			for i < len(t.Body) {
				n, sz := utf8.DecodeRune(t.Body[i:])
				if wide(n) || !(unicode.IsLetter(n) || unicode.IsDigit(n) || unicode.Is(unicode.M, n) || (n == '.' || n == ',') && i+1 < len(t.Body) && t.Body[i+1] >= '0' && t.Body[i+1] <= '9' && t.Body[i-1] >= '0' && t.Body[i-1] <= '9') {
					break
				}
				i += sz
			}
			s.Tokens = append(s.Tokens, Token{int32(start), int32(i), 2, clause})
		default:
			switch r {
			case '.', ',', '!', '?', ';', ':', '\n', '。', '，', '！', '？', '；', '：', '、', '।', '؟', '،':
				clause++
			}
		}
	}
	return s
}
