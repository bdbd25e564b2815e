package detector

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/identifier"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/speech"
	"github.com/hookline/hookline/detector/token"
)

// Matches are stored and sent between machines as the bytes that AppendMatches
// writes: equal states give equal bytes. They name rules by number, and so
// hold for the rule set that made them and no other; its fingerprint is in
// them.

// stateVersion is raised when the encoding changes.
const stateVersion = 1

// ErrState is returned for bytes that are no state of this rule set.
var ErrState = errors.New("not the matches of this rule set")

// Said says whether anything was found, of which identifiers are a part.
func (m *Matches) Said() bool { return len(m.sites) > 0 }

// Frame is the state without what was found: what a message in which nothing
// was found knows of its thread. It shares no memory with m.
func (m *Matches) Frame() Matches {
	f := Matches{Thread: strings.Clone(m.Thread), Source: strings.Clone(m.Source), first: m.first, basis: m.basis}
	f.first.ID = strings.Clone(m.first.ID)
	for _, sender := range m.senders {
		f.senders = append(f.senders, strings.Clone(sender))
	}
	return f
}

// Absorbs says whether merging other, in which nothing was found, would change
// nothing.
func (m *Matches) Absorbs(other *Matches) bool {
	if m.basis == 0 || other.Said() || m.basis.Merge(other.basis) != m.basis || compareFirst(other, m) < 0 {
		return false
	}
	for _, sender := range other.senders {
		if !slices.Contains(m.senders, sender) && (len(m.senders) < senderSketch || sender < m.senders[senderSketch-1]) {
			return false
		}
	}
	return true
}

// fingerprint tells rule sets apart in encodings.
func fingerprint(set *rule.Set) [4]byte {
	h := fnv.New32a()
	_, _ = h.Write([]byte(set.Hash))
	return [4]byte(h.Sum(nil))
}

// AppendMatches appends the encoding of matches that this detector found.
func (d *Detector) AppendMatches(dst []byte, m *Matches) []byte {
	dst = append(dst, stateVersion)
	dst = append(dst, d.mark[:]...)
	dst = appendString(dst, m.Thread)
	dst = appendString(dst, m.Source)
	dst = append(dst, byte(m.basis))
	dst = m.first.AppendBinary(dst)
	dst = appendCount(dst, len(m.senders))
	for _, s := range m.senders {
		dst = appendString(dst, s)
	}
	dst = appendCount(dst, len(m.sites))
	for i := range m.sites {
		s := &m.sites[i]
		dst = append(dst, s.key[:]...)
		dst = s.order.AppendBinary(dst)
		dst = appendString(dst, s.sender)
		dst = append(dst, byte(s.role))
		dst = appendString(dst, s.excerpt)
	}
	dst = appendCount(dst, len(m.found))
	for i := range m.found {
		dst = m.appendFound(dst, &m.found[i])
	}
	dst = appendCount(dst, len(m.ids))
	for i := range m.ids {
		dst = m.appendIdentified(dst, &m.ids[i])
	}
	return dst
}

// Flags of a match: what it does not share with its site, and what it is.
const (
	ownSender = 1 << iota
	ownOrder
	isVoid
	isValid
	ownMessage
)

func (m *Matches) appendFound(dst []byte, f *found) []byte {
	i := m.siteIndex(f.site)
	s := &m.sites[i]
	flags := ownOrderFlag(s, f.order)
	if f.sender != s.sender {
		flags |= ownSender
	}
	if f.void {
		flags |= isVoid
	}
	dst = append(appendCount(dst, i), flags, byte(f.view), f.lang)
	if flags&ownSender != 0 {
		dst = appendString(dst, f.sender)
	}
	if flags&ownOrder != 0 {
		dst = f.order.AppendBinary(dst)
	}
	dst = appendCount(dst, int(f.slot))
	dst = appendString(dst, string(f.act))
	for _, n := range [...]int{f.span.Start, f.span.End, int(f.units[0]), int(f.units[1]), int(f.clause[0]), int(f.clause[1])} {
		dst = appendCount(dst, n)
	}
	return appendString(dst, f.text)
}

func (m *Matches) appendIdentified(dst []byte, id *identified) []byte {
	i := m.siteIndex(id.site)
	s := &m.sites[i]
	flags := ownOrderFlag(s, id.order)
	if id.Valid {
		flags |= isValid
	}
	if id.Message != s.order.ID {
		flags |= ownMessage
	}
	dst = append(appendCount(dst, i), flags, byte(id.kind))
	if flags&ownOrder != 0 {
		dst = id.order.AppendBinary(dst)
	}
	if flags&ownMessage != 0 {
		dst = appendString(dst, id.Message)
	}
	dst = appendString(dst, id.Type)
	dst = appendString(dst, id.Value)
	return appendCount(appendCount(dst, id.Start), id.End)
}

func ownOrderFlag(s *site, o message.Order) byte {
	if o == placeless(s.order) {
		return 0
	}
	return ownOrder
}

// placeless is an order without the position, in which two deliveries may
// differ.
func placeless(o message.Order) message.Order {
	o.Position = 0
	return o
}

func appendCount(dst []byte, n int) []byte { return binary.AppendUvarint(dst, uint64(n)) }

func appendString(dst []byte, s string) []byte { return append(appendCount(dst, len(s)), s...) }

// DecodeMatches reads what AppendMatches wrote. Bytes that are no state of the
// detector's rule set give ErrState.
func (d *Detector) DecodeMatches(data []byte) (Matches, error) {
	if len(data) < 1+len(d.mark) || data[0] != stateVersion || [4]byte(data[1:]) != d.mark {
		return Matches{}, ErrState
	}
	r := stateReader{detector: d, data: data[1+len(d.mark):]}
	m := &r.matches
	m.Thread, m.Source = r.string(), r.string()
	m.basis = message.Basis(r.byte())
	m.first = r.order()
	m.senders = readList(&r, r.string)
	m.sites = readList(&r, r.site)
	m.found = readList(&r, r.found)
	m.ids = readList(&r, r.identified)
	sorted := slices.IsSortedFunc(m.sites, func(a, b site) int { return slices.Compare(a.key[:], b.key[:]) }) &&
		slices.IsSorted(m.senders) && slices.IsSortedFunc(m.found, compareFound) && slices.IsSortedFunc(m.ids, compareIdentified)
	if r.bad || len(r.data) > 0 || !sorted || m.basis == 0 && len(m.sites) > 0 || len(m.sites) > 0 && len(m.found)+len(m.ids) == 0 {
		return Matches{}, ErrState
	}
	return r.matches, nil
}

// stateReader reads an encoding; after a fault it reads nothing.
type stateReader struct {
	detector *Detector
	matches  Matches
	data     []byte
	bad      bool
}

func (r *stateReader) fail() { r.bad, r.data = true, nil }

func (r *stateReader) take(n uint64) []byte {
	if n > uint64(len(r.data)) {
		r.fail()
		return nil
	}
	taken := r.data[:n]
	r.data = r.data[n:]
	return taken
}

func (r *stateReader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

// count reads a number that fits an int32, as all that a state counts do.
func (r *stateReader) count() int {
	v, n := binary.Uvarint(r.data)
	if n <= 0 || v > 1<<31-1 {
		r.fail()
		return 0
	}
	r.data = r.data[n:]
	return int(v)
}

func (r *stateReader) string() string { return string(r.take(uint64(r.count()))) }

func (r *stateReader) order() message.Order {
	o, rest, err := message.DecodeOrder(r.data)
	if err != nil {
		r.fail()
		return o
	}
	r.data = rest
	return o
}

func readList[T any](r *stateReader, each func() T) []T {
	n := r.count()
	if n > len(r.data) {
		r.fail()
	}
	if n == 0 || r.bad {
		return nil
	}
	list := make([]T, 0, min(n, 1024))
	for range n {
		if list = append(list, each()); r.bad {
			return nil
		}
	}
	return list
}

func (r *stateReader) site() (s site) {
	copy(s.key[:], r.take(uint64(len(s.key))))
	s.order = r.order()
	s.sender = r.string()
	s.role = message.Role(r.byte())
	s.excerpt = r.string()
	if s.role > message.Reporter {
		r.fail()
	}
	return s
}

// at reads which site what follows is of.
func (r *stateReader) at() *site {
	if i := r.count(); i < len(r.matches.sites) {
		return &r.matches.sites[i]
	}
	r.fail()
	return new(site)
}

func (r *stateReader) found() (f found) {
	s := r.at()
	flags := r.byte()
	f.site, f.sender, f.order, f.void = s.key, s.sender, placeless(s.order), flags&isVoid != 0
	f.view, f.lang = token.View(r.byte()), r.byte()
	if flags&ownSender != 0 {
		f.sender = r.string()
	}
	if flags&ownOrder != 0 {
		f.order = r.order()
	}
	slots := r.detector.program.Slots()
	slot := r.count()
	if slot >= len(slots) {
		r.fail()
		return f
	}
	f.slot, f.rule = int32(slot), int32(slots[slot].Rule)
	f.act = speech.Act(r.string())
	f.span.Start, f.span.End = r.count(), r.count()
	f.units = [2]int32{int32(r.count()), int32(r.count())}
	f.clause = [2]int32{int32(r.count()), int32(r.count())}
	f.text = r.string()
	return f
}

func (r *stateReader) identified() (id identified) {
	s := r.at()
	flags := r.byte()
	id.site, id.order, id.Message, id.Valid = s.key, placeless(s.order), s.order.ID, flags&isValid != 0
	id.kind = identifier.Kind(r.byte())
	if flags&ownOrder != 0 {
		id.order = r.order()
	}
	if flags&ownMessage != 0 {
		id.Message = r.string()
	}
	id.Type, id.Value = r.string(), r.string()
	id.Start, id.End = r.count(), r.count()
	return id
}
