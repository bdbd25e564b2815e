package ruletest_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/obfuscate"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/ruletest"
)

func TestMutate(t *testing.T) {
	t.Parallel()
	d := engine(t, check)
	m := ruletest.Mutate(d, nil)
	require.Equal(t, m, ruletest.Mutate(d, nil), "the same rules, the same result")
	by := map[string]ruletest.Retention{}
	for _, o := range m.Operators {
		by[o.Name] = o.Retention
	}
	require.Len(t, by, len(obfuscate.Operators())+1)
	require.Equal(t, ruletest.Retention{Kept: 1, Changed: 1}, by["homoglyph"])
	require.Equal(t, ruletest.Retention{}, by["digits"], "the test has no number")
	require.Equal(t, 1.0, by["digits"].Share())
	require.Equal(t, m.Changed, m.Rules[0].Changed+m.Rules[1].Changed)
	require.Equal(t, m.Changed-m.Kept, len(m.Losses))
}

const (
	warning = `id: context.warning
title: Warns
weight: context
effect: void
patterns: {beware: {en: ["beware of scams"]}}
tests: {match: ["⟦beware|Beware of scams⟧ like this."]}
`
	call = `id: context.solicit
title: Calls to a contact
weight: context
effect: uphold
patterns: {call: {en: ["message me on <handle>"]}}
tests: {match: ["Message me on @maria_example now."]}
`
	deaf = `id: context.solicit
title: Calls to a contact, but its pattern is wrong
weight: context
effect: uphold
patterns: {call: {en: ["never said"]}}
tests: {match: ["Message me on @maria_example now."]}
`
)

// A warning's words around a real lure do not clear it where the lure calls to
// a contact; a set whose context rules fail in this is told so.
func TestMutateWarned(t *testing.T) {
	t.Parallel()
	for uphold, want := range map[string]ruletest.Retention{call: {Kept: 1, Changed: 1}, deaf: {Kept: 0, Changed: 1}} {
		set, err := rule.Load(fstest.MapFS{
			"fake_job/fee/check.yaml": {Data: []byte(check)}, "lists/rails.yaml": {Data: []byte(rails)},
			"context/warning.yaml": {Data: []byte(warning)}, "context/solicit.yaml": {Data: []byte(uphold)},
		})
		require.NoError(t, err)
		d, err := detector.New(set, detector.Options{})
		require.NoError(t, err)
		m := ruletest.Mutate(d, nil)
		last := m.Operators[len(m.Operators)-1]
		require.Equal(t, ruletest.Warned, last.Name)
		require.Equal(t, want, last.Retention)
	}
}
