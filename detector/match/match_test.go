package match_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/rule"
)

// compile makes a program of one rule with one pattern of each given name.
func compile(t testing.TB, patterns ...string) *match.Program {
	t.Helper()
	var b strings.Builder
	b.WriteString("id: crypto_fraud.test.rule\ntitle: Test\nstage: pitch\nweight: strong\npatterns:\n")
	for i, p := range patterns {
		fmt.Fprintf(&b, "  p%d: {en: [%q]}\n", i, p)
	}
	set, err := rule.Load(fstest.MapFS{
		"crypto_fraud/test/rule.yaml": {Data: []byte(b.String())},
		"lists/apps.yaml":             {Data: []byte("id: lists.apps\nupdated: 2026-11-01\ntitle: Apps\ngroups:\n  chat: {und: [telegram, whats app]}\n  mail: {und: [webmail, \"/mail[0-9]{2}/\"]}\n")},
	})
	require.NoError(t, err)
	program, err := match.Compile(set)
	require.NoError(t, err)
	return program
}

// hits prints what each pattern matched, as "p0:text".
func hits(program *match.Program, text string) []string {
	all := []string{}
	scanner := program.NewScanner("")
	result := scanner.Scan(text)
	for _, h := range result.Hits {
		span := result.Text.RawSpan(h.Span)
		all = append(all, program.Slots()[h.Slot].Name+":"+text[span.Start:span.End])
	}
	return all
}

func TestPatterns(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          []string
	}{
		{"earn money", "you EARN, money!", []string{"p0:EARN, money"}},
		{"earn money", "earn some money", []string{}},
		{"earn money", "learn money", []string{}},
		{"earn .. money", "earn a lot of money", []string{"p0:earn a lot of money"}},
		{"earn .. money", "earn a lot of very good money", []string{}},
		{"earn ..6 money", "earn a lot of very good money", []string{"p0:earn a lot of very good money"}},
		{"(earn|make) money [fast|now]", "make money now. earn money", []string{"p0:make money now", "p0:earn money"}},
		{"[we] pay (you|all) (cash|well|in full)", "we pay you in full, pay all cash", []string{"p0:we pay you in full", "p0:pay all cash"}},
		{"video*", "videos and a video, video-clip", []string{"p0:videos", "p0:video", "p0:video"}},
		{"guaranteed~1", "a guarantee and guaranted and garanteed", []string{"p0:guarantee", "p0:guaranted", "p0:garanteed"}},
		{"get <money>", "get $500 today", []string{"p0:get $500"}},
		{"by @apps.mail", "by mail42 or by mail4", []string{"p0:by mail42"}},
		{"on @apps", "write on Whats App or on webmail", []string{"p0:on Whats App", "p0:on webmail"}},
		{"on @apps.chat", "write on Telegram or on webmail", []string{"p0:on Telegram"}},
		{"稳赚不赔", "投资 稳 赚不赔！", []string{"p0:稳 赚不赔"}},
		{"日结 .. 元", "日结三百五十元", []string{"p0:日结三百五十元"}},
		{"งานออนไลน์", "รับสมัครงานออนไลน์รายได้ดี", []string{"p0:งานออนไลน์"}},
		{"número", "tu numero", []string{"p0:numero"}},
		{"/ref-[0-9]{4}/ now", "use ref-2291 now", []string{"p0:ref-2291 now"}},
		{"a a a", "a a a a a a", []string{"p0:a a a", "p0:a a a"}},
		{"(a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h) x", "h g x", []string{"p0:h g x"}},
	} {
		require.Equal(t, test.want, hits(compile(t, test.pattern), test.text), "%q in %q", test.pattern, test.text)
	}
}

func TestLeftmostLongest(t *testing.T) {
	program := compile(t, "pay (fee|fee first|fee first please)", "first")
	require.Equal(t, []string{"p0:pay fee first please", "p1:first"}, hits(program, "pay fee first please"))
}

// A gap after alternatives belongs to that pattern, not to each alternative.
func TestPatternsDoNotLeakThroughGaps(t *testing.T) {
	program := compile(t, "(we|how) .. escape", "how .. embassy")
	require.Equal(t, []string{}, hits(program, "we went to the embassy"))
	require.Equal(t, []string{"p1:how to reach the embassy"}, hits(program, "how to reach the embassy"))
}

// What a scan finds does not depend on what the scanner saw before.
func TestScannerForgets(t *testing.T) {
	program := compile(t, "earn .. <money>", "on @apps")
	scanner := program.NewScanner("")
	for _, text := range []string{"earn $500 on telegram", "nothing", "", "earn € 20", "稳赚 on whats app"} {
		again := len(scanner.Scan(text).Hits)
		require.Len(t, hits(program, text), again, text)
	}
}

// Hostile text costs bounded time and keeps the bounds of a scan.
func TestHostileText(t *testing.T) {
	program := compile(t, "(a|b) ..12 (a|b) ..12 (a|b) ..12 c", "a a")
	text := strings.Repeat("a b ", 20000)
	require.LessOrEqual(t, len(hits(program, text)), 5000)
}

func TestNoAllocationsWithoutMatch(t *testing.T) {
	scanner := compile(t, "earn .. <money>", "on @apps", "guaranteed~1").NewScanner("")
	text := "Good morning, are we still meeting at the station before lunch?"
	scanner.Scan(text)
	require.Zero(t, testing.AllocsPerRun(100, func() { scanner.Scan(text) }))
	require.Zero(t, testing.AllocsPerRun(100, func() { scanner.Sift(text) }))
}

func FuzzScan(f *testing.F) {
	for _, seed := range []string{"earn $500 on telegram", "稳赚不赔", "a a a", "\xff\xfe", "W h a t s A p p"} {
		f.Add(seed)
	}
	program := compile(f, "earn .. <money>", "(a|b) .. a", "稳赚不赔", "on @apps", "guaranteed~1", "wh*")
	scanner := program.NewScanner("")
	f.Fuzz(func(t *testing.T, text string) {
		result := scanner.Scan(text)
		last := match.Hit{Slot: -1}
		for _, h := range result.Hits {
			span := result.Text.RawSpan(h.Span)
			require.True(t, 0 <= span.Start && span.Start <= span.End && span.End <= len(text))
			require.True(t, h.Slot > last.Slot || h.Slot == last.Slot && h.Span.Start >= last.Span.End)
			last = h
		}
	})
}
