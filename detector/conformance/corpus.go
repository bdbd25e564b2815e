package conformance

import (
	"io"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/workload"
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
// others for another, and gives them to each in the order in which they were
// sent. Some say one of the sentences. Position counts them.
func Corpus(sentences []string, seed uint64, n int, each func(*message.Message) error) error {
	return generator(sentences, seed).Each(n, traffic, each)
}

// Write writes a Corpus as contract JSONL. Its messages are of the namespace of
// whoever reads them.
func Write(to io.Writer, sentences []string, seed uint64, n int) error {
	return generator(sentences, seed).Write(to, n, traffic)
}

// traffic has everything that is a matter of threads: several hundred under way
// at once, some without times or numbers, some with a reporter, and lone
// messages.
var traffic = workload.Traffic{Threads: 0.95, Open: 300, Odd: true}

// matching is the share of threads in which sentences are said.
const matching = 0.15

func generator(sentences []string, seed uint64) *workload.Generator {
	g := workload.New(seed)
	g.Lines, g.Matching = sentences, matching
	return g
}
