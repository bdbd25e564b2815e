package casebook

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/textindex"
)

// Parameters of Similar. The rarest terms of a text find what is like it in
// milliseconds; all of them take a second over a million messages.
const (
	rareTerms = 6
	minShared = 2
	maxNear   = 5000 // candidates that are read
	maxAsked  = 400  // words of the text that are looked up
)

// Near is a message and how like a text it is.
type Near struct {
	Similarity float64 `json:"similarity"` // cosine of their words, rare ones weighing more
	Hit
}

// Similar lists the messages most like a text, best first: of those that have
// two of its six rarest words.
func (b *Book) Similar(text string, size int, includeSafety bool) ([]Near, error) {
	if size < 1 || size > maxPage {
		return nil, fmt.Errorf("want 1 to %d messages", maxPage)
	}
	var all []Near
	err := b.Indexes(includeSafety, func(x Index) error {
		near, err := similar(x, text)
		all = append(all, near...)
		return err
	})
	slices.SortFunc(all, func(a, b Near) int {
		return cmp.Or(cmp.Compare(b.Similarity, a.Similarity), strings.Compare(a.Key, b.Key), strings.Compare(a.Message, b.Message))
	})
	return all[:min(len(all), size)], err
}

// weighted is a word and how much it says.
type weighted struct {
	term   string
	count  int
	weight float64
}

func similar(x Index, text string) ([]Near, error) {
	words, err := weigh(x.View, textindex.Words(text))
	if err != nil {
		return nil, err
	}
	rarest := words[:min(len(words), rareTerms)]
	need := min(minShared, len(rarest))
	if need == 0 {
		return nil, nil
	}
	candidates, err := sharing(x.View, rarest, need)
	if err != nil {
		return nil, err
	}
	weight := map[string]float64{}
	norm := 0.0
	for _, w := range words {
		weight[w.term] = w.weight
		norm += w.weight * w.weight
	}
	rarity := math.Log(float64(2 + x.Len()))
	var all []Near
	for _, p := range candidates {
		c, err := x.Chunk(p.Doc)
		if err != nil {
			return nil, err
		}
		for i := range c.Messages {
			if p.Parts>>i&1 == 0 {
				continue
			}
			m := &c.Messages[i]
			dot, own := 0.0, 0.0
			terms := textindex.Words(m.Text)
			slices.Sort(terms)
			for _, term := range slices.Compact(terms) {
				w, ok := weight[term]
				if !ok {
					w = rarity / 2 // what is not asked about says something, too
				}
				if own += w * w; ok {
					dot += w * w
				}
			}
			alike := math.Round(100*dot/math.Sqrt(norm*own)) / 100
			all = append(all, Near{alike, c.chunk.hit(m)})
		}
	}
	return all, nil
}

// weigh looks the words of a text up: those that the index has, the rarest
// first.
func weigh(view *textindex.View, terms []string) (all []weighted, err error) {
	slices.Sort(terms)
	terms = slices.Compact(terms)
	for _, term := range terms[:min(len(terms), maxAsked)] {
		n, err := view.Count([]string{term})
		if err != nil {
			return nil, err
		}
		if n > 0 {
			all = append(all, weighted{term, n, math.Log(float64(2+view.Len()) / float64(n))})
		}
	}
	slices.SortStableFunc(all, func(a, b weighted) int { return cmp.Compare(a.count, b.count) })
	return all, nil
}

// sharing lists the parts that have at least so many of some words.
func sharing(view *textindex.View, words []weighted, need int) ([]textindex.Posting, error) {
	var once, found []textindex.Posting
	for _, w := range words {
		have, err := view.Words([]string{w.term}, nil)
		if err != nil {
			return nil, err
		}
		if need > 1 {
			found = textindex.Union(found, textindex.Intersect(once, have))
		} else {
			found = textindex.Union(found, have)
		}
		once = textindex.Union(once, have)
		if len(found) >= maxNear {
			return found[:maxNear], nil
		}
	}
	return found, nil
}

// hit shows a message.
func (c *chunk) hit(m *Message) Hit {
	return Hit{
		Key: message.KeyOf(c.namespace, c.thread).String(), Thread: c.thread, Message: m.ID,
		Sender: m.Sender, Sent: m.sent, Source: m.Source, Text: m.Text, Band: c.band, Queue: c.queue, Score: c.score,
		Language: c.language, Tags: m.Tags, Identifiers: m.Identifiers,
	}
}

// Text is the text of a message, by the thread's name or key and the message's
// id, as in t-17/m3; ok is false where there is none.
func (b *Book) Text(id string, includeSafety bool) (text string, ok bool, err error) {
	thread, name, found := cutLast(id)
	if !found {
		return "", false, nil
	}
	var key message.Key
	byKey := key.UnmarshalText([]byte(thread)) == nil && len(thread) == 2*len(key)
	visit := func(t *Thread) error {
		for i := range t.Messages {
			if t.Messages[i].ID == name && !ok {
				text, ok = t.Messages[i].Text, true
			}
		}
		return nil
	}
	if byKey {
		t, err := b.Thread(key)
		if err != nil || t == nil || t.Safety && !includeSafety {
			return "", false, err
		}
		err = visit(t)
		return text, ok, err
	}
	err = b.threads([]string{threadKey + thread}, includeSafety, visit)
	return text, ok, err
}

func cutLast(id string) (before, after string, found bool) {
	i := strings.LastIndexByte(id, '/')
	if i < 0 {
		return "", "", false
	}
	return id[:i], id[i+1:], true
}
