// Package campaign finds threads that belong together: near-duplicates of one
// wording, and threads that share a wallet, a domain, a phone or a handle.
//
//	thread ─ Sketch ─► signature ─┐
//	thread ─ Sketch ─► signature ─┼─ Find ─► union-find ─► campaigns
//	thread ─ Sketch ─► signature ─┘
//
// Wording. Each message of at least MinWords words gives the set of its pairs
// of neighbouring words, without numbers, amounts, links and handles, so that
// a template with other names and sums stays near itself. Two messages are of
// one wording where the Jaccard similarity of their sets is at least
// Similarity; MinHash finds the pairs to compare (48 hashes in 16 bands of
// three), and each pair found is compared exactly. Pairs of words that many
// threads have say little and are left out of the sets.
//
// Identifiers. Threads that share a valid wallet or bank account, a registered
// domain, a phone, a mail address or a handle belong together; not where the
// domain is one that everybody links to, nor where more than 25 threads have
// it that are not of one wording either.
//
// The same threads give the same campaigns, in whatever order they come.
package campaign
