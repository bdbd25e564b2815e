package token_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/obfuscate"
	"github.com/hookline/hookline/detector/token"
)

// pitches are what a sender might say, in the languages of the rules.
var pitches = []string{
	"Earn guaranteed profit every day, write to our manager on telegram now",
	"加我微信，稳赚不赔，日薪三百元，名额有限",
	"Gana dinero rápido desde casa, inversión mínima y retiro inmediato",
	"Ganhe dinheiro rápido em casa, promoção válida só hoje",
	"Kerja mudah dari rumah, gaji harian langsung cair hari ini",
	"Việc nhẹ lương cao, liên hệ ngay hôm nay để nhận thưởng",
	"งานออนไลน์รายได้ดี ทำที่บ้านได้ สมัครวันนี้รับเงินทันที",
	"घर बैठे पैसे कमाएं, रोज़ाना भुगतान की गारंटी",
	"在宅ワークで毎日現金、ラインを追加してください",
	"재택근무로 매일 현금 지급, 지금 카카오톡 추가하세요",
	"Удалённая работа каждый день, пишите в телеграм прямо сейчас",
	"اربح المال من المنزل كل يوم مع الدفع الفوري",
	"Gagnez de l'argent rapidement à la maison, retrait immédiat",
	"Verdienen Sie täglich Geld von zu Hause, Auszahlung sofort möglich",
}

// readable says whether some reading of the stream has the words in order: for
// each a token, a reading of one or more tokens, or several tokens that spell
// it.
func readable(s *token.Stream, words []string) (missing string) {
	at := 0
	for _, word := range words {
		next := -1
		_, elided, _ := strings.Cut(word, "'")
		plain := strings.ReplaceAll(word, "'", "")
		for i := at; i < len(s.Tokens) && next < 0; i++ {
			if string(s.Word(i)) == word {
				next = i + 1
			}
			for _, alt := range s.Alts {
				if text := string(alt.Text); int(alt.From) == i && (text == word || text == elided || text == plain) {
					next = int(alt.To)
				}
			}
		}
		if next < 0 {
			return word
		}
		at = next
	}
	return ""
}

// What the operators do is undone: every word can still be read. The lossy ones
// change words, so only a share is asked of them elsewhere.
func TestOperatorsAreUndone(t *testing.T) {
	for _, o := range obfuscate.Operators() {
		if o.Lossy {
			continue
		}
		t.Run(o.Name, func(t *testing.T) {
			for _, pitch := range pitches {
				s := tokenize(pitch)
				var want []string
				for i := range s.Tokens {
					want = append(want, string(s.Word(i)))
				}
				for seed := range uint64(25) {
					hidden := o.Apply(pitch, rand.New(rand.NewPCG(seed, 1)))
					if missing := readable(tokenize(hidden), want); missing != "" {
						t.Errorf("%q cannot be read in %q: %q", missing, hidden, alts(hidden))
					}
				}
			}
		})
	}
}

func TestSpacelessScriptsLoseNothing(t *testing.T) {
	var f fold.Folder
	var z token.Tokenizer
	for _, block := range [][2]rune{{0x0E01, 0x0E3A}, {0x0E40, 0x0E4E}, {0x0E81, 0x0EDF}, {0x1000, 0x1049}, {0x1780, 0x17B3}, {0x17B6, 0x17D3}, {0x3041, 0x3096}, {0x30A1, 0x30FA}, {0x4E00, 0x9FFF}} {
		for r := block[0]; r <= block[1]; r++ {
			text := f.Fold(string(r))
			if len(text.Body) == 0 || !assigned(r) {
				continue
			}
			s := z.Tokenize(text)
			require.NotEmpty(t, s.Tokens, "%U %c", r, r)
			require.EqualValues(t, len(text.Body), s.Tokens[len(s.Tokens)-1].End)
		}
	}
}

func assigned(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }
