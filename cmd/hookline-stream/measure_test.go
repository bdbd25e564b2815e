package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/lab"
)

// BenchmarkWorkers is how many messages a second the single machine, and one,
// two and four workers get through, on a cluster of three and PostgreSQL that
// run on the same processors.
//
//	go test -run '^$' -bench Workers -benchtime 1x .
func BenchmarkWorkers(b *testing.B) {
	n := messages(b)
	path := corpusFile(b, 1, n)
	command := hookline(b)
	rate := func(b *testing.B, work func()) {
		began := time.Now()
		for b.Loop() {
			work()
		}
		b.ReportMetric(float64(n*b.N)/time.Since(began).Seconds(), "messages/s")
	}
	b.Run("single machine", func(b *testing.B) {
		rate(b, func() {
			require.NoError(b, exec.Command(command, "scan", "--format", "jsonl", "--output", os.DevNull, path).Run())
		})
	})
	for _, workers := range []int{1, 2, 4} {
		b.Run(fmt.Sprintf("workers %d", workers), func(b *testing.B) {
			servers := lab.StartNATS(b, 3)
			store := lab.StartPostgres(b).Database("bench")
			lab.Command(b, "init", "--nats", servers.URL(), "--store", store)
			lab.Command(b, "publish", "--nats", servers.URL(), path)
			q := queueOf(b, servers)
			rate(b, func() {
				fleet := lab.StartFleet(b, workers, nil, "run", "--nats", servers.URL(), "--store", store)
				awaitEmpty(b, q, 20*time.Minute)
				fleet.Stop()
			})
		})
	}
}

// The memory of a worker does not grow with the messages: once it is warm, the
// peak of twice as many is the same, but for a tenth.
func TestMemoryIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes: run it without -short")
	}
	part := messages(t)
	servers := lab.StartNATS(t, 1)
	store := "sqlite:" + filepath.Join(lab.Folder(t), "verdicts.db")
	lab.Command(t, "init", "--replicas", "1", "--nats", servers.URL(), "--store", store)
	fleet := lab.StartFleet(t, 1, nil, "run", "--nats", servers.URL(), "--store", store)
	q := queueOf(t, servers)
	var peaks []int
	for i := range 10 {
		path := corpusFile(t, uint64(1000+i), part)
		lab.Command(t, "publish", "--nats", servers.URL(), "--lines", "64", path)
		awaitEmpty(t, q, 10*time.Minute)
		require.NoError(t, os.Remove(path))
		peaks = append(peaks, peakMemory(t, fleet.Pid(0)))
	}
	t.Logf("peak after each of ten times %d messages, in MB: %v", part, peaks)
	require.Zero(t, fleet.Restarts())
	fleet.Stop()
	require.Less(t, float64(peaks[9]), 1.1*float64(peaks[4]))
}

// peakMemory is the most that a process ever had resident, in MB.
func peakMemory(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skip("no /proc to read memory from")
	}
	found := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	require.NotNil(t, found)
	kilobytes, err := strconv.Atoi(string(found[1]))
	require.NoError(t, err)
	return kilobytes >> 10
}
