package detector

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What a rule reads from a hint are the bits of its slots, wherever they lie.
func TestHintBits(t *testing.T) {
	for parts := range 300 {
		c := compiled{first: 7, parts: parts}
		for slot := c.first; slot < c.first+70; slot++ {
			var h Hint
			bit := c.part(slot)
			h.parts[bit/64] |= 1 << (bit % 64)
			require.Equal(t, c.bit(slot), h.from(parts), "slot %d at %d", slot, parts)
		}
	}
}
