// Hookline-beam is hookline scan as an Apache Beam pipeline: files of contract
// JSONL of any size, on a runner of Beam's.
//
//	files ─ cut into byte ranges ─► match, merge by thread ─► group by thread ─► merge, judge ─► verdicts
//	                                     └► messages without a thread: judge ────────────────────┘
//
// What was found in a thread is a set that merges in any order, so a runner may
// repeat and reorder work as it likes: the verdicts are those of one machine.
package main
