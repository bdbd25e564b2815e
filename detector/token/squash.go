package token

import "unicode/utf8"

const (
	minSplit  = 4   // letters of a word that was set apart with spaces
	maxSplit  = 24  // letters of a run that may be one word
	maxRun    = 400 // tokens of a run
	maxJoined = 4   // words with one sign between them that may be one
	maxJoin   = 32  // bytes of such a word
)

// split joins runs of single letters: w h a t s a p p, V/X.
func (z *Tokenizer) split() {
	tokens := z.stream.Tokens
	for i := 0; i < len(tokens); {
		if tokens[i].traits&single == 0 {
			i++
			continue
		}
		end, last := i+1, i
		for end < len(tokens) && end-i < maxRun {
			if tokens[end].traits&single != 0 {
				if !z.near(last, end) {
					break
				}
				last = end
			} else if tokens[end].Units != emojiUnits {
				break
			}
			end++
		}
		if last > i {
			z.splitRun(i, last+1)
		}
		i = last + 1
	}
}

// near says whether the letters of tokens a and b can be of one run: no line
// end between them, and not too much else.
func (z *Tokenizer) near(a, b int) bool {
	gap := z.body[z.stream.Tokens[a].End:z.stream.Tokens[b].Start]
	if len(gap) > 12 {
		return false
	}
	for _, c := range gap {
		if c == '\n' {
			return false
		}
	}
	return true
}

// width is how far apart the letters of tokens a and b are: a space counts for
// more than a sign.
func (z *Tokenizer) width(a, b int) int {
	gap := z.body[z.stream.Tokens[a].End:z.stream.Tokens[b].Start]
	width := 0
	for i := 0; i < len(gap); {
		r, size := utf8.DecodeRune(gap[i:])
		if width++; r == ' ' {
			width++
		}
		i += size
	}
	return width
}

// splitRun enters what the letters of tokens [from, to), which begins and ends
// with one, spell: all together, and each word that wider gaps mark off. A gap
// is wide if it is wider than one of those beside it and as wide as the other.
func (z *Tokenizer) splitRun(from, to int) {
	z.letters, z.widths = z.letters[:0], z.widths[:0]
	for i := from; i < to; i++ {
		if z.stream.Tokens[i].traits&single != 0 {
			if n := len(z.letters); n > 0 {
				z.widths = append(z.widths, z.width(z.letters[n-1], i))
			}
			z.letters = append(z.letters, i)
		}
	}
	n := len(z.letters)
	if n < minSplit {
		for _, width := range z.widths {
			if width != 1 {
				return
			}
		}
		z.joinRun(from, to)
		return
	}
	if n <= maxSplit {
		z.joinRun(from, to)
	}
	start := 0
	for i, width := range z.widths {
		left, right := width, width
		if i > 0 {
			left = z.widths[i-1]
		}
		if i+1 < len(z.widths) {
			right = z.widths[i+1]
		}
		if width >= left && width >= right && (width > left || width > right) {
			z.splitWord(start, i+1)
			start = i + 1
		}
	}
	if start > 0 {
		z.splitWord(start, n)
	}
}

// splitWord enters the collected letters [from, to) as a word.
func (z *Tokenizer) splitWord(from, to int) {
	if to-from > 1 {
		z.joinRun(z.letters[from], z.letters[to-1]+1)
	}
}

// joinRun enters the words of tokens [from, to) as one.
func (z *Tokenizer) joinRun(from, to int) *Alt {
	start := len(z.arena)
	z.arena = append(z.arena, z.body[z.core(from):z.stream.Tokens[from].End]...)
	for i := from + 1; i < to; i++ {
		if t := &z.stream.Tokens[i]; t.Units != emojiUnits {
			z.arena = append(z.arena, z.body[t.Start:t.End]...)
		}
	}
	return z.alt(from, to, start, Squash)
}

// join reads words that touch, with one sign or emoji between them, as one:
// tele-gram, what🔥sapp.
func (z *Tokenizer) join() {
	tokens := z.stream.Tokens
	for i := range tokens {
		if !joinable(&tokens[i]) {
			continue
		}
		singles := tokens[i].traits&single != 0
		for end := i + 1; end < len(tokens) && end-i < maxJoined; end++ {
			t := &tokens[end]
			if !z.touches(end) || t.End-tokens[i].Start > maxJoin {
				break
			}
			if t.Units == emojiUnits {
				continue
			}
			if !joinable(t) {
				break
			}
			singles = singles && t.traits&single != 0
			if !singles { // else split has it
				z.joinRun(i, end+1).Whole = true
			}
		}
	}
}

// joinable says whether a token can be a part of a word.
func joinable(t *Token) bool { return t.Units == wordUnits && t.traits&digits == 0 }

// touches says whether tokens i-1 and i are parted by one emoji or by one sign
// that is no stop.
func (z *Tokenizer) touches(i int) bool {
	a, b := &z.stream.Tokens[i-1], &z.stream.Tokens[i]
	gap := z.body[a.End:b.Start]
	if len(gap) == 0 {
		return a.Units == emojiUnits || b.Units == emojiUnits
	}
	if gap[0] < utf8.RuneSelf {
		return len(gap) == 1 && bytes[gap[0]]&joiner != 0 && gap[0] != '\''
	}
	_, size := utf8.DecodeRune(gap)
	return size == len(gap) && a.Clause == b.Clause
}
