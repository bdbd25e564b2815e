package textindex_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/textindex"
	"github.com/hookline/hookline/detector/token"
	"github.com/hookline/hookline/detector/workload"
	"github.com/hookline/hookline/rules"
)

// literal is a phrase that a pattern says word for word.
type literal struct {
	text  string
	words [][]string // of each word, what satisfies it
}

// literals lists the phrases of rules that are words and nothing else: whole
// patterns, and the branches of their alternatives.
func literals(set *rule.Set) (all []literal) {
	var folder fold.Folder
	var tokens token.Tokenizer
	seen := map[string]bool{}
	add := func(items ...rule.Node) {
		var text []string
		var words [][]string
		for _, item := range items {
			w, ok := item.(*rule.Word)
			if !ok || w.Prefix || w.Fuzzy {
				return
			}
			text = append(text, w.Text)
			stream := tokens.Tokenize(folder.Fold(w.Text))
			for i := range stream.Tokens {
				if stream.Tokens[i].Units == 0 {
					return // emoji are no tokens of this analyzer
				}
				words = append(words, satisfying(string(stream.Word(i))))
			}
		}
		if phrase := strings.Join(text, " "); len(words) > 0 && !seen[phrase] {
			seen[phrase] = true
			all = append(all, literal{phrase, words})
		}
	}
	for _, r := range set.Rules {
		for _, p := range r.Patterns() {
			rule.Walk(p.Node, func(n rule.Node) bool {
				if s, ok := n.(*rule.Seq); ok {
					add(s.Items...)
				} else {
					add(n)
				}
				return true
			})
		}
	}
	return all
}

// satisfying lists what satisfies a word of a pattern: the word without its
// accents, too.
func satisfying(word string) (all []string) {
	for _, s := range []string{word, fold.Plain(word), fold.Umlauts(word)} {
		if s != "" {
			all = append(all, strings.ReplaceAll(s, "'", ""))
		}
	}
	return all
}

// plainTexts are messages that have one reading only: of others bleve, which
// knows no readings, finds less.
func plainTexts(t *testing.T) (all []string) {
	t.Helper()
	var folder fold.Folder
	var tokens token.Tokenizer
	keep := func(text string) {
		if len(tokens.Tokenize(folder.Fold(text)).Alts) == 0 {
			all = append(all, text)
		}
	}
	require.NoError(t, labelled.Walk(corpus.FS, func(c labelled.Case) error {
		for _, m := range c.Messages() {
			keep(m.Text)
		}
		return nil
	}))
	text := workload.New(2)
	for range 1500 {
		keep(text.Message(workload.English).Text)
	}
	return all
}

// bleve is the oracle: batched phrase queries over the same tokens find the
// messages that the hot path finds, for every literal phrase of the shipped
// rules, and for phrases cut out of the messages.
func TestBleveIsTheOracle(t *testing.T) {
	set, err := rule.Load(rules.FS)
	require.NoError(t, err)
	texts := plainTexts(t)
	phrases := literals(set)
	for i, text := range texts {
		words := textindex.Words(text)
		if i%4 > 0 || len(words) < 4 {
			continue
		}
		p := literal{}
		for _, w := range words[1 : 2+i%3] {
			p.words = append(p.words, satisfying(w))
		}
		p.text = strings.Join(words[1:2+i%3], " ")
		if !strings.ContainsAny(p.text, `()[]|<>@*~\/."`) {
			phrases = append(phrases, p)
		}
	}
	if testing.Short() {
		phrases = slices.DeleteFunc(phrases, func(p literal) bool { return len(p.text)%7 > 0 })
	}
	index := indexed(t, texts)
	hits, agreeing := hot(t, phrases, texts), 0
	for i, p := range phrases {
		q := query.Query(query.NewMultiPhraseQuery(p.words, "text"))
		found, err := index.Search(bleve.NewSearchRequestOptions(q, len(texts), 0, false))
		require.NoError(t, err)
		var got []string
		for _, hit := range found.Hits {
			got = append(got, hit.ID)
		}
		slices.Sort(got)
		require.Equal(t, hits[i], got, p.text)
		agreeing += len(got)
	}
	t.Logf("%d phrases, %d texts: %d hits of either", len(phrases), len(texts), agreeing)
	require.Greater(t, agreeing, len(texts)/10)
}

func indexed(t *testing.T, texts []string) bleve.Index {
	t.Helper()
	m, err := textindex.Mapping(textindex.Field{Name: "text", Analyzer: textindex.Tokens, Phrases: true})
	require.NoError(t, err)
	index, err := textindex.Memory(m)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, index.Close()) })
	for start := 0; start < len(texts); start += 1000 {
		batch := index.NewBatch()
		for i, text := range texts[start:min(len(texts), start+1000)] {
			require.NoError(t, batch.Index(fmt.Sprintf("%06d", start+i), map[string]any{"text": text}))
		}
		require.NoError(t, index.Batch(batch))
	}
	return index
}

// hot lists, for each phrase, the texts in which the hot path finds it.
func hot(t *testing.T, phrases []literal, texts []string) [][]string {
	t.Helper()
	r := rule.Rule{ID: "fake_job.fee.x", Condition: &rule.Condition{Op: rule.OpAny}}
	var patterns []*rule.Pattern
	for i, p := range phrases {
		name := fmt.Sprint("p", i)
		var seq []rule.Node
		for _, word := range p.words {
			seq = append(seq, &rule.Word{Text: word[0]})
		}
		r.Names = append(r.Names, name)
		patterns = append(patterns, &rule.Pattern{Name: name, Lang: "und", Node: &rule.Seq{Items: seq}})
	}
	program, err := match.Compile(&rule.Set{Rules: []*rule.Rule{r.With(patterns...)}})
	require.NoError(t, err)
	scanner := program.NewScanner("")
	found := make([][]string, len(phrases))
	for i, text := range texts {
		id := fmt.Sprintf("%06d", i)
		for _, hit := range scanner.Scan(text).Hits {
			if list := found[hit.Slot]; len(list) == 0 || list[len(list)-1] != id {
				found[hit.Slot] = append(list, id)
			}
		}
	}
	return found
}
