package match

import (
	"math/bits"
	"slices"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/identifier"
	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/token"
)

// Hit is one occurrence of a slot's patterns in a message: the leftmost and
// longest, never overlapping another of the same slot.
type Hit struct {
	Slot   int32
	Lang   uint8       // index into Languages
	View   token.View  // how the text had to be read
	Span   source.Span // bytes of the folded text
	Units  [2]int32    // distance of its ends from the message's start, in token units
	Clause [2]int32    // first and last clause it touches
}

// Scanner finds the hits of one message at a time. It is scratch memory: what
// Scan returns is valid until the next Scan. Not for concurrent use.
type Scanner struct {
	program *Program
	folder  fold.Folder
	tokens  token.Tokenizer
	finder  *identifier.Finder

	parts []*part // those that the text needs
	part  *part   // the one that is walked

	stream *token.Stream
	ids    []identifier.Identifier
	edges  []edge
	head   []int32 // by token: its last edge, -1 for none
	units  []int32 // by token: units before it
	hits   []Hit
	steps  int
	memo   memo
	near   []symbol
}

// edge is one reading of the tokens from where it hangs to its end.
type edge struct {
	symbol symbol
	to     int32
	span   source.Span
	next   int32
	view   token.View
}

// NewScanner returns a scanner that reads phone numbers without a country code
// as those of region (ISO 3166, empty for none).
func (p *Program) NewScanner(region string) *Scanner {
	return &Scanner{program: p, finder: identifier.NewFinder(region)}
}

// Result is what a scan found.
type Result struct {
	Text        *fold.Text
	Stream      *token.Stream
	Identifiers []identifier.Identifier // sorted by start
	Hits        []Hit                   // sorted by slot, then start
}

// Scan finds every hit in raw.
func (s *Scanner) Scan(raw string) Result {
	text := s.folder.Fold(raw)
	s.stream = s.tokens.Tokenize(text)
	s.ids = s.finder.Find(text, s.ids[:0])
	s.prepare()
	for i := len(s.stream.Tokens) - 1; i >= 0; i-- {
		s.tokenEdges(i)
		s.walkFrom(i)
	}
	s.settle()
	return Result{Text: text, Stream: s.stream, Identifiers: s.ids, Hits: s.hits}
}

// prepare clears the scratch and hangs in the edges that are known before the
// walk: identifiers, other readings, regular expressions.
func (s *Scanner) prepare() {
	tokens := s.stream.Tokens
	s.hits, s.edges = s.hits[:0], s.edges[:0]
	s.head = s.head[:0]
	for range tokens {
		s.head = append(s.head, -1)
	}
	s.measure()
	s.choose()
	for i := range s.ids {
		s.identifierEdge(&s.ids[i])
	}
	for i := range s.stream.Alts {
		s.altEdges(&s.stream.Alts[i])
	}
	if s.program.grams != nil {
		s.regexEdges()
	}
}

// choose finds the parts that the text needs.
func (s *Scanner) choose() {
	p := s.program
	s.parts = append(s.parts[:0], p.parts[common]())
	held := scriptsOf(s.stream.Text.Body)
	for i := range s.stream.Alts {
		held |= scriptsOf(s.stream.Alts[i].Text)
	}
	for held &= p.scripts; held != 0; held &= held - 1 {
		s.parts = append(s.parts, p.parts[bits.TrailingZeros8(uint8(held))]())
	}
}

// measure adds up the units before each token. A word whose letters are set
// apart is as long as a word: of nested readings the shorter ones decide.
func (s *Scanner) measure() {
	tokens, alts := s.stream.Tokens, s.stream.Alts
	s.units = s.units[:0]
	for i := range tokens {
		s.units = append(s.units, int32(tokens[i].Units))
	}
	for length := int32(minSpelt); length <= maxSpelt; length++ {
		found := false
		for i := range alts {
			a := &alts[i]
			size := a.To - a.From
			found = found || a.View == token.Squash && size > length
			if a.View == token.Squash && size == length && !slices.Contains(s.units[a.From:a.To], spelt) {
				for k := a.From + 1; k < a.To; k++ {
					s.units[k] = spelt
				}
			}
		}
		if !found {
			break
		}
	}
	total := int32(0)
	for i, units := range s.units {
		s.units[i] = total
		total += max(units, 0)
	}
	s.units = append(s.units, total)
}

// Words of fewer letters set apart stay as they are; spelt marks a token within
// a longer one.
const (
	minSpelt = 4
	maxSpelt = 24
	spelt    = -1
)

func (s *Scanner) addEdge(from int32, e edge) {
	e.next = s.head[from]
	s.head[from] = int32(len(s.edges))
	s.edges = append(s.edges, e)
}

func (s *Scanner) identifierEdge(id *identifier.Identifier) {
	if sym := s.program.types[typeOf(id.Kind)]; sym != 0 {
		s.spanEdge(sym, id.Span, token.Raw)
	}
}

// spanEdge hangs in a reading of all tokens that span overlaps.
func (s *Scanner) spanEdge(sym symbol, span source.Span, view token.View) {
	from, to := s.stream.TokensIn(span)
	if from < to {
		s.addEdge(int32(from), edge{symbol: sym, to: int32(to), span: span, view: view})
	}
}

func (s *Scanner) altEdges(alt *token.Alt) {
	s.near = s.near[:0]
	for _, part := range s.parts {
		if alt.Whole {
			s.near = part.vocab.exact(alt.Text, s.near)
		} else {
			s.near = part.vocab.symbols(alt.Text, s.near)
		}
	}
	span := source.Span{
		Start: int(s.stream.Tokens[alt.From].Start),
		End:   int(s.stream.Tokens[alt.To-1].End),
	}
	if alt.View == token.Raw { // the end of a word, without its particle
		span.Start = span.End - len(alt.Text)
	}
	for _, sym := range s.near {
		s.addEdge(alt.From, edge{symbol: sym, to: alt.To, span: span, view: alt.View})
	}
}

// tokenEdges hangs in what the token itself says.
func (s *Scanner) tokenEdges(i int) {
	t := &s.stream.Tokens[i]
	word := s.stream.Text.Body[t.Start:t.End]
	s.near = s.near[:0]
	for _, part := range s.parts {
		s.near = part.vocab.symbols(word, s.near)
	}
	view := token.Raw
	if len(s.near) == 0 {
		for _, part := range s.parts {
			s.near = part.vocab.near(word, s.near)
		}
		view = token.Fold
	}
	span := source.Span{Start: int(t.Start), End: int(t.End)}
	for _, sym := range s.near {
		s.addEdge(int32(i), edge{symbol: sym, to: int32(i) + 1, span: span, view: view})
	}
}
