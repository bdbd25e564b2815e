package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/lab"
)

func TestMain(m *testing.M) {
	lab.Main(m, func(args []string, afterCommit func()) int {
		return run(args, streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}, afterCommit)
	})
}

func TestHelp(t *testing.T) {
	var out, err bytes.Buffer
	require.Equal(t, exitDone, run([]string{}, streams{out: &out, err: &err}, nil))
	for _, word := range []string{"init", "run", "publish", "verdicts", "check", "NATS", "Kafka", "PostgreSQL", "SQLite"} {
		require.Contains(t, out.String(), word)
	}
	require.Empty(t, err.String())
}

func TestWrongUse(t *testing.T) {
	for _, args := range [][]string{
		{"run"}, {"run", "--store", "mysql://x"}, {"run", "--envelope", "paper"}, {"run", "--field", "text"}, {"run", "--timezone", "Nowhere"},
		{"publish", "x", "--nats", ""}, {"publish", "--nats", "nats://127.0.0.1:1", "--lines", "0", "x"}, {"init", "--store", "sqlite:" + t.TempDir() + "/x"},
	} {
		var out, err bytes.Buffer
		require.Equal(t, exitFailed, run(append(args, "--patience", "0s"), streams{out: &out, err: &err}, nil), args)
		require.Contains(t, err.String(), "hookline-stream: ")
	}
}
