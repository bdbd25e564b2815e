package speech

import (
	"strings"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/source"
)

// Act is what the writer does with the words of a match.
type Act string

// A match that counts has the act of its rule (offer, demand, plea, story,
// statement); one that is void bears the name of the context that voided it
// (warning, news, negation, quote, …).
const (
	Context Act = "context" // a context rule's own match
	quote   Act = "quote"
)

// Phrase is one match within a message.
type Phrase struct {
	Rule   *rule.Rule
	Name   string      // of the pattern
	Span   source.Span // bytes of the folded text
	Units  [2]int32    // its ends in token units from the message's start
	Clause [2]int32    // first and last clause it touches
}

// Reach of a context rule, in token units (a word is two).
const (
	negationReach = 6  // from a negation to the match it denies
	quoteReach    = 60 // from "they wrote" to the end of what they wrote
)

// Message is what the context rules say about one message.
type Message struct {
	negations []Phrase
	quotes    []Phrase
	quoted    []source.Span // blocks that quotation marks or > set apart
	void      *rule.Rule    // the message-wide context, unless upheld
	retold    *rule.Rule    // news or fiction, which voids distress too
	upheld    bool
}

// Read gathers the context matches of a message. quoted are the blocks set
// apart as somebody else's words (see Quoted).
func Read(contexts []Phrase, quoted []source.Span) Message {
	m := Message{quoted: quoted}
	for _, c := range contexts {
		switch c.Rule.Effect {
		case rule.Negate:
			m.negations = append(m.negations, c)
		case rule.Quote:
			m.quotes = append(m.quotes, c)
		case rule.Void:
			if m.void == nil || c.Rule.ID < m.void.ID {
				m.void = c.Rule
			}
			if c.Rule.ID == "context.fiction" || c.Rule.ID == "context.news" && m.retold == nil {
				m.retold = c.Rule
			}
		case rule.Uphold:
			m.upheld = true
		}
	}
	return m
}

// Judge says what a match of the message is, and whether a context voids it.
//
// Distress is believed: only news and fiction void it, and nothing upholds a
// scam match against a negation in its own clause.
func (m *Message) Judge(p Phrase) (act Act, void bool) {
	switch p.Rule.Category {
	case "context":
		return Context, false
	case "victim_side":
		return Act(p.Rule.Act.String()), false
	case "trafficked_distress":
		if m.retold != nil {
			return name(m.retold), true
		}
		return Act(p.Rule.Act.String()), false
	}
	if c := m.negation(p); c != nil {
		return name(c.Rule), true
	}
	if m.isQuoted(p) {
		return quote, true
	}
	if m.void != nil && !m.upheld {
		return name(m.void), true
	}
	return Act(p.Rule.Act.String()), false
}

// name is the last part of a context rule's id.
func name(r *rule.Rule) Act { return Act(r.ID[strings.LastIndexByte(r.ID, '.')+1:]) }

// negation returns the denial that the match falls under, if any: one in the
// same clause that ends shortly before it, or (patterns named post…) begins
// shortly after it. A denial within the match is part of its meaning.
func (m *Message) negation(p Phrase) *Phrase {
	for i := range m.negations {
		n := &m.negations[i]
		if n.Clause[1] != p.Clause[0] && n.Clause[0] != p.Clause[1] || p.Span.Overlaps(n.Span) {
			continue
		}
		distance := p.Units[0] - n.Units[1]
		if strings.HasPrefix(n.Name, "post") {
			distance = n.Units[0] - p.Units[1]
		}
		if 0 <= distance && distance <= negationReach {
			return n
		}
	}
	return nil
}

// isQuoted says whether the match is somebody else's words: it follows "they
// wrote" closely, within one block where quotation marks make one.
func (m *Message) isQuoted(p Phrase) bool {
	for _, q := range m.quotes {
		if distance := p.Units[0] - q.Units[1]; 0 <= distance && distance <= quoteReach {
			return true
		}
	}
	for _, block := range m.quoted {
		if block.Contains(p.Span) {
			return true
		}
	}
	return false
}
