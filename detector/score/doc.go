// Package score turns evidence into a number and a decision: additive
// log-odds, bands, queues and priorities.
//
//	logit_c = bias + Σ evidence of category c + Σ cross-cutting evidence
//	score   = 100 · 1/(1+e^-logit), of the highest category
//
// A family of rules gives its largest match and, if that is weak, one more
// weak match of another rule. Weak matches fade within a thread, by half for
// every 30 days up to the thread's next match; nothing fades by the clock.
//
// Weights are counted in ten-thousandths, so that what is printed re-adds to
// the digit.
package score
