package detector

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/identifier"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/speech"
	"github.com/hookline/hookline/detector/token"
)

// Bounds of a thread's state, so that no sender can make it grow.
const (
	keepFirst    = 8 // matches of one pattern by one sender, from either end
	keepLast     = 8
	maxQuote     = 160 // bytes of quoted text in a match
	maxExcerpt   = 480 // bytes of a matched message kept for language and resemblance
	senderSketch = 3   // senders told apart; more are "many"
)

// Matches is what was found in some messages of one thread: a join-semilattice
// under Merge. The zero Matches is that of no message.
type Matches struct {
	Thread  string // id of the thread
	Source  string // where its first message was read
	first   message.Order
	basis   message.Basis
	senders []string // the least few names, sorted
	sites   []site   // messages with matches or identifiers, by key
	found   []found  // by rule, slot, sender, then order and span
	ids     []identified
}

// site is a message as far as its matches need it.
type site struct {
	key     message.Key
	order   message.Order
	sender  string
	role    message.Role
	excerpt string
}

// found is one match. It names its site by key, so that two states merge
// without renumbering.
type found struct {
	rule, slot int32
	site       message.Key
	sender     string
	order      message.Order // without the position, in which two deliveries may differ
	act        speech.Act
	void       bool
	view       token.View
	lang       uint8
	span       source.Span // bytes of the message as exported
	units      [2]int32
	clause     [2]int32
	text       string
}

// identified is an identifier and where it stands.
type identified struct {
	Identifier
	site  message.Key
	order message.Order // without the position
	kind  identifier.Kind
}

// Empty says whether nothing was found.
func (m *Matches) Empty() bool { return len(m.found) == 0 }

// Merge adds what was found in other messages of the same thread. It is
// commutative, associative and idempotent.
func (m *Matches) Merge(other Matches) {
	if m.basis == 0 {
		*m = other
		return
	}
	if other.basis == 0 {
		return
	}
	if c := compareFirst(&other, m); c < 0 {
		m.first, m.Source = other.first, other.Source
	}
	m.basis = m.basis.Merge(other.basis)
	m.senders = union(m.senders, other.senders, strings.Compare)
	m.senders = m.senders[:min(len(m.senders), senderSketch)]
	if len(other.sites) == 0 {
		return
	}
	m.sites = mergeSites(m.sites, other.sites)
	m.found = trim(union(m.found, other.found, compareFound), sameSeries)
	m.ids = trim(union(m.ids, other.ids, compareIdentified), sameKind)
	m.dropSites()
}

func compareFirst(a, b *Matches) int {
	if c := a.first.Compare(b.first); c != 0 {
		return c
	}
	return strings.Compare(a.Source, b.Source)
}

// union merges two sorted lists without repeats.
func union[T any](a, b []T, compare func(a, b T) int) []T {
	if len(a)+len(b) == 0 {
		return nil
	}
	merged := make([]T, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch c := compare(a[0], b[0]); {
		case c < 0:
			merged, a = append(merged, a[0]), a[1:]
		case c > 0:
			merged, b = append(merged, b[0]), b[1:]
		default:
			merged, a, b = append(merged, a[0]), a[1:], b[1:]
		}
	}
	return append(append(merged, a...), b...)
}

// trim keeps the first and the last few of each series of a sorted list.
func trim[T any](list []T, same func(a, b *T) bool) []T {
	kept := list[:0]
	for start := 0; start < len(list); {
		end := start + 1
		for end < len(list) && same(&list[start], &list[end]) {
			end++
		}
		if end-start > keepFirst+keepLast {
			kept = append(kept, list[start:start+keepFirst]...)
			kept = append(kept, list[end-keepLast:end]...)
		} else {
			kept = append(kept, list[start:end]...)
		}
		start = end
	}
	return kept
}

func mergeSites(a, b []site) []site {
	merged := make([]site, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch c := slices.Compare(a[0].key[:], b[0].key[:]); {
		case c < 0:
			merged, a = append(merged, a[0]), a[1:]
		case c > 0:
			merged, b = append(merged, b[0]), b[1:]
		default:
			merged, a, b = append(merged, leastSite(a[0], b[0])), a[1:], b[1:]
		}
	}
	return append(append(merged, a...), b...)
}

// leastSite joins two deliveries of one message: its place is the earlier one,
// the rest that of the lesser text.
func leastSite(a, b site) site {
	least := a
	if cmp.Or(strings.Compare(b.excerpt, a.excerpt), strings.Compare(b.sender, a.sender), cmp.Compare(b.role, a.role)) < 0 {
		least = b
	}
	least.order = a.order
	if b.order.Compare(a.order) < 0 {
		least.order = b.order
	}
	return least
}

// dropSites forgets messages of which nothing is kept.
func (m *Matches) dropSites() {
	used := make(map[message.Key]bool, len(m.sites))
	for i := range m.found {
		used[m.found[i].site] = true
	}
	for i := range m.ids {
		used[m.ids[i].site] = true
	}
	m.sites = slices.DeleteFunc(m.sites, func(s site) bool { return !used[s.key] })
}

func (m *Matches) site(key message.Key) *site {
	return &m.sites[m.siteIndex(key)]
}

func (m *Matches) siteIndex(key message.Key) int {
	i, _ := slices.BinarySearchFunc(m.sites, key, func(s site, key message.Key) int { return slices.Compare(s.key[:], key[:]) })
	return i
}

func compareFound(a, b found) int {
	if c := cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(a.slot, b.slot), strings.Compare(a.sender, b.sender)); c != 0 {
		return c
	}
	if c := a.order.Compare(b.order); c != 0 {
		return c
	}
	return cmp.Or(slices.Compare(a.site[:], b.site[:]), cmp.Compare(a.span.Start, b.span.Start),
		cmp.Compare(a.span.End, b.span.End), cmp.Compare(a.view, b.view), strings.Compare(string(a.act), string(b.act)),
		cmp.Compare(a.lang, b.lang), cmp.Compare(a.units[0], b.units[0]))
}

func sameSeries(a, b *found) bool { return a.slot == b.slot && a.sender == b.sender }

func compareIdentified(a, b identified) int {
	if c := cmp.Compare(a.kind, b.kind); c != 0 {
		return c
	}
	if c := a.order.Compare(b.order); c != 0 {
		return c
	}
	return cmp.Or(slices.Compare(a.site[:], b.site[:]), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End),
		strings.Compare(a.Type, b.Type))
}

func sameKind(a, b *identified) bool { return a.kind == b.kind }
