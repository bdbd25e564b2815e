package identifier_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/identifier"
)

func FuzzFind(f *testing.F) {
	for _, address := range wallets(1) {
		f.Add("wallet " + address + " memo 12345")
	}
	for _, texts := range []map[string]string{ordinary, busy} {
		for _, text := range texts {
			f.Add(text)
		}
	}
	for _, text := range []string{
		"hxxps://mine[.]example(dot)com:80/a?b=(c)., sam [at] mail {.} example tg://resolve?domain=abcd",
		"加V lily2020 QQ：12345678 LINE ID: @x9 t.me/+1234567 skype live:.cid.a @a.b_c",
		"$1,00,000-2.5k/week 3-5万元 百分之三十 月入过万 两小时 137.000p в нeдeлю 日給1万円 0.0.0.0",
		"(+44) 7700 900123 00 44 +1(202)555-0123 IBAN GB82 WEST 1234 5698 7654 32 4111 1111 1111 1111",
		"legal winner thank year wave sausage worth useful legal winner thank yellow 13.756331, -100.501762",
		"\xff\xfe$5\xe5 加\xe5v1 @\xf0\x9f", "٣٠٠ درهم １２３元 ①②③",
	} {
		f.Add(text)
	}
	finder := identifier.NewFinder("SG")
	var folder fold.Folder
	f.Fuzz(func(t *testing.T, text string) {
		folded := folder.Fold(text)
		ids := finder.Find(folded, nil)
		holds(t, folded, ids)
		require.Equal(t, ids, finder.Find(folded, nil), "the same twice")
	})
}

// holds checks what is true of every answer.
func holds(t *testing.T, folded *fold.Text, ids []identifier.Identifier) {
	t.Helper()
	last := 0
	for _, id := range ids {
		s := id.Span
		require.True(t, last <= s.Start && s.Start < s.End && s.End <= len(folded.Body), "span %v of %q", s, folded.Body)
		last = s.Start
		for _, edge := range []int{s.Start, s.End} {
			if edge < len(folded.Body) && utf8.Valid(folded.Body) {
				require.True(t, utf8.RuneStart(folded.Body[edge]), "edge %d of %q in %q", edge, id.Value, folded.Body)
			}
		}
		require.NotEmpty(t, id.Type)
		require.NotEmpty(t, id.Value)
	}
}

// Time grows with the length of the text, whatever it holds.
func TestFindIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
	for _, unit := range []string{
		"1", "1 ", "1.", "1-", "12/", "+1 ", "$1-", "a.", "a@", "@a ", "a.b@", "://", "dot ", "加v", "telegram ", "qq1 ", "abandon ", "一", "万", "百分之",
		"A1b2C3", "T9", "EQ", "0x1", "a1_", "id ", "tg: x1 ", "memo 123 ", "a(dot)", "com.", "(((", "1,000,", "GB82", "到", "+65 9123 4567 ", "а", "wallet tag 123 ",
	} {
		folded := new(fold.Folder).Fold(strings.Repeat(unit, 200_000/len(unit)))
		finder := identifier.NewFinder("")
		start := time.Now()
		ids := finder.Find(folded, nil)
		require.Less(t, time.Since(start), 5*time.Second, "%q", unit)
		require.True(t, slices.IsSortedFunc(ids, func(a, b identifier.Identifier) int { return a.Span.Start - b.Span.Start }))
	}
}
