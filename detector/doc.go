// Package detector finds scam scripts in messages and says how urgent a human
// look is.
//
//	message ─ Match ─► Matches ─ Merge ─► Matches of a thread ─ Judge ─► Verdict
//
// Match looks at one message and needs no other. Merge joins what was found in
// messages of one thread; it is a union, so that order, batching and a second
// delivery change nothing. Judge reads the matches of a thread in the thread's
// order, once, and decides.
//
// A Detector is compiled once from a rule set, is immutable and safe for
// concurrent use.
package detector
