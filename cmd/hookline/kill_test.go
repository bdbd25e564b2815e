package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/workload"
)

// killEnv makes the test binary a hookline, for the test below to kill.
const killEnv = "HOOKLINE_TEST_SCAN"

// dumpOf is everything a casebook holds, in an order of its own.
func dumpOf(t *testing.T, folder string) (all []string) {
	t.Helper()
	b, err := casebook.Open(folder)
	require.NoError(t, err)
	defer func() { require.NoError(t, b.Close()) }()
	require.NoError(t, b.Threads(true, func(th *casebook.Thread) error {
		// Positions are counted over a run, and a resumed run leaves out what
		// was finished: what must stay is how far messages lie apart.
		first := th.Messages[0].Position
		for i := range th.Messages {
			th.Messages[i].Position -= first
		}
		row, err := json.Marshal(th)
		all = append(all, string(row))
		return err
	}))
	slices.Sort(all)
	return all
}

func scanCommand(t *testing.T, book string, inputs []string, more ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	// A small rule set: what is tested is the casebook, not the start.
	args := append([]string{"scan", "--rules", filepath.Join("..", "..", "detector", "testdata", "rules"), "--output", os.DevNull, "--casebook", book}, more...)
	cmd := exec.Command(self, append(args, inputs...)...)
	cmd.Env = append(os.Environ(), killEnv+"=1")
	return cmd
}

// A scan that is killed anywhere leaves a casebook that opens, and the scan
// done again ends with exactly the messages of one that nobody killed.
func TestKilledScansContinue(t *testing.T) {
	kills, messages := 20, 12_000
	if testing.Short() {
		kills, messages = 2, 2000
	}
	folder := t.TempDir()
	inputs := writeInputs(t, folder, messages, 6)
	whole := filepath.Join(folder, "whole")
	started := time.Now()
	out, err := scanCommand(t, whole, inputs).CombinedOutput()
	require.NoError(t, err, string(out))
	took := time.Since(started)
	want := dumpOf(t, whole)
	rng := rand.New(rand.NewPCG(20, 9))
	died, partial := 0, 0
	for i := range kills {
		book := filepath.Join(folder, fmt.Sprint("book", i))
		cmd := scanCommand(t, book, inputs)
		require.NoError(t, cmd.Start())
		time.Sleep(took/4 + time.Duration(rng.Int64N(int64(took)*3/4)))
		require.NoError(t, cmd.Process.Kill())
		if cmd.Wait() != nil {
			died++
		}
		have := []string{}
		if _, err := os.Stat(filepath.Join(book, "casebook.json")); err == nil {
			w, _, err := casebook.Create(book, casebook.Options{})
			require.NoError(t, err, "it opens")
			require.NoError(t, w.Close())
			have = dumpOf(t, book)
			require.Subset(t, want, have, "what is there is right")
		}
		if len(have) > 0 && len(have) < len(want) {
			partial++
		}
		var more []string
		if i%2 == 1 {
			more = []string{"--resume"}
		}
		out, err := scanCommand(t, book, inputs, more...).CombinedOutput()
		require.NoError(t, err, string(out))
		require.Equal(t, len(want), len(dumpOf(t, book)))
		require.Empty(t, missing(want, dumpOf(t, book)))
		require.NoError(t, os.RemoveAll(book))
	}
	t.Logf("%d kills: %d scans died, %d of them half way in; a scan took %v", kills, died, partial, took)
	require.Positive(t, died, "else nothing was tested")
}

func missing(want, have []string) (rows []string) {
	for _, row := range want {
		if _, ok := slices.BinarySearch(have, row); !ok {
			rows = append(rows, row)
		}
	}
	return rows[:min(len(rows), 3)]
}

func writeInputs(t *testing.T, folder string, messages, files int) (inputs []string) {
	t.Helper()
	for i := range files {
		g := workload.New(uint64(i))
		g.Lines, g.Matching = []string{"guaranteed profit"}, 0.15
		path := filepath.Join(folder, fmt.Sprintf("in%d.jsonl", i))
		file, err := os.Create(path)
		require.NoError(t, err)
		require.NoError(t, g.Write(file, messages/files, workload.Traffic{Threads: 1}))
		require.NoError(t, file.Close())
		inputs = append(inputs, path)
	}
	return inputs
}
