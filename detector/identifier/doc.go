// Package identifier finds what ties a message to an account, a place or a sum:
// wallets, links, handles, phones, mail addresses, bank accounts, money,
// percentages, durations, coordinates and secrets.
//
//	finder := identifier.NewFinder("SG")          // one per worker
//	ids = finder.Find(folded, ids[:0])            // sorted by Span.Start
//	for _, id := range ids { … id.Kind, id.Type, id.Value … }
//
// How it works:
//
//	body ─ one pass over the bytes: which classes occur? (digit, @, dot, …)
//	     ├ probes every 24 bytes    long run of letters and digits → wallet, key
//	     ├ probes every 47 bytes    word of the BIP-39 list        → seed phrase
//	     ├ at every dot, ://, "dot" host → URL, mail address, link of a messenger
//	     ├ at every @               handle, UPI address
//	     ├ at every messenger word  id, number
//	     └ at every number          money, percent, duration, phone, account, place
//
// Every finder reads a bounded window around its trigger, looks at every
// occurrence, and takes its bytes, so that a later one does not read them again.
// Time is linear in the text, and nothing is allocated when nothing is found. No
// regular expression runs over the text; the phone library uses its own on the
// digits of a number that already looks like one.
//
// What Valid means depends on the type: a checksum (wallets, IBAN, cards), the
// phone library's opinion, a public top-level domain, or a complete parse
// (money, durations). An Ethereum-style address in one letter case carries no
// checksum and counts as valid.
//
// One stretch of text may carry several identifiers: a link of a messenger is a
// URL and a Handle, and wa.me/<digits> is a Phone as well; a number after the
// word WhatsApp is a Phone and a Handle of type handle.whatsapp; a wallet may lie
// inside a URL. Otherwise spans do not overlap.
//
// Spans of money, percentages and durations end before the words of the period:
// in "50 USDT per day" the span is "50 USDT" and Period is "day". So a pattern
// may go on with its own words for the period.
//
// A lone $ is read as USD and a lone ¥ as JPY, whoever's it is.
//
// Secrets (seed phrases, private keys) and card numbers are reported without
// their value.
//
// A [Finder] holds scratch memory and is not safe for concurrent use. The tables
// it reads are shared and immutable.
package identifier
