package match

import (
	"math/bits"
	"slices"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/identifier"
	"github.com/hookline/hookline/detector/rule"
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

	held [numScripts]presence // by script: what the text has of a part
	used []*presence          // those of the parts that the text needs

	stream  *token.Stream
	ids     []identifier.Identifier
	edges   []edge
	symbols []symbol // of the edges, close together to be looked through
	head    []int32  // by token: its last edge, -1 for none
	units   []int32  // by token: units before it
	near    []symbol

	maybe  []uint64 // a bit for each slot that may have hits
	rules  []uint64 // a bit for each rule that may have hits and has a condition
	listed bool     // the entries of lists are hung in

	trie  *trie // that is walked
	hits  []Hit
	steps int
	memo  memo
}

// edge is one reading of the tokens from where it hangs to its end.
type edge struct {
	symbol     symbol
	from, to   int32 // tokens
	start, end int32 // bytes
	next       int32 // that hangs at the same token
	view       token.View
}

// NewScanner returns a scanner that reads phone numbers without a country code
// as those of region (ISO 3166, empty for none).
func (p *Program) NewScanner(region string) *Scanner {
	return &Scanner{program: p, finder: identifier.NewFinder(region), maybe: make([]uint64, len(p.slots)/64+2), rules: make([]uint64, len(p.conditions)/64+1)}
}

// Result is what a scan found.
type Result struct {
	Text        *fold.Text
	Stream      *token.Stream
	Identifiers []identifier.Identifier // sorted by start
	Hits        []Hit                   // sorted by slot, then start
}

// Scan finds every hit in raw.
func (s *Scanner) Scan(raw string) Result { return s.scan(raw, nil) }

// Sift finds the hits in raw of all rules but those whose condition looks at
// one message and cannot hold in this one.
func (s *Scanner) Sift(raw string) Result { return s.scan(raw, s.program.conditions) }

// Alone is Sift for a message that is a thread of its own: the rules whose
// condition looks at several messages are left out, too, where it cannot hold.
func (s *Scanner) Alone(raw string) Result { return s.scan(raw, s.program.alone) }

// scan finds the hits of rules of which the condition may hold; of all rules
// where there are no conditions.
func (s *Scanner) scan(raw string, conditions []*rule.Need) Result {
	text := s.folder.Fold(raw)
	s.stream = s.tokens.Tokenize(text)
	s.ids = s.finder.Find(text, s.ids[:0])
	s.prepare()
	s.findRuns()
	s.findLists()
	s.findSlots(conditions)
	s.settle()
	return Result{Text: text, Stream: s.stream, Identifiers: s.ids, Hits: s.hits}
}

// prepare clears the scratch and hangs in the edges that are known before
// anything is walked: identifiers, other readings, regular expressions, and
// what the tokens themselves say.
func (s *Scanner) prepare() {
	tokens := s.stream.Tokens
	s.hits, s.edges, s.symbols, s.units = s.hits[:0], s.edges[:0], s.symbols[:0], s.units[:0]
	s.head = s.head[:0]
	for range tokens {
		s.head = append(s.head, -1)
	}
	s.choose()
	for i := range s.ids {
		s.identifierEdge(&s.ids[i])
	}
	s.finder.Relations().Each(s.relationEdges)
	for i := range s.stream.Alts {
		s.altEdges(&s.stream.Alts[i])
	}
	if s.program.grams != nil {
		s.regexEdges()
	}
	s.tokenEdges()
}

// choose finds the parts that the text needs.
func (s *Scanner) choose() {
	p := s.program
	for _, h := range s.used {
		h.clear()
	}
	s.used = append(s.used[:0], s.held[common].of(p.parts[common]))
	held := scriptsOf(s.stream.Text.Body)
	for i := range s.stream.Alts {
		held |= scriptsOf(s.stream.Alts[i].Text)
	}
	for held &= p.scripts; held != 0; held &= held - 1 {
		script := bits.TrailingZeros8(uint8(held))
		s.used = append(s.used, s.held[script].of(p.parts[script]))
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
	e.from, e.next = from, s.head[from]
	s.head[from] = int32(len(s.edges))
	s.edges = append(s.edges, e)
	s.symbols = append(s.symbols, e.symbol)
	if e.symbol >= s.program.shared {
		s.held[e.symbol>>partShift].add(e.symbol & partMask)
		return
	}
	for _, held := range s.used {
		held.add(e.symbol)
	}
}

func (s *Scanner) identifierEdge(id *identifier.Identifier) {
	if sym := s.program.types[typeOf(id.Kind)]; sym != 0 {
		s.spanEdge(sym, id.Span, token.Raw)
	}
}

// relationEdges hangs in pairs and ladders of sums. Two that share a token, as
// "100返138，300返420" do after folding, are one after the other all the same.
func (s *Scanner) relationEdges(name string, found []source.Span) {
	if len(found) == 0 {
		return
	}
	relation, _ := typeNamed(name)
	sym, last := s.program.types[relation], 0
	for _, span := range found {
		from, to := s.stream.TokensIn(span)
		if from = max(from, last); from < to {
			s.addEdge(int32(from), edge{symbol: sym, to: int32(to), start: int32(span.Start), end: int32(span.End), view: token.Raw})
		}
		last = max(last, to)
	}
}

// spanEdge hangs in a reading of all tokens that span overlaps.
func (s *Scanner) spanEdge(sym symbol, span source.Span, view token.View) {
	from, to := s.stream.TokensIn(span)
	if from < to {
		s.addEdge(int32(from), edge{symbol: sym, to: int32(to), start: int32(span.Start), end: int32(span.End), view: view})
	}
}

func (s *Scanner) altEdges(alt *token.Alt) {
	s.near = s.near[:0]
	for _, held := range s.used {
		if alt.Whole {
			s.near = held.part.lexicon.vocab.exact(alt.Text, s.near)
		} else {
			s.near = held.part.lexicon.vocab.symbols(alt.Text, s.near)
		}
	}
	start, end := s.stream.Tokens[alt.From].Start, s.stream.Tokens[alt.To-1].End
	if alt.View == token.Raw { // the end of a word, without its particle
		start = end - int32(len(alt.Text))
	}
	for _, sym := range s.near {
		s.addEdge(alt.From, edge{symbol: sym, to: alt.To, start: start, end: end, view: alt.View})
	}
}

// tokenEdges hangs in what the tokens themselves say.
func (s *Scanner) tokenEdges() {
	body, tokens := s.stream.Text.Body, s.stream.Tokens
	for i := range tokens {
		t := &tokens[i]
		word := body[t.Start:t.End]
		near, view := s.near[:0], token.Raw
		for _, held := range s.used {
			near = held.part.lexicon.vocab.symbols(word, near)
		}
		if len(near) == 0 {
			for _, held := range s.used {
				near = held.part.lexicon.vocab.near(word, near)
			}
			view = token.Fold
		}
		for _, sym := range near {
			s.addEdge(int32(i), edge{symbol: sym, to: int32(i) + 1, start: t.Start, end: t.End, view: view})
		}
		s.near = near
	}
}
