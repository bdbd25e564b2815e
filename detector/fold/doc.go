// Package fold undoes the ways in which words are hidden from a filter, and
// keeps the way back to the bytes as they were sent.
//
// Clean and Body have the same length and share offsets. Invisible characters
// are dropped and counted; full-width, styled, circled and small-capital
// letters, keycaps and the digits of all scripts become plain ones; spaces,
// quotes and dashes are unified; marks piled on letters go. In Body letters are
// lower case, Traditional Han is Simplified, and what writers of Arabic, Thai
// and Russian vary is one. Accents stay: see Plain.
//
// The way back is a list of runs. In a linear run, each byte of Body stands for
// one byte of Raw; a lump stands as a whole for the bytes that were folded to
// it. A text that kept its length, such as plain ASCII, Russian or Chinese,
// needs no run at all.
//
//	raw    a d d   T e ZWSP l Ｇ    r a m       23 bytes
//	       0       4   6    9 10    13          offsets in Raw
//	body   a d d   t e      l g     r a m
//	       0       4        6 7     8           offsets in Body
//	       └─── run 1 ────┘ ┊ ┊     └── run 4: at 8, from 13, linear
//	       at 0, from 0,    ┊ └──────── run 3: at 7, a lump, Raw[10:13]
//	       linear           └────────── run 2: at 6, from 9, linear
//
// So "teLGram", Body[4:11], was Raw[4:16]: runs are found by binary search, and
// the ends lie between runes of Raw.
//
// Look-alike letters of another script are not folded in the text, because in
// a Russian word they are what they seem: the token package asks for other
// readings of a single word with Latin, Cyrillic and Leet.
package fold
