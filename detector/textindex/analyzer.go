package textindex

import (
	"bytes"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/token"
)

// Analyzer names, for mappings. Tokens has one term a token. Pairs has, for
// scripts written without spaces, overlapping pairs of graphemes as well: a
// single character says little.
const (
	Tokens = "hookline_tokens"
	Pairs  = "hookline_pairs"
)

// register makes the analyzers known to bleve, once a process: its registry is
// global.
var register = sync.OnceValue(func() error {
	for name, pairs := range map[string]bool{Tokens: false, Pairs: true} {
		err := registry.RegisterAnalyzer(name, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
			return &analyzer{pairs: pairs}, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
})

// analyzer turns text into bleve tokens with offsets of the text as it was.
type analyzer struct {
	pairs   bool
	scratch sync.Pool
}

type scratch struct {
	folder fold.Folder
	tokens token.Tokenizer
}

// Analyze implements analysis.Analyzer. It does not touch its input.
func (a *analyzer) Analyze(input []byte) analysis.TokenStream {
	s, _ := a.scratch.Get().(*scratch)
	if s == nil {
		s = new(scratch)
	}
	defer a.scratch.Put(s)
	stream := s.tokens.Tokenize(s.folder.Fold(string(input)))
	out := make(analysis.TokenStream, 0, len(stream.Tokens))
	for i := range stream.Tokens {
		t := &stream.Tokens[i]
		if t.Units == 0 {
			continue
		}
		if a.pairs && t.Units == 1 {
			if i+1 == len(stream.Tokens) || stream.Tokens[i+1].Units != 1 || stream.Tokens[i+1].Start != t.End {
				continue
			}
			out = append(out, bleveToken(stream, t.Start, stream.Tokens[i+1].End, len(out)+1))
			continue
		}
		out = append(out, bleveToken(stream, t.Start, t.End, len(out)+1))
	}
	return out
}

func bleveToken(stream *token.Stream, start, end int32, position int) *analysis.Token {
	raw := stream.Text.RawSpan(source.Span{Start: int(start), End: int(end)})
	return &analysis.Token{
		Start: raw.Start, End: raw.End, Position: position, Type: analysis.AlphaNumeric,
		Term: bytes.ReplaceAll(stream.Text.Body[start:end], []byte("'"), nil), // as the matcher compares words
	}
}

// Terms lists the terms of a text as the named analyzer makes them, in order.
func Terms(name, text string) []string {
	a := analyzer{pairs: name == Pairs}
	var terms []string
	for _, t := range a.Analyze([]byte(text)) {
		terms = append(terms, string(t.Term))
	}
	return terms
}

// Words lists the words of a query as a Store has them, in order: emoji only
// where there is nothing else.
func Words(text string) []string {
	s := scratches.Get().(*partScratch)
	defer scratches.Put(s)
	stream := s.tokens.Tokenize(s.folder.Fold(text))
	var words, emoji []string
	for i := range stream.Tokens {
		term := string(plainTerm(stream.Word(i)))
		if stream.Tokens[i].Units == 0 {
			emoji = append(emoji, term)
			continue
		}
		words = append(words, term)
	}
	if words == nil {
		return emoji
	}
	return words
}
