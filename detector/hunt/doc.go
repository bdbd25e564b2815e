// Package hunt runs rules backwards over a casebook: which kept threads would
// they have been evidence in?
//
//	rule ─► need (words, marks; all of, any of) ─► parts of documents that can match
//	     ─► the rules alone, matched on their text ─► threads with a match
//	     ─► the rules alone on whole threads ─► threads with all that a condition needs
//	     ─► the whole detector on those ─► evidence
//
// A need is a necessary condition: what the index does not name cannot match.
// The index holds every reading of a text that the matcher considers (split
// letters joined, look-alikes undone) and a mark for each kind of identifier,
// so that this is true of hidden words, too. The last step is what a scan does,
// so hunting and scanning never disagree.
//
// A rule whose need says nothing (it asks only for a phone number, or for what
// is absent) reads everything there is; the Summary says how much was read.
package hunt
