package lint_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/lint"
)

func TestWithSchema(t *testing.T) {
	t.Parallel()
	for place, want := range map[string]string{
		"fake_job/fee/check.yaml": "../../schema/rule.json", "context/news.yaml": "../schema/rule.json",
		"lists/rails.yaml": "../schema/list.json", "scripts/fake_job.yaml": "../schema/script.json", "weights.yaml": "schema/weights.json",
		"references.yaml": "schema/references.json", "pack.yaml": "schema/pack.json",
	} {
		body := lint.WithSchema(place, "\ufeff# mine\nid: x\n")
		require.Equal(t, "# yaml-language-server: $schema="+want+"\n# mine\nid: x\n", body)
		require.Equal(t, body, lint.WithSchema(place, body))
	}
}
