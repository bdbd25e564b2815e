package obfuscate

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/source"
)

// Operator is one way to hide words.
type Operator struct {
	Name string

	// Lossy operators change words, not only their dress: a rule finds the
	// result only if it provides for it, with word~1 or a list of names.
	Lossy bool

	// Apply hides some of a text's words. A text that has nothing to hide
	// comes back as it was. The same text and state of rng give the same
	// result.
	Apply func(text string, rng *rand.Rand) string

	edits editor
}

// edit replaces text[start:end]; an insertion has start == end.
type edit struct {
	start, end int
	text       string
}

// editor proposes edits, sorted and not overlapping.
type editor func(text string, rng *rand.Rand) []edit

// Operators returns all operators, in a fixed order.
func Operators() []Operator {
	return []Operator{
		operator("homoglyph", homoglyphs),
		operator("zero_width", zeroWidth),
		operator("split", split),
		operator("leet", leet),
		operator("emoji_letters", emojiLetters),
		operator("emoji_between", emojiBetween),
		operator("styled", styled),
		operator("full_width", fullWidth),
		operator("casing", casing),
		operator("digits", digits),
		operator("strike", strike),
		operator("decomposed", decomposed),
		operator("kashida", kashida),
		operator("defang", defang),
		lossy("typo", typo),
		lossy("nickname", nickname),
	}
}

func operator(name string, edits editor) Operator {
	apply := func(text string, rng *rand.Rand) string {
		return rewrite(text, edits(text, rng))
	}
	return Operator{Name: name, Apply: apply, edits: edits}
}

func lossy(name string, edits editor) Operator {
	o := operator(name, edits)
	o.Lossy = true
	return o
}

// Mutate is Apply that leaves the bytes of the keep spans as they are, and
// returns where in its result the follow spans are now. What was put in front
// of a span or behind it is not part of it. Spans are bytes of text and need
// not be sorted.
func (o Operator) Mutate(text string, keep, follow []source.Span, rng *rand.Rand) (string, []source.Span) {
	edits := slices.DeleteFunc(o.edits(text, rng), func(e edit) bool {
		return slices.ContainsFunc(keep, func(s source.Span) bool {
			return e.start < s.End && s.Start < e.end || e.start == e.end && s.Start < e.start && e.start < s.End
		})
	})
	moved := make([]source.Span, len(follow))
	for i, s := range follow {
		moved[i] = move(s, edits)
	}
	return rewrite(text, edits), moved
}

func rewrite(text string, edits []edit) string {
	if len(edits) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.start])
		b.WriteString(e.text)
		at = e.end
	}
	b.WriteString(text[at:])
	return b.String()
}

// move returns where a span is after edits. An edit that it shares with its
// surroundings comes to lie within it as a whole.
func move(s source.Span, edits []edit) source.Span {
	moved := s
	for _, e := range edits {
		grown := len(e.text) - (e.end - e.start)
		switch {
		case e.end <= s.Start:
			moved.Start += grown
			moved.End += grown
		case e.start < s.End:
			moved.End += grown
			if e.start < s.Start {
				moved.Start -= s.Start - e.start
			}
			if e.end > s.End {
				moved.End += e.end - s.End
			}
		}
	}
	return moved
}
