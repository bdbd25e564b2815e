package detector_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
	"github.com/hookline/hookline/rules"
)

// shipped compiles the built-in rules, once for all tests.
var shipped = sync.OnceValues(func() (*detector.Detector, error) {
	set, err := rule.Load(rules.FS)
	if err != nil {
		return nil, err
	}
	return detector.New(set, detector.Options{})
})

func builtin(t testing.TB) *detector.Detector {
	t.Helper()
	d, err := shipped()
	require.NoError(t, err)
	return d
}

// corpusCases judges every case of the corpus.
func corpusCases(t *testing.T, visit func(c labelled.Case, v detector.Verdict)) {
	t.Helper()
	d := builtin(t)
	require.NoError(t, labelled.Walk(corpus.FS, func(c labelled.Case) error {
		visit(c, judge(d, c.Messages()))
		return nil
	}))
}

func TestCorpusVerdictsReAdd(t *testing.T) {
	corpusCases(t, func(c labelled.Case, v detector.Verdict) {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		var back struct {
			Logit, Bias   score.Weight
			Score         float64
			Contributions []score.Contribution
		}
		require.NoError(t, json.Unmarshal(text, &back))
		sum := back.Bias
		for _, part := range back.Contributions {
			sum += part.Weight
		}
		require.Equal(t, back.Logit, sum, c.Path)
		require.InDelta(t, score.Score(back.Logit), back.Score, 0, c.Path)
	})
}

// Evidence is the words of the message, byte for byte, in the contract's order.
func TestCorpusEvidence(t *testing.T) {
	corpusCases(t, func(c labelled.Case, v detector.Verdict) {
		texts := map[string]string{}
		for _, m := range c.Messages() {
			texts[m.ID] = m.Text
		}
		for _, e := range v.Evidence {
			text := texts[e.Message]
			require.True(t, strings.HasPrefix(text[e.Start:e.End], e.Text), "%s: %s", c.Path, e.Rule)
			require.True(t, utf8.ValidString(e.Text), c.Path)
		}
	})
}

// The five texts that the project was created from are news: none accuses
// anybody.
func TestArticles(t *testing.T) {
	paths, _ := filepath.Glob("../../shared/articles/*.txt")
	if len(paths) == 0 {
		t.Skip("no articles beside the checkout")
	}
	d := builtin(t)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		v := judge(d, []message.Message{{ID: "m1", Text: string(text), Kind: message.Post}})
		require.Equal(t, rule.P4, v.Band, "%s: %v", path, v.Tags)
	}
}

func TestPlea(t *testing.T) {
	d := builtin(t)
	plea := judge(d, chat("a: Please help me. They took my passport and locked us in the building, I cannot leave."))
	require.Equal(t, rule.Safety, plea.Queue)
	require.GreaterOrEqual(t, plea.Band, rule.P1)
	dual := judge(d, chat("a: Guaranteed profit of 20% every day, my uncle is a senior analyst with insider signals",
		"a: please help me, they took my passport and beat us when we miss the quota, i am locked in here"))
	require.Equal(t, rule.Safety, dual.Queue)
	require.Equal(t, "review", dual.Action)
	news := judge(d, chat("a: Police said on Monday that 40 workers were freed from a compound. The guards took their passports and "+
		"locked them in the building, according to the ministry."))
	require.NotEqual(t, rule.Safety, news.Queue)
	forwarded := judge(d, chat("a: Some guy messaged me about a job abroad, is this legit? Police said on Monday that 40 workers were freed "+
		"from a compound. The guards took our passports and beat us, one of them said."))
	require.NotEqual(t, rule.Safety, forwarded.Queue, "news beside a question about an offer is still news")
}

// Detection never panics, quotes what is there, and says the same twice.
func FuzzDetect(f *testing.F) {
	for _, seed := range []string{
		"Guaranteed profit 20% a day, message @goldmentor", "they took my passport", "招兼职日结加微信abc123", "\xff\xfe\u202e",
		"W h a t s A p p +1 202 555 0143", "> quoted\nown", "Pay the tax to withdraw 0x52908400098527886E0F7030069857D2E4169EE7",
	} {
		f.Add(seed, "hello")
	}
	d := builtin(f)
	f.Fuzz(func(t *testing.T, first, second string) {
		thread := []message.Message{
			{ID: "1", Thread: "t", Sender: "a", Text: first, Seq: 1, HasSeq: true},
			{ID: "2", Thread: "t", Sender: "b", Text: second, Seq: 2, HasSeq: true},
		}
		v := judge(d, thread)
		require.True(t, 0.1 <= v.Score && v.Score <= 99.9)
		for _, e := range append(v.Evidence, v.Opposing...) {
			text := first
			if e.Message == "2" {
				text = second
			}
			require.True(t, 0 <= e.Start && e.Start <= e.End && e.End <= len(text))
			require.True(t, strings.HasPrefix(text[e.Start:e.End], e.Text))
		}
		thread[0], thread[1] = thread[1], thread[0]
		require.Equal(t, v, judge(d, thread))
	})
}
