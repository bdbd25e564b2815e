// Package match compiles a whole rule set into one automaton and finds every
// pattern of it in one pass over the tokens of a message.
//
//	tokens:    earn   easily   50 USDT   per   task
//	edges:     earn ─► ·   easily ─► ·   50 ─► ·  50 USDT ─────► ·  per ─► ·
//	                                     (money)
//	trie:      root ─earn─► n1 ─gap 8─► n2 ─<money>─► n3 ─per─► n4 ─task─► accept
//
// A message is a lattice: each token is an edge, and so is each other reading
// of one or several tokens (a homoglyph undone, split letters joined), each
// identifier (<money>) and each entry of a list (@messengers). The rule set is
// a trie whose edges are symbols of the same alphabet, with gaps. The walk goes
// from the last token to the first, so that list entries, which are patterns
// themselves, are edges before anything needs them.
//
// A token that begins no pattern costs one hash and one table look-up. Cost
// does not grow with rules that the message does not touch: there is no loop
// over rules, patterns or regular expressions.
//
// A Program is immutable and safe for concurrent use; a Scanner holds the
// scratch memory of one goroutine and allocates nothing for a message that
// matches nothing.
package match
