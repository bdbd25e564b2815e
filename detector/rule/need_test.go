package rule_test

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/rule"
)

var needNames = []string{"a", "b", "c", "d", "e", "f", "g", "h"}

// randomCondition makes a condition of names; each is used once where they are
// dealt out, else as often as it comes.
func randomCondition(r *rand.Rand, depth int, dealt *[]string) *rule.Condition {
	if depth == 0 || r.IntN(3) == 0 {
		name := needNames[r.IntN(len(needNames))]
		if dealt != nil {
			if len(*dealt) == 0 {
				return &rule.Condition{Op: rule.OpNone}
			}
			name, *dealt = (*dealt)[0], (*dealt)[1:]
		}
		return &rule.Condition{Op: rule.OpRef, Name: name}
	}
	operators := []rule.Op{rule.OpAny, rule.OpAll, rule.OpAtLeast, rule.OpNear, rule.OpThen, rule.OpNone}
	c := &rule.Condition{Op: operators[r.IntN(len(operators))]}
	for range 1 + r.IntN(4) {
		c.Args = append(c.Args, randomCondition(r, depth-1, dealt))
	}
	c.N = 1 + r.IntN(len(c.Args))
	return c
}

// could says whether a condition may hold where only these names are present,
// as the condition itself has it.
func could(c *rule.Condition, present uint64) bool {
	count := 0
	for _, arg := range c.Args {
		if could(arg, present) {
			count++
		}
	}
	switch c.Op {
	case rule.OpRef:
		return present>>slices.Index(needNames, c.Name)&1 != 0
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

const subsets = 1 << 8 // of needNames

// A need is met by those names, of all there are, with which the condition
// could hold.
func TestNeedIsExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	met := 0
	for range 2000 {
		c := randomCondition(r, 3, nil)
		need := c.Need(needNames)
		for present := range uint64(subsets) {
			want := could(c, present)
			require.Equal(t, want, need.Met(present), "%v with %08b", c, present)
			if want {
				met++
			}
		}
	}
	require.InDelta(t, 2000*subsets/2, met, 2000*subsets/4, "both answers were asked for")
}

// Seldom's names are among those present wherever the need is met, and where
// no name is used twice nothing else with that is more seldom.
func TestSeldom(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	chosen := 0
	for i := range 1000 {
		dealt := slices.Clone(needNames)
		r.Shuffle(len(dealt), func(i, j int) { dealt[i], dealt[j] = dealt[j], dealt[i] })
		once := i%2 == 0
		var c *rule.Condition
		if once {
			c = randomCondition(r, 3, &dealt)
		} else {
			c = randomCondition(r, 3, nil)
		}
		share := make([]float32, len(needNames))
		for k := range share {
			share[k] = 0.1 + r.Float32()
		}
		sum := func(names uint64) (s float32) {
			for ; names != 0; names &= names - 1 {
				s += share[bits.TrailingZeros64(names)]
			}
			return s
		}
		// must says whether all that could make the condition hold has one of names.
		must := func(names uint64) bool {
			for present := range uint64(subsets) {
				if present&names == 0 && could(c, present) {
					return false
				}
			}
			return true
		}
		need := c.Need(needNames)
		got := need.Seldom(share)
		if could(c, 0) {
			require.Equal(t, uint64(math.MaxUint64), got, "%v", c)
			continue
		}
		chosen++
		require.True(t, must(got), "%v: %08b", c, got)
		if !once {
			continue
		}
		for names := range uint64(subsets) {
			if sum(names) < sum(got)-1e-5 {
				require.False(t, must(names), "%v: %08b is more seldom than %08b", c, names, got)
			}
		}
	}
	require.Greater(t, chosen, 300)
}

// From the 64th on names share a bit: the need is still necessary.
func TestNeedOfManyNames(t *testing.T) {
	t.Parallel()
	c := &rule.Condition{Op: rule.OpAll}
	var names []string
	for i := range 70 {
		names = append(names, fmt.Sprint("n", i))
		c.Args = append(c.Args, &rule.Condition{Op: rule.OpRef, Name: names[i]})
	}
	need := c.Need(names)
	require.True(t, need.Met(math.MaxUint64))
	require.False(t, need.Met(math.MaxUint64>>1))
	require.False(t, need.Met(math.MaxUint64-1))
}

func TestMetAllocatesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	need := randomCondition(r, 3, nil).Need(needNames)
	require.Zero(t, testing.AllocsPerRun(100, func() { need.Met(r.Uint64()) }))
}
