package token_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/token"
)

// What a text says does not depend on how its characters are encoded.
func TestEncodingsAgree(t *testing.T) {
	for _, pitch := range pitches {
		want := tokenize(pitch)
		for name, text := range map[string]string{
			"NFD": norm.NFD.String(pitch), "NFC": norm.NFC.String(pitch), "upper case": strings.ToUpper(pitch),
			"lower case": strings.ToLower(pitch), "spaces": strings.ReplaceAll(pitch, " ", "\u00a0"),
			"invisible": strings.ReplaceAll(pitch, " ", "\u200b \ufeff"), "marks of direction": "\u202a" + pitch + "\u202c",
		} {
			got := tokenize(text)
			require.Equal(t, words(want), words(got), name)
			for i := range want.Tokens {
				require.Equal(t, want.Tokens[i].Clause, got.Tokens[i].Clause, name)
				require.Equal(t, want.Tokens[i].Units, got.Tokens[i].Units, name)
			}
		}
	}
}

// A tokenizer forgets what it has seen.
func TestTokenizerForgets(t *testing.T) {
	var f fold.Folder
	var z token.Tokenizer
	for _, text := range append(pitches, "W h a t s A p p", "", "b1tc0in 🇹🇪🇱", "pa6oтa", "plain") {
		fresh, used := tokenize(text), z.Tokenize(f.Fold(text))
		require.Equal(t, append([]token.Token{}, fresh.Tokens...), append([]token.Token{}, used.Tokens...), text)
		require.Equal(t, append([]token.Alt{}, fresh.Alts...), append([]token.Alt{}, used.Alts...), text)
	}
}

// The readings of hostile text stay in proportion to it.
func TestHostileTextIsBounded(t *testing.T) {
	for _, part := range []string{
		"a ", "a.", "a-a_", "1l|", "l1!", "a\u0336\u0301", "🇹", "I", "aI", "l'a", "а", "аa", "6а", "🔥a", "a🔥", "و", "والا ", "\\n", "$", "€a", "()", "+", "é", "ｗ", "ก็", "가", "'", "a'", "\xff", "1.", "加v",
	} {
		s := tokenize(strings.Repeat(part, 5000))
		require.LessOrEqual(t, len(s.Alts), 8*len(s.Tokens), part)
		size := 0
		for _, a := range s.Alts {
			size += len(a.Text)
		}
		require.LessOrEqual(t, size, 100*len(s.Text.Raw), part)
	}
}

// No text of ours costs an allocation once the memory is warm.
func TestNoAllocations(t *testing.T) {
	var f fold.Folder
	var z token.Tokenizer
	for _, text := range append(pitches, "W h a t s A p p", "b1tc0in pa6oтa Tеlеgram", "𝐭𝐨𝐝𝐚𝐲 e\u0301 T̶e̶", "W̶o̶rk 🇹🇪🇱") {
		z.Tokenize(f.Fold(text))
		require.Zero(t, testing.AllocsPerRun(20, func() { z.Tokenize(f.Fold(text)) }), text)
	}
}

func TestAltsAreSorted(t *testing.T) {
	for _, text := range append(pitches, "l'ar93nt tele-gram W h a t s A p p b1tco1n l'argent") {
		s := tokenize(text)
		for i := 1; i < len(s.Alts); i++ {
			a, b := s.Alts[i-1], s.Alts[i]
			require.True(t, a.From < b.From || a.From == b.From && a.To <= b.To, text)
		}
	}
}
