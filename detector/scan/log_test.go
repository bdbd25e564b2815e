package scan

import (
	"bytes"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// Records of several threads are read back from memory and from the file.
func TestLog(t *testing.T) {
	l := newLog()
	r := rand.New(rand.NewPCG(1, 2))
	record := func(thread, i int) []byte {
		return bytes.Repeat([]byte{byte(thread), byte(i)}, 1+(thread*7919+i*104729)%60_000)
	}
	const threads = 5
	for range 2 { // the second time after a reset
		var last [threads]place
		var counts [threads]int
		for range 3000 {
			th := r.IntN(threads)
			at, err := l.add(last[th], record(th, counts[th]))
			require.NoError(t, err)
			last[th] = at
			counts[th]++
		}
		_, err := l.file.ReadAt(make([]byte, recordHead), 0)
		require.NoError(t, err, "some of it is in the file")
		require.Less(t, l.kept, keptLog+2*chunkSize)
		for th, at := range last {
			for i := counts[th] - 1; i >= 0; i-- {
				got, before, err := l.read(at)
				require.NoError(t, err)
				require.True(t, bytes.Equal(record(th, i), got), "record %d of thread %d", i, th)
				at = before
			}
			require.Zero(t, at)
		}
		l.reset()
	}
	require.NoError(t, l.close())
}

func TestLogWithoutRoom(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()+"/missing")
	l := newLog()
	var err error
	for i := 0; err == nil && i < 200; i++ {
		_, err = l.add(0, make([]byte, chunkSize))
	}
	require.ErrorIs(t, err, os.ErrNotExist)
	require.NoError(t, l.close())
}
