package workload

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing/fstest"
	"time"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/obfuscate"
)

// Generator makes messages. The same seed makes the same messages. Not for
// concurrent use.
type Generator struct {
	r       *rand.Rand
	words   map[Script]*vocabulary
	phrases []string
	hide    []obfuscate.Operator
	count   int
}

// New makes a generator.
func New(seed uint64) *Generator {
	g := &Generator{r: rand.New(rand.NewPCG(seed, 0)), words: map[Script]*vocabulary{}}
	for _, s := range Scripts() {
		g.words[s] = newVocabulary(s, g.r)
	}
	for _, o := range obfuscate.Operators() {
		if !o.Lossy {
			g.hide = append(g.hide, o)
		}
	}
	g.phrases = phrases(200)
	return g
}

// extras are what some messages carry besides words.
var extras = []string{
	"https://pay-%d.example/login", "@agent_%d", "$%d", "%d USDT", "+1 555-01%02d", "help%d@desk.example", "😊", "🔥🔥", "%d%% a day", "in %d days",
}

// Text makes text of about so many bytes.
func (g *Generator) Text(s Script, size int) string {
	var b strings.Builder
	v := g.words[s]
	for n := 0; b.Len() < size; n++ {
		switch {
		case n > 0 && g.r.IntN(12) == 0:
			b.WriteString(v.stop)
		case n > 0 && v.spaced:
			b.WriteByte(' ')
		}
		b.WriteString(v.word())
	}
	return b.String()
}

// Body makes the text of a message of about so many bytes: three in ten carry
// a phrase of the generated rules, one in five a link, amount or emoji.
func (g *Generator) Body(s Script, size int) string {
	text := g.Text(s, size)
	if g.r.IntN(10) < 3 {
		text += " " + g.phrases[g.r.IntN(len(g.phrases))]
	}
	if g.r.IntN(5) == 0 {
		extra := extras[g.r.IntN(len(extras))]
		if strings.Contains(extra, "%d") || strings.Contains(extra, "%02d") {
			extra = fmt.Sprintf(extra, g.r.IntN(90)+10)
		}
		text += " " + extra
	}
	if s == Obfuscated {
		for range 2 {
			text = g.hide[g.r.IntN(len(g.hide))].Apply(text, g.r)
		}
	}
	return text
}

// Message makes an SMS of some 30 to 200 bytes.
func (g *Generator) Message(s Script) message.Message {
	g.count++
	return message.Message{
		ID: fmt.Sprintf("m%d", g.count), Sender: fmt.Sprintf("sender %d", g.r.IntN(5000)), Kind: message.SMS,
		Sent: message.Instant(start.Add(time.Duration(g.count) * time.Second)), Text: g.Body(s, 30+int(100*g.r.ExpFloat64()/1.6)%400), Source: "workload",
		Position: int64(g.count),
	}
}

var start = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Thread makes a chat of so many messages.
func (g *Generator) Thread(s Script, size int) []message.Message {
	thread := make([]message.Message, size)
	name := fmt.Sprintf("t%d", g.count)
	for i := range thread {
		thread[i] = g.Message(s)
		thread[i].Thread, thread[i].Kind = name, message.Chat
		thread[i].Seq, thread[i].HasSeq = int64(i), true
	}
	return thread
}

// Advert makes a post of about 3 kB.
func (g *Generator) Advert(s Script) message.Message {
	m := g.Message(s)
	m.Kind = message.JobAdvert
	paragraphs := make([]string, 10)
	for i := range paragraphs {
		paragraphs[i] = g.Body(s, 280)
	}
	m.Text = strings.Join(paragraphs, "\n")
	return m
}

// phrases are those of the generated rules, the same ones each time.
func phrases(count int) []string {
	r := rand.New(rand.NewPCG(phraseSeed, 0))
	v := newVocabulary(English, r)
	all := make([]string, count)
	for i := range all {
		words := make([]string, 2+r.IntN(5))
		for k := range words {
			words[k] = v.words[40+r.IntN(1400)]
		}
		all[i] = strings.Join(words, " ")
	}
	return all
}

const phraseSeed = 7

// Rules is a folder of generated rules with so many phrases each; the first
// phrases are those that messages carry.
func Rules(rules, each int) fstest.MapFS {
	all := phrases(rules * each)
	folder := fstest.MapFS{}
	for i := range rules {
		name := fmt.Sprintf("r%05d", i)
		body := fmt.Sprintf("id: crypto_fraud.load.%s\ntitle: Rule %d\nstage: pitch\nweight: weak\npatterns:\n  p:\n    en: [%q", name, i, all[i*each])
		for _, p := range all[i*each+1 : (i+1)*each] {
			body += fmt.Sprintf(", %q", p)
		}
		folder["crypto_fraud/load/"+name+".yaml"] = &fstest.MapFile{Data: []byte(body + "]\n")}
	}
	return folder
}
