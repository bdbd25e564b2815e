package snapshot_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/snapshot"
)

type pair struct {
	a uint64
	b [2]int32
}

func written() []byte {
	var w snapshot.Writer
	w.Number(7)
	w.Flag(true)
	w.Checked(func() {
		w.Text("a text")
		snapshot.Put(&w, []pair{{1, [2]int32{-2, 3}}, {1 << 63, [2]int32{4, -5}}})
		w.Checked(func() { w.Text("") })
		snapshot.Put(&w, []uint32(nil))
	})
	return w.Bytes
}

func TestWrittenIsRead(t *testing.T) {
	bytes := written()
	for offset := range 9 { // wherever it lies
		r := snapshot.Reader{Bytes: append(make([]byte, offset), bytes...)[offset:]}
		require.Equal(t, 7, r.Number())
		require.True(t, r.Flag())
		part := r.Checked()
		require.True(t, part.Valid())
		in := snapshot.Reader{Bytes: part.Bytes}
		require.Equal(t, "a text", in.Text())
		require.Equal(t, []pair{{1, [2]int32{-2, 3}}, {1 << 63, [2]int32{4, -5}}}, snapshot.Get[pair](&in))
		empty := in.Checked()
		require.True(t, empty.Valid())
		require.Empty(t, snapshot.Get[uint32](&in))
		require.Empty(t, in.Bytes)
		require.False(t, in.Failed)
		require.False(t, r.Failed)
	}
}

func TestDamageShows(t *testing.T) {
	bytes := written()
	for i := 13; i < len(bytes); i++ {
		damaged := append([]byte(nil), bytes...)
		damaged[i]++
		r := snapshot.Reader{Bytes: damaged}
		r.Number()
		r.Flag()
		part := r.Checked()
		require.False(t, part.Valid(), i)
	}
}

// No bytes make a reader panic.
func FuzzReader(f *testing.F) {
	f.Add(written())
	f.Fuzz(func(t *testing.T, bytes []byte) {
		for r := (snapshot.Reader{Bytes: bytes}); !r.Failed && len(r.Bytes) > 0; {
			left := len(r.Bytes)
			_ = r.Text()
			part := r.Checked()
			_ = part.Valid()
			_ = snapshot.Get[pair](&r)
			_ = snapshot.Get[byte](&r)
			r.Flag()
			require.Less(t, len(r.Bytes), left)
		}
	})
}
