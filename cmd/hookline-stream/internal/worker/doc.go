// Package worker is the loop of one worker: it takes payloads from a source,
// matches their messages, writes what was found, and only then acknowledges.
//
//	source ─ decode, match (all processors) ─► sink: one transaction ─► acknowledge
//	                                            └► verdicts that changed ─► publisher
//
// It is crash-only: what it cannot do it reports and ends, and whatever started
// it starts it again. Nothing is lost by that, for nothing was acknowledged.
package worker
