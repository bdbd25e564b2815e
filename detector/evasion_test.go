package detector_test

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/obfuscate"
	"github.com/hookline/hookline/detector/score"
)

// alerting lists the scam cases of the corpus that are alerts.
func alerting(t *testing.T) (threads [][]message.Message) {
	t.Helper()
	d := builtin(t)
	require.NoError(t, labelled.Walk(corpus.FS, func(c labelled.Case) error {
		if thread := c.Messages(); c.Label == "scam" && score.Alert(judge(d, thread).Band) {
			threads = append(threads, thread)
		}
		return nil
	}))
	return threads
}

var (
	reservedDomain = regexp.MustCompile(`\.example\b`)
	reservedPhone  = regexp.MustCompile(`555[- ]?01\d\d`)
)

// What marks a text as invented (reserved domains and numbers, who wrote it)
// is no evidence.
func TestInventedDetailsAreNoEvidence(t *testing.T) {
	d := builtin(t)
	kept, all := 0, alerting(t)
	for _, thread := range all {
		before, names := judge(d, thread), map[string]string{}
		for i := range thread {
			if names[thread[i].Sender] == "" {
				names[thread[i].Sender] = "p" + strconv.Itoa(len(names)+1)
			}
			thread[i].Sender = names[thread[i].Sender]
			text := reservedDomain.ReplaceAllString(thread[i].Text, ".net")
			thread[i].Text = reservedPhone.ReplaceAllString(text, "738 4921")
		}
		if score.Alert(judge(d, thread).Band) {
			kept++
		} else {
			t.Logf("lost %s: %v, now %v", before.Thread, before.Tags, judge(d, thread).Tags)
		}
	}
	t.Logf("%d of %d alerts kept", kept, len(all))
	require.GreaterOrEqual(t, float64(kept), 0.99*float64(len(all)))
}

// Hiding words keeps at least nine of ten alerts, whatever the way. Operators
// that change words, not only their dress, are measured and not held to it.
func TestObfuscationKeepsAlerts(t *testing.T) {
	if testing.Short() {
		t.Skip("judges the corpus once for each operator")
	}
	d := builtin(t)
	all := alerting(t)
	for _, operator := range obfuscate.Operators() {
		kept := 0
		for n, thread := range all {
			rng := rand.New(rand.NewPCG(uint64(n), 7))
			hidden := make([]message.Message, len(thread))
			for i, m := range thread {
				hidden[i] = m
				hidden[i].Text = operator.Apply(m.Text, rng)
			}
			if score.Alert(judge(d, hidden).Band) {
				kept++
			}
		}
		t.Logf("%-14s %d of %d alerts kept", operator.Name, kept, len(all))
		if !operator.Lossy {
			require.GreaterOrEqual(t, float64(kept), 0.9*float64(len(all)), operator.Name)
		}
	}
}

// Benign words around a lure do not clear it.
func TestBenignTextDoesNotLowerTheBand(t *testing.T) {
	d := builtin(t)
	for _, thread := range alerting(t) {
		before := judge(d, thread)
		last := thread[len(thread)-1]
		last.ID, last.Seq, last.Text = "extra", last.Seq+1, "See you at lunch, the weather is fine."
		after := judge(d, append(thread, last))
		require.GreaterOrEqual(t, after.Band, before.Band, strings.Join(after.BandReason, " "))
	}
}
