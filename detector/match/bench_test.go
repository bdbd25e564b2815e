package match_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/workload"
)

func program(b *testing.B, load func() (*rule.Set, error)) *match.Program {
	set, err := load()
	require.NoError(b, err)
	p, err := match.Compile(set)
	require.NoError(b, err)
	return p
}

// scanTexts measures Sift, all of its stages, on generated messages.
func scanTexts(b *testing.B, p *match.Program, s workload.Script) {
	g := workload.New(1)
	g.Lines, g.Matching = workload.Phrases(), 0.3
	texts, size := make([]string, 1000), 0
	for i := range texts {
		texts[i] = g.Body(s, 100)
		size += len(texts[i])
	}
	scanner := p.NewScanner("")
	for _, text := range texts {
		scanner.Sift(text)
	}
	b.SetBytes(int64(size / len(texts)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		scanner.Sift(texts[i%len(texts)])
	}
}

func BenchmarkScanGenerated(b *testing.B) {
	for _, rules := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprintf("%d_rules", rules), func(b *testing.B) {
			scanTexts(b, program(b, func() (*rule.Set, error) { return rule.Load(workload.Rules(rules, 5)) }), workload.English)
		})
	}
}

func BenchmarkScanShipped(b *testing.B) {
	p := program(b, func() (*rule.Set, error) { return rule.Load(os.DirFS("../../rules")) })
	for _, s := range workload.Scripts() {
		b.Run(string(s), func(b *testing.B) { scanTexts(b, p, s) })
	}
}
