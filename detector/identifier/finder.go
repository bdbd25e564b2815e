package identifier

import (
	"slices"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/source"
)

// Finder finds the identifiers of one message after the other. It holds scratch
// memory: use one per worker.
type Finder struct {
	region string // ISO 3166 of numbers without a country code; may be empty
	words  *tables

	body, clean []byte
	seen        class
	found       []Identifier
	sums        []sum
	relations   Relations
	wallets     bool // a wallet was found in this message
	taken       bitset
	host        host
	tlds        map[string]bool // memory of publicTLD
}

// NewFinder returns a Finder that reads phone numbers without a country code as
// those of region, an ISO 3166 code such as "SG". With an empty region they are
// read by the script of the message, or stay national.
func NewFinder(region string) *Finder {
	return &Finder{region: region, words: sharedTables(), tlds: map[string]bool{}}
}

// Find appends what t holds to dst, sorted by start (the longer first), and
// returns it. Spans are of t.Body and begin and end on characters. It allocates
// nothing if nothing is found.
func (f *Finder) Find(t *fold.Text, dst []Identifier) []Identifier {
	f.body, f.clean, f.found = t.Body, t.Clean, dst
	f.wallets = false
	f.seen = scan(t.Body)
	f.taken.reset(len(t.Clean))
	f.runs()
	f.seeds()
	f.links()
	f.mentions()
	f.contacts()
	f.numbers()
	found := f.found
	slices.SortFunc(found[len(dst):], order)
	f.relate(t, found[len(dst):])
	f.body, f.clean, f.found = nil, nil, nil
	return found
}

// add reports an identifier and takes its bytes.
func (f *Finder) add(id Identifier) {
	f.found = append(f.found, id)
	f.taken.set(id.Span.Start, id.Span.End)
	f.wallets = f.wallets || id.Kind == Wallet
}

// free says whether no finder has taken a byte of the range yet.
func (f *Finder) free(start, end int) bool { return !f.taken.any(start, end) }

func span(start, end int) source.Span { return source.Span{Start: start, End: end} }

// bitset holds a bit for each byte of a text. Its memory is cleared only when
// something is set.
type bitset struct {
	bits  []uint64
	size  int
	dirty bool
}

func (s *bitset) reset(size int) { s.size, s.dirty = size, false }

func (s *bitset) set(start, end int) {
	if !s.dirty {
		words := (s.size + 63) / 64
		s.bits = slices.Grow(s.bits[:0], words)[:words]
		clear(s.bits)
		s.dirty = true
	}
	for i := start; i < end; i++ {
		s.bits[i/64] |= 1 << (i % 64)
	}
}

func (s *bitset) any(start, end int) bool {
	if !s.dirty {
		return false
	}
	for i := start; i < end; i++ {
		if s.bits[i/64]&(1<<(i%64)) != 0 {
			return true
		}
	}
	return false
}
