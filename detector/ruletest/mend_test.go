package ruletest_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/lint"
	"github.com/hookline/hookline/detector/rule"
)

// Without the alternatives that another covers, rules match the same words of
// every text of up to four of their words.
func TestMendedRulesDoTheSame(t *testing.T) {
	t.Parallel()
	const name = "fake_job/fee/a.yaml"
	files := fstest.MapFS{
		name: {Data: []byte("id: fake_job.fee.a\ntitle: A\nstage: pitch\nweight: weak\npatterns:\n" +
			"  p: {en: [\"(send|send [the]|send*) (the|this|the) fee\", \"[my|my|our] (rent|rent|(fee|fee|the) now) (pay|pay|sending)\"]}\n" +
			"  q: {en: [\"pay (@dues|rent|my rent)\", \"no (pay|\\x70ay) this\"]}\n")},
		"lists/dues.yaml": {Data: []byte("id: lists.dues\ntitle: Dues\nupdated: 2026-11-01\ngroups:\n  all: {en: [\"rent\", \"our (rental|rent*)\"]}\n")},
	}
	compiled := func() *detector.Detector {
		set, err := rule.Load(files)
		require.NoError(t, err)
		d, err := detector.New(set, detector.Options{})
		require.NoError(t, err)
		return d
	}
	before := compiled()
	passes := 0
	for after := compiled(); ; after = compiled() {
		mended := lint.Mended(after.Set())
		if len(mended) == 0 {
			break
		}
		passes++
		require.Less(t, passes, 5)
		for name, body := range mended {
			files[name] = &fstest.MapFile{Data: []byte(body)}
		}
	}
	require.Equal(t, 2, passes, "an alternative within another takes a second pass")
	body := string(files[name].Data)
	for _, want := range []string{"(send [the]|send*) (the|this) fee", "[my|our] (rent|(fee|the) now) (pay|sending)", "pay (@dues|my rent)", `(pay|\x70ay)`} {
		require.Contains(t, body, want)
	}
	require.Contains(t, string(files["lists/dues.yaml"].Data), "our (rent*)")

	after := compiled()
	words := []string{"send", "sending", "the", "this", "fee", "my", "our", "rent", "rental", "now", "pay", "no", "milk"}
	count := 0
	var look func(text []string)
	look = func(text []string) {
		joined := strings.Join(text, " ")
		require.Equal(t, before.Occurrences(joined, "fake_job.fee.a"), after.Occurrences(joined, "fake_job.fee.a"), joined)
		count += len(before.Occurrences(joined, "fake_job.fee.a"))
		if len(text) < 4 {
			for _, w := range words {
				look(append(text, w))
			}
		}
	}
	look(nil)
	require.Greater(t, count, 1000)
}
