package rule_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/marked"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/source"
)

const likeRatePay = `id: fake_job.task_boost.like_rate_pay
title: Paid for likes, ratings or follows
stage: contact
weight: strong
patterns:
  task: {en: ["(like|rate|subscribe to) .. (video*|channel*)"], zh: ["点赞", "刷单"]}
  pay:  {en: ["(earn|paid|get) .. <money> [per|a] (day|task)", "@rails.cash ..8 now"], zh: ["日结"]}
condition: {near: [task, pay], within: 40}
lookalikes: [A creator asking viewers to like and subscribe.]
references: [SPF24a]
tests:
  match:
    - "Just ⟦task|like 3 videos⟧ and ⟦pay|get 50 USDT per task⟧, paid today."
    - thread:
      - {who: a, text: "like"}
      - {who: b, after: 2d, text: "⟦task|刷单⟧"}
  no_match:
    en: ["Like and subscribe, it helps the channel a lot!"]
    zh: [点赞]
`

func folder(files map[string]string) fs.FS {
	fsys := fstest.MapFS{}
	for name, body := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return fsys
}

func validFolder() map[string]string {
	return map[string]string{
		"fake_job/task_boost/like_rate_pay.yaml": likeRatePay,
		"context/negation.yaml": `id: context.negation
title: Negation
weight: context
effect: negate
patterns:
  pre: {en: ["do not", "never"], zh: ["不"]}
  post: {de: [nicht]}
`,
		"lists/rails.yaml": `id: lists.rails
title: Ways to pay
updated: 2026-11-01
groups:
  cash: {en: [cash, "gift card*"]}
  chain: {und: ["usdt"]}
`,
		"scripts/fake_job.yaml": `id: scripts.fake_job
title: Fake jobs
stages:
  - {id: contact, title: An offer, next: A first small payment.}
  - {id: extraction, title: The deposit}
composites:
  - id: comp.task_opening
    title: A task offer
    when: {all: ["fake_job.task_boost.*:strong@offer", {then: [fake_job.task_boost.like_rate_pay, "*.task_boost.*"], within: "7 days"}]}
    band: P3
    also: [child]
    do: Look at the thread.
`,
		"weights.yaml": `base_rate: 0.02
t3: 30
weights: {fake_job.task_boost.like_rate_pay: 4.25}
locked: [fake_job.task_boost.like_rate_pay]
figures: {anything: [at, all]}
`,
		"README.md":      "not a rule",
		".hidden/x.yaml": "nor this",
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	set, err := rule.Load(folder(validFolder()))
	require.NoError(t, err)

	require.Len(t, set.Rules, 2)
	negation, like := set.Rules[0], set.Rules[1]
	require.Equal(t, "context.negation", negation.ID)
	require.Equal(t, rule.Negate, negation.Effect)
	require.Equal(t, rule.NoQueue, negation.Queue)
	require.Equal(t, rule.Statement, negation.Act)
	require.Equal(t, "any(pre, post)", negation.Condition.String())

	require.Equal(t, "fake_job.task_boost", like.Family)
	require.Equal(t, "fake_job", like.Category)
	require.Equal(t, rule.Contact, like.Stage)
	require.Equal(t, rule.Strong, like.Class)
	require.Equal(t, 4.25, like.Weight)
	require.True(t, like.Locked)
	require.Equal(t, rule.Scammer, like.Queue)
	require.Equal(t, rule.Offer, like.Act)
	require.Equal(t, []string{"task", "pay"}, like.Names)
	require.Equal(t, source.Position{File: "fake_job/task_boost/like_rate_pay.yaml", Line: 1, Col: 5}, like.Pos)
	require.Equal(t, "near(task, pay; within 40)", like.Condition.String())

	require.Len(t, like.Patterns(), 6)
	second := like.Patterns()[1]
	require.Equal(t, "task zh 点赞", second.Name+" "+second.Lang+" "+second.Text)
	require.Equal(t, 6, second.Pos.Line)

	require.Len(t, like.Tests.Match, 2)
	require.Equal(t, []marked.Mark{
		{Name: "task", Span: source.Span{Start: 5, End: 18}, At: 8},
		{Name: "pay", Span: source.Span{Start: 23, End: 43}, At: 37},
	}, like.Tests.Match[0].Messages[0].Marks)
	require.Equal(t, "b", like.Tests.Match[1].Messages[1].Who)
	require.Equal(t, 48.0, like.Tests.Match[1].Messages[1].After.Hours())
	require.Equal(t, "zh", like.Tests.NoMatch[1].Lang)
}

func TestLoadOthers(t *testing.T) {
	t.Parallel()
	set, err := rule.Load(folder(validFolder()))
	require.NoError(t, err)

	list, ok := set.List("rails")
	require.True(t, ok)
	require.Equal(t, []string{"cash", "chain"}, list.Groups)
	require.Len(t, list.Entries(), 3)

	comp, ok := set.Composite("comp.task_opening")
	require.True(t, ok)
	require.Equal(t, rule.P3, comp.Band)
	ref := comp.When.Args[0].Ref
	require.Equal(t, []int{1}, ref.Rules)
	require.Equal(t, rule.Within{Days: 7}, comp.When.Args[1].Within)
	require.Equal(t, rule.ThreadScope, comp.When.Args[1].Scope)

	require.Equal(t, 0.02, set.Weights.BaseRate)
	require.Equal(t, 30.0, set.Weights.T3)
	require.Equal(t, float64(rule.DefaultT2), set.Weights.T2)
	require.InDelta(t, -3.8918, set.Weights.Bias(), 1e-4)
	require.Regexp(t, "^sha256:[0-9a-f]{64}$", set.Hash)
}

// A set that is loaded without its tests is the same set in all else.
func TestUntested(t *testing.T) {
	const head = "id: fake_job.fee.x\ntitle: X\nstage: pitch\nweight: weak\npatterns:\n  x: {en: [cash]}\n"
	for _, body := range []string{
		head + "tests:\n  match: [cash]\n  # note\n\n  no_match: [card]\n",
		head + "tests:\n  match:\n    - cash\nlookalikes: [Honest cash.]\n",
		head,
	} {
		full, err := rule.Load(fstest.MapFS{"fake_job/fee/x.yaml": {Data: []byte(body)}})
		require.NoError(t, err)
		bare, err := rule.LoadFolders(rule.Folder{FS: fstest.MapFS{"fake_job/fee/x.yaml": {Data: []byte(body)}}, Untested: true})
		require.NoError(t, err)
		require.Equal(t, full.Hash, bare.Hash)
		require.Empty(t, bare.Rules[0].Tests)
		require.Equal(t, full.Rules[0].Lookalikes, bare.Rules[0].Lookalikes)
		require.Equal(t, full.Rules[0].Patterns()[0].Text, bare.Rules[0].Patterns()[0].Text)
	}
}
