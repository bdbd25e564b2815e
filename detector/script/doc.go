// Package script holds what is more than one match: conditions that relate
// matches to each other, composites that set a band or a queue, and the stages
// that a scam goes through.
//
// A condition is evaluated over occurrences, whatever they are of: patterns in
// one message while it is matched, rules in a whole thread while it is judged.
// One evaluator serves both.
package script
