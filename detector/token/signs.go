package token

import (
	"github.com/hookline/hookline/detector/fold"
)

// kind is what a byte of folded text is. The low bits are the traits that it
// gives to a word.
type kind uint8

const (
	digit  = kind(digits)
	letter = kind(latin)
	inWord = digit | letter

	joiner kind = 1 << 2 // sets letters of one word apart
	inner  kind = 1 << 3 // may be within a word
	stop   kind = 1 << 4 // ends a clause
	leet   kind = 1 << 5 // is written for a letter
	high   kind = 1 << 6 // part of a rune beyond ASCII
	wide        = high | joiner
	space  kind = 0
	plain  kind = 1 << 7 // any other sign
	quote  kind = plain | inner | joiner
)

// bytes are the kinds of bytes. A byte beyond ASCII is wide.
var bytes = func() (table [256]kind) {
	for c := range table {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
			table[c] = letter
		case '0' <= c && c <= '9':
			table[c] = digit
		case c >= 0x80:
			table[c] = wide
		case c > ' ':
			table[c] = plain
		}
	}
	for kind, signs := range map[kind]string{
		joiner: "-_.*~|/=", inner: ".,", stop: ".!?;:,\n", leet: "@$!|+^(",
	} {
		for _, c := range []byte(signs) {
			table[c] |= kind
		}
	}
	table['\''] = quote
	return table
}()

// sign passes an ASCII sign or the end of a line.
func (z *Tokenizer) sign(i int) int {
	body := z.body
	c := body[i]
	k := bytes[c]
	before, after := space, space
	if i > 0 {
		before = bytes[body[i-1]]
	}
	if i+1 < len(body) {
		after = bytes[body[i+1]]
	}
	within := before&(inWord|high) != 0 && after&(inWord|high) != 0
	switch {
	case k&leet != 0 && (within || c == '(' && before == letter && i+1 < len(body) && body[i+1] == ')' || (c == '$' || c == '@' || c == '|') && (after == letter || before == letter)):
		z.odd.signs = true
	case c == '\\':
		z.odd.escapes = true
	}
	if c == '+' && before&(inWord|plain) == 0 && (after == space || after&(letter|stop) != 0 || z.alphabetic(i+1)) {
		z.add(i, i+1, wordUnits, 0) // "+v", "write + in the chat"
		return i + 1
	}
	if k&stop != 0 && !(within && (c == '.' || c == ':')) && !(c == ':' && i+1 < len(body) && body[i+1] == '/') {
		z.clause++
	}
	return i + 1
}

// alphabetic says whether a letter of an alphabet beyond ASCII begins at i.
func (z *Tokenizer) alphabetic(i int) bool {
	if i >= len(z.body) || bytes[z.body[i]] != wide {
		return false
	}
	r, _ := decode(z.body, i)
	return z.table.Class(r) == fold.Alpha
}

// separator passes a sign beyond ASCII.
func (z *Tokenizer) separator(r rune, start, end int) {
	switch r {
	case '。', '，', '！', '？', '；', '：', '、', '।', '॥', '؟', '،', '؛', '۔', '។', '៕', '၊', '။', '…', '‥', '·', '・', '๚', '๛', '።', '፣':
		z.clause++
		return
	case '€', '£', '¥', '¢', '§':
		z.odd.signs = true
	}
	if start > 0 && end < len(z.body) && bytes[z.body[start-1]]&(inWord|high) != 0 && bytes[z.body[end]]&(inWord|high) != 0 {
		z.odd.joined = true
	}
}
