package match

import (
	"unicode"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/rule"
)

// script is one whose patterns are compiled apart from the others, when a text
// first holds it: most texts hold none, and most patterns need one.
type script uint8

const (
	common script = iota // Latin and all that is not named
	cyrillic
	arabic
	devanagari
	thai // and Lao
	han  // and kana
	hangul
	numScripts
)

// scripts is a set of them.
type scripts uint8

func (s script) bit() scripts { return 1 << s }

// scriptsOf are the scripts, less the common one, that a text holds anything
// of.
func scriptsOf[T string | []byte](text T) (found scripts) {
	for i := 0; i < len(text); i++ {
		if i+8 <= len(text) && (text[i]|text[i+1]|text[i+2]|text[i+3]|text[i+4]|text[i+5]|text[i+6]|text[i+7]) < utf8.RuneSelf {
			i += 7
			continue
		}
		if c := text[i]; c >= utf8.RuneSelf {
			found |= leadBytes[c]
			if c >= 0xe0 && i+1 < len(text) {
				switch next := text[i+1]; {
				case c == 0xe0 && 0xa4 <= next && next <= 0xa5: // U+0900 to 097F
					found |= devanagari.bit()
				case c == 0xe0 && next >= 0xb8: // U+0E00 to 0EFF
					found |= thai.bit()
				case c == 0xe3 && (0x81 <= next && next <= 0x83 || next >= 0x90): // U+3040 to 30FF, 3400 to 3FFF
					found |= han.bit()
				case c == 0xea && next >= 0xb0: // U+AC00 to AFFF
					found |= hangul.bit()
				}
			}
		}
	}
	return found
}

// leadBytes are the scripts by the first byte of a character.
var leadBytes = func() (table [256]scripts) {
	for c := 0xd0; c <= 0xd3; c++ { // U+0400 to 04FF
		table[c] = cyrillic.bit()
	}
	for c := 0xd8; c <= 0xdb; c++ { // U+0600 to 06FF
		table[c] = arabic.bit()
	}
	for c := 0xe4; c <= 0xe9; c++ { // U+4000 to 9FFF
		table[c] = han.bit()
	}
	for c := 0xeb; c <= 0xed; c++ { // U+B000 to D7FF
		table[c] = hangul.bit()
	}
	return table
}()

// scriptOf is a script that every text has letters of that the pattern
// matches; the common one where there is none.
func scriptOf(p *rule.Pattern) script {
	held := scriptsOf(p.Text)
	for s := common + 1; held != 0 && s < numScripts; s++ {
		if held&s.bit() != 0 && needs(p.Node, s) {
			return s
		}
	}
	return common
}

// needs says whether a node matches nothing without letters of a script.
func needs(n rule.Node, s script) bool {
	switch n := n.(type) {
	case *rule.Word:
		return !n.Fuzzy && hasLetter(n.Text, s)
	case *rule.Seq:
		for _, item := range n.Items {
			if needs(item, s) {
				return true
			}
		}
		return false
	case *rule.Alt:
		for _, branch := range n.Branches {
			if !needs(branch, s) {
				return false
			}
		}
		return true
	default:
		return false
	}
}

// hasLetter says whether a text has a letter that folding leaves in a script.
func hasLetter(text string, s script) bool {
	for _, r := range text {
		if r >= utf8.RuneSelf && lasting(r) && scriptsOf(string(r)) == s.bit() {
			return true
		}
	}
	return false
}

// lasting says whether folding leaves some of a character in its script:
// digits become ASCII, and the Arabic lengthening stroke goes away.
func lasting(r rune) bool { return unicode.IsLetter(r) && r != 'ـ' }
