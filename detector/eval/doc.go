// Package eval measures a detector on labelled threads: what it catches, what
// it flags wrongly, how early, how well calibrated, per set, language and
// category, with counts and intervals.
//
// A thread counts once, whatever its length. It is an alert at P0 to P3.
//
//   - scam: caught where it is an alert; routed where its queue is scammer or
//     recruiter, or, where a target speaks in the thread too, victim: the
//     person to reach comes before the account to limit.
//   - benign: a false alert where it is an alert at all; accused where its
//     queue is scammer or recruiter.
//   - at_risk: a person held or in danger; caught where the queue is safety,
//     child or crisis, or, of the category victim_side, victim: somebody tells
//     of a loss or asks about it.
//   - scams of a category that Hookline does not look for (other_scam,
//     unknown) are out of scope: reported apart, in no recall.
//
// Intervals are Wilson's at 95 %.
package eval
