package casebook

import (
	"slices"
	"strings"
	"time"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/textindex"
)

// The facts of a chunk are what facets count and what hits are ordered by, apart
// from the rest of it: a search for a common word reads the facts of all its
// hits, and only those of the page in full.
//
//	band · queue · number · language · table of tags · messages: 0 for one that is not
//	scored, 1 for no time, else minutes since the one before · which message has which tag

// Codes of a message in the facts.
const (
	unscored = iota
	timeless
	timed // and more: the minutes since the time before, with their sign
)

// minuteLayout is as much of a time as facts keep.
const minuteLayout = "2006-01-02T15:04"

// minute is a time in minutes since 1970, whatever its zone; ok is false where
// the facts cannot give back its beginning.
func minute(sent string) (n int64, ok bool) {
	if len(sent) < len(minuteLayout) {
		return 0, false
	}
	t, err := time.Parse(minuteLayout, sent[:len(minuteLayout)])
	return t.Unix() / secondsPerMinute, err == nil
}

const secondsPerMinute = 60

// facts encodes the facts of a chunk; nil where it has something they cannot
// say: then it is read in full.
func (c *chunk) facts() []byte {
	var e factsEncoder
	e.number(uint64(c.band))
	e.number(uint64(c.queue))
	e.number(uint64(c.number))
	e.text(c.language)
	var tags []string
	for i := range c.messages {
		for _, tag := range c.messages[i].Tags {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
	}
	e.number(uint64(len(tags)))
	for _, tag := range tags {
		e.text(tag)
	}
	e.number(uint64(len(c.messages)))
	last := int64(0)
	for i := range c.messages {
		m := &c.messages[i]
		switch {
		case !m.Scored():
			e.number(unscored)
		case m.sent == "":
			e.number(timeless)
		default:
			at, ok := minute(m.sent)
			if !ok {
				return nil
			}
			since := at - last
			e.number(timed + uint64(since<<1^since>>63))
			last = at
		}
	}
	for i := range c.messages {
		for _, tag := range c.messages[i].Tags {
			e.number(uint64(i))
			e.number(uint64(slices.Index(tags, tag)))
		}
	}
	return e.out
}

// factsEncoder writes numbers six bits a byte, the least first: the byte that
// facts may not hold does not occur.
type factsEncoder struct{ out []byte }

const (
	sixBits  = 1<<6 - 1
	moreBits = 1 << 6
)

func (e *factsEncoder) number(n uint64) {
	for ; n > sixBits; n >>= 6 {
		e.out = append(e.out, byte(n&sixBits)|moreBits)
	}
	e.out = append(e.out, byte(n))
}

func (e *factsEncoder) text(s string) {
	e.number(uint64(len(s)))
	e.out = append(e.out, s...)
}

// factsDecoder reads facts.
type factsDecoder struct {
	in  string
	bad bool
}

func (d *factsDecoder) number() (n uint64) {
	for i := 0; i < len(d.in) && i <= 64/6; i++ {
		n |= uint64(d.in[i]&sixBits) << (6 * i)
		if d.in[i]&moreBits == 0 {
			d.in = d.in[i+1:]
			return n
		}
	}
	d.bad, d.in = true, ""
	return 0
}

// count reads how many things follow, each of at least one byte.
func (d *factsDecoder) count() int {
	n := d.number()
	if n > uint64(len(d.in)) {
		d.bad, d.in = true, ""
		return 0
	}
	return int(n)
}

func (d *factsDecoder) text() string {
	n := d.count()
	s := d.in[:n]
	d.in = d.in[n:]
	return s
}

// decodeFacts reads facts into a chunk, whose memory it uses again. Of its
// messages only those named have a time, to the minute, and tags.
func (c *chunk) decodeFacts(stored []byte, parts uint64) error {
	d := factsDecoder{in: string(stored)}
	c.band, c.queue, c.number, c.language = rule.Band(d.number()), rule.Queue(d.number()), int(d.number()), d.text()
	tags := make([]string, d.count())
	for i := range tags {
		tags[i] = d.text()
	}
	n, at := d.count(), int64(0)
	c.messages = slices.Grow(c.messages[:0], n)[:n]
	for i := range c.messages {
		m, code := &c.messages[i], d.number()
		*m = Message{Tags: m.Tags[:0]}
		m.System = code == unscored
		if code < timed {
			continue
		}
		since := code - timed
		at += int64(since>>1) ^ -int64(since&1)
		if parts>>i&1 != 0 {
			m.sent = time.Unix(at*secondsPerMinute, 0).UTC().Format(minuteLayout)
		}
	}
	for len(d.in) > 0 {
		i, tag := d.number(), d.number()
		if d.bad || i >= uint64(n) || tag >= uint64(len(tags)) {
			return errBroken
		}
		c.messages[i].Tags = append(c.messages[i].Tags, tags[tag])
	}
	if d.bad || n > textindex.MaxParts {
		return errBroken
	}
	return nil
}

// skimmable says whether facts tell all that a query asks for.
func skimmable(clauses []clause) bool {
	for i := range clauses {
		switch clauses[i].field {
		case textField, bandField, queueField, languageField, dayField, afterField, beforeField, tagField:
		default:
			return false
		}
	}
	return true
}

// skim counts candidates by their facts and reads those in full that can be on
// the page.
func skim(view *textindex.View, all []textindex.Posting, clauses []clause, want int, facets []string) (*tally, error) {
	sum, err := shared(all, tally{want: want, facets: facets, order: roughly}, func(t *tally, share []textindex.Posting) error {
		return t.skim(view, share, clauses)
	})
	if err != nil {
		return nil, err
	}
	var near []textindex.Posting
	for _, f := range sum.hits {
		near = append(near, textindex.Posting{Doc: f.doc, Parts: 1 << (f.part % chunkMessages)})
	}
	page, err := readCandidates(view, textindex.Collect(near), clauses, want, nil)
	if err != nil {
		return nil, err
	}
	sum.hits, sum.order = page.hits, before
	return sum, nil
}

// roughly is the order of hits as far as facts tell it.
func roughly(a, b found) int {
	if a.band != b.band {
		return int(b.band) - int(a.band)
	}
	return strings.Compare(b.sent[:min(len(b.sent), len(minuteLayout))], a.sent[:min(len(a.sent), len(minuteLayout))])
}

func (t *tally) skim(view *textindex.View, share []textindex.Posting, clauses []clause) error {
	facts, err := view.Facts()
	if err != nil {
		return err
	}
	var c chunk
	fields := fieldsOf(clauses)
	for i, p := range share {
		value, err := facts.Of(p.Doc)
		if err == nil && len(value) == 0 {
			err = t.read(view, share[i:i+1], clauses)
		} else if err == nil {
			if err = c.decodeFacts(value, p.Parts); err == nil {
				t.lookAt(&c, p, fields, view)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
