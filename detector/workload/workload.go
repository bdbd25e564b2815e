package workload

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/obfuscate"
)

// Generator makes messages. The same seed makes the same messages. Not for
// concurrent use.
type Generator struct {
	Lines    []string // what is said besides made-up words
	Matching float64  // the share of messages that say a line; of conversations, in which every third message does

	seed         uint64
	r            *rand.Rand
	vocabularies map[Script]*vocabulary
	hide         []obfuscate.Operator
	count        int // messages and conversations made so far
}

// New makes a generator.
func New(seed uint64) *Generator {
	g := &Generator{seed: seed, r: rand.New(rand.NewPCG(seed, 0x5eed)), vocabularies: map[Script]*vocabulary{}}
	for _, o := range obfuscate.Operators() {
		if !o.Lossy {
			g.hide = append(g.hide, o)
		}
	}
	return g
}

func (g *Generator) vocabulary(s Script) *vocabulary {
	if s == Obfuscated {
		s = English
	}
	v := g.vocabularies[s]
	if v == nil {
		v = newVocabulary(s, g.r)
		g.vocabularies[s] = v
	}
	return v
}

// Word returns a word as often as it is used.
func (g *Generator) Word(s Script) string { return g.vocabulary(s).word() }

// Rank returns the word of a rank, 0 being the most frequent.
func (g *Generator) Rank(s Script, rank int) string { return g.vocabulary(s).words[rank] }

// Text makes words of about so many bytes.
func (g *Generator) Text(s Script, size int) string {
	var b strings.Builder
	for v := g.vocabulary(s); b.Len() < size; {
		if b.Len() > 0 {
			b.WriteString(v.between(g.r))
		}
		b.WriteString(v.word())
	}
	return b.String()
}

// Body makes the text of a message of about so many bytes.
func (g *Generator) Body(s Script, size int) string { return g.body(s, size, g.oneIn(g.Matching)) }

func (g *Generator) oneIn(share float64) bool { return g.r.Float64() < share }

func (g *Generator) body(s Script, size int, says bool) string {
	text := g.Text(s, size)
	if says && len(g.Lines) > 0 {
		text += g.vocabulary(s).stop + g.Lines[g.r.IntN(len(g.Lines))]
	}
	if extra := g.extra(s); extra != "" {
		text += " " + extra
	}
	if s == Obfuscated {
		for range 2 {
			text = g.hide[g.r.IntN(len(g.hide))].Apply(text, g.r)
		}
	}
	return text
}

var smiles = strings.Fields("😂 😊 ❤️ 👍 🙏 😭 🔥 😘")

var sums = []string{"$%d", "%d USDT", "%d%% a day"}

// extra is what one message in five carries besides words. Numbers are those
// that are reserved for examples.
func (g *Generator) extra(s Script) string {
	switch p := g.r.IntN(100); {
	case p < 12:
		return smiles[g.r.IntN(len(smiles))]
	case p < 15:
		return fmt.Sprintf(sums[g.r.IntN(len(sums))], 10*(1+g.r.IntN(300)))
	case p < 18:
		return g.link()
	case p < 19:
		return fmt.Sprintf("+1 %d 555 01%02d", 201+g.r.IntN(780), g.r.IntN(100))
	case p < 20 && g.r.IntN(2) == 0:
		return fmt.Sprintf("telegram @%s_%d", g.Word(English), g.r.IntN(100_000))
	case p < 20:
		return fmt.Sprintf("help%d@desk.example", g.r.IntN(100))
	default:
		return ""
	}
}

// link is half the time one of a few sites that everybody links to, else one of
// many.
func (g *Generator) link() string {
	host := fmt.Sprintf("%s%d", g.Word(English), g.r.IntN(10_000))
	if g.r.IntN(2) == 0 {
		host = fmt.Sprintf("tube-%d", g.r.IntN(24))
	}
	return fmt.Sprintf("https://%s.example/%s%d", host, g.Word(English), g.r.IntN(10_000))
}

// size is the length of a message in bytes: half have less than 80, one in ten
// has more than 185, and they have a hundred on average.
func (g *Generator) size() int { return min(600, int(math.Exp(4.4+0.65*g.r.NormFloat64()))) }

// Message makes an SMS.
func (g *Generator) Message(s Script) message.Message {
	u := g.next(Traffic{})
	u.script = s
	return g.message(&u, 0)
}

// Advert makes a post of about 3 kB.
func (g *Generator) Advert(s Script) message.Message {
	u := g.next(Traffic{Adverts: true})
	u.script = s
	return g.message(&u, 0)
}

// Thread makes a conversation of so many messages; of as many as people write,
// where size is 0.
func (g *Generator) Thread(s Script, id string, size int) []message.Message {
	u := g.next(Traffic{Threads: 1})
	u.script, u.id = s, id
	if size > 0 {
		u.size = size
	}
	all := make([]message.Message, u.size)
	for i := range all {
		all[i] = g.message(&u, i)
		all[i].Position = int64(i)
	}
	return all
}
