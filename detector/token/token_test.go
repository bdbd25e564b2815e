package token_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/token"
)

func tokenize(text string) *token.Stream {
	var f fold.Folder
	var z token.Tokenizer
	return z.Tokenize(f.Fold(text))
}

func words(s *token.Stream) string {
	var all []string
	for i := range s.Tokens {
		all = append(all, string(s.Word(i)))
	}
	return strings.Join(all, " ")
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"Earn $3,000.50 (or 5%) today!": "earn 3,000.50 or 5 today",
		"don’t":                         "don't",
		"加V信: abc_1":                    "加 v 信 abc 1",
		"日薪300元":                        "日 薪 300 元",
		"งานดี":                         "ง า น ดี",
		"ວຽກ":                           "ວ ຽ ກ",
		"ខ្ញុំ":                         "ខ្ ញុំ",
		"ကျွန်တော်":                     "ကျွ န် တော်",
		"카톡id 주세요":                      "카톡 id 주세요",
		"hi 🔥 there":                    "hi 🔥 there",
		"加+v C++ +1":                    "加 + v c 1",
		"नमस्ते दुनिया":                 "नमस्ते दुनिया",
		"w-h-a-t":                       "w h a t",
		"кофе-брейк":                    "кофе брейк",
		"ライン追加":                         "ラ イ ン 追 加",
		"":                              "",
	} {
		require.Equal(t, want, words(tokenize(text)), "%q", text)
	}
}

func TestEveryScriptHasTokens(t *testing.T) {
	for _, text := range []string{"ช่วยด้วย", "ຊ່ວຍແດ່", "ជួយខ្ញុំផង", "ကူညီပါ", "সাহায্য করুন", "مدد کریں", "እርዱኝ", "救命", "助けて", "살려주세요", "помогите"} {
		require.NotEmpty(t, tokenize(text).Tokens, text)
	}
}

func alts(text string) []string {
	s := tokenize(text)
	all := []string{}
	for _, a := range s.Alts {
		all = append(all, a.View.String()+":"+string(a.Text))
	}
	return all
}

func TestReadings(t *testing.T) {
	for text, want := range map[string]string{
		"bіtcoin":         "latin:bitcoin",
		"pa6oтa для Bсех": "latin:работа",
		"t3legr4m":        "leet:telegram",
		"p@ypal":          "leet:paypal",
		"p@ypal$$ now":    "leet:paypalss",
		"W h a t s A p p": "squash:whatsapp",
		"t.e.l.e.g.r.a.m": "squash:telegram",
		"w_h_a_t_s_a_p_p": "squash:whatsapp",
		"tele-gram":       "squash:telegram",
		"whats🔥app":       "squash:whatsapp",
		"l'argent":        "raw:argent",
		"والاستثمار":      "raw:استثمار",
		"m y  c o i n s":  "squash:coins",
		"вы можете 3арабатывать": "latin:зарабатывать",
	} {
		require.Contains(t, alts(text), want, "%q", text)
	}
	for _, text := range []string{"50usd 2nd 24h", "See you at 9", "@somebody wrote", "Москва город большой"} {
		for _, a := range alts(text) {
			require.NotContains(t, a, "leet", text)
		}
	}
}

func TestClauses(t *testing.T) {
	s := tokenize("Pay now, or e.g. not. 3.5 at t.me/x\nyes")
	var clauses []int32
	for _, tok := range s.Tokens {
		clauses = append(clauses, tok.Clause)
	}
	require.Equal(t, []int32{0, 0, 1, 1, 1, 2, 3, 3, 3, 3, 3, 4}, clauses, words(s))
}

func TestTokensIn(t *testing.T) {
	s := tokenize("one two three")
	from, to := s.TokensIn(source.Span{Start: 5, End: 9})
	require.Equal(t, []int{1, 3}, []int{from, to})
	from, to = s.TokensIn(source.Span{Start: 3, End: 4})
	require.Equal(t, from, to)
}

func TestNoAllocationsForASCII(t *testing.T) {
	var f fold.Folder
	var z token.Tokenizer
	text := strings.Repeat("Good morning, see you at 9 by the well-known cafe! ", 20)
	z.Tokenize(f.Fold(text))
	require.Zero(t, testing.AllocsPerRun(100, func() { z.Tokenize(f.Fold(text)) }))
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"Earn $3,000.50!", "W h a t s A p p", "加V信", "ខ្ញុំ", "والاستثمار", "p@ypal$$", "a'b'c'd", "\xff🇹🇪🇱", "i.i.i.i-i|i"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := tokenize(text)
		end, clause := int32(0), int32(0)
		for _, tok := range s.Tokens {
			require.True(t, end <= tok.Start && tok.Start < tok.End && int(tok.End) <= len(s.Text.Body))
			require.GreaterOrEqual(t, tok.Clause, clause)
			end, clause = tok.End, tok.Clause
		}
		for _, a := range s.Alts {
			require.True(t, 0 <= a.From && a.From < a.To && int(a.To) <= len(s.Tokens))
			require.NotEmpty(t, a.Text)
		}
	})
}

func TestStrokes(t *testing.T) {
	for text, want := range map[string]string{
		"TeIegram": "latin:telegram", "lnvest": "latin:invest", "vvhatsapp": "latin:whatsapp",
		"ɯɐɹƃǝlǝʇ": "latin:telegram", "Τεlegram": "latin:telegram", "Tеlеgrаm": "latin:telegram",
		"BTC ВТС и всё такое прочее": "latin:btc", "HET и всё такое прочее": "latin:нет", "óбyчeниe": "latin:обучение",
		"п@роль": "leet:пароль", "€arn": "leet:earn", "bitc()in": "leet:bitcoin", "1nve5t1ng": "leet:investing", "b1tco1n": "leet:bitcoin",
		"Télégràm": "latin:telegram", "V/X": "squash:vx", "텔 레 그 램": "squash:텔레그램", "카-톡": "squash:카톡",
		`\nПривет`: "raw:привет", "🇨🇦🇸🇭": "fold:cash", "ᎢᎬᏞᎬᏀᎡᎪᎷ": "latin:telegram", "ᗷITᑕOIᑎ": "latin:bitcoin",
		"w h a t s  a p p": "squash:whatsapp", "t.o.d.a.y n.o.w": "squash:today", "micro❤️soft": "squash:microsoft",
	} {
		require.Contains(t, alts(text), want, "%q", text)
	}
}
