package casebook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// term is one word, phrase or field:value of a query.
type term struct {
	field string // "" for text
	value string
	not   bool
}

// fieldNames are the words of the query language and the fields they ask.
var fieldNames = map[string]string{
	"band": "band", "queue": "queue", "tag": "tag", "sender": "sender", "thread": "thread", "lang": "lang",
	"source": "source", "wallet": "identifier", "id": "identifier", "phone": "identifier", "url": "identifier",
	"after": "after", "before": "before", "day": "day",
}

// split cuts a query into terms; quotes keep a phrase, or a value, together.
func split(text string) (terms []term, err error) {
	rest := strings.TrimSpace(text)
	for rest != "" {
		var t term
		if t.not = strings.HasPrefix(rest, "-"); t.not {
			rest = rest[1:]
		}
		if name, after, ok := strings.Cut(rest, ":"); ok && fieldNames[name] != "" {
			t.field, rest = fieldNames[name], after
		}
		if strings.HasPrefix(rest, `"`) {
			value, after, ok := strings.Cut(rest[1:], `"`)
			if !ok {
				return nil, fmt.Errorf("query: a quotation mark is not closed")
			}
			t.value, rest = value, after
		} else {
			end := strings.IndexAny(rest, " \t")
			if end < 0 {
				end = len(rest)
			}
			t.value, rest = rest[:end], rest[end:]
		}
		rest = strings.TrimSpace(rest)
		if t.value != "" {
			terms = append(terms, t)
		}
	}
	return terms, nil
}

func (t term) query() (query.Query, error) {
	switch t.field {
	case "":
		q := bleve.NewMatchPhraseQuery(t.value)
		q.SetField("text")
		return q, nil
	case "after":
		return dayRange(t.value, ""), nil
	case "before":
		return dayRange("", t.value), nil
	case "identifier":
		return keyword(t.field, strings.ToLower(t.value)), nil
	default:
		return keyword(t.field, t.value), nil
	}
}

func keyword(field, value string) query.Query {
	if prefix, ok := strings.CutSuffix(value, "*"); ok {
		q := bleve.NewPrefixQuery(prefix)
		q.SetField(field)
		return q
	}
	q := bleve.NewTermQuery(value)
	q.SetField(field)
	return q
}

// dayRange asks for days from after on, or before before.
func dayRange(after, before string) query.Query {
	q := bleve.NewTermRangeQuery(after, before)
	q.SetField("day")
	return q
}

func sortSpans(all [][2]int) {
	slices.SortFunc(all, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
}
