package workload_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/workload"
)

func TestSameSeedSameMessages(t *testing.T) {
	a, b, c := workload.New(1), workload.New(1), workload.New(2)
	same := 0
	for _, s := range workload.Scripts() {
		m := a.Message(s)
		require.Equal(t, m, b.Message(s))
		require.True(t, utf8.ValidString(m.Text))
		if m.Text == c.Message(s).Text {
			same++
		}
	}
	require.Zero(t, same)
}

// Half of what is said is 200 words, the most frequent is one in 22, messages
// have a hundred bytes.
func TestFrequencies(t *testing.T) {
	g := workload.New(1)
	const n = 100_000
	counts := map[string]int{}
	for range n {
		counts[g.Word(workload.English)]++
	}
	all := slices.Sorted(maps.Values(counts))
	slices.Reverse(all)
	top := 0
	for _, count := range all[:200] {
		top += count
	}
	require.InDelta(t, n/2, top, n/20)
	require.InDelta(t, n/22, counts[g.Rank(workload.English, 0)], n/200)
	require.Greater(t, len(counts), n/10, "there are many rare words")
	size := 0
	for range n / 20 {
		size += len(g.Message(workload.English).Text)
	}
	require.InDelta(t, 105, size/(n/20), 10)
}

func TestShapes(t *testing.T) {
	g := workload.New(1)
	require.InDelta(t, 3000, len(g.Advert(workload.English).Text), 600)
	thread := g.Thread(workload.Thai, "a", 20)
	require.Len(t, thread, 20)
	for i, m := range thread {
		require.True(t, utf8.ValidString(m.Text))
		require.Equal(t, "a", m.Thread)
		require.Equal(t, int64(i), m.Seq)
		require.True(t, i == 0 || m.Sent.Since(thread[i-1].Sent) > -1)
	}
	messages := 0
	for range 1000 {
		messages += len(g.Thread(workload.English, "b", 0))
	}
	require.InDelta(t, 10, float64(messages)/1000, 1)
}

// Three in ten messages carry a phrase of the rules.
func TestRulesMatchMessages(t *testing.T) {
	set, err := rule.Load(workload.Rules(40, 5))
	require.NoError(t, err)
	require.Len(t, set.Rules, 40)
	g := workload.New(1)
	g.Lines, g.Matching = workload.Phrases(), 0.3
	hits := 0
	for range 1000 {
		text := g.Body(workload.English, 80)
		for _, r := range set.Rules {
			for _, p := range r.Patterns() {
				if strings.Contains(text, p.Text) {
					hits++
				}
			}
		}
	}
	require.InDelta(t, 300, hits, 60)
}

func traffic(t *testing.T, n int, of workload.Traffic) (all []message.Message) {
	t.Helper()
	g := workload.New(3)
	g.Lines, g.Matching = []string{"says it"}, 0.1
	require.NoError(t, g.Each(n, of, func(m *message.Message) error {
		require.Equal(t, int64(len(all)), m.Position)
		all = append(all, *m)
		return nil
	}))
	return all
}

// A stream has the threads, lone messages and lines that were asked for.
func TestTraffic(t *testing.T) {
	const n = 20_000
	for name, of := range map[string]workload.Traffic{
		"lone": {}, "adverts": {Adverts: true}, "grouped": {Threads: 1}, "interleaved": {Threads: 1, Open: n / 10}, "both": {Threads: 0.6, Open: 300},
	} {
		if of.Adverts && testing.Short() {
			continue
		}
		all := traffic(t, n, of)
		keys, threads := map[message.Key]bool{}, map[message.Key][]message.Message{}
		inThreads := 0
		for _, m := range all {
			keys[m.Key()] = true
			threads[m.ThreadKey()] = append(threads[m.ThreadKey()], m)
			if m.Thread != "" {
				inThreads++
			}
			require.Equal(t, of.Adverts, m.Kind == message.JobAdvert, name)
		}
		require.Len(t, keys, n, name)
		require.InDelta(t, of.Threads*n, inThreads, n/20, name)
		matching, switches := 0, 0
		for _, thread := range threads {
			if slices.ContainsFunc(thread, func(m message.Message) bool { return strings.Contains(m.Text, "says it") }) {
				matching++
			}
		}
		for i := range all[1:] {
			if all[i].ThreadKey() != all[i+1].ThreadKey() {
				switches++
			}
		}
		require.InDelta(t, 0.09, float64(matching)/float64(len(threads)), 0.02, name)
		if of.Threads == 1 {
			require.InDelta(t, n/10, len(threads), n/100, name)
			if of.Open == 0 {
				require.Equal(t, len(threads)-1, switches, "one after the other")
			} else {
				require.Greater(t, switches, n*9/10, "interleaved")
			}
		}
	}
}

func TestWrite(t *testing.T) {
	var a, b bytes.Buffer
	require.NoError(t, workload.New(1).Write(&a, 200, workload.Traffic{Threads: 0.5, Mixed: true, Odd: true}))
	require.NoError(t, workload.New(1).Write(&b, 200, workload.Traffic{Threads: 0.5, Mixed: true, Odd: true}))
	require.Equal(t, a.String(), b.String())
	require.Equal(t, 200, strings.Count(a.String(), "\n"))
	require.NotContains(t, a.String(), `"namespace"`)
}
