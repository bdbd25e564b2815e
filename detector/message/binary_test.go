package message_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/message"
)

func TestOrderBinary(t *testing.T) {
	at := time.Date(2026, 3, 1, 9, 30, 0, 5000, time.FixedZone("", -8*3600))
	for _, o := range []message.Order{
		{}, {ID: "m1"}, {Sent: message.Instant(at), Seq: -3, HasSeq: true, Position: 1 << 40, ID: "\xff"},
		{Sent: message.Local(at), Position: -1}, {HasSeq: true},
	} {
		data := append(o.AppendBinary(nil), "rest"...)
		read, rest, err := message.DecodeOrder(data)
		require.NoError(t, err)
		require.Equal(t, o, read)
		require.Equal(t, "rest", string(rest))
		for n := range len(data) - len("rest") {
			_, _, err := message.DecodeOrder(data[:n])
			require.Error(t, err, n)
		}
	}
	_, _, err := message.DecodeOrder([]byte{3, 0, 0, 0, 0, 0})
	require.Error(t, err)
}
