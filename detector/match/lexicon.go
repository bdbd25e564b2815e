package match

import (
	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/token"
)

// lexicon numbers the words of a part's patterns. What a word of the grammar
// is in texts, one token or several, is worked out once. When it has seen all
// patterns it is only read.
type lexicon struct {
	words   internTable
	phrases []symbol // of words of several tokens, each up to a zero
	vocab   *vocabulary
	next    symbol
	folder  fold.Folder
	tokens  token.Tokenizer

	frequency []float32 // by symbol, less its script: the share of tokens that satisfy it
}

// marks are those of a word of the grammar.
type marks int

const (
	prefix marks = 1 << iota // "word*"
	fuzzy                    // "word~1"

	ofGrammar // the word as a rule has it, not as texts do
)

func marksOf(isPrefix, isFuzzy bool) (m marks) {
	if isPrefix {
		m |= prefix
	}
	if isFuzzy {
		m |= fuzzy
	}
	return m
}

// of are the symbols of a word of the grammar, one after the other; none for a
// word without letters.
func (l *lexicon) of(text string, m marks, buffer *[1]symbol) []symbol {
	if simpleWord(text) {
		buffer[0] = l.word(text, m)
		return buffer[:]
	}
	at := l.words.get(text, m|ofGrammar)
	if at == 0 {
		at = l.phrase(text, m)
		*l.words.find(text, m|ofGrammar) = at
	}
	end := at
	for l.phrases[end] != 0 {
		end++
	}
	return l.phrases[at:end]
}

// phrase tokenises a word of the grammar as messages are, and returns where
// its symbols stand. It may be several tokens, of which only the last may have
// any ending.
func (l *lexicon) phrase(text string, m marks) uint32 {
	stream := l.tokens.Tokenize(l.folder.Fold(text))
	at := len(l.phrases)
	for i := range stream.Tokens {
		last := i == len(stream.Tokens)-1
		part := marksOf(m&prefix != 0 && last && stream.Tokens[i].Units > 1, m&fuzzy != 0 && last)
		l.phrases = append(l.phrases, l.word(string(stream.Word(i)), part))
	}
	l.phrases = append(l.phrases, 0)
	return uint32(at)
}

// simpleWord says whether a text is one word that folding leaves as it is.
func simpleWord(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < 'a' || c > 'z' {
			return false
		}
	}
	return len(text) > 1
}

// word is the symbol of a word of a pattern. A word with accents is also
// satisfied by the same word without any, one with umlauts by their long form.
func (l *lexicon) word(text string, m marks) symbol {
	if at := l.words.get(text, m); at != 0 {
		return symbol(at)
	}
	s := l.symbol()
	*l.words.find(text, m) = uint32(s)
	l.vocab.add(text, s, m&prefix != 0)
	if !simpleWord(text) {
		for _, other := range []string{fold.Plain(text), fold.Umlauts(text)} {
			if other != "" {
				l.vocab.add(other, s, m&prefix != 0)
			}
		}
	}
	if m&fuzzy != 0 {
		l.vocab.addFuzzy(text, s)
	}
	l.frequency[s&partMask] = frequencyOf(text, m)
	return s
}

// symbol makes a symbol.
func (l *lexicon) symbol() symbol {
	l.next++
	l.frequency = append(l.frequency, 0)
	return l.next - 1
}
