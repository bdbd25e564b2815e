package ruletest_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/ruletest"
)

const check = `id: fake_job.fee.check
title: A cheque to cash
stage: extraction
weight: strong
patterns:
  check: {en: ["(cash|deposit) (this|the) cheque"], und: ["@rails.cash"]}
  send: {en: ["send [me] .. back"]}
  joke: {en: ["just kidding"]}
condition: {all: [{near: [check, send]}, {none: [joke]}]}
tests:
  match:
  - "Please ⟦check|cash this cheque⟧ and ⟦send|send the rest back⟧."
  no_match:
  - "The cheque is in the post."
  - "Cash the cheque and send it back, just kidding!"
`

const rails = `id: lists.rails
title: Ways to pay
updated: 2026-11-01
groups:
  cash: {en: ["gift (card|cards)", voucher]}
`

const other = `id: fake_job.fee.deposit
title: A deposit first
stage: extraction
weight: medium
patterns:
  post: {en: ["in the post"]}
`

func engine(t *testing.T, check string) *detector.Detector {
	t.Helper()
	fsys := fstest.MapFS{
		"fake_job/fee/check.yaml":   {Data: []byte(check)},
		"fake_job/fee/deposit.yaml": {Data: []byte(other)},
		"lists/rails.yaml":          {Data: []byte(rails)},
	}
	set, err := rule.Load(fsys)
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(t, err)
	return d
}

func TestRunPasses(t *testing.T) {
	t.Parallel()
	result := ruletest.Run(engine(t, check), nil)
	require.Empty(t, result.Failures)
	require.Equal(t, []int{2, 3, 3}, []int{result.Rules, result.Tests, result.Passed})
	require.Len(t, result.Overlaps, 1)
	require.Equal(t, "fake_job/fee/check.yaml:14:6: a look-alike of fake_job.fee.check is evidence for fake_job.fee.deposit (P4)",
		result.Overlaps[0].String())
}

func TestRunChoosesRules(t *testing.T) {
	t.Parallel()
	result := ruletest.Run(engine(t, check), func(r *rule.Rule) bool { return r.ID == "fake_job.fee.deposit" })
	require.Equal(t, 1, result.Rules)
	require.Zero(t, result.Tests)
}

func TestFailures(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		old, new string
		kind     ruletest.Kind
		want     string
	}{
		"not matched": {"send the rest back⟧", "keep it⟧", ruletest.NotMatched,
			`fake_job/fee/check.yaml:12:6: fake_job.fee.check: does not match (en): not found: send
  12 |   - "Please ⟦check|cash this cheque⟧ and ⟦send|keep it⟧."
     |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`},
		"look-alike": {"The cheque is in the post.", "Cash the cheque, then send 900 back.", ruletest.LookAlike,
			`fake_job/fee/check.yaml:14:6: fake_job.fee.check: matches a look-alike (en): check "Cash the cheque", send "send 900 back"
  14 |   - "Cash the cheque, then send 900 back."
     |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`},
		"wrong span": {"⟦check|cash this cheque⟧", "⟦check|cash⟧ this cheque", ruletest.WrongSpan,
			`fake_job/fee/check.yaml:12:20: fake_job.fee.check: check does not hit these words
  12 |   - "Please ⟦check|cash⟧ this cheque and ⟦send|send the rest back⟧."
     |                    ^^^^
fake_job/fee/check.yaml:12:20: it hits "cash this cheque"
  12 |   - "Please ⟦check|cash⟧ this cheque and ⟦send|send the rest back⟧."
     |                    ^^^^^^^^^^^^^^^^^`},
		"gap closed": {"  match:\n", "  todo_match: [\"Deposit the cheque, send 900 back.\"]\n  match:\n", ruletest.GapClosed,
			`fake_job/fee/check.yaml:11:17: fake_job.fee.check: a known gap is closed
  11 |   todo_match: ["Deposit the cheque, send 900 back."]
     |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ move this test out of todo`},
		"thread": {`"Please ⟦check|cash this cheque⟧ and ⟦send|send the rest back⟧."`,
			"thread: [{who: a, text: Cash this cheque}, {who: a, text: send it back}]", ruletest.NotMatched,
			`fake_job/fee/check.yaml:12:5: fake_job.fee.check: does not match (en): its patterns are found, but not as the condition wants them
  12 |   - thread: [{who: a, text: Cash this cheque}, {who: a, text: send it back}]
     |     ^`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, check, test.old)
			result := ruletest.Run(engine(t, strings.Replace(check, test.old, test.new, 1)), nil)
			require.Len(t, result.Failures, 1)
			require.Equal(t, test.kind, result.Failures[0].Kind)
			require.Equal(t, test.want, result.Failures[0].String())
		})
	}
}

func TestKnownGapStaysQuiet(t *testing.T) {
	t.Parallel()
	body := strings.Replace(check, "  match:\n", "  todo_match: [\"Bank the cheque.\"]\n  todo_no_match: [\"Cash the cheque, send it back\"]\n  match:\n", 1)
	result := ruletest.Run(engine(t, body), nil)
	require.Empty(t, result.Failures)
	require.Equal(t, 5, result.Passed)
}

// A look-alike that is an alert through another rule fails, unless that rule
// claims the text or knows the gap.
func TestCrossMatch(t *testing.T) {
	t.Parallel()
	alarming := strings.Replace(other, "weight: medium", "weight: strong", 1)
	for name, test := range map[string]struct {
		tests string
		want  []string
	}{
		"neither": {"", []string{"this look-alike (en) is an alert, P3, through fake_job.fee.deposit"}},
		"claimed": {"tests: {match: [\"The cheque is in the post.\"]}\n", nil},
		"known":   {"tests: {todo_no_match: [\"The cheque is in the post.\"]}\n", nil},
	} {
		fsys := fstest.MapFS{
			"fake_job/fee/check.yaml":   {Data: []byte(check)},
			"fake_job/fee/deposit.yaml": {Data: []byte(alarming + test.tests)},
			"lists/rails.yaml":          {Data: []byte(rails)},
		}
		set, err := rule.Load(fsys)
		require.NoError(t, err)
		d, err := detector.New(set, detector.Options{})
		require.NoError(t, err)
		var got []string
		for _, f := range ruletest.Run(d, nil).Failures {
			require.Equal(t, ruletest.CrossMatch, f.Kind, name)
			got = append(got, f.Text)
		}
		require.Equal(t, test.want, got, name)
	}
}

func TestCasesAreAllTests(t *testing.T) {
	t.Parallel()
	result := ruletest.Run(engine(t, strings.Replace(check, "send the rest back⟧", "keep it⟧", 1)), nil)
	require.Len(t, result.Cases, result.Tests)
	require.Equal(t, "match", result.Cases[0].List)
	require.Len(t, result.Cases[0].Failures, 1)
	require.Equal(t, "no_match", result.Cases[1].List)
	require.Empty(t, result.Cases[1].Failures)
}
