package ruletest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/ruletest"
)

func TestBehaviour(t *testing.T) {
	t.Parallel()
	before := engine(t, check)
	after := engine(t, strings.NewReplacer("(cash|deposit)", "bank", "send [me] .. back", "(wire|send) .. back").Replace(check))
	d := ruletest.NewDiffer(before, after)
	for thread, texts := range map[string][]string{
		"lost":  {"Please cash this cheque and send the rest back."},
		"found": {"Hello", "Bank the cheque, then wire 900 back."},
		"none":  {"Good morning"},
	} {
		for i, text := range texts {
			d.Add(&message.Message{ID: "m", Thread: thread, Seq: int64(i), HasSeq: true, Text: text, Labels: &message.Labels{Label: "scam"}})
		}
	}
	b := d.Behaviour()
	require.Equal(t, 3, b.Threads)
	require.Len(t, b.Flagged, 1)
	require.Equal(t, ruletest.Move{
		Thread: "found", Label: "scam", Before: rule.P4, After: rule.P3, Queue: rule.Scammer,
		Gained: []string{"fake_job.fee.check"}, Lost: []string{}, Because: "Bank the cheque",
	}, b.Flagged[0])
	require.Equal(t, "lost", b.Unflagged[0].Thread)
	require.Empty(t, b.Moved)
	require.Zero(t, b.Tagged)
}

func TestEdits(t *testing.T) {
	t.Parallel()
	before := engine(t, check).Set()
	after := engine(t, strings.NewReplacer("weight: strong", "weight: medium", `"send [me] .. back"`, `"send [me] .. back", "wire it"`).Replace(check)).Set()
	require.Empty(t, ruletest.Edits(before, before))
	require.Equal(t, []ruletest.Edit{{
		ID: "fake_job.fee.check", Kind: "changed", Title: "A cheque to cash",
		Details: []string{"class: strong → medium", "weight: 3.50 → 1.80", "+ send.en: wire it"},
	}}, ruletest.Edits(before, after))
	without := *after
	without.Rules = after.Rules[:1]
	require.Equal(t, []ruletest.Edit{{ID: "fake_job.fee.deposit", Kind: "removed", Title: "A deposit first"}}, ruletest.Edits(after, &without))
	require.Equal(t, "added", ruletest.Edits(&without, after)[0].Kind)
}
