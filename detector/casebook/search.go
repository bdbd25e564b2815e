package casebook

import (
	"cmp"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/textindex"
)

// Request asks for messages.
type Request struct {
	// Query is words (all must occur in a message), "phrases" and field:value,
	// each excluded by a minus in front; a star at the end stands for any
	// ending, commas part alternatives of a field.
	Query         string
	From, Size    int
	Facets        []string // of FacetNames: what to count the hits by
	IncludeSafety bool
}

// Hit is a message that was found.
type Hit struct {
	Key         string                `json:"key"` // of the thread
	Thread      string                `json:"thread"`
	Message     string                `json:"message"`
	Sender      string                `json:"sender"`
	Sent        string                `json:"sent,omitempty"`
	Source      string                `json:"source"`
	Text        string                `json:"text"`
	Band        rule.Band             `json:"band"`
	Queue       rule.Queue            `json:"queue"`
	Score       float64               `json:"score"`
	Language    string                `json:"language,omitempty"`
	Tags        []string              `json:"tags,omitempty"`
	Identifiers []detector.Identifier `json:"identifiers,omitempty"`
	Spans       [][2]int              `json:"spans,omitempty"` // byte ranges of Text that match, by start
}

// Count is how many hits have a value.
type Count struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Result is a page of hits, the most urgent first, of those the newest.
type Result struct {
	Total  int
	Hits   []Hit
	Facets map[string][]Count // by field, the most frequent values first
}

// Bounds of a request.
const (
	maxPage   = 1000
	maxOffset = 100_000
)

var facetFields = map[string]bool{bandField: true, queueField: true, tagField: true, languageField: true, dayField: true}

// Search finds messages. It is exact: every candidate that the index names is
// read.
func (b *Book) Search(r Request) (Result, error) {
	clauses, err := parse(r.Query)
	if err != nil {
		return Result{}, err
	}
	if r.Size < 0 || r.Size > maxPage || r.From < 0 || r.From > maxOffset {
		return Result{}, fmt.Errorf("a page holds up to %d hits and begins at up to %d", maxPage, maxOffset)
	}
	for _, field := range r.Facets {
		if !facetFields[field] {
			return Result{}, fmt.Errorf("no facet %q: want %s", field, strings.Join(FacetNames(), ", "))
		}
	}
	all := tally{want: r.From + r.Size, facets: r.Facets, order: before}
	for i, store := range b.stores {
		if i == 1 && !r.IncludeSafety {
			break
		}
		view, err := store.View()
		if err != nil {
			return Result{}, err
		}
		defer func() { _ = view.Close() }()
		found, err := search(view, clauses, r.From+r.Size, r.Facets)
		if err != nil {
			return Result{}, err
		}
		all.add(found)
	}
	return all.result(clauses, r.From)
}

// search looks a query up in one index.
func search(view *textindex.View, clauses []clause, want int, facets []string) (*tally, error) {
	if t, err := searchCounts(view, clauses, want, facets); t != nil || err != nil {
		return t, err
	}
	found, err := candidates(view, clauses)
	if err != nil {
		return nil, err
	}
	if len(found) > fewCandidates && skimmable(clauses) {
		return skim(view, found, clauses, want, facets)
	}
	return readCandidates(view, found, clauses, want, facets)
}

// candidates asks the index for the documents, and of words for the parts of
// them, that can hold what is asked for.
func candidates(view *textindex.View, clauses []clause) (within []textindex.Posting, err error) {
	for _, c := range byRarity(view, clauses) {
		if within, err = c.find(view, within); err != nil || within != nil && len(within) == 0 {
			return within, err
		}
	}
	if within == nil {
		within = view.All()
	}
	for i := range clauses {
		if c := &clauses[i]; c.not && c.field == textField {
			spoilt, err := c.find(view, within)
			if err != nil {
				return nil, err
			}
			within = textindex.Without(within, spoilt)
		}
	}
	return within, nil
}

// byRarity lists the clauses that the index can answer, those first that few
// documents satisfy.
func byRarity(view *textindex.View, clauses []clause) []*clause {
	type counted struct {
		*clause
		n int
	}
	var order []counted
	for i := range clauses {
		c := &clauses[i]
		if c.not || !c.indexed() {
			continue
		}
		n := 0 // fields first: their postings cost least
		for k, word := range c.words {
			if have, err := view.Count(word); err == nil && (k == 0 || have < n) {
				n = have
			}
		}
		order = append(order, counted{c, n})
	}
	slices.SortStableFunc(order, func(a, b counted) int { return cmp.Compare(a.n, b.n) })
	all := make([]*clause, len(order))
	for i := range order {
		all[i] = order[i].clause
	}
	return all
}

// tally is what was found in some documents.
type tally struct {
	want   int // hits to keep
	facets []string
	order  func(a, b found) int // of hits; those that tie with the last one wanted are kept, too
	total  int
	hits   []found // at most twice as many as the last cut left, and some more
	left   int     // that the last cut left, in order
	by     map[string]map[string]int
}

// found is a hit, as little of it as its place among others needs.
type found struct {
	band   rule.Band
	sent   string
	thread string
	id     string
	view   *textindex.View
	doc    uint64
	part   int
}

// before is the order of hits: urgent first, then new, then by name.
func before(a, b found) int {
	return cmp.Or(cmp.Compare(b.band, a.band), strings.Compare(b.sent, a.sent), strings.Compare(a.thread, b.thread),
		cmp.Compare(a.part, b.part), strings.Compare(a.id, b.id), cmp.Compare(a.doc, b.doc))
}

// keep takes a hit in, if it can be among those that are wanted.
func (t *tally) keep(f found) {
	if t.want == 0 || t.left >= t.want && t.order(f, t.hits[t.want-1]) > 0 {
		return
	}
	f.sent, f.thread, f.id = strings.Clone(f.sent), strings.Clone(f.thread), strings.Clone(f.id)
	if t.hits = append(t.hits, f); len(t.hits) >= 2*max(t.want, t.left)+64 {
		t.cut()
	}
}

// cut drops the hits behind those that are wanted.
func (t *tally) cut() {
	slices.SortFunc(t.hits, t.order)
	t.left = min(len(t.hits), t.want)
	for t.left > 0 && t.left < len(t.hits) && t.order(t.hits[t.left], t.hits[t.want-1]) == 0 {
		t.left++
	}
	t.hits = t.hits[:t.left]
}

func (t *tally) count(field, value string) {
	if value == "" {
		return
	}
	if t.by == nil {
		t.by = map[string]map[string]int{}
	}
	values := t.by[field]
	if values == nil {
		values = map[string]int{}
		t.by[field] = values
	}
	if n, ok := values[value]; ok {
		values[value] = n + 1
		return
	}
	values[strings.Clone(value)] = 1
}

func (t *tally) add(other *tally) {
	t.total += other.total
	t.hits = append(t.hits, other.hits...)
	for field, values := range other.by {
		if t.by == nil {
			t.by = map[string]map[string]int{}
		}
		if t.by[field] == nil {
			t.by[field] = map[string]int{}
		}
		for value, n := range values {
			t.by[field][value] += n
		}
	}
}

// fewCandidates are read by one goroutine: starting more takes longer.
const fewCandidates = 256

// readCandidates reads documents and keeps the messages that hold all that is
// asked for.
func readCandidates(view *textindex.View, all []textindex.Posting, clauses []clause, want int, facets []string) (*tally, error) {
	return shared(all, tally{want: want, facets: facets, order: before}, func(t *tally, share []textindex.Posting) error {
		return t.read(view, share, clauses)
	})
}

// shared has several goroutines read a share of the candidates each.
func shared(all []textindex.Posting, empty tally, read func(*tally, []textindex.Posting) error) (*tally, error) {
	workers := 1
	if len(all) > fewCandidates {
		workers = runtime.GOMAXPROCS(0)
	}
	parts, errs := make([]tally, workers), make([]error, workers)
	var wait sync.WaitGroup
	for i := range workers {
		parts[i] = empty
		share := all[len(all)*i/workers : len(all)*(i+1)/workers]
		wait.Go(func() { errs[i] = read(&parts[i], share) })
	}
	wait.Wait()
	sum := &empty
	for i := range parts {
		sum.add(&parts[i])
	}
	sum.cut()
	return sum, errors.Join(errs...)
}

func (t *tally) read(view *textindex.View, share []textindex.Posting, clauses []clause) error {
	var c chunk
	var d decoder
	fields := fieldsOf(clauses)
	for _, p := range share {
		err := view.Stored(p.Doc, func(value []byte) error {
			if err := c.decode(&d, value); err != nil {
				return err
			}
			t.lookAt(&c, p, fields, view)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// fieldsOf are the clauses that are no words: of words the index tells the part.
func fieldsOf(clauses []clause) []clause {
	return slices.DeleteFunc(slices.Clone(clauses), func(c clause) bool { return c.field == textField })
}

// lookAt looks at the messages of a document that are named.
func (t *tally) lookAt(c *chunk, p textindex.Posting, fields []clause, view *textindex.View) {
	for i := range c.messages {
		if p.Parts>>i&1 != 0 {
			t.look(c, i, fields, found{view: view, doc: p.Doc, part: i})
		}
	}
}

// look takes a message in if all clauses about fields hold.
func (t *tally) look(c *chunk, i int, fields []clause, f found) {
	m := &c.messages[i]
	if !m.Scored() {
		return
	}
	for k := range fields {
		if fields[k].holds(c, m) == fields[k].not {
			return
		}
	}
	t.total++
	f.band, f.sent, f.thread, f.id = c.band, m.sent, c.thread, m.ID
	f.part += c.number * chunkMessages
	t.keep(f)
	for _, field := range t.facets {
		switch field {
		case bandField:
			t.count(field, c.band.String())
		case queueField:
			t.count(field, c.queue.String())
		case languageField:
			t.count(field, c.language)
		case dayField:
			t.count(field, m.day())
		case tagField:
			for _, tag := range m.Tags {
				t.count(field, tag)
			}
		}
	}
}

// result reads the hits of a page.
func (t *tally) result(clauses []clause, from int) (Result, error) {
	t.cut()
	r := Result{Total: t.total}
	for _, f := range t.hits[min(from, len(t.hits)):] {
		var c chunk
		err := f.view.Stored(f.doc, func(value []byte) error { return c.decode(&decoder{}, value) })
		if err != nil {
			return r, err
		}
		m := &c.messages[f.part-c.number*chunkMessages]
		m.finish()
		h := c.hit(m)
		h.Spans = spans(clauses, m)
		r.Hits = append(r.Hits, h)
	}
	if len(t.facets) > 0 {
		r.Facets = map[string][]Count{}
	}
	for _, field := range t.facets {
		values := []Count{}
		for value, n := range t.by[field] {
			values = append(values, Count{value, n})
		}
		slices.SortFunc(values, func(a, b Count) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
		})
		r.Facets[field] = values
	}
	return r, nil
}

// spans are the bytes of a message that a query's words and identifiers mean.
func spans(clauses []clause, m *Message) (all [][2]int) {
	var mentions []textindex.Mention
	for i := range clauses {
		c := &clauses[i]
		switch {
		case c.not:
		case c.field == identifierField:
			for k := range m.Identifiers {
				if id := &m.Identifiers[k]; c.any(strings.ToLower(id.Value)) {
					all = append(all, [2]int{id.Start, id.End})
				}
			}
		case c.field == textField:
			if mentions == nil {
				mentions = textindex.Mentions(m.Text)
			}
			all = append(all, c.mentioned(mentions)...)
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], b[1]-a[1]) })
	return slices.Compact(all)
}

// mentioned lists where a text holds the words of a clause, one behind the
// other.
func (c *clause) mentioned(mentions []textindex.Mention) (all [][2]int) {
	last := len(c.words) - 1
	var follow func(word, position, start int)
	follow = func(word, position, start int) {
		for i := range mentions {
			at := &mentions[i]
			want := c.words[word][0]
			if word > 0 && at.Position != position || at.Term != want && !(word == last && c.prefix[0] && strings.HasPrefix(at.Term, want)) {
				continue
			}
			from := start
			if word == 0 {
				from = at.Span.Start
			}
			if word == last {
				all = append(all, [2]int{from, at.Span.End})
				continue
			}
			follow(word+1, at.Position+1, from)
		}
	}
	follow(0, 0, 0)
	return all
}
