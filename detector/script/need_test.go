package script_test

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/script"
)

func bit(name string) uint64 { return 1 << (name[0] - 'a') }

// random makes a condition over eight names.
func random(r *rand.Rand, depth int) *rule.Condition {
	if depth == 0 || r.IntN(3) == 0 {
		return ref(string(rune('a' + r.IntN(8))))
	}
	ops := []rule.Op{rule.OpAny, rule.OpAll, rule.OpAtLeast, rule.OpNear, rule.OpThen, rule.OpNone}
	c := &rule.Condition{Op: ops[r.IntN(len(ops))], Scope: rule.ThreadScope}
	for range 1 + r.IntN(4) {
		c.Args = append(c.Args, random(r, depth-1))
	}
	c.N = 1 + r.IntN(len(c.Args))
	return c
}

// possible is what a Need says quickly.
func possible(c *rule.Condition, present uint64) bool {
	count := 0
	for _, arg := range c.Args {
		if possible(arg, present) {
			count++
		}
	}
	switch c.Op {
	case rule.OpRef:
		return bit(c.Name)&present != 0
	case rule.OpNone:
		return true
	case rule.OpAny:
		return count > 0
	case rule.OpAtLeast:
		return count >= c.N
	default:
		return count == len(c.Args)
	}
}

func TestNeedIsExactWhereItIsSmall(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		c := random(r, 3)
		need := script.NeedOf(c, bit)
		for present := range uint64(256) {
			if met := need.Met(present); len(need) < 32 {
				require.Equal(t, possible(c, present), met, "%v %08b", c, present)
			} else {
				require.True(t, met || !possible(c, present), "%v %08b", c, present)
			}
		}
	}
}

func TestNeedOfMany(t *testing.T) {
	c := &rule.Condition{Op: rule.OpAtLeast, N: 10}
	for i := range 20 {
		c.Args = append(c.Args, ref(string(rune('a'+i))))
	}
	need := script.NeedOf(c, bit)
	require.NotEmpty(t, need)
	require.LessOrEqual(t, len(need), 32)
	require.True(t, need.Met(1<<10-1))
	require.False(t, need.Met(0))
	require.LessOrEqual(t, bits.OnesCount64(need[0]), 11)
}
