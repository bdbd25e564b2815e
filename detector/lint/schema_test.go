package lint_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/lint"
	"github.com/hookline/hookline/detector/rule"
)

func TestWithSchema(t *testing.T) {
	t.Parallel()
	for place, want := range map[string]string{
		"fake_job/fee/check.yaml": "../../schema/rule.json", "context/news.yaml": "../schema/rule.json",
		"lists/rails.yaml": "../schema/list.json", "scripts/fake_job.yaml": "../schema/script.json", "weights.yaml": "schema/weights.json",
	} {
		body := lint.WithSchema(place, "\ufeff# mine\nid: x\n")
		require.Equal(t, "# yaml-language-server: $schema="+want+"\n# mine\nid: x\n", body)
		require.Equal(t, body, lint.WithSchema(place, body))
	}
}

func TestTooBroad(t *testing.T) {
	t.Parallel()
	set, err := rule.Load(folder(t, "testdata/clean.yaml"))
	require.NoError(t, err)
	id := set.Rules[0].ID
	require.Empty(t, lint.TooBroad(set, map[string]int{id: 1}, 1000, 0.001))
	found := lint.TooBroad(set, map[string]int{id: 2}, 1000, 0.001)
	require.Len(t, found, 1)
	require.Equal(t, lint.Fault, found[0].Severity)
	require.Contains(t, found[0].String(), "error: holds in 2 of 1000 honest messages, more than 0.1 % (too-broad)")
}
