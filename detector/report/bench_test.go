package report_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/rules"
)

// What a page costs per case, with the shipped rules.
func BenchmarkNewCase(b *testing.B) {
	set, err := rule.Load(rules.FS)
	require.NoError(b, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(b, err)
	thread, v := explained(d,
		"Hi, is this the vet? Sorry, wrong number. You seem kind.", "My uncle teaches me gold trading, it pays every week.",
		"Open an account on desk.example and start with 300.", "Then pay the tax of 20% first and your withdrawal is released.")
	b.ReportAllocs()
	for b.Loop() {
		report.NewCase(d, &v, thread, nil)
	}
}
