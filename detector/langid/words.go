package langid

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// functionWords are the most common grammatical words of the languages written
// in Latin letters, chosen so that few are shared. Vietnamese stands with and
// without its marks, because it is typed both ways.
var functionWords = map[string]string{
	"en": "the and you your is are was were have has had will would can could this that with for from they what when not but just about been there their my me we our it's i'm don't how who to of",
	"es": "el los las una unos que por para con pero como está estoy muy más también cuando donde porque mi tu su te le lo yo nos hola gracias puedes tengo tiene eres quiero del al es y",
	"pt": "os uma um não que para com mas como está estou muito mais também quando onde porque você voce meu minha seu sua te eu nós nos olá obrigado pode tenho tem quero do da dos ao é e em",
	"fr": "le les des une est dans pour pas que qui avec mais vous nous je tu il elle sur sont très plus aussi quand où parce mon ma votre vos bonjour merci c'est j'ai du au et",
	"de": "der die das und ist nicht ein eine einen ich du sie wir ihr mit für auf von dem den des auch sind haben kann aber wie was wenn noch nur mein dein sehr zu im",
	"it": "il gli una al alla dei delle degli nella che per con non sono è di della nel mi ti ci anche come quando dove perché mio tuo ciao grazie puoi hai ho molto più questo",
	"nl": "het een van dat niet zijn voor met maar ook ik je jij wij hij naar heb heeft kan wat wie hoe mijn jouw goed nog wel deze",
	"id": "yang dan di ini itu tidak dengan untuk dari saya kamu anda akan bisa ada sudah juga kami kita mereka atau tapi karena apa aku nya ke gak nggak lagi aja sama banget kalau",
	"ms": "yang dan ini itu tidak dengan untuk dari saya awak anda akan boleh ada sudah juga kami kita mereka atau tetapi kerana apa tak nak dah lah sahaja kerja",
	"vi": "và là của không có cho với được này đã tôi bạn anh em mình những các một người trong khi đến nhé rất nhiều như thế gì đi lại va la cua khong cho voi duoc nay toi ban minh nhung cac mot nguoi nhe nhieu em anh",
	"tl": "ang ng mga sa na ay at ako ikaw ka siya kami tayo sila ko mo nya niya hindi po opo lang din rin naman pa ba kung para may wala ito yan yung kasi",
	"tr": "bir ve bu için ile çok ben sen biz siz ama da de ne mi var yok değil gibi daha kadar bana sana şey olarak",
	"sw": "na ya wa kwa ni za la katika hii yangu yako wewe mimi sisi kama lakini sana hapa kuwa cha habari tafadhali nina una hana siwezi",
	"pl": "nie jest to się na że w z do co jak ale dla czy mnie mam jestem bardzo tylko przez już",
}

// voteCodes are the languages of functionWords, in the order of ballots.
var voteCodes = []string{"en", "es", "pt", "fr", "de", "it", "nl", "id", "ms", "vi", "tl", "tr", "sw", "pl"}

// lead is by how many words the winner of a vote must be ahead.
const lead = 1

// maxWord is the length of the longest function word.
const maxWord = 16

// voteTable holds the function words: all by their letters, and those of at
// most eight ASCII letters packed into numbers, in an open hash table.
type voteTable struct {
	codes  []string
	words  map[string]uint32 // bit per code
	packed [slots]uint64     // letters; 0 for none
	votes  [slots]ballot
	long   [26]uint32 // by first letter: lengths of longer ASCII words, a bit each
}

const slots = 2048

// ballot counts words of sixteen languages, a byte for each.
type ballot [2]uint64

var votes = newVoteTable()

func newVoteTable() *voteTable {
	t := &voteTable{words: map[string]uint32{}}
	for _, code := range voteCodes {
		for _, word := range strings.Fields(functionWords[code]) {
			t.words[word] |= 1 << len(t.codes)
		}
		t.codes = append(t.codes, code)
	}
	for word, codes := range t.words {
		if ascii(word) && len(word) > 8 {
			t.long[word[0]-'a'] |= 1 << len(word)
		}
		if ascii(word) && len(word) <= 8 {
			letters := uint64(0)
			for i := range len(word) {
				letters |= uint64(word[i]) << (8 * i)
			}
			i := t.slot(letters)
			t.packed[i] = letters
			t.votes[i].add(codes)
		}
	}
	return t
}

// slot is where a packed word is, or would be.
func (t *voteTable) slot(letters uint64) uint64 {
	i := letters * 0x9e3779b97f4a7c15 >> (64 - 11)
	for t.packed[i] != letters && t.packed[i] != 0 {
		i = (i + 1) % slots
	}
	return i
}

// add counts a word of the languages of a set.
func (b *ballot) add(codes uint32) {
	for ; codes != 0; codes &= codes - 1 {
		i := bits.TrailingZeros32(codes)
		b[i/8] += 1 << (i % 8 * 8)
	}
}

// count is how many words of a language there are.
func (b *ballot) count(language int) int { return int(b[language/8] >> (language % 8 * 8) & 0xff) }

// inWord says of each ASCII character whether words are made of it.
var inWord = func() (in [utf8.RuneSelf]bool) {
	for c := range in {
		in[c] = c == '\'' || 'a' <= c|0x20 && c|0x20 <= 'z'
	}
	return in
}()

// vote counts function words. A language wins with more than any other, an
// eighth of all words at least, and with a single one only in a text of three
// words.
func vote(text string) string {
	tally, words := count(text)
	return winner(tally[:], words)
}

// count counts the function words of each language, and all words.
func count(text string) (tally [16]int, words int) {
	var counted ballot
	for i := 0; i < len(text); {
		end, plain := wordEnd(text, i)
		if end > i {
			if words++; words%0xff == 0 {
				counted.move(&tally)
			}
			if plain {
				counted.word(text, i, end)
			} else {
				counted.add(codesOf(text[i:end]))
			}
		}
		i = end
		for i < len(text) { // to the next word
			if c := text[i]; c < utf8.RuneSelf {
				if inWord[c] {
					break
				}
				i++
				continue
			}
			r, size := utf8.DecodeRuneInString(text[i:])
			if unicode.IsLetter(unicode.ToLower(r)) {
				break
			}
			i += size
		}
	}
	counted.move(&tally)
	return tally, words
}

// near is a bit for each language that has function words in a text, at most
// one fewer than any other.
func near(text string) (languages uint) {
	tally, _ := count(text)
	best := slices.Max(tally[:])
	for i, n := range tally {
		if n > 0 && n >= best-1 {
			languages |= 1 << i
		}
	}
	return languages
}

// wordEnd is the end of the word that begins at i, if any does, and whether it
// is of ASCII.
func wordEnd(text string, i int) (end int, plain bool) {
	plain = true
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			if !inWord[c] {
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(unicode.ToLower(r)) {
			break
		}
		plain = false
		i += size
	}
	return i, plain
}

// longCodes is codesOf for a word of more than eight ASCII letters.
func longCodes(word string) uint32 {
	first := (word[0] | 0x20) - 'a'
	if len(word) > maxWord || int(first) >= len(votes.long) || votes.long[first]>>len(word)&1 == 0 {
		return 0
	}
	var buffer [maxWord]byte
	for i := range len(word) {
		buffer[i] = word[i] | 0x20
	}
	return votes.words[string(buffer[:len(word)])]
}

// codesOf says in which languages a word is a function word.
func codesOf(word string) uint32 {
	if len(word) > 3*maxWord {
		return 0
	}
	var buffer [4 * maxWord]byte
	lower := buffer[:0]
	for _, r := range word {
		lower = utf8.AppendRune(lower, unicode.ToLower(r))
	}
	return votes.words[string(lower)]
}

func winner(tally []int, words int) string {
	best, second := 0, 0
	at := 0
	for i, n := range tally {
		if n > best {
			best, second, at = n, best, i
		} else if n > second {
			second = n
		}
	}
	if best == 0 || best-second < lead || best*8 < words || best < 2 && words > 3 {
		return Undetermined
	}
	return votes.codes[at]
}
