package identifier_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/identifier"
)

// find returns what text holds, with the text that each span covers.
func find(text, region string) (ids []identifier.Identifier, covered []string) {
	folded := new(fold.Folder).Fold(text)
	ids = identifier.NewFinder(region).Find(folded, nil)
	for _, id := range ids {
		covered = append(covered, string(folded.Clean[id.Span.Start:id.Span.End]))
	}
	return ids, covered
}

// is is what a test wants: the type and the value of an identifier, and the text
// that it covers unless that is the value.
type is struct{ kind, value, covers string }

// check compares what is found in text with what is wanted, of the kinds given
// or of all.
func check(t *testing.T, text, region string, want []is, kinds ...identifier.Kind) {
	t.Helper()
	ids, covered := find(text, region)
	var got []is
	for i, id := range ids {
		if len(kinds) > 0 && !contains(kinds, id.Kind) {
			continue
		}
		one := is{id.Type, id.Value, covered[i]}
		if k := len(got); k < len(want) && want[k].covers == "" {
			one.covers = ""
		}
		got = append(got, one)
	}
	require.Equal(t, want, got, "in %q", text)
}

func contains(kinds []identifier.Kind, kind identifier.Kind) bool {
	for _, k := range kinds {
		if k == kind {
			return true
		}
	}
	return false
}

func TestFindNothing(t *testing.T) {
	for _, text := range []string{
		"",
		"Hello, how are you?",
		"Meet at 10:30 on 12/05/2024, or 2024-05-12 at 7pm.",
		"Upgrade to version 1.2.3 or v2.10.0-rc1 of the library.",
		"The book is ISBN 978-3-16-148410-0, second edition of 2019-2020.",
		"Your order no. 7712345678 has shipped, tracking number 420123456789.",
		"Your verification code is 482913.",
		"We sat in row 12, seats 3 and 4, and the score was 3-2.",
		"It ended.The next one begins e.g. at once, i.e. now. U.S.A. and U.K.",
		"thanks.me too ok.no problem haha.so funny home.call me",
		"Written in ASP.NET and Node.js, see report.pdf and main.py.",
		"I'll see u 2day or 2nite, gr8 4 u 2.",
		"@ home now, @work later, @all",
		"In the Bible: John 3:16 and Psalms 119:105.",
		"Flat 12, 221 Baker Road, 98020-4205",
		"Add 2 eggs, 1/2 cup of milk, mix and bake.",
		"The hotline is open, the line is long, signal was bad.",
		"DIGIT元 CELLPHONE URL DIGIT <#> <DECIMAL> #URL_72ce1df7ac19#",
		"微信公众号PLACE移动 关注NAME",
		"我一点也不知道，三个人一起去，十分高兴，第一名",
		"今天是5月3日，2024年，星期五。",
		"Room 101, chapter 3, page 245",
		"192.168.0.1 is the router",
		"24/7 support",
	} {
		ids, _ := find(text, "")
		require.Empty(t, ids, "in %q", text)
	}
}

func TestFindAppends(t *testing.T) {
	finder := identifier.NewFinder("")
	folded := new(fold.Folder).Fold("pay $5 to sam@mail.example")
	first := []identifier.Identifier{{Kind: identifier.Wallet, Value: "kept"}}
	got := finder.Find(folded, first)
	require.Len(t, got, 3)
	require.Equal(t, "kept", got[0].Value)
	require.Equal(t, identifier.Money, got[1].Kind)
	require.Equal(t, identifier.Email, got[2].Kind)
}

// Every occurrence counts, not only the first.
func TestFindEveryOccurrence(t *testing.T) {
	text := strings.Repeat("pay $5 via shop-77.example or @sunny_gold. ", 50)
	ids, _ := find(text, "")
	require.Len(t, ids, 150)
}

func TestFindAllocatesNothingInVain(t *testing.T) {
	for name, text := range ordinary {
		folded := new(fold.Folder).Fold(text)
		finder := identifier.NewFinder("")
		var ids []identifier.Identifier
		finder.Find(folded, nil)
		allocs := testing.AllocsPerRun(100, func() { ids = finder.Find(folded, ids[:0]) })
		require.Zero(t, allocs, name)
		require.Empty(t, ids, name)
	}
}

func TestKindString(t *testing.T) {
	require.Equal(t, "wallet", identifier.Wallet.String())
	require.Equal(t, "secret", identifier.Secret.String())
	require.Equal(t, "unknown", identifier.Kind(99).String())
}
