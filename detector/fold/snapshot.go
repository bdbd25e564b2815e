package fold

import (
	"slices"

	"github.com/hookline/hookline/detector/snapshot"
)

// Snapshot writes the table, for Restore.
func Snapshot(w *snapshot.Writer) {
	t := Table()
	var pages [][256]entry // each once: many blocks of code points share one
	numbers := make([]uint32, len(t.pages))
	known := map[*[256]entry]uint32{}
	for i, page := range t.pages {
		number, ok := known[page]
		if !ok {
			number = uint32(len(pages))
			known[page], pages = number, append(pages, *page)
		}
		numbers[i] = number
	}
	snapshot.Put(w, numbers)
	snapshot.Put(w, pages)
	w.Number(len(t.spellings))
	for _, s := range t.spellings {
		w.Text(s.clean)
		w.Text(s.body)
	}
	composed := make([][3]rune, 0, len(t.composed))
	for from, to := range t.composed {
		composed = append(composed, [3]rune{from[0], from[1], to})
	}
	slices.SortFunc(composed, func(a, b [3]rune) int { return slices.Compare(a[:], b[:]) })
	snapshot.Put(w, composed)
}

// Restore makes the table of what Snapshot of the same build wrote, and keeps
// it, unless there is a table.
func Restore(r *snapshot.Reader) { makeTable.Do(func() { table = restore(r) }) }

func restore(r *snapshot.Reader) *Runes {
	t := &Runes{}
	numbers, pages := snapshot.Get[uint32](r), snapshot.Get[[256]entry](r)
	for i, number := range numbers {
		t.pages[i] = &pages[number]
	}
	t.spellings = make([]spelling, r.Number())
	for i := range t.spellings {
		t.spellings[i] = spelling{r.Text(), r.Text()}
	}
	composed := snapshot.Get[[3]rune](r)
	t.composed = make(map[[2]rune]rune, len(composed))
	for _, c := range composed {
		t.composed[[2]rune{c[0], c[1]}] = c[2]
	}
	return t
}
