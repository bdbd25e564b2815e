package generate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/hookline/hookline/detector/message"
)

// Text makes messages. It is not safe for concurrent use; the same seed makes
// the same messages.
type Text struct {
	rng   *rand.Rand
	zipf  *rand.Zipf
	words []string
}

// Parameters of the language: its most frequent word is one in thirteen, as
// "you" and "to" are in chats, and half of what is said is a hundred words.
const (
	vocabulary = 120_000
	exponent   = 1.12
	flatness   = 4
)

// New makes a source of text.
func New(seed uint64) *Text {
	rng := rand.New(rand.NewPCG(seed, 0x5eed))
	t := &Text{rng: rng, zipf: rand.NewZipf(rng, exponent, flatness, vocabulary-1)}
	t.words = append(t.words, common...)
	made := map[string]bool{}
	for len(t.words) < vocabulary {
		if word := t.coin(len(t.words)); !made[word] {
			made[word] = true
			t.words = append(t.words, word)
		}
	}
	return t
}

// common are the words at the top of the list; the others are coined.
var common = strings.Fields(`you to i the a and it is me in my of for that on u so have at just be your but not up
	get we are do will ok no can what with go now if all when out like know good was got come this time day love`)

var onsets = strings.Fields("b c d f g h j k l m n p r s t v w ch sh th br tr st pl gr")

var rimes = strings.Fields("a e i o u an en in on er ar or ay ee ea oo ack ent ing ight all est oun")

// coin makes up the word of a rank: rarer words are longer.
func (t *Text) coin(rank int) string {
	syllables := 1 + int(math.Log10(float64(rank)))/2
	var b strings.Builder
	for range syllables + t.rng.IntN(2) {
		b.WriteString(onsets[t.rng.IntN(len(onsets))])
		b.WriteString(rimes[t.rng.IntN(len(rimes))])
	}
	return b.String()
}

// Word returns a word as often as it is used.
func (t *Text) Word() string { return t.words[t.zipf.Uint64()] }

// Rank returns the word of a rank, 0 being the most frequent.
func (t *Text) Rank(rank int) string { return t.words[rank] }

// Sentence makes n words and what stands between them.
func (t *Text) Sentence(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Word())
		switch t.rng.IntN(14) {
		case 0:
			b.WriteByte(',')
		case 1:
			b.WriteByte('.')
		}
	}
	return b.String()
}

var smile = strings.Fields("😂 😊 ❤️ 👍 🙏 😭 🔥 😘")

// Message makes the text of one message: a median of 15 words.
func (t *Text) Message() string {
	n := max(1, min(90, int(math.Exp(2.7+0.65*t.rng.NormFloat64()))))
	text := t.Sentence(n)
	switch p := t.rng.IntN(100); {
	case p < 12:
		text += " " + smile[t.rng.IntN(len(smile))]
	case p < 15:
		text += fmt.Sprintf(" $%d", 10*(1+t.rng.IntN(300)))
	case p < 18:
		text += " " + t.link()
	case p < 19:
		text += fmt.Sprintf(" +1 %d 555 01%02d", 201+t.rng.IntN(780), t.rng.IntN(100)) // reserved numbers
	case p < 20:
		text += fmt.Sprintf(" telegram @%s_%d", t.Word(), t.rng.IntN(100_000))
	}
	return text
}

// link is half the time one of a few sites that everybody links to, else one of
// many.
func (t *Text) link() string {
	host := fmt.Sprintf("%s%d", t.Word(), t.rng.IntN(10_000))
	if t.rng.IntN(2) == 0 {
		host = onsets[t.rng.IntN(len(onsets))] + "-tube"
	}
	return fmt.Sprintf("https://%s.example/%s%d", host, t.Word(), t.rng.IntN(10_000))
}

// Thread makes a conversation of two people with up to 40 messages, twelve on
// average, within some weeks of 2026.
func (t *Text) Thread(id string) []message.Message {
	n := max(1, min(40, int(math.Exp(2.2+0.8*t.rng.NormFloat64()))))
	people := [2]string{t.Word() + id, t.Word()}
	sent := time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(t.rng.IntN(180*24*60)) * time.Minute)
	all := make([]message.Message, n)
	for i := range all {
		sent = sent.Add(time.Duration(1+t.rng.ExpFloat64()*3600) * time.Second)
		all[i] = message.Message{
			ID: fmt.Sprint("m", i), Thread: id, Namespace: "generated", Sender: people[t.rng.IntN(2)],
			Seq: int64(i), HasSeq: true, Sent: message.Instant(sent), Text: t.Message(), Kind: message.Chat,
			Source: fmt.Sprintf("generated.jsonl:%s", id), Position: int64(i),
		}
	}
	return all
}
