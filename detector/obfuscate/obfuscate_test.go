package obfuscate_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/obfuscate"
	"github.com/hookline/hookline/detector/source"
)

func generator(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed)) }

func named(t *testing.T, name string) obfuscate.Operator {
	t.Helper()
	for _, o := range obfuscate.Operators() {
		if o.Name == name {
			return o
		}
	}
	t.Fatalf("no operator %q", name)
	return obfuscate.Operator{}
}

// What each operator makes of a text, with one seed.
func TestOperators(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"homoglyph", "guaranteed profit", "guaran\u0442\u0435e\u0501 \u0440r\u043ef\u03b9t"},
		{"homoglyph", "работа каждый день", "p\u04306\u043e\u0442a \u043aa\u0436\u0434\u044b\u0439 \u0434e\u043d\u044c"},
		{"zero_width", "profit", "profi\ufefft"},
		{"split", "profit now", " p|r|o|f|i|t  now"},
		{"split", "稳赚不赔", "稳 赚 不 赔"},
		{"leet", "guaranteed profit", "guaran73ed pr0f1t"},
		{"emoji_letters", "earn", "🇪🇦🇷🇳"},
		{"emoji_between", "telegram", "telegra🌟m"},
		{"emoji_between", "加微信", "加🌟微信"},
		{"styled", "Earn", "ᴇᴀʀɴ"},
		{"full_width", "Earn 50", "Ｅａｒｎ ５０"},
		{"casing", "profit", "PRofIT"},
		{"digits", "50", "❺⓿"},
		{"strike", "earn", "e\u0338a\u0338r\u0338n\u0338"},
		{"decomposed", "début", "de\u0301but"},
		{"kashida", "ارباح", "ارب\u0650اح"},
		{"defang", "see https://pay.example/a", "see https://pay . example/a"},
		{"typo", "guaranteed", "guaranteedd"},
		{"nickname", "add my Telegram", "add my ✈️"},
	} {
		require.Equal(t, test.want, named(t, test.name).Apply(test.text, generator(2)), test.name)
	}
}

func TestOperatorsLeaveAlone(t *testing.T) {
	for name, text := range map[string]string{
		"homoglyph": "привет 123 !!", "leet": "ok so 2024", "typo": "short words", "nickname": "telegraphy",
		"defang": "see you. bye", "digits": "no number", "kashida": "latin", "decomposed": "plain", "emoji_letters": "ab",
	} {
		got := named(t, name).Apply(text, generator(1))
		if name == "homoglyph" { // р, е are alike
			require.NotEqual(t, text, got)
			continue
		}
		require.Equal(t, text, got, name)
	}
	for _, o := range obfuscate.Operators() {
		require.Empty(t, o.Apply("", generator(1)), o.Name)
	}
}

var texts = []string{
	"Earn guaranteed profit of 50 USDT per day, write to anna_77 on Telegram or https://pay.example/join today!",
	"加我微信 abc123，日薪300元，稳赚不赔",
	"Работа каждый день, пишите в телеграм, доход 5000 рублей",
	"งานออนไลน์ รายได้ดี วันละ 500 บาท", "اربح المال من المنزل كل يوم", "Việc nhẹ lương cao, liên hệ Zalo ngay hôm nay",
	"घर बैठे पैसे कमाएं", "재택근무 하루 10만원 카카오톡 추가", "\xff broken \xfe bytes",
}

func TestSameSeedSameResult(t *testing.T) {
	for _, o := range obfuscate.Operators() {
		for _, text := range texts {
			require.Equal(t, o.Apply(text, generator(7)), o.Apply(text, generator(7)), o.Name)
		}
	}
}

func TestMutateKeepsAndFollows(t *testing.T) {
	text := texts[0]
	spanOf := func(part string) source.Span {
		at := strings.Index(text, part)
		return source.Span{Start: at, End: at + len(part)}
	}
	keep := []source.Span{spanOf("50 USDT"), spanOf("anna_77"), spanOf("https://pay.example/join")}
	follow := []source.Span{spanOf("guaranteed profit"), spanOf("50 USDT"), spanOf("Telegram"), spanOf("Earn"), spanOf("today")}
	for _, o := range obfuscate.Operators() {
		for seed := range uint64(20) {
			got, moved := o.Mutate(text, keep, follow, generator(seed))
			for _, s := range keep {
				require.Contains(t, got, text[s.Start:s.End], o.Name)
			}
			at := func(i int) string { return got[moved[i].Start:moved[i].End] }
			require.Equal(t, "50 USDT", at(1), o.Name)
			for i := range follow {
				require.Equal(t, strings.TrimSpace(at(i)), at(i), "%s: %q", o.Name, got)
				require.NotEmpty(t, at(i))
			}
			if !o.Lossy && o.Name != "leet" && o.Name != "homoglyph" && o.Name != "split" && o.Name != "emoji_between" {
				require.Equal(t, "guaranteed profit", fold.Word(at(0)), o.Name)
			}
		}
	}
}

func TestMutateIsApply(t *testing.T) {
	for _, o := range obfuscate.Operators() {
		for _, text := range texts {
			got, _ := o.Mutate(text, nil, nil, generator(3))
			require.Equal(t, o.Apply(text, generator(3)), got, o.Name)
		}
	}
}

// Spans move with the text that they hold, whatever is done around them.
func FuzzMutate(f *testing.F) {
	for i, text := range texts {
		f.Add(text, i, 3, 9)
	}
	operators := obfuscate.Operators()
	f.Fuzz(func(t *testing.T, text string, which, start, end int) {
		if start < 0 || end < start || end > len(text) || which < 0 {
			return
		}
		o := operators[which%len(operators)]
		span := []source.Span{{Start: start, End: end}}
		got, moved := o.Mutate(text, span, span, generator(uint64(which)))
		require.Equal(t, text[start:end], got[moved[0].Start:moved[0].End], o.Name)
	})
}
