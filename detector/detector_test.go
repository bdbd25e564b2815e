package detector_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// newDetector compiles the small rule set of testdata.
func newDetector(t testing.TB) *detector.Detector {
	t.Helper()
	set, err := rule.Load(os.DirFS("testdata/rules"))
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(t, err)
	return d
}

// chat makes a thread of "who: text" lines.
func chat(lines ...string) []message.Message {
	all := make([]message.Message, len(lines))
	for i, line := range lines {
		who, text, _ := strings.Cut(line, ": ")
		role, _ := message.ParseRole(who)
		all[i] = message.Message{
			ID: fmt.Sprintf("m%d", i+1), Thread: "t", Sender: who, Role: role, Text: text, Seq: int64(i + 1), HasSeq: true,
		}
	}
	return all
}

func judge(d *detector.Detector, thread []message.Message) detector.Verdict {
	return d.Judge(d.MatchAll(thread))
}

func printed(t *testing.T, v detector.Verdict) string {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return string(text)
}

func TestRouting(t *testing.T) {
	d := newDetector(t)
	for name, test := range map[string]struct {
		thread []message.Message
		band   rule.Band
		queue  rule.Queue
	}{
		"a lone promise":          {chat("a: A guaranteed profit for you"), rule.P3, rule.Scammer},
		"nothing":                 {chat("a: See you at lunch"), rule.P4, rule.NoQueue},
		"weak alone":              {chat("a: Good night my love"), rule.P4, rule.NoQueue},
		"a captive":               {chat("a: they took my passport, help"), rule.P1, rule.Safety},
		"a captive who must scam": {chat("a: Guaranteed profit, my love", "a: i am locked in here"), rule.P1, rule.Safety},
		"a captive in the news":   {chat("a: Police said the boss took my passport"), rule.P4, rule.NoQueue},
		"a victim":                {chat("a: I lost 5000 USD to a guaranteed profit"), rule.P3, rule.Victim},
		"a warning":               {chat("a: Beware of any guaranteed profit"), rule.P4, rule.NoQueue},
		"a warning in a lure":     {chat("a: Beware of fakes. Guaranteed profit: contact @goldmentor"), rule.P3, rule.Scammer},
		"a case told":             {chat("a: He was conned out of his savings by a guaranteed profit"), rule.P4, rule.NoQueue},
		"negated":                 {chat("a: We never promise guaranteed profit"), rule.P4, rule.NoQueue},
		"negated elsewhere":       {chat("a: We never sleep. Guaranteed profit!"), rule.P3, rule.Scammer},
		"quoted":                  {chat("a: He wrote: guaranteed profit"), rule.P4, rule.NoQueue},
		"quoted mail":             {chat("a: Look at this\n> guaranteed profit"), rule.P4, rule.NoQueue},
		"quoted from end to end":  {chat("a: > guaranteed profit"), rule.P3, rule.Scammer},
		"the target's warning does not clear the scammer": {
			chat("a: Guaranteed profit for you", "b: this is a scam"), rule.P3, rule.Scammer},
		"the reporter's words do not count": {
			chat("reporter: a guaranteed profit?", "counterparty: hello"), rule.P4, rule.NoQueue},
		"over two messages of one sender": {
			chat("a: You can withdraw tomorrow", "b: ok", "a: but pay the tax first"), rule.P1, rule.Scammer},
		"a lure for a victim, its author alone": {chat("a: My love, guaranteed profit"), rule.P1, rule.Scammer},
		"a lure for a victim who answers":       {chat("a: My love, guaranteed profit", "b: hello"), rule.P1, rule.Victim},
		"a victim's story names the lure": {
			chat("a: My love promised a guaranteed profit. I lost 5000 USD"), rule.P3, rule.Victim},
		"not over two senders": {
			chat("a: How do I withdraw", "b: hm", "b: pay the tax office"), rule.P4, rule.NoQueue},
	} {
		v := judge(d, test.thread)
		require.Equal(t, test.band, v.Band, "%s: band %s", name, v.Band)
		require.Equal(t, test.queue, v.Queue, "%s: queue %s", name, v.Queue)
	}
}

// phrases are what random threads are made of: evidence of every kind, and
// ordinary talk.
var phrases = []string{
	"guaranteed profit", "稳赚不赔", "pay the tax", "withdraw now", "my love", "soulmate", "they took my passport",
	"i lost 300 USD", "beware of", "police said", "we never", "she wrote", "message @somebody", "hello there", "lunch?",
	"top up for the order", "https://pay.example/x", "+1 202 555 0143", "\n> ", ". ", ", ",
}

func randomThread(rng *rand.Rand) []message.Message {
	all := make([]message.Message, 1+rng.IntN(40))
	kind := rng.IntN(4)
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range all {
		var words []string
		for range 1 + rng.IntN(6) {
			words = append(words, phrases[rng.IntN(len(phrases))])
		}
		m := message.Message{
			ID: fmt.Sprintf("m%d", i+1), Thread: "t", Sender: string(rune('a' + rng.IntN(3))),
			Text: strings.Join(words, " "), Position: int64(i),
		}
		if kind&1 != 0 {
			m.Seq, m.HasSeq = int64(i), true
		}
		if kind&2 != 0 {
			m.Sent = message.Instant(start.Add(time.Duration(rng.IntN(200)) * 12 * time.Hour))
		}
		all[i] = m
	}
	return all
}

// A verdict follows from the set of messages: their order of arrival, the way
// they are batched and a second delivery change nothing.
func TestVerdictIsPure(t *testing.T) {
	d := newDetector(t)
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 1))
		thread := randomThread(rng)
		want := printed(t, judge(d, thread))
		shuffled := append(append([]message.Message(nil), thread...), thread[:rng.IntN(len(thread))]...)
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		require.Equal(t, want, printed(t, judge(d, shuffled)), "seed %d", seed)
		require.Equal(t, want, printed(t, d.Judge(mergeTree(d, shuffled, rng))), "seed %d, as a tree", seed)
	}
}

// mergeTree merges in a random shape.
func mergeTree(d *detector.Detector, thread []message.Message, rng *rand.Rand) detector.Matches {
	if len(thread) == 1 {
		return d.Match(&thread[0])
	}
	cut := 1 + rng.IntN(len(thread)-1)
	left, right := mergeTree(d, thread[:cut], rng), mergeTree(d, thread[cut:], rng)
	left.Merge(right)
	return left
}

func TestMergeIsIdempotent(t *testing.T) {
	d := newDetector(t)
	for seed := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, 2))
		thread := randomThread(rng)
		a, b := mergeTree(d, thread, rng), mergeTree(d, thread, rng)
		require.Equal(t, a, b, "seed %d", seed)
		a.Merge(b)
		require.Equal(t, b, a, "seed %d", seed)
	}
}

// The logit that is printed is the sum of what is printed.
func TestVerdictReAdds(t *testing.T) {
	d := newDetector(t)
	for seed := range uint64(300) {
		v := judge(d, randomThread(rand.New(rand.NewPCG(seed, 3))))
		sum := v.Bias
		for _, c := range v.Contributions {
			sum += c.Weight
		}
		require.Equal(t, v.Logit, sum, "seed %d", seed)
		require.InDelta(t, score.Score(v.Logit), v.Score, 0)
		require.GreaterOrEqual(t, v.Score, 0.1)
		require.LessOrEqual(t, v.Score, 99.9)
	}
}

// The verdict on a prefix of a thread is what the fold says at that point.
func TestFoldAgreesWithPrefixes(t *testing.T) {
	d := newDetector(t)
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 4))
		thread := randomThread(rng)
		for i := range thread {
			thread[i].Seq, thread[i].HasSeq, thread[i].Sent = int64(i), true, message.Time{}
			thread[i].Sender = string(rune('a' + i%3))
		}
		if len(thread) < 3 {
			continue // the number of senders decides about sides
		}
		at := map[string]detector.Verdict{}
		d.JudgeEach(d.MatchAll(thread), func(v detector.Verdict) { at[v.Message] = v })
		for i := 3; i <= len(thread); i++ {
			v, ok := at[thread[i-1].ID]
			if !ok {
				continue
			}
			prefix := judge(d, thread[:i])
			require.Equal(t, prefix.Logit, v.Logit, "seed %d, prefix %d", seed, i)
			require.Equal(t, prefix.Band, v.Band, "seed %d, prefix %d", seed, i)
			require.Equal(t, prefix.FirstAlert, v.FirstAlert, "seed %d, prefix %d", seed, i)
		}
	}
}

func TestOrderWithoutTimes(t *testing.T) {
	d := newDetector(t)
	thread := make([]message.Message, 12)
	for i := range thread {
		thread[i] = message.Message{ID: fmt.Sprintf("m%d", i+1), Thread: "t", Sender: "a", Seq: int64(i + 1), HasSeq: true, Text: "my love"}
	}
	rand.New(rand.NewPCG(5, 5)).Shuffle(len(thread), func(i, j int) { thread[i], thread[j] = thread[j], thread[i] })
	for i := range thread {
		thread[i].Position = int64(i)
	}
	v := judge(d, thread)
	require.Len(t, v.Evidence, 12)
	for i, e := range v.Evidence {
		require.Equal(t, fmt.Sprintf("m%d", i+1), e.Message)
	}
}

// No sender can make a thread's state grow without bound, and the first and
// last of what they repeat stay.
func TestHostileThreadIsBounded(t *testing.T) {
	d := newDetector(t)
	thread := make([]message.Message, 5000)
	for i := range thread {
		thread[i] = message.Message{ID: fmt.Sprintf("m%05d", i), Thread: "t", Sender: "a", Seq: int64(i), HasSeq: true, Text: strings.Repeat("guaranteed profit ", 50)}
	}
	v := judge(d, thread)
	require.LessOrEqual(t, len(v.Evidence), 16)
	require.Equal(t, "m00000", v.Evidence[0].Message)
	require.Equal(t, "m04999", v.Evidence[len(v.Evidence)-1].Message)
}

// Evidence is quoted from the message as exported, byte for byte.
func TestEvidenceSpans(t *testing.T) {
	d := newDetector(t)
	for _, text := range []string{
		"GUARANTEED   profit today", "guar\u200banteed profit", "ｇｕａｒａｎｔｅｅｄ profit", "é guaranteed\u00a0profit é",
		"\xff\xfe guaranteed profit \xff", "投资稳赚不赔的", "guaranteed profits!",
	} {
		m := message.Message{ID: "m", Text: text}
		v := judge(d, []message.Message{m})
		require.Len(t, v.Evidence, 1, "%q", text)
		e := v.Evidence[0]
		require.Equal(t, text[e.Start:e.End], e.Text)
	}
}

func TestWeakMatchesFade(t *testing.T) {
	d := newDetector(t)
	thread := chat("a: my love", "a: guaranteed profit")
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	logit := func(days int) score.Weight {
		thread[0].Sent = message.Instant(start)
		thread[1].Sent = message.Instant(start.AddDate(0, 0, days))
		return judge(d, thread).Logit
	}
	require.Equal(t, score.WeightOf(0.7), logit(0)-judge(d, chat("a: guaranteed profit")).Logit)
	require.Equal(t, score.WeightOf(0.35), logit(30)-judge(d, chat("a: guaranteed profit")).Logit)
	require.Equal(t, score.WeightOf(0.175), logit(60)-judge(d, chat("a: guaranteed profit")).Logit)
}

// A part of a rule whose other parts are nowhere in the thread says nothing,
// also where a denial takes it back; beside the other parts it is listed.
func TestPartsAloneAreNotOpposing(t *testing.T) {
	d := newDetector(t)
	denial := "Ada: there is no need to pay the tax first"
	require.Empty(t, judge(d, chat(denial, "Ben: see you at noon")).Opposing)
	require.NotEmpty(t, judge(d, chat(denial, "Ada: you can withdraw today")).Opposing)
}
