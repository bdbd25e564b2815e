package identifier

import (
	"bytes"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/source"
)

// Relations are the places of a text where sums stand to each other as an
// offer writes them, in whatever language: the words between them do not count.
type Relations struct {
	Gains  []source.Span // two sums, the second larger: "500 => 5,000", "100返138"
	Yields []source.Span // two sums, the second a small part of the first: "1500 for the plan, 250 a day"
	Tiers  []source.Span // two yields as the steps of a ladder: "200k pays 26k, 800k pays 110k"
}

// Each visits the relations by the names that patterns have for them.
func (r Relations) Each(visit func(name string, places []source.Span)) {
	visit("gain", r.Gains)
	visit("yield", r.Yields)
	visit("tiers", r.Tiers)
}

// sum is an amount with a currency, or a bare number that may be one.
type sum struct {
	source.Span
	value    float64
	currency string
}

// The bounds of what is a sum and of how two of them may differ.
const (
	leastSum   = 20
	mostSum    = 1e9
	mostBare   = 1e7  // more digits are a phone or an account
	leastGain  = 1.15 // less is a fee, a rate of exchange
	mostGain   = 100
	pairGap    = 36  // characters between the sums of a pair
	tierGap    = 160 // bytes between two steps
	leastYield = 0.004
	mostYield  = 0.6
	alikeYield = 2.5 // steps of one ladder pay much the same for each unit
)

// Relations returns how the sums of the text that Find read last stand to each
// other. It is valid until the next Find.
func (f *Finder) Relations() Relations { return f.relations }

// relate fills relations from the numbers of the text and the identifiers in
// it, which are sorted.
func (f *Finder) relate(t *fold.Text, ids []Identifier) {
	r := &f.relations
	r.Gains, r.Yields, r.Tiers = r.Gains[:0], r.Yields[:0], r.Tiers[:0]
	if f.seen&(digit|han) == 0 {
		return
	}
	f.readSums(t, ids)
	for i, steps := 0, 0; i+1 < len(f.sums); i++ {
		if i+3 < len(f.sums) && f.ladder(f.sums[i:i+4]) {
			r.Tiers = append(r.Tiers, span(f.sums[i].Start, f.sums[i+3].End))
			steps = i + 4
		}
		a, b := f.sums[i], f.sums[i+1]
		switch pair := span(a.Start, b.End); {
		case i >= steps && f.grows(a, b):
			r.Gains = append(r.Gains, pair)
			i++
		case f.yields(a, b):
			r.Yields = append(r.Yields, pair)
			i++
		}
	}
}

// readSums lists the sums of the text in their order.
func (f *Finder) readSums(t *fold.Text, ids []Identifier) {
	b := f.body
	f.sums = f.sums[:0]
	for i := 0; i < len(b); {
		for len(ids) > 0 && ids[0].Span.Start < i {
			ids = ids[1:]
		}
		switch {
		case len(ids) > 0 && ids[0].Span.Start == i:
			if id := &ids[0]; id.Kind == Money && id.Amount <= mostSum {
				f.sums = append(f.sums, sum{id.Span, id.Amount, id.Currency})
			}
			i = max(i+1, ids[0].Span.End)
		case isDigit(b[i]):
			s, end := f.bareSum(t, i)
			if s.value > 0 {
				f.sums = append(f.sums, s)
			}
			i = end
		default:
			i++
		}
	}
}

// bareSum reads the number at b[i] and returns where it ends. Its value is 0
// where it can be no sum: a date, a year, a code, a rank, a number with a unit.
func (f *Finder) bareSum(t *fold.Text, i int) (s sum, end int) {
	b := f.body
	q, ok := f.quantity(i, false)
	end = max(denseEnd(b, i), tokenEnd(b, i), q.end)
	if comma := i + bytes.IndexByte(b[i:end], ','); comma > i && wide(t, comma) {
		q.high, _ = strconv.ParseFloat(string(b[i:comma]), 64) // a wide comma sets two numbers apart
		q.unit, q.end, end, ok = "", comma, comma, true
	}
	before, _ := utf8.DecodeLastRune(b[:i])
	switch {
	case !ok || q.unit != "" || q.high < leastSum || q.high > mostSum || !q.scaled && q.high > mostBare:
	case q.end < end && byteAt(b, q.end) != '.' && byteAt(b, q.end) != ',':
	case i > 0 && (isAlnum(b[i-1]) || bytes.IndexByte([]byte("_#@/+-"), b[i-1]) >= 0 || b[i-1] == ':' && isDigit(byteAt(b, i-2))):
	case !q.scaled && q.end-i == 4 && q.high > 1990 && q.high < 2050 && q.high != 2000: // a year
	case before == '第':
	default:
		s = sum{span(i, q.end), q.high, q.currency}
	}
	return s, end
}

// wide says whether the mark at Body[i] was longer before it was folded.
func wide(t *fold.Text, i int) bool {
	raw := t.RawSpan(span(i, i+1))
	return raw.End-raw.Start > 1
}

// grows says whether two sums are one that becomes a larger one.
func (f *Finder) grows(low, high sum) bool {
	return high.value >= low.value*leastGain && high.value <= low.value*mostGain &&
		sameCurrency(low, high) && f.joined(low.End, high.Start, pairGap)
}

// joined says whether an arrow or words lead from one place to the other, in
// one line and sentence. Numbers that only a comma sets apart are a list.
func (f *Finder) joined(from, to, most int) bool {
	if from >= to {
		return false
	}
	between, said := f.body[from:to], false
	for n := 0; len(between) > 0; n++ {
		r, size := utf8.DecodeRune(between)
		rest := between[size:]
		if n == most || r == '\n' || isStop(r) && (len(rest) == 0 || rest[0] == ' ') {
			return false
		}
		said = said || r == '=' || r == '>' || unicode.IsLetter(r) || unicode.Is(unicode.So, r) || unicode.Is(unicode.Sm, r)
		between = rest
	}
	return said
}

func isStop(r rune) bool {
	return r == '.' || r == '!' || r == '?' || r == '。' || r == '।' || r == ';'
}

func sameCurrency(a, b sum) bool {
	return a.currency == b.currency || a.currency == "" || b.currency == ""
}

// yields says whether the second sum may be what the first pays by the day.
func (f *Finder) yields(a, b sum) bool {
	return b.value >= a.value*leastYield && b.value <= a.value*mostYield &&
		sameCurrency(a, b) && f.joined(a.End, b.Start, pairGap)
}

// ladder says whether four sums are two yields: more put in, more paid out.
func (f *Finder) ladder(s []sum) bool {
	if !f.yields(s[0], s[1]) || !f.yields(s[2], s[3]) || !sameCurrency(s[1], s[2]) {
		return false
	}
	first, second := s[1].value/s[0].value, s[3].value/s[2].value
	return s[2].value >= s[0].value*leastGain && s[3].value >= s[1].value*leastGain &&
		s[2].Start-s[1].End <= tierGap && max(first, second) <= min(first, second)*alikeYield
}
