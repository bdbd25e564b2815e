package fold_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/source"
)

func TestWord(t *testing.T) {
	for raw, want := range map[string]string{
		"Telegram":       "telegram",
		"Tele\u200bgram": "telegram",
		"Ｔｅｌｅｇｒａｍ":       "telegram",
		"𝐓𝐞𝐥𝐞𝐠𝐫𝐚𝐦":       "telegram",
		"Ⓣⓔⓛⓔ":           "tele",
		"🅣🅔🅛🅔":           "tele",
		"🆃🅴🅻🅴":           "tele",
		"ᴛᴇʟᴇɢʀᴀᴍ":       "telegram",
		"🇹🇪🇱🇪":           "tele",
		"🇫🇷":             "🇫🇷",
		"1️⃣2️⃣3️⃣":      "123",
		"❶❷➂⑩":           "12310",
		"١٢٣ ۴۵۶ १२३ ๑๒๓ １２３": "123 456 123 123 123",
		"T̶e̶l̶e̶":          "tele",
		"Cafe\u0301":        "café",
		"Việt Nam":          "việt nam",
		"don’t":             "don't",
		"a\u00a0b\u2003c":   "a b c",
		"–—‑":               "---",
		"投資 微信":             "投资 微信",
		"賺錢":                "赚钱",
		"ёлка":              "елка",
		"ﾗｲﾝ":               "ライン",
		"ﾊﾞ":                "バ",
		"أَهْلًا إلى مدرسة": "اهلا الي مدرسه",
		"کتاب":              "كتاب",
		"İstanbul":          "istanbul",
		"ज़रूरत":            "जरूरत",
		"\xff\xfeok":        "  ok",
		"℡ ㎏":               "tel kg",
		"":                  "",
	} {
		require.Equal(t, want, fold.Word(raw), "%q", raw)
	}
}

func TestPlain(t *testing.T) {
	require.Equal(t, "numero", fold.Plain("número"))
	require.Equal(t, "duong day", fold.Plain("đường dây"))
	require.Equal(t, "strasse", fold.Plain(fold.Word("Straße")))
	require.Empty(t, fold.Plain("plain"))
	require.Empty(t, fold.Plain("微信"))
	require.Equal(t, "ueberweisen", fold.Umlauts("überweisen"))
	require.Empty(t, fold.Umlauts("zahlen"))
}

func TestCleanKeepsCase(t *testing.T) {
	var f fold.Folder
	text := f.Fold("ＴRx1\u200bAb")
	require.Equal(t, "TRx1Ab", string(text.Clean))
	require.Equal(t, "trx1ab", string(text.Body))
	require.Equal(t, 1, text.Hidden)
}

func TestReadings(t *testing.T) {
	read := func(f func(dst, word []byte) ([]byte, bool), word string) string {
		out, ok := f(nil, []byte(word))
		if !ok {
			return ""
		}
		return string(out)
	}
	require.Equal(t, "bitcoin", read(fold.Latin, "bіtcoin"))
	require.Equal(t, "telegram", read(fold.Latin, "тelegraм"))
	require.Equal(t, "telegram", read(fold.Latin, "τεlegrαm"))
	require.Empty(t, read(fold.Latin, "желаем"))
	require.Equal(t, "работа", read(fold.Cyrillic, "pa6oтa"))
	require.Equal(t, "всем", read(fold.Cyrillic, "bсem"))
	require.Empty(t, read(fold.Cyrillic, "jл"))
	out, ok := fold.Leet(nil, []byte("t3l3gr4m"), 0)
	require.True(t, ok)
	require.Equal(t, "telegram", string(out))
	out, _ = fold.Leet(nil, []byte("1ike"), 1)
	require.Equal(t, "like", string(out))
}

func check(t *testing.T, raw string) {
	t.Helper()
	var f fold.Folder
	text := f.Fold(raw)
	require.Equal(t, len(text.Clean), len(text.Body))
	require.True(t, utf8.Valid(text.Body), "%q", raw)
	last := source.Span{}
	for i := 0; i < len(text.Body); {
		_, size := utf8.DecodeRune(text.Body[i:])
		span := text.RawSpan(source.Span{Start: i, End: i + size})
		require.True(t, 0 <= span.Start && span.Start < span.End && span.End <= len(raw), "%q", raw)
		require.GreaterOrEqual(t, span.Start, last.Start)
		require.GreaterOrEqual(t, span.End, last.End)
		if utf8.ValidString(raw) {
			require.True(t, utf8.RuneStart(raw[span.Start]))
			require.True(t, span.End == len(raw) || utf8.RuneStart(raw[span.End]))
		}
		last = span
		i += size
	}
	body := string(text.Body)
	require.Equal(t, body, fold.Word(body), "folding %q twice", raw)
}

var samples = []string{
	"Plain ASCII, with signs: 3.50!", "Tele\u200bgram", "投資理財", "งานออนไลน์", "Привет, ёж", "T̶e̶l̶e̶g̶r̶a̶m", "🇹🇪🇱🇪 🇫🇷",
	"أَهْلًا", "\xff\xfe\x80", "ﷺ", "e\u0301\u0301\u0301\u0301", "\u01ea\u0301", "각", "\u1112\u1161\u11ab", "İ", "ẞ", "Å", "１２３", "\u202egnp.exe",
}

func TestOffsets(t *testing.T) {
	for _, raw := range samples {
		check(t, raw)
		check(t, strings.Repeat(raw, 3))
	}
}

func TestInvariance(t *testing.T) {
	for _, raw := range samples {
		require.Equal(t, fold.Word(raw), fold.Word(norm.NFC.String(fold.Word(raw))))
	}
	for _, raw := range samples {
		if utf8.ValidString(raw) {
			require.Equal(t, fold.Word(norm.NFC.String(raw)), fold.Word(norm.NFD.String(raw)), "%+q", raw)
		}
	}
	require.Equal(t, fold.Word("Việt số đường"), fold.Word(norm.NFD.String("Việt số đường")))
	require.Equal(t, fold.Word("นำ"), fold.Word("น\u0e4d\u0e32"))
	require.Equal(t, fold.Word("한국어"), fold.Word(norm.NFD.String("한국어")))
}

func TestNoAllocationsForASCII(t *testing.T) {
	var f fold.Folder
	text := strings.Repeat("Good morning, see you at 9! ", 20)
	f.Fold(text)
	require.Zero(t, testing.AllocsPerRun(100, func() { f.Fold(text) }))
}

func FuzzFold(f *testing.F) {
	for _, s := range samples {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		check(t, raw)
		if utf8.ValidString(raw) {
			require.Equal(t, fold.Word(norm.NFC.String(raw)), fold.Word(norm.NFD.String(raw)), "%+q", raw)
		}
	})
}
