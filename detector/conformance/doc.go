// Package conformance holds what any engine that runs the detector is measured
// by: a generated corpus that every rule occurs in, and the comparison of an
// engine's verdicts with those of one machine.
//
// Two runs agree if the digests of their verdicts are equal. Left out of the
// comparison is what the reader of a run counts (messages, languages, and what
// is told from those alone) and threads about which there is nothing to say:
// engines send what was found, and of the rest there may be a thousand times as
// much.
package conformance
