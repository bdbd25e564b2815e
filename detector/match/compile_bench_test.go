package match_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/rule"
)

func BenchmarkCompile(b *testing.B) {
	set, err := rule.Load(os.DirFS("../../rules"))
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, err := match.Compile(set)
		require.NoError(b, err)
	}
}
