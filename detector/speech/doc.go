// Package speech says who does what to whom with a match: an offer or a demand
// made to the reader, a plea, a story told by a victim, or words that are only
// quoted, warned of, reported or denied.
//
// Nearly every word of a scam script also occurs in warnings, news and victims'
// questions. Context rules find those; this package decides which matches of
// the same message they void. It never looks at another message: what the
// target says does not clear what the scammer said.
package speech
