package script_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/script"
)

func ref(name string) *rule.Condition {
	return &rule.Condition{Op: rule.OpRef, Name: name, Scope: rule.MessageScope}
}

func cond(op rule.Op, scope rule.Scope, within rule.Within, args ...*rule.Condition) *rule.Condition {
	for _, a := range args {
		a.Scope = scope
	}
	return &rule.Condition{Op: op, Scope: scope, Within: within, Args: args}
}

// place is an occurrence of a name.
type place struct {
	name   string
	at     int // message
	unit   int32
	clause int32
	sender string
	day    int
}

func evaluate(c *rule.Condition, places ...place) [][]int {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	find := func(leaf *rule.Condition) (all []script.Occurrence) {
		for i, p := range places {
			if p.name == leaf.Name {
				all = append(all, script.Occurrence{
					Message: p.at, Sender: p.sender, Clause: [2]int32{p.clause, p.clause}, Units: [2]int32{p.unit, p.unit + 2},
					Sent: message.Instant(start.AddDate(0, 0, p.day)), Index: i,
				})
			}
		}
		return all
	}
	var used [][]int
	for _, f := range script.Evaluate(c, find) {
		used = append(used, f.Used)
	}
	return used
}

func TestConditions(t *testing.T) {
	units := rule.Within{Units: 10}
	none := rule.Within{}
	a, b := place{name: "a"}, place{name: "b", unit: 4}
	far := place{name: "b", unit: 40}
	for name, test := range map[string]struct {
		c      *rule.Condition
		places []place
		holds  bool
	}{
		"ref":                     {ref("a"), []place{a}, true},
		"ref absent":              {ref("a"), []place{b}, false},
		"any":                     {cond(rule.OpAny, rule.MessageScope, none, ref("a"), ref("b")), []place{b}, true},
		"all":                     {cond(rule.OpAll, rule.MessageScope, none, ref("a"), ref("b")), []place{a, far}, true},
		"all, one missing":        {cond(rule.OpAll, rule.MessageScope, none, ref("a"), ref("b")), []place{a}, false},
		"all, other message":      {cond(rule.OpAll, rule.MessageScope, none, ref("a"), ref("b")), []place{a, {name: "b", at: 1}}, false},
		"all in the thread":       {cond(rule.OpAll, rule.ThreadScope, none, ref("a"), ref("b")), []place{a, {name: "b", at: 1}}, true},
		"all of a sender":         {cond(rule.OpAll, rule.SenderScope, none, ref("a"), ref("b")), []place{{name: "a", sender: "x"}, {name: "b", sender: "y"}}, false},
		"all in a clause":         {cond(rule.OpAll, rule.ClauseScope, none, ref("a"), ref("b")), []place{a, {name: "b", unit: 4, clause: 1}}, false},
		"all but":                 {cond(rule.OpAll, rule.MessageScope, none, ref("a"), cond(rule.OpNone, rule.MessageScope, none, ref("b"))), []place{a}, true},
		"all but, spoilt":         {cond(rule.OpAll, rule.MessageScope, none, ref("a"), cond(rule.OpNone, rule.MessageScope, none, ref("b"))), []place{a, b}, false},
		"near":                    {cond(rule.OpNear, rule.MessageScope, units, ref("a"), ref("b")), []place{a, b}, true},
		"near, the other order":   {cond(rule.OpNear, rule.MessageScope, units, ref("b"), ref("a")), []place{a, b}, true},
		"near, too far":           {cond(rule.OpNear, rule.MessageScope, units, ref("a"), ref("b")), []place{a, far}, false},
		"near, the second of two": {cond(rule.OpNear, rule.MessageScope, units, ref("a"), ref("b")), []place{a, {name: "a", unit: 36}, far}, true},
		"then":                    {cond(rule.OpThen, rule.MessageScope, units, ref("a"), ref("b")), []place{a, b}, true},
		"then, wrong order":       {cond(rule.OpThen, rule.MessageScope, units, ref("b"), ref("a")), []place{a, b}, false},
		"then within days":        {cond(rule.OpThen, rule.ThreadScope, rule.Within{Days: 7}, ref("a"), ref("b")), []place{a, {name: "b", at: 3, day: 6}}, true},
		"then, too late":          {cond(rule.OpThen, rule.ThreadScope, rule.Within{Days: 7}, ref("a"), ref("b")), []place{a, {name: "b", at: 3, day: 8}}, false},
		"then within messages":    {cond(rule.OpThen, rule.ThreadScope, rule.Within{Messages: 2}, ref("a"), ref("b")), []place{a, {name: "b", at: 3}}, false},
		"within messages, inside one of their length":  {cond(rule.OpNear, rule.SenderScope, rule.Within{Messages: 2}, ref("a"), ref("b")), []place{a, {name: "b", unit: 90}}, true},
		"within messages, far apart in a long one":     {cond(rule.OpNear, rule.SenderScope, rule.Within{Messages: 2}, ref("a"), ref("b")), []place{a, {name: "b", unit: 120}}, false},
		"within messages, far into the second of them": {cond(rule.OpNear, rule.SenderScope, rule.Within{Messages: 2}, ref("a"), ref("b")), []place{a, {name: "b", at: 1, unit: 120}}, true},
	} {
		require.Equal(t, test.holds, len(evaluate(test.c, test.places...)) > 0, name)
		names, present := []string{"a", "b"}, uint64(0)
		for _, p := range test.places {
			present |= 1 << slices.Index(names, p.name)
		}
		need := test.c.Need(names)
		require.True(t, !test.holds || need.Met(present), name)
	}
}

func TestAtLeast(t *testing.T) {
	c := cond(rule.OpAtLeast, rule.MessageScope, rule.Within{}, ref("a"), ref("b"), ref("c"))
	c.N = 2
	require.Empty(t, evaluate(c, place{name: "a"}, place{name: "a", unit: 9}))
	require.Equal(t, [][]int{{0, 1}}, evaluate(c, place{name: "a"}, place{name: "c"}))
}

func TestAtLeastWithin(t *testing.T) {
	c := cond(rule.OpAtLeast, rule.MessageScope, rule.Within{Units: 10}, ref("a"), ref("b"), ref("c"))
	c.N = 2
	require.Equal(t, [][]int{{0, 1}}, evaluate(c, place{name: "a"}, place{name: "c", unit: 4}))
	require.Empty(t, evaluate(c, place{name: "a"}, place{name: "c", unit: 40}))
	require.Empty(t, evaluate(c, place{name: "a"}, place{name: "a", unit: 4}))
}

func TestOverMessages(t *testing.T) {
	c := cond(rule.OpAtLeast, rule.SenderScope, rule.Within{Messages: 5}, ref("a"), ref("b"), ref("c"))
	c.N, c.Over = 2, 2
	require.Empty(t, evaluate(c, place{name: "a"}, place{name: "b", unit: 9}), "both in one message")
	require.Equal(t, [][]int{{0, 1}}, evaluate(c, place{name: "a"}, place{name: "b", at: 5}))
	require.Empty(t, evaluate(c, place{name: "a"}, place{name: "b", at: 6}), "too far")
	require.NotEmpty(t, evaluate(c, place{name: "a"}, place{name: "b", unit: 9}, place{name: "b", at: 3}),
		"a later message counts though the first has both")
}

func TestUsedIsWhatMakesItTrue(t *testing.T) {
	c := cond(rule.OpNear, rule.MessageScope, rule.Within{Units: 10}, ref("a"), ref("b"))
	require.Equal(t, [][]int{{0, 1}}, evaluate(c, place{name: "a"}, place{name: "b", unit: 4}, place{name: "b", unit: 90}))
}
