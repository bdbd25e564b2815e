package hunt

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/ruletest"
)

// Diff says what changes for the threads of a casebook, the safety queue left
// out, from the rules of one detector to those of another. Only the threads in
// which a rule occurs that is not the same in both are judged: for every other
// the two agree. Where more than rules differs, thresholds, base rates, scripts
// or composites, all are judged; the summary counts what was read. Both
// detectors must read phone numbers in the casebook's region.
func Diff(ctx context.Context, before, after *detector.Detector, b *casebook.Book) (ruletest.Behaviour, Summary, error) {
	d := differ{before: before, after: after}
	var err error
	if changed := ruletest.Changes(before.Set(), after.Set()); changed.Frame {
		err = d.everything(ctx, b)
	} else {
		region := b.Settings().Region
		err = cmp.Or(d.touched(ctx, b, before, changed.Before, region), d.touched(ctx, b, after, changed.After, region))
	}
	d.sum.Threads = d.all.Threads
	for _, moves := range [][]ruletest.Move{d.all.Flagged, d.all.Unflagged, d.all.Moved} {
		slices.SortFunc(moves, func(x, y ruletest.Move) int {
			return cmp.Or(cmp.Compare(x.Source, y.Source), cmp.Compare(x.Thread, y.Thread), cmp.Compare(x.Before, y.Before),
				cmp.Compare(x.After, y.After), cmp.Compare(x.Because, y.Because))
		})
	}
	slices.Sort(d.sum.Unbounded)
	d.sum.Unbounded = slices.Compact(d.sum.Unbounded)
	return d.all, d.sum, err
}

type differ struct {
	before, after *detector.Detector
	seen          sync.Map
	lock          sync.Mutex
	all           ruletest.Behaviour
	sum           Summary
}

// touched compares the threads in which rules of one of the detectors occur.
func (d *differ) touched(ctx context.Context, b *casebook.Book, of *detector.Detector, ids []string, region string) error {
	if len(ids) == 0 {
		return nil
	}
	h, err := New(of, ids, region)
	if err != nil {
		return err
	}
	return b.Indexes(false, func(x casebook.Index) error {
		found, err := h.candidates(x, &d.sum)
		if err != nil {
			return err
		}
		return h.read(ctx, x, found, &d.sum, d.compare)
	})
}

func (d *differ) everything(ctx context.Context, b *casebook.Book) error {
	if err := b.Indexes(false, func(x casebook.Index) error {
		d.sum.Documents += x.Len()
		d.sum.Read += x.Len()
		return nil
	}); err != nil {
		return err
	}
	return b.Threads(false, func(t *casebook.Thread) error {
		d.compare(t)
		return ctx.Err()
	})
}

// compare judges a thread with both, once.
func (d *differ) compare(t *casebook.Thread) {
	if _, twice := d.seen.LoadOrStore(message.Key(t.Key), true); twice {
		return
	}
	one := ruletest.NewDiffer(d.before, d.after)
	for i := range t.Messages {
		one.Add(&t.Messages[i].Message)
	}
	b := one.Behaviour()
	d.lock.Lock()
	defer d.lock.Unlock()
	d.all.Add(b)
}
