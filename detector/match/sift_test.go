package match

import (
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/workload"
)

// texts are those of the rules' tests, and generated ones.
func texts(set *rule.Set) (all []string) {
	for _, r := range set.Rules {
		for _, test := range append(r.Tests.Match, r.Tests.NoMatch...) {
			for _, m := range test.Messages {
				all = append(all, m.Text)
			}
		}
	}
	g := workload.New(3)
	g.Lines, g.Matching = workload.Phrases(), 0.3
	for _, s := range workload.Scripts() {
		for range 40 {
			all = append(all, g.Body(s, 200))
		}
	}
	return all
}

// everything finds the hits of a text by walking all patterns of its scripts,
// whatever they need.
func everything(s *Scanner, raw string) []Hit {
	s.stream = s.tokens.Tokenize(s.folder.Fold(raw))
	s.ids = s.finder.Find(s.stream.Text, s.ids[:0])
	s.prepare()
	for _, lists := range []bool{true, false} {
		for _, held := range s.used {
			for _, u := range held.part.units {
				if lists == (u.slot < 0) {
					s.walkAll(held.part.trie(s.program, u))
				}
			}
		}
	}
	s.settle()
	return s.hits
}

// What a pattern needs is there wherever it matches, and a rule is never left
// out whose condition its hits could make true.
func TestNothingIsLeftOut(t *testing.T) {
	set, err := rule.LoadFolders(rule.Folder{FS: os.DirFS("../../rules")})
	require.NoError(t, err)
	program, err := Compile(set)
	require.NoError(t, err)
	scanner := program.NewScanner("")
	found := map[string]int{}
	all := texts(set)
	if testing.Short() {
		all = all[:0]
		for i, text := range texts(set) {
			if i%4 == 0 {
				all = append(all, text)
			}
		}
	}
	for _, text := range all {
		want := slices.Clone(everything(scanner, text))
		got := slices.Clone(scanner.Scan(text).Hits)
		require.Equal(t, want, got, text)
		for name, sift := range map[string]struct {
			conditions []*rule.Need
			scan       func(string) Result
		}{"sift": {program.conditions, scanner.Sift}, "alone": {program.alone, scanner.Alone}} {
			kept := met(program, sift.conditions, want)
			require.Equal(t, append([]Hit{}, kept...), append([]Hit{}, sift.scan(text).Hits...), "%s %s", name, text)
			found[name] += len(kept)
		}
		found["all"] += len(want)
	}
	require.NotZero(t, found["alone"])
	require.Less(t, found["alone"], found["sift"])
	require.Less(t, found["sift"], found["all"]/2)
}

// met are the hits of rules whose condition they could make true.
func met(program *Program, conditions []*rule.Need, hits []Hit) (kept []Hit) {
	for start := 0; start < len(hits); {
		r := program.slots[hits[start].Slot].Rule
		slots, end := uint64(0), start
		for ; end < len(hits) && program.slots[hits[end].Slot].Rule == r; end++ {
			slots |= 1 << (hits[end].Slot - program.firstSlot[r])
		}
		if c := conditions[r]; c == nil || c.Met(slots) {
			kept = append(kept, hits[start:end]...)
		}
		start = end
	}
	return kept
}
