package identifier

import (
	"crypto/sha256"
	_ "embed"
	"strings"
	"sync"

	"github.com/hookline/hookline/detector/source"
)

const (
	keyType  = "secret.key"
	seedType = "secret.seed"
)

// bip39 is the English word list of BIP-39: 2,048 sorted words of three to
// eight letters.
//
//go:embed bip39.txt
var bip39 string

// seedList is the word list with a quick test before it.
type seedList struct {
	numbers map[string]uint16
	starts  [26*26*26/64 + 1]uint64 // first three letters of the words
}

var sharedSeeds = sync.OnceValue(func() *seedList {
	l := &seedList{numbers: make(map[string]uint16, 2048)}
	for word := range strings.FieldsSeq(bip39) {
		l.numbers[word] = uint16(len(l.numbers))
		k := start3(word[0], word[1], word[2])
		l.starts[k/64] |= 1 << (k % 64)
	}
	return l
})

func start3(a, b, c byte) uint { return (uint(a-'a')*26+uint(b-'a'))*26 + uint(c-'a') }

// number returns the number of a word on the list.
func (l *seedList) number(word []byte) (uint16, bool) {
	if len(word) < 3 || len(word) > 8 {
		return 0, false
	}
	k := start3(word[0], word[1], word[2])
	if k/64 >= uint(len(l.starts)) || l.starts[k/64]&(1<<(k%64)) == 0 {
		return 0, false
	}
	n, ok := l.numbers[string(word)]
	return n, ok
}

const (
	seedMin   = 12                      // words of the shortest phrase
	seedMax   = 24                      // words of the longest
	seedBytes = 3*seedMin + seedMin - 1 // its least length: three letters and a blank each
	seedGap   = 6                       // bytes between two words: ", ", "\n12. "
	seedRoom  = 2 * seedMax             // words of a run that are remembered for the checksum
)

// secret reports that something secret stands at s, never what it is.
func (f *Finder) secret(kind string, s source.Span, valid bool) {
	value := "[private key removed]"
	if kind == seedType {
		value = "[seed phrase removed]"
	}
	f.add(Identifier{Kind: Secret, Type: kind, Value: value, Span: s, Valid: valid})
}

// seeds finds seed phrases: runs of at least twelve words that are all on the
// list. Such a run covers a probe every 47 bytes, so only words at probes are
// looked up in ordinary text.
func (f *Finder) seeds() {
	b := f.body
	for p, done := seedBytes-1, 0; p < len(b); p += seedBytes {
		if p < done {
			continue
		}
		start, _, ok := f.wordBefore(p + 1)
		if !ok || start < done {
			continue
		}
		done = f.seed(start)
	}
}

// seed follows the run of listed words around the word at start both ways,
// reports it if it is long enough, and returns where it ends.
func (f *Finder) seed(start int) int {
	for range seedMax {
		from, _, ok := f.wordBefore(start)
		if !ok {
			break
		}
		start = from
	}
	var numbers [seedRoom]uint16
	end, count := f.wordEnd(start), 1
	numbers[0], _ = f.words.seeds.number(f.body[start:end])
	for {
		from, to, ok := f.wordAfter(end)
		if !ok {
			break
		}
		if count < seedRoom {
			numbers[count], _ = f.words.seeds.number(f.body[from:to])
		}
		end = to
		count++
	}
	if count >= seedMin {
		f.secret(seedType, span(start, end), holdsPhrase(numbers[:min(count, seedRoom)]))
	}
	return end
}

func (f *Finder) wordEnd(i int) int {
	for i < len(f.body) && isLetter(f.body[i]) {
		i++
	}
	return i
}

// wordBefore returns the listed word that ends at most seedGap bytes before
// end, or lies across end.
func (f *Finder) wordBefore(end int) (from, to int, ok bool) {
	b := f.body
	to = min(end, len(b))
	for limit := max(0, to-seedGap); to > limit && between(b[to-1]); to-- {
	}
	if to == 0 || !isLetter(b[to-1]) {
		return 0, 0, false
	}
	for to < len(b) && to < end+8 && isLetter(b[to]) {
		to++
	}
	for from = to; from > 0 && to-from <= 8 && isLetter(b[from-1]); from-- {
	}
	return from, to, f.listed(from, to)
}

// wordAfter returns the listed word that begins at most seedGap bytes after
// start.
func (f *Finder) wordAfter(start int) (from, to int, ok bool) {
	b := f.body
	from = start
	for limit := min(len(b), from+seedGap); from < limit && between(b[from]); from++ {
	}
	if from == start || from == len(b) || !isLetter(b[from]) {
		return 0, 0, false
	}
	for to = from; to < len(b) && to-from <= 8 && isLetter(b[to]); to++ {
	}
	return from, to, f.listed(from, to)
}

// between: what stands between the words of a phrase, numbering included.
func between(c byte) bool {
	return c <= ' ' || isDigit(c) || c == '.' || c == ',' || c == ')' || c == ':' || c == '-'
}

func (f *Finder) listed(from, to int) bool {
	_, ok := f.words.seeds.number(f.body[from:to])
	return ok
}

// holdsPhrase says whether some stretch of the words is a phrase with a right
// checksum: 12, 15, 18, 21 or 24 words of 11 bits, of which every 33rd bit is
// checksum.
func holdsPhrase(numbers []uint16) bool {
	for length := seedMax; length >= seedMin; length -= 3 {
		for from := 0; from+length <= len(numbers); from++ {
			if phrase(numbers[from : from+length]) {
				return true
			}
		}
	}
	return false
}

func phrase(numbers []uint16) bool {
	var bits [seedMax * 11 / 8]byte
	for i, n := range numbers {
		for k := range 11 {
			if n>>(10-k)&1 == 1 {
				at := i*11 + k
				bits[at/8] |= 0x80 >> (at % 8)
			}
		}
	}
	entropy, check := len(numbers)/3*4, len(numbers)/3 // bytes, bits
	sum := sha256.Sum256(bits[:entropy])
	shift := 8 - check
	return bits[entropy]>>shift == sum[0]>>shift
}
