package conformance

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"

	"github.com/hookline/hookline/detector/generate"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

// Shape of the corpus: how many threads are under way at once, and one in how
// many units is a lone message, a thread without times, one without numbers,
// one with a reporter, a script with rule after rule.
const (
	underWay   = 300
	loneIn     = 4
	untimedIn  = 12
	unnumbered = 8
	reportedIn = 6
	scriptedIn = 25
)

// Chance, in a hundred, that a message says what a rule is about: of any, and
// of one in a script.
const (
	saysAny    = 2
	saysScript = 35
)

// Sentences are what the tests of a set's rules match, for a Corpus.
func Sentences(set *rule.Set) (lines []string) {
	for _, r := range set.Rules {
		for _, test := range r.Tests.Match {
			for _, m := range test.Messages {
				lines = append(lines, m.Text)
			}
		}
	}
	return lines
}

// Corpus makes n messages of interleaved threads, the same for the same seed and
// others for another, and gives them to each in the order in which they were sent. Some say one of
// the sentences. Position counts them.
func Corpus(sentences []string, seed uint64, n int, each func(*message.Message) error) error {
	c := corpus{seed: seed, rng: rand.New(rand.NewPCG(seed, 9)), text: generate.New(seed), lines: sentences}
	for len(c.open) < underWay {
		c.open = append(c.open, c.unit())
	}
	for position := range n {
		i := c.rng.IntN(len(c.open))
		m := c.open[i][0]
		m.Position = int64(position)
		if c.open[i] = c.open[i][1:]; len(c.open[i]) == 0 {
			c.open[i] = c.unit()
		}
		if err := each(&m); err != nil {
			return err
		}
	}
	return nil
}

// Write writes a Corpus as contract JSONL. Its messages are of the namespace of
// whoever reads them.
func Write(to io.Writer, sentences []string, seed uint64, n int) error {
	out := bufio.NewWriter(to)
	var line []byte
	err := Corpus(sentences, seed, n, func(m *message.Message) error {
		m.Namespace = ""
		line = append(m.AppendJSON(line[:0]), '\n')
		_, err := out.Write(line)
		return err
	})
	return errors.Join(err, out.Flush())
}

// corpus is one being made.
type corpus struct {
	seed  uint64
	rng   *rand.Rand
	text  *generate.Text
	lines []string
	units int
	open  [][]message.Message
}

func (c *corpus) oneIn(n int) bool { return c.rng.IntN(n) == 0 }

// unit makes a thread or a lone message.
func (c *corpus) unit() []message.Message {
	c.units++
	thread := c.text.Thread(fmt.Sprintf("t%d.%d", c.seed, c.units))
	says := saysAny
	if c.oneIn(scriptedIn) {
		says = saysScript
	}
	if c.oneIn(loneIn) {
		thread = thread[:1]
		thread[0].ID, thread[0].Thread, thread[0].Kind = fmt.Sprintf("sms%d.%d", c.seed, c.units), "", message.SMS
	}
	untimed, unnumbered, reported := c.oneIn(untimedIn), c.oneIn(unnumbered), c.oneIn(reportedIn)
	first := thread[0].Sender
	for i := range thread {
		m := &thread[i]
		if c.rng.IntN(100) < says {
			m.Text = c.lines[c.rng.IntN(len(c.lines))]
		}
		if untimed {
			m.Sent = message.Time{}
		}
		if unnumbered {
			m.Seq, m.HasSeq = 0, false
		}
		if reported {
			m.Role = message.Counterparty
			if m.Sender == first {
				m.Role = message.Reporter
			}
		}
		m.Source = "generated"
	}
	return thread
}
