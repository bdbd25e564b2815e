package wire_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/wire"
	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
)

func decode(t *testing.T, o wire.Options, data string) ([]message.Message, []wire.Fault) {
	t.Helper()
	d, err := wire.NewDecoder(o)
	require.NoError(t, err)
	return d.Decode(wire.Payload{Data: []byte(data), Source: "queue", Position: 100}, nil, nil)
}

func TestLines(t *testing.T) {
	messages, faults := decode(t, wire.Options{Export: export.Options{Namespace: "n"}},
		"{\"id\":\"1\",\"text\":\"a\"}\r\n\n{\"id\":\"2\",\"text\":\"b\",\"source\":\"own:7\"}\nsecret\n{\"id\":\"3\",\"text\":\"c\"}")
	require.Len(t, messages, 3)
	require.Equal(t, []int64{100, 102, 104}, []int64{messages[0].Position, messages[1].Position, messages[2].Position})
	require.Equal(t, []string{"queue", "own:7", "queue"}, []string{messages[0].Source, messages[1].Source, messages[2].Source})
	require.Equal(t, "n", messages[0].Namespace)
	require.Len(t, faults, 1)
	require.Equal(t, 4, faults[0].Line)
	require.Equal(t, "secret", string(faults[0].Data))
	require.NotContains(t, faults[0].Reason, "secret")
}

func TestOsprey(t *testing.T) {
	messages, faults := decode(t, wire.Options{Osprey: true, Export: export.Options{Fields: map[string]string{"thread": "data.data.room"}}},
		`{"send_time":"2026-03-01T09:30:00Z","data":{"action_id":"77","action_name":"message_sent","data":{"room":"r1","sender":"Ada","text":"hello","text_length":5}}}
{"send_time":"2026-03-01T09:31:00Z","data":{"action_id":"78","action_name":"login","data":{"sender":"Ada"}}}
{"send_time":"2026-03-01T09:31:00Z","data":{"action_id":"79"`)
	require.Len(t, messages, 1)
	m := messages[0]
	require.Equal(t, []string{"77", "r1", "Ada", "hello", "2026-03-01T09:30:00Z"}, []string{m.ID, m.Thread, m.Sender, m.Text, m.Sent.String()})
	require.Len(t, faults, 1)
	require.Equal(t, 3, faults[0].Line)
}

func TestTooManyLines(t *testing.T) {
	messages, faults := decode(t, wire.Options{}, string(bytes.Repeat([]byte("\n"), 1<<wire.PositionShift))+`{"text":"a"}`)
	require.Empty(t, messages)
	require.Len(t, faults, 1)
}

// However many lines the payloads have, about so many messages are taken.
func TestPortion(t *testing.T) {
	var p wire.Portion
	require.Equal(t, 2048/64, p.Payloads(2048))
	require.Equal(t, 1, p.Payloads(1))
	p.Took(nil)
	require.Equal(t, 2048/64, p.Payloads(2048))
	p.Took([]wire.Payload{{Data: []byte("{}")}, {Data: []byte("{}\n")}})
	require.Equal(t, 2048, p.Payloads(2048))
	p.Took([]wire.Payload{{Data: []byte("{}\n{}\n{}\n")}, {Data: []byte("{}\n{}")}})
	require.Equal(t, 2048/3, p.Payloads(2048))
}
