package script

import (
	"cmp"
	"slices"

	"github.com/hookline/hookline/detector/message"
)

// Occurrence is a place where something that a condition names was found.
type Occurrence struct {
	Message int      // ordinal of the message in its thread's order
	Sender  string   // who wrote it
	Clause  [2]int32 // first and last clause it touches
	Units   [2]int32 // its ends, in token units from the message's start
	Sent    message.Time
	Index   int // the caller's name for it
}

// Finding is one way in which a condition holds: where it begins and ends, and
// the occurrences that make it true, by their Index, sorted and unique.
type Finding struct {
	First, Last Occurrence
	Used        []int
}

func found(o Occurrence) Finding { return Finding{First: o, Last: o, Used: []int{o.Index}} }

// join is the finding that needs all of the parts.
func join(parts ...Finding) Finding {
	var all Finding
	for i, p := range parts {
		if i == 0 || compareStart(p.First, all.First) < 0 {
			all.First = p.First
		}
		if i == 0 || compareEnd(p.Last, all.Last) > 0 {
			all.Last = p.Last
		}
		all.Used = append(all.Used, p.Used...)
	}
	slices.Sort(all.Used)
	all.Used = slices.Compact(all.Used)
	return all
}

func compareStart(a, b Occurrence) int {
	if c := cmp.Compare(a.Message, b.Message); c != 0 {
		return c
	}
	return cmp.Compare(a.Units[0], b.Units[0])
}

func compareEnd(a, b Occurrence) int {
	if c := cmp.Compare(a.Message, b.Message); c != 0 {
		return c
	}
	return cmp.Compare(a.Units[1], b.Units[1])
}
