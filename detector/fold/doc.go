// Package fold undoes the ways in which words are hidden from a filter, and
// keeps the way back to the bytes as they were sent.
//
//	raw    T  e  l  ZWSP  Ｇ   r   а(Cyrillic)  m
//	clean  T  e  l        G   r   а            m     case kept, for identifiers
//	body   t  e  l        g   r   а            m     lower case, for words
//	       │  │  │        │   │   │            │
//	from   0  1  2        6   9   10           12    byte of raw where it begins
//	to     1  2  3        9   10  12           13    and ends
//
// Clean and Body have the same length and share offsets. Invisible characters
// are dropped and counted; full-width, styled, circled and small-capital
// letters, keycaps and the digits of all scripts become plain ones; spaces,
// quotes and dashes are unified; accents stay (see Plain); Traditional Han
// becomes Simplified, Arabic and Thai lose what writers vary.
//
// Look-alike letters of another script (the а above) are not folded in the
// text, because in a Russian word they are what they seem: the token package
// asks for other readings of a single word with Latin, Cyrillic and Leet.
package fold
