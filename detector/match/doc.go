// Package match finds every pattern of a whole rule set in a message.
//
//	tokens:    earn   easily   50 USDT   per   task
//	edges:     earn ─► ·   easily ─► ·   50 ─► ·  50 USDT ─────► ·  per ─► ·
//	                                     (money)
//	trie:      root ─earn─► n1 ─gap 8─► n2 ─<money>─► n3 ─per─► n4 ─task─► accept
//
// A message is a lattice: each token is an edge, and so is each other reading
// of one or several tokens (a homoglyph undone, split letters joined), each
// identifier (<money>) and each entry of a list (@messengers). The patterns of a
// slot are a trie whose edges are symbols of the same alphabet, with gaps.
//
// Most words of a message begin some pattern, and next to none of those
// patterns is there. So tries are walked last, and few of them:
//
//	symbols     what the message holds, a bit each
//	patterns    of all that a pattern needs, the rarest is what it is looked for by: a
//	            word, a pair of words, one of several; the rest must be there, too
//	rules       of all slots that a condition needs, the rarest is what the rule is
//	            looked for by; the others are asked for only then
//	tries       of the slots that are left are walked, the rarest first, until one
//	            that the condition needs has no hit; each is compiled when it is first needed
//
// Cost does not grow with rules that the message does not touch: there is no
// loop over rules, patterns or regular expressions.
//
// What compiling comes to can be kept: [Restore] makes a program of a snapshot
// in a fiftieth of the time, and does not look at the patterns.
//
// A Program is immutable and safe for concurrent use; a Scanner holds the
// scratch memory of one goroutine and allocates nothing for a message that
// matches nothing.
package match
