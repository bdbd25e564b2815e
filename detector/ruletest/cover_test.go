package ruletest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/ruletest"
)

func onlyCheck(r *rule.Rule) bool { return r.ID == "fake_job.fee.check" }

func TestCover(t *testing.T) {
	t.Parallel()
	c := ruletest.Cover(engine(t, check), onlyCheck)
	require.Empty(t, c.Gaps)
	// all, near, check, send, none, joke
	require.Equal(t, []int{6, 6}, []int{c.Clauses, c.ClausesCovered})
	// cash this cheque, deposit …, … the …; gift card; send back, send me back; just kidding
	require.Equal(t, []int{7, 7}, []int{c.Alternatives, c.AlternativesCovered})
}

func TestCoverListEntries(t *testing.T) {
	t.Parallel()
	c := ruletest.Cover(engine(t, check), nil)
	// the one pattern of the other rule, gift card, gift cards, voucher
	require.Equal(t, 7+1+3, c.Alternatives)
	require.Len(t, c.Gaps, 1, "the other rule has no tests")
	require.Contains(t, c.Gaps[0].String(), `fake_job/fee/deposit.yaml:6:3: fake_job.fee.deposit: no match test makes post true`)
}

func TestCoverGaps(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		old, new string
		kind     ruletest.Kind
		want     []string
	}{
		"undecided none": {", just kidding!", ", honestly not!", ruletest.Uncovered, []string{
			"fake_job/fee/check.yaml:8:3: fake_job.fee.check: no no_match test is decided by joke",
			"fake_job/fee/check.yaml:9:43: fake_job.fee.check: no no_match test is decided by none(joke)",
		}},
		"never true": {"{all: [{near: [check, send]}, {none: [joke]}]}",
			"{all: [{any: [{near: [check, send]}, {then: [send, check]}]}, {none: [joke]}]}", ruletest.Uncovered, []string{
				"fake_job/fee/check.yaml:9:50: fake_job.fee.check: no match test makes then(send, check; within 50) true",
			}},
		"no witness": {`"(cash|deposit) (this|the) cheque"`, `"(cash|deposit) (this|the) cheque", "/cheque [0-9]+ ?x\\by/"`,
			ruletest.NoWitness, []string{
				`fake_job/fee/check.yaml:6:53: fake_job.fee.check: this does not match its own words, "cheque 0 xy"`,
			}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, check, test.old)
			c := ruletest.Cover(engine(t, strings.Replace(check, test.old, test.new, 1)), onlyCheck)
			var got []string
			for _, gap := range c.Gaps {
				require.Equal(t, test.kind, gap.Kind)
				line, _, _ := strings.Cut(gap.String(), "\n")
				got = append(got, line)
			}
			require.ElementsMatch(t, test.want, got)
		})
	}
}
