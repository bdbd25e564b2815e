package rule_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/source"
)

// show prints a node in a notation that hides nothing.
func show(n rule.Node) string {
	list := func(kind string, nodes []rule.Node) string {
		parts := make([]string, len(nodes))
		for i, n := range nodes {
			parts[i] = show(n)
		}
		return kind + "{" + strings.Join(parts, " ") + "}"
	}
	switch n := n.(type) {
	case *rule.Word:
		text := n.Text
		if n.Prefix {
			text += "+prefix"
		}
		if n.Fuzzy {
			text += "+fuzzy"
		}
		return text
	case *rule.Seq:
		return list("seq", n.Items)
	case *rule.Alt:
		return list("alt", n.Branches)
	case *rule.Opt:
		return "opt{" + show(n.Body) + "}"
	case *rule.Gap:
		return fmt.Sprintf("gap%d", n.Units)
	case *rule.Type:
		return "type:" + n.Name
	case *rule.ListRef:
		return "list:" + n.Name + ":" + n.Group
	case *rule.Regexp:
		return "re:" + n.Text + ":" + n.Literal
	default:
		return fmt.Sprintf("%T", n)
	}
}

var patternTable = map[string]string{
	"like":                         "like",
	"à bientôt 点赞":                 "seq{à bientôt 点赞}",
	"  like   it ":                 "seq{like it}",
	"like, rate & follow!":         "seq{like, rate follow!}",
	"(like|rate) .. (video*|hi)":   "seq{alt{like rate} gap8 alt{video+prefix hi}}",
	"earn ..3 <money> [per|a] day": "seq{earn gap6 type:money opt{alt{per a}} day}",
	"..":                           "",
	"pay [a small] fee":            "seq{pay opt{seq{a small}} fee}",
	"<money|wallet>":               "alt{type:money type:wallet}",
	"@messengers":                  "list:messengers:",
	"加@messengers.chat号":           "seq{加 list:messengers:chat 号}",
	"@places.. now":                "seq{list:places: gap8 now}",
	"refund~1":                     "",
	"withdraw~1":                   "withdraw+fuzzy",
	"withdraw*~1":                  "withdraw+prefix+fuzzy",
	"24/7 support":                 "seq{24/7 support}",
	"t.me":                         "t.me",
	`line\@ \(id\) a\|b`:           "seq{line@ (id) a|b}",
	`c:\\temp`:                     `c:\temp`,
	"/t\\.me\\/[a-z]+chat/ now":    "seq{re:t\\.me/[a-z]+chat:t.me/ now}",
	"/(?i)USDT ?trc20/":            "re:(?i)USDT ?trc20:trc20",
	"((a1|b1) c1|d1)":              "alt{seq{alt{a1 b1} c1} d1}",
	"(only)":                       "only",
	"[..2] x1":                     "",
	"give [..2] (five star) rate":  "seq{give gap4 seq{five star} rate}",
	"日赚<money>":                    "seq{日赚 type:money}",
	"แอด(ไลน์|line)":               "seq{แอด alt{ไลน์ line}}",
	"투자*":                          "투자+prefix",
	"돈*":                           "돈+prefix",
	"🔥 offer":                      "seq{🔥 offer}",
	"don't":                        "don't",
	"":                             "",
	"!?":                           "",
	"[a]":                          "",
	"<>":                           "",
	"(":                            "",
	"a(":                           "",
	`\`:                            "",
	"//":                           "",
	"@":                            "",
}

func TestParsePattern(t *testing.T) {
	t.Parallel()
	for text, want := range patternTable {
		node, faults := rule.ParsePattern(text)
		if want == "" {
			require.NotEmpty(t, faults, text)
			require.Nil(t, node, text)
			continue
		}
		require.Empty(t, faults, text)
		require.Equal(t, want, show(node), text)
	}
}

func TestPatternSpans(t *testing.T) {
	t.Parallel()
	text := `加@messengers (video*|\(x\)) .. <money|url> /usdt [0-9]+/`
	node, faults := rule.ParsePattern(text)
	require.Empty(t, faults)
	var spans []string
	rule.Walk(node, func(n rule.Node) bool {
		at := n.Span()
		spans = append(spans, text[at.Start:at.End])
		return true
	})
	require.Equal(t, []string{text, "加", "@messengers", `(video*|\(x\))`, "video*", `\(x\)`, "..",
		"<money|url>", "money", "url", "/usdt [0-9]+/"}, spans)
}

func TestPatternFaultsPointAtTheirPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"earn ..13 x1 ..99 y1": "..13 ..99",
		"点赞 (a1||b1)":          "|",
		"pay <mony|wallt>":     "mony wallt",
		"video[s] (a1|b1)c1":   "[s] c1",
	} {
		_, faults := rule.ParsePattern(text)
		var places []string
		for _, fault := range faults {
			places = append(places, text[fault.Span.Start:fault.Span.End])
		}
		require.Equal(t, want, strings.Join(places, " "), text)
	}
}

func FuzzPattern(f *testing.F) {
	for text := range patternTable {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		node, faults := rule.ParsePattern(text)
		require.Equal(t, len(faults) > 0, node == nil, "a node or faults, not both")
		for _, fault := range faults {
			require.NotEmpty(t, fault.Text)
			requireWithin(t, text, fault.Span)
		}
		rule.Walk(node, func(n rule.Node) bool {
			requireWithin(t, text, n.Span())
			switch n := n.(type) {
			case *rule.Word:
				require.NotEmpty(t, n.Text)
			case *rule.Seq:
				require.GreaterOrEqual(t, len(n.Items), 2)
			case *rule.Alt:
				require.GreaterOrEqual(t, len(n.Branches), 2)
			case *rule.Regexp:
				require.GreaterOrEqual(t, len(n.Literal), 4)
			}
			return true
		})
	})
}

func requireWithin(t *testing.T, text string, span source.Span) {
	t.Helper()
	require.True(t, 0 <= span.Start && span.Start <= span.End && span.End <= len(text), "%v of %q", span, text)
}
