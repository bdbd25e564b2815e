package casebook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/textindex"
)

// Fields of a query, as facets and clauses name them.
const (
	textField       = ""
	bandField       = "band"
	queueField      = "queue"
	tagField        = "tag"
	senderField     = "sender"
	threadField     = "thread"
	languageField   = "language"
	sourceField     = "source"
	identifierField = "identifier"
	afterField      = "after"
	beforeField     = "before"
	dayField        = "day"
)

// fieldNames are the words of the query language and the fields they ask.
var fieldNames = map[string]string{
	"band": bandField, "queue": queueField, "tag": tagField, "sender": senderField, "thread": threadField,
	"lang": languageField, "language": languageField, "source": sourceField,
	"wallet": identifierField, "id": identifierField, "phone": identifierField, "url": identifierField, "handle": identifierField,
	"after": afterField, "before": beforeField, "day": dayField,
}

// keysOf are the beginnings of the keys that a field's values are indexed by.
var keysOf = map[string]string{
	bandField: bandKey, queueField: queueKey, tagField: tagKey, senderField: senderKey, threadField: threadKey,
	languageField: languageKey, sourceField: sourceKey, identifierField: identifierKey, dayField: dayKey,
	afterField: dayKey, beforeField: dayKey,
}

// clause is one word, phrase or field:value of a query.
type clause struct {
	field  string
	values []string // any of them; of a text clause, one
	prefix []bool   // by value: it may go on
	not    bool

	words [][]string // of a text clause: the terms of each word
	bands []rule.Band
}

// maxQuery bounds what a page may ask.
const maxQuery = 4096

// parse reads the query language.
func parse(text string) ([]clause, error) {
	if len(text) > maxQuery {
		return nil, fmt.Errorf("query: longer than %d bytes", maxQuery)
	}
	var all []clause
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		var c clause
		if c.not = rest[0] == '-' && len(rest) > 1; c.not {
			rest = rest[1:]
		}
		if name, after, ok := strings.Cut(rest, ":"); ok && fieldNames[strings.ToLower(name)] != "" {
			c.field, rest = fieldNames[strings.ToLower(name)], after
		}
		value, after, err := cutValue(rest)
		if err != nil {
			return nil, err
		}
		quoted := strings.HasPrefix(rest, `"`)
		rest = after
		if value == "" {
			continue
		}
		c.values = []string{value}
		if c.field != textField && !quoted {
			c.values = strings.Split(value, ",")
		}
		ok, err := c.check()
		if err != nil {
			return nil, err
		}
		if ok {
			all = append(all, c)
		}
	}
	return all, nil
}

// cutValue takes what stands between quotation marks, or up to the next space.
func cutValue(rest string) (value, after string, err error) {
	if strings.HasPrefix(rest, `"`) {
		value, after, ok := strings.Cut(rest[1:], `"`)
		if !ok {
			return "", "", fmt.Errorf("query: a quotation mark is not closed")
		}
		return value, after, nil
	}
	end := strings.IndexAny(rest, " \t\n")
	if end < 0 {
		end = len(rest)
	}
	return rest[:end], rest[end:], nil
}

// check completes a clause; ok is false for one that says nothing.
func (c *clause) check() (ok bool, err error) {
	c.prefix = make([]bool, len(c.values))
	for i, value := range c.values {
		if c.field == senderField || c.field == identifierField {
			value = strings.ToLower(value)
		}
		c.values[i], c.prefix[i] = strings.CutSuffix(value, "*")
	}
	switch c.field {
	case textField:
		for _, word := range textindex.Words(c.values[0]) {
			c.words = append(c.words, []string{word})
		}
		return len(c.words) > 0, nil
	case afterField, beforeField:
		if _, err := message.ParseTime(c.values[0]); err != nil || len(c.values) > 1 {
			return false, fmt.Errorf("query: %s:%s: want a date, as in 2026-01-31", c.field, c.values[0])
		}
		c.values[0] = c.values[0][:min(dayLength, len(c.values[0]))]
	case bandField:
		for i, value := range c.values {
			var b rule.Band
			if err := b.UnmarshalText([]byte(strings.ToUpper(value))); err != nil || value == "" {
				return false, fmt.Errorf("query: band:%s: want P0 to P4", value)
			}
			c.values[i], c.bands = b.String(), append(c.bands, b)
		}
	case queueField:
		for _, value := range c.values {
			var q rule.Queue
			if err := q.UnmarshalText([]byte(value)); err != nil {
				return false, fmt.Errorf("query: queue:%s: want one of scammer, recruiter, victim, crisis, safety, child, none", value)
			}
		}
	}
	return true, nil
}

// indexed says whether the index can answer the clause: what most messages
// have is not indexed.
func (c *clause) indexed() bool {
	switch c.field {
	case bandField:
		return !slices.Contains(c.bands, rule.P4)
	case queueField:
		return !slices.Contains(c.values, noQueue)
	default:
		return true
	}
}

// maxTerms bounds what a prefix may stand for.
const maxTerms = 20_000

// keys lists the keys that the clause asks for; whole is false where they are
// too many for the index to ask.
func (c *clause) keys(view *textindex.View) (keys []string, whole bool, err error) {
	begin := keysOf[c.field]
	if c.field == afterField || c.field == beforeField {
		days, err := view.KeysBeginning(dayKey+"2", maxTerms)
		return slices.DeleteFunc(days.All, func(key string) bool { return !c.inTime(key[len(dayKey):]) }), days.Whole, err
	}
	whole = true
	for i, value := range c.values {
		if !c.prefix[i] {
			keys = append(keys, begin+value)
			continue
		}
		more, err := view.KeysBeginning(begin+value, maxTerms)
		if err != nil {
			return nil, false, err
		}
		keys, whole = append(keys, more.All...), whole && more.Whole
	}
	return keys, whole, nil
}

func (c *clause) inTime(day string) bool {
	if day == "" {
		return false
	}
	if c.field == afterField {
		return day >= c.values[0]
	}
	return day < c.values[0]
}

// find asks the index. Of a field it answers which documents may hold what is
// asked for, of text which parts do.
func (c *clause) find(view *textindex.View, within []textindex.Posting) ([]textindex.Posting, error) {
	if c.field == textField {
		words := c.words
		if c.prefix[0] {
			last := words[len(words)-1][0]
			terms, err := view.Beginning(last, maxTerms)
			if err != nil {
				return nil, err
			}
			words = append(slices.Clone(words[:len(words)-1]), terms.All)
		}
		found, err := view.Phrase(words, within)
		return append([]textindex.Posting{}, found...), err
	}
	keys, whole, err := c.keys(view)
	if err != nil || !whole {
		return within, err
	}
	return view.Keys(keys, within)
}

// holds says whether a message, of a chunk, satisfies a clause about a field.
func (c *clause) holds(h *chunk, m *Message) bool {
	switch c.field {
	case bandField:
		return slices.Contains(c.bands, h.band)
	case queueField:
		return c.any(h.queue.String())
	case languageField:
		return c.any(h.language)
	case threadField:
		return c.any(h.thread)
	case senderField:
		return c.any(strings.ToLower(m.Sender))
	case sourceField:
		file, _ := splitLine(m.Source)
		return c.any(file)
	case dayField:
		return c.any(m.day())
	case afterField, beforeField:
		return c.inTime(m.day())
	case tagField:
		return slices.ContainsFunc(m.Tags, c.any)
	case identifierField:
		for i := range m.Identifiers {
			if c.any(strings.ToLower(m.Identifiers[i].Value)) {
				return true
			}
		}
		return false
	default:
		return true
	}
}

func (c *clause) any(have string) bool {
	for i, value := range c.values {
		if have == value || c.prefix[i] && strings.HasPrefix(have, value) {
			return true
		}
	}
	return false
}
