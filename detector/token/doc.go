// Package token holds the one definition of a token, over folded text: the
// matcher, the rule compiler and the search index all see the same.
//
// A token is a word of letters, digits and marks, or, in scripts written
// without spaces (Han, kana, Thai, Lao, Khmer, Burmese), one grapheme. Emoji
// are tokens of no length: patterns and distances see through them. Everything
// else separates. A word ends where Latin letters meet Han, Hangul, Arabic or
// Indic ones, but not where they meet Cyrillic or Greek ones, which are mixed in
// to deceive. A number with points or commas in it is one token.
//
//	text:    加V信 today, w-h-a-t-s-a-p-p!
//	tokens:  加 · v · 信 · today · w · h · a · t · s · a · p · p
//	alts:    whatsapp (squash, of the last eight)
//
// An Alt is another reading of one or more tokens:
//
//	raw     l'argent → argent, والاستثمار → استثمار, \nHello → hello
//	fold    🇨🇦🇸🇭 → cash
//	latin   bіtcoin → bitcoin, pa6oтa → работа, TeIegram → telegram
//	leet    t3l3gr4m → telegram, p@yp@l → paypal
//	squash  W h a t s A p p → whatsapp, tele-gram → telegram, V/X → vx
//
// Readings that equal no word of a rule cost a look-up and change nothing. Most
// texts have none: what calls for one is noted while the text is cut.
package token
