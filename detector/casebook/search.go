package casebook

import (
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Request asks for messages.
type Request struct {
	Query         string
	From, Size    int
	IncludeSafety bool
}

// Hit is a message that was found.
type Hit struct {
	Key         string   `json:"key"`
	Thread      string   `json:"thread"`
	Sender      string   `json:"sender"`
	Sent        string   `json:"sent,omitempty"`
	Source      string   `json:"source"`
	Text        string   `json:"text"`
	Band        string   `json:"band"`
	Queue       string   `json:"queue"`
	Score       string   `json:"score"`
	Language    string   `json:"language,omitempty"`
	Tags        []string `json:"tags,omitempty"`
	Identifiers []string `json:"identifiers,omitempty"`
	Spans       [][2]int `json:"spans,omitempty"` // byte ranges of Text that match, by start
}

// Result is a page of hits, best first.
type Result struct {
	Total uint64
	Hits  []Hit
}

// Search finds messages. The query language: words (all must occur),
// "phrases", and field:value with band, queue, tag (* at the end allowed),
// sender, thread, lang, source, wallet or id, after:DATE, before:DATE; a minus
// in front excludes.
func (b *Book) Search(r Request) (Result, error) {
	q, err := parse(r.Query)
	if err != nil {
		return Result{}, err
	}
	indexes := []bleve.Index{b.general}
	if r.IncludeSafety {
		indexes = append(indexes, b.safety)
	}
	request := bleve.NewSearchRequestOptions(q, r.Size, r.From, false)
	request.Fields = []string{"*"}
	request.IncludeLocations = true
	request.SortBy([]string{"-_score", "_id"})
	found, err := bleve.NewIndexAlias(indexes...).Search(request)
	if err != nil {
		return Result{}, err
	}
	result := Result{Total: found.Total}
	for _, match := range found.Hits {
		result.Hits = append(result.Hits, hit(match))
	}
	return result, nil
}

func hit(match *search.DocumentMatch) Hit {
	get := func(name string) string {
		value, _ := match.Fields[name].(string)
		return value
	}
	h := Hit{
		Key: match.ID, Thread: get("thread"), Sender: get("sender"), Sent: get("sent"), Source: get("source"),
		Text: get("text"), Band: get("band"), Queue: get("queue"), Score: strings.TrimLeft(get("score"), "0"),
		Language: get("lang"), Tags: list(match.Fields["tag"]), Identifiers: list(match.Fields["identifier"]),
	}
	h.Spans = spans(match.Locations["text"])
	return h
}

// list reads a stored field that may have no, one or many values.
func list(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		var all []string
		for _, v := range value {
			all = append(all, fmt.Sprint(v))
		}
		return all
	default:
		return nil
	}
}

func spans(locations search.TermLocationMap) (all [][2]int) {
	for _, of := range locations {
		for _, at := range of {
			all = append(all, [2]int{int(at.Start), int(at.End)})
		}
	}
	sortSpans(all)
	return all
}

// parse reads the query language.
func parse(text string) (query.Query, error) {
	terms, err := split(text)
	if err != nil {
		return nil, err
	}
	all := bleve.NewBooleanQuery()
	some := false
	for _, t := range terms {
		q, err := t.query()
		if err != nil {
			return nil, err
		}
		if t.not {
			all.AddMustNot(q)
			continue
		}
		all.AddMust(q)
		some = true
	}
	if !some {
		all.AddMust(bleve.NewMatchAllQuery())
	}
	return all, nil
}
