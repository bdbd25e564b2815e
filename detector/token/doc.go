// Package token holds the one definition of a token, over folded text: the
// matcher, the rule compiler and the search index all see the same.
//
// A token is a word of letters, digits and marks, or, in scripts written
// without spaces (Han, kana, Thai, Lao, Khmer, Burmese), one grapheme. Emoji
// are tokens of no length: patterns and distances see through them. Everything
// else separates.
//
//	text:    加V信 today, w-h-a-t-s-a-p-p!
//	tokens:  加 · v · 信 · today · w · h · a · t · s · a · p · p
//	alts:    whatsapp (squash, of the last eight)
//
// An Alt is another reading of one or more tokens: look-alike letters undone,
// signs read as letters, split letters joined, an Arabic particle or a French
// article taken off. Readings that equal no word of a rule cost a look-up and
// change nothing.
package token
