package fold_test

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/source"
)

// everyRune calls visit for all assigned code points but those of private use.
func everyRune(visit func(r rune, text string)) {
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if utf8.ValidRune(r) && unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cf, unicode.Cc) {
			visit(r, string(r))
		}
	}
}

func TestEveryRune(t *testing.T) {
	var f, g fold.Folder
	everyRune(func(r rune, text string) {
		for _, text := range []string{text, "a" + text + "b", "ก" + text, "한" + text + "가"} {
			folded := f.Fold(text)
			body := string(folded.Body)
			if len(folded.Clean) != len(body) || !utf8.ValidString(body) || len(body) > 12*len(text) {
				t.Fatalf("%+q (%U): %+q", text, r, body)
			}
			if again := g.Fold(body); string(again.Body) != body {
				t.Errorf("%+q (%U) folds to %+q, that to %+q", text, r, body, again.Body)
			}
			clean := string(folded.Clean)
			if again := g.Fold(clean); string(again.Clean) != clean || string(again.Body) != body {
				t.Errorf("%+q (%U): clean %+q folds to %+q", text, r, clean, again.Clean)
			}
			for _, form := range []norm.Form{norm.NFC, norm.NFD} {
				if same := g.Fold(form.String(text)); string(same.Body) != body {
					t.Errorf("%+q (%U) folds to %+q, but normalised %+q to %+q", text, r, body, form.String(text), same.Body)
				}
			}
		}
		if t.Failed() && r > 0x20000 {
			t.FailNow()
		}
	})
}

// Upper and lower case fold to the same.
func TestEveryCase(t *testing.T) {
	everyRune(func(r rune, text string) {
		if l := unicode.ToLower(r); l != r {
			if fold.Word(text) != fold.Word(string(l)) {
				t.Errorf("%U %s: %q, %q", r, text, fold.Word(text), fold.Word(string(l)))
			}
		}
		if u := unicode.ToUpper(r); u != r && unicode.ToLower(u) == r {
			if fold.Word(text) != fold.Word(string(u)) {
				t.Errorf("%U %s: %q, %q", r, text, fold.Word(text), fold.Word(string(u)))
			}
		}
	})
}

func TestEveryDigit(t *testing.T) {
	zero := 0
	for _, part := range unicode.Nd.R16 {
		for r := rune(part.Lo); r <= rune(part.Hi); r++ {
			require.Equal(t, string('0'+rune(zero%10)), fold.Word(string(r)), "%U", r)
			zero++
		}
	}
}

func TestSpans(t *testing.T) {
	var f fold.Folder
	for _, test := range []struct{ raw, part, want string }{
		{"go to T\u200bele\u200bgram now", "telegram", "T\u200bele\u200bgram"},
		{"ＥＡＲＮ５０", "earn", "ＥＡＲＮ"},
		{"1️⃣2️⃣ steps", "12", "1️⃣2️⃣"},
		{"x 𝐞𝐚𝐫𝐧!", "ar", "𝐚𝐫"},
		{"b̶i̶t̶", "i", "i̶"},
		{"e\u0301t\u00e9", "été", "e\u0301t\u00e9"},
		{"\u200bhi\u200b", "hi", "hi"},
		{"ก\u0e4d\u0e32น", "กำ", "ก\u0e4d\u0e32"},
		{"投資理財", "资理", "資理"},
	} {
		text := f.Fold(test.raw)
		at := indexOf(t, string(text.Body), test.part)
		raw := text.RawSpan(source.Span{Start: at, End: at + len(test.part)})
		require.Equal(t, test.want, test.raw[raw.Start:raw.End])
	}
}

func TestChanged(t *testing.T) {
	var f fold.Folder
	for raw, want := range map[string]bool{
		"Plain TEXT": false, "don’t — “wait”… now": false, "Привет, Ёж": false, "投資理財，好": false, "✈️ fly ❤️": false, "": false,
		"a\u00a0b": false, "T\u200bele": true, "Ｔele": true, "𝐓ele": true, "T̶ele": true, "1️⃣": true, "١": true, "Te\u200dle": true,
		"أَهْلًا": true,
	} {
		text := f.Fold(raw)
		require.Equal(t, want, text.Changed(source.Span{End: len(text.Body)}), "%q", raw)
	}
}

func indexOf(t *testing.T, body, part string) int {
	t.Helper()
	for i := range body {
		if len(body)-i >= len(part) && body[i:i+len(part)] == part {
			return i
		}
	}
	t.Fatalf("no %q in %q", part, body)
	return 0
}
