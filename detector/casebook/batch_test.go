package casebook

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// What waits to be indexed is bounded by messages and by bytes: a batch of
// 50,000 messages would take four times the memory.
func TestBatchesAreBounded(t *testing.T) {
	w, _, err := Create(filepath.Join(t.TempDir(), "book"), Options{MinBand: 1})
	require.NoError(t, err)
	keep := func(thread, messages, size int) {
		all := make([]message.Message, messages)
		for i := range all {
			all[i] = message.Message{ID: fmt.Sprint(i), Thread: fmt.Sprint(thread), Text: strings.Repeat("x", size), Position: int64(i)}
		}
		require.NoError(t, w.Keep(all, &detector.Verdict{}))
		require.Less(t, w.messages, batchMessages)
		require.Less(t, w.bytes, batchBytes)
	}
	for i := range 3 * batchMessages / 500 {
		keep(i, 500, 10)
	}
	for i := range 2 * batchBytes / (1 << 18) {
		keep(10_000+i, 1, 1<<18)
	}
	require.NoError(t, w.Close())
}
