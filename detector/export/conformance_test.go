package export_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
)

// conformance is a folder of other projects' fixtures with expected values. It
// lies beside the project where there is one.
const conformance = "../../../shared/exports"

// choices are the fixtures whose expectation we do not share; README.md says
// why.
var choices = []string{"whatsapp/pokemon.txt", "email/advance_fee_fraud.eml", "email/nice.mbox"}

type expectation struct {
	Messages           int               `json:"messages"`
	MessagesAcceptable []int             `json:"messages_acceptable"`
	Threads            int               `json:"threads"`
	ThreadsAcceptable  []int             `json:"threads_acceptable"`
	Senders            []string          `json:"senders"`
	First              string            `json:"first_timestamp"`
	Last               string            `json:"last_timestamp"`
	Texts              map[string]string `json:"texts"`
}

func TestConformance(t *testing.T) {
	sidecars, err := filepath.Glob(filepath.Join(conformance, "*", "*.expected.json"))
	require.NoError(t, err)
	if len(sidecars) == 0 {
		t.Skip("no fixtures of other projects here")
	}
	for _, sidecar := range sidecars {
		fixture := strings.TrimSuffix(sidecar, ".expected.json")
		name, err := filepath.Rel(conformance, fixture)
		require.NoError(t, err)
		t.Run(name, func(t *testing.T) {
			if slices.Contains(choices, name) {
				t.Skip("a matter of choice")
			}
			body, err := os.ReadFile(sidecar)
			require.NoError(t, err)
			var want struct{ Expected expectation }
			require.NoError(t, json.Unmarshal(body, &want))
			want.Expected.check(t, readPath(t, fixture, export.Options{}))
		})
	}
}

func (want *expectation) check(t *testing.T, got *result) {
	t.Helper()
	var written []message.Message
	threads, senders := map[string]bool{}, map[string]bool{}
	for _, m := range got.messages {
		threads[m.Thread] = true
		if m.System {
			continue
		}
		written = append(written, m)
		if m.Sender != "" {
			senders[m.Sender] = true
		}
	}
	require.Contains(t, append(want.MessagesAcceptable, want.Messages), len(written))
	require.Contains(t, append(want.ThreadsAcceptable, want.Threads), len(threads))
	if len(written) != want.Messages {
		return
	}
	if len(want.Senders) > 0 {
		require.ElementsMatch(t, want.Senders, slices.Collect(maps.Keys(senders)))
	}
	for at, text := range want.Texts {
		if at == "last" || strings.Trim(at, "0123456789") == "" {
			require.True(t, slices.ContainsFunc(written, func(m message.Message) bool { return m.Text == text }), "text %s", at)
		}
	}
	for _, stamp := range []string{want.First, want.Last} {
		if stamp == "" || slices.ContainsFunc(written, func(m message.Message) bool { return m.Sent.IsZero() }) {
			continue
		}
		at, err := message.ParseTime(stamp)
		require.NoError(t, err)
		require.True(t, slices.ContainsFunc(written, func(m message.Message) bool { return sameTime(m.Sent, at) }), "time %s", stamp)
	}
}

// sameTime compares instants, or clocks where one of the two has no zone, to
// the second.
func sameTime(a, b message.Time) bool {
	x, y := a.Clock(), b.Clock()
	if a.IsLocal() || b.IsLocal() {
		return x.Format("20060102150405") == y.Format("20060102150405")
	}
	return x.Unix()-y.Unix() <= 1 && y.Unix()-x.Unix() <= 1
}
