package ruletest

import (
	"regexp/syntax"
	"strings"
	"unicode"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/source"
)

// witness is a text that an alternative of a pattern must match, made of the
// pattern's own words:
//
//	(like|rate) [a few] videos*  ─►  like videos*, rate videos, like a few videos
type witness struct {
	text string
	at   source.Span // of the alternative, in the pattern's text
}

// samples stand for the types of the grammar. Numbers are reserved ones.
var samples = map[string]string{
	"money":    "500 USDT",
	"wallet":   "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", // the first block's, public
	"url":      "https://shop.example/x",
	"handle":   "@maria_example",
	"phone":    "+1 202 555 0143",
	"duration": "3 days",
	"percent":  "5%",
	"gain":     "500 => 5,000",
	"yield":    "500 USDT => 25 USDT",
	"tiers":    "200 USDT => 20 USDT, 800 USDT => 90 USDT",
}

// writer makes witnesses of the patterns of a set. Where hole is a list's
// place in a pattern, that place is filled with holeText.
type writer struct {
	set  *rule.Set
	hole *rule.ListRef
}

const holeText = "\x00"

// witnesses makes one text for each alternative of the node; the first takes
// the first branch everywhere and leaves out what is optional.
func (w writer) witnesses(n rule.Node) []witness {
	switch n := n.(type) {
	case *rule.Word:
		return []witness{{n.Text, n.Span()}}
	case *rule.Type:
		return []witness{{samples[n.Name], n.Span()}}
	case *rule.Regexp:
		tree, err := syntax.Parse(n.Text, syntax.Perl)
		if err != nil {
			return nil
		}
		return []witness{{sample(tree.Simplify()), n.Span()}}
	case *rule.ListRef:
		return []witness{{w.entry(n), n.Span()}}
	case *rule.Gap:
		return []witness{{"", n.Span()}}
	case *rule.Opt:
		return append([]witness{{"", n.Span()}}, w.witnesses(n.Body)...)
	case *rule.Alt:
		var all []witness
		for _, branch := range n.Branches {
			of := w.witnesses(branch)
			of[0].at = branch.Span()
			all = append(all, of...)
		}
		return all
	case *rule.Seq:
		return w.sequences(n)
	}
	return nil
}

// sequences varies one item at a time.
func (w writer) sequences(n *rule.Seq) []witness {
	of := make([][]witness, len(n.Items))
	texts := make([]string, len(n.Items))
	for i, item := range n.Items {
		of[i] = w.witnesses(item)
		texts[i] = of[i][0].text
	}
	all := []witness{{join(texts), n.Span()}}
	for i := range of {
		for _, variant := range of[i][1:] {
			texts[i] = variant.text
			all = append(all, witness{join(texts), variant.at})
		}
		texts[i] = of[i][0].text
	}
	return all
}

func join(texts []string) string {
	var b strings.Builder
	for _, text := range texts {
		if text != "" && b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	return b.String()
}

// entry is the first entry of a list or group.
func (w writer) entry(ref *rule.ListRef) string {
	if ref == w.hole {
		return holeText
	}
	list, _ := w.set.List(ref.Name)
	for _, e := range list.Entries() {
		if ref.Group == "" || e.Name == ref.Group {
			return w.witnesses(e.Node)[0].text
		}
	}
	return ""
}

// sample is a text that a regular expression matches, with all that it allows
// once.
func sample(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		if matches(re, ' ') {
			return " "
		}
		for i := 0; i+1 < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if unicode.IsLetter(r) || unicode.IsNumber(r) {
					return string(r)
				}
			}
		}
		if len(re.Rune) > 0 {
			return string(re.Rune[0])
		}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return " "
	case syntax.OpCapture, syntax.OpPlus, syntax.OpStar, syntax.OpQuest, syntax.OpAlternate:
		return sample(re.Sub[0])
	case syntax.OpConcat:
		var b strings.Builder
		for _, sub := range re.Sub {
			b.WriteString(sample(sub))
		}
		return b.String()
	}
	return ""
}

// matches says whether a character class holds a rune.
func matches(class *syntax.Regexp, r rune) bool {
	for i := 0; i+1 < len(class.Rune); i += 2 {
		if class.Rune[i] <= r && r <= class.Rune[i+1] {
			return true
		}
	}
	return false
}
