package workload_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/workload"
)

func TestSameSeedSameMessages(t *testing.T) {
	a, b, c := workload.New(1), workload.New(1), workload.New(2)
	same := 0
	for _, s := range workload.Scripts() {
		m := a.Message(s)
		require.Equal(t, m, b.Message(s))
		if m == c.Message(s) {
			same++
		}
	}
	require.Zero(t, same)
}

func TestShapes(t *testing.T) {
	g := workload.New(1)
	require.InDelta(t, 3000, len(g.Advert(workload.English).Text), 600)
	thread := g.Thread(workload.Thai, 20)
	require.Len(t, thread, 20)
	for i, m := range thread {
		require.True(t, utf8.ValidString(m.Text))
		require.Equal(t, thread[0].Thread, m.Thread)
		require.Equal(t, int64(i), m.Seq)
	}
}

// Three in ten messages carry a phrase of the rules.
func TestRulesMatchMessages(t *testing.T) {
	set, err := rule.Load(workload.Rules(40, 5))
	require.NoError(t, err)
	require.Len(t, set.Rules, 40)
	g := workload.New(1)
	hits := 0
	for range 1000 {
		text := g.Body(workload.English, 80)
		for _, r := range set.Rules {
			for i := range r.Patterns {
				if strings.Contains(text, r.Patterns[i].Text) {
					hits++
				}
			}
		}
	}
	require.InDelta(t, 300, hits, 60)
}
