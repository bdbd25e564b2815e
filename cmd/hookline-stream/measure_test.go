package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/lab"
)

// BenchmarkWorkers is how many messages a second the single machine, and one,
// two and four workers get through, on a cluster of three and PostgreSQL that
// run on the same processors, and the processor time that a million cost.
//
//	go test -run '^$' -bench Workers -benchtime 1x .
func BenchmarkWorkers(b *testing.B) {
	n := messages(b)
	path := corpusFile(b, 1, n)
	command := hookline(b)
	measure := func(b *testing.B, name string, work func()) {
		began, used := time.Now(), childSeconds(b)
		for b.Loop() {
			work()
		}
		millions := float64(n*b.N) / 1e6
		b.ReportMetric(1e6*millions/time.Since(began).Seconds(), "messages/s")
		b.ReportMetric((childSeconds(b)-used)/millions, name+"-s/million")
	}
	b.Run("single machine", func(b *testing.B) {
		measure(b, "scan", func() {
			require.NoError(b, exec.Command(command, "scan", "--format", "jsonl", "--output", os.DevNull, path).Run())
		})
	})
	for _, workers := range []int{1, 2, 4} {
		b.Run(fmt.Sprintf("workers %d", workers), func(b *testing.B) {
			servers, database := lab.StartNATS(b, 3), lab.StartPostgres(b)
			store := database.Database("bench")
			lab.Command(b, "init", "--nats", servers.URL(), "--store", store)
			lab.Command(b, "publish", "--nats", servers.URL(), "--lines", "64", path)
			q, used := queueOf(b, servers), database.Seconds()
			measure(b, "worker", func() {
				fleet := lab.StartFleet(b, workers, nil, "run", "--nats", servers.URL(), "--store", store)
				awaitEmpty(b, q, 20*time.Minute)
				fleet.Stop()
			})
			b.ReportMetric((database.Seconds()-used)/float64(n*b.N)*1e6, "postgres-s/million")
		})
	}
}

// childSeconds is the processor time of all processes that were started here
// and have ended.
func childSeconds(b *testing.B) float64 {
	b.Helper()
	var usage syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

// The memory of a worker does not grow with the messages: once it is warm, the
// peak of twice as many is the same, but for a tenth. HOOKLINE_SOAK says of how
// many, in twenty parts; it takes a while:
//
//	HOOKLINE_SOAK=2000000 go test -run MemoryIsFlat -v -timeout 1h .
func TestMemoryIsFlat(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("HOOKLINE_SOAK"))
	if err != nil {
		t.Skip("run by hand: HOOKLINE_SOAK=2000000")
	}
	const parts = 20
	servers := lab.StartNATS(t, 1)
	store := "sqlite:" + filepath.Join(lab.Folder(t), "verdicts.db")
	lab.Command(t, "init", "--replicas", "1", "--nats", servers.URL(), "--store", store)
	fleet := lab.StartFleet(t, 1, nil, "run", "--nats", servers.URL(), "--store", store)
	q := queueOf(t, servers)
	began := time.Now()
	peaks := make([]int, parts)
	for i := range peaks {
		path := corpusFile(t, uint64(1000+i), n/parts)
		lab.Command(t, "publish", "--nats", servers.URL(), "--lines", "64", path)
		awaitEmpty(t, q, 30*time.Minute)
		require.NoError(t, os.Remove(path))
		peaks[i] = memory(t, fleet.Pid(0), "VmHWM")
		t.Logf("%d messages, %.0f s: resident %d MB, peak %d MB", n/parts*(i+1), time.Since(began).Seconds(), memory(t, fleet.Pid(0), "VmRSS"), peaks[i])
	}
	require.Zero(t, fleet.Restarts())
	fleet.Stop()
	require.Less(t, float64(peaks[parts-1]), 1.1*float64(peaks[parts/2-1]))
}

// memory is a figure that the system keeps of a process, in MB: VmRSS is what is
// resident, VmHWM the most that ever was.
func memory(t *testing.T, pid int, name string) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skip("no /proc to read memory from")
	}
	found := regexp.MustCompile(name + `:\s+(\d+) kB`).FindSubmatch(status)
	require.NotNil(t, found)
	kilobytes, err := strconv.Atoi(string(found[1]))
	require.NoError(t, err)
	return kilobytes >> 10
}
