package detector

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

// A thread in which nothing was found is not judged step by step, but gets the
// verdict that would come of it.
func TestQuietVerdict(t *testing.T) {
	set, err := rule.Load(fstest.MapFS{"crypto_fraud/test/rule.yaml": {Data: []byte(
		"id: crypto_fraud.test.rule\ntitle: Test\nstage: pitch\nweight: strong\npatterns:\n  p: {en: [guaranteed profit]}\n")}})
	require.NoError(t, err)
	d, err := New(set, Options{})
	require.NoError(t, err)
	for _, texts := range [][]string{{"Good morning"}, {"My number is +1 555-0142", "or https://desk.example/a"}, {}} {
		var thread []message.Message
		for i, text := range texts {
			thread = append(thread, message.Message{
				ID: text, Thread: "t", Sender: []string{"Ada", "Ben"}[i], Text: text, Position: int64(i), Source: "chat.txt:3", Role: message.Reporter,
			})
		}
		all := d.MatchAll(thread)
		require.Equal(t, newJudging(d, &all).verdict(), d.Judge(all))
	}
}

// A message read alone says the same as one of a thread of which no other was
// read, down to the part of it that is kept.
func TestAloneSaysTheSame(t *testing.T) {
	set, err := rule.Load(fstest.MapFS{
		"crypto_fraud/test/rule.yaml": {Data: []byte(
			"id: crypto_fraud.test.rule\ntitle: Test\nstage: pitch\nweight: strong\npatterns:\n  p: {en: [guaranteed profit]}\n")},
		"crypto_fraud/test/parts.yaml": {Data: []byte(
			"id: crypto_fraud.test.parts\ntitle: Test\nstage: pitch\nweight: strong\npatterns:\n  a: {en: [good morning]}\n  b: {en: [wire it]}\ncondition: {all: [a, b], scope: thread}\n")},
	})
	require.NoError(t, err)
	d, err := New(set, Options{})
	require.NoError(t, err)
	w, filler := d.NewMatcher(), strings.Repeat("the tide was out ", 60)
	for _, text := range []string{
		"Good morning " + filler + "guaranteed profit", "Guaranteed profit " + filler + "good morning",
		"Good morning " + filler + "wire it " + filler + "guaranteed profit", filler + "guaranteed profit",
	} {
		m := message.Message{ID: "1", Text: text}
		alone, one := w.Alone(&m).Clone(), d.Match(&m)
		require.Equal(t, alone.sites, one.sites)
		require.Equal(t, d.Judge(alone), d.Judge(one))
	}
}
