package hunt_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/hunt"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/workload"
)

// benchMessages is how many messages are hunted in; the environment may ask for
// more, as in HOOKLINE_BENCH_MESSAGES=1000000.
const benchMessages = 50_000

// scripted is how many threads there are for one that is a case of the corpus.
const scripted = 100

// mixed keeps generated threads, with a case of the corpus among each hundred.
// HOOKLINE_BENCH_BOOK names a folder to keep them in for another run.
func mixed(b *testing.B) *casebook.Book {
	n, folder := benchMessages, os.Getenv("HOOKLINE_BENCH_BOOK")
	if text := os.Getenv("HOOKLINE_BENCH_MESSAGES"); text != "" {
		_, err := fmt.Sscan(text, &n)
		require.NoError(b, err)
	}
	if folder == "" {
		folder = b.TempDir()
	}
	if _, err := os.Stat(folder + "/casebook.json"); err != nil {
		fillMixed(b, folder, n)
	}
	book, err := casebook.Open(folder)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, book.Close()) })
	return book
}

func fillMixed(b *testing.B, folder string, n int) {
	var cases []thread
	require.NoError(b, labelled.Walk(corpus.FS, func(c labelled.Case) error {
		cases = append(cases, c.Messages())
		return nil
	}))
	w, _, err := casebook.Create(folder, casebook.Options{Region: region})
	require.NoError(b, err)
	text, kept := workload.New(1), 0
	for i := 0; kept < n; i++ {
		th := thread(text.Thread(workload.English, fmt.Sprint("t", i), 0))
		v := detector.Verdict{Band: rule.P4, Score: 1}
		if i%scripted == 0 {
			th = slices.Clone(cases[i/scripted%len(cases)])
			for k := range th {
				th[k].Thread = fmt.Sprint("c", i)
			}
			v.Band, v.Queue = rule.P2, rule.Scammer
		}
		v.Thread = th[0].Thread
		require.NoError(b, w.Keep(th, &v))
		kept += len(th)
	}
	require.NoError(b, w.Close())
}

func processor() time.Duration {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// BenchmarkHunt hunts with every fourth shipped rule as if it were new, and
// with all of them. It prints medians by the clock and, for a busy machine, by
// the processor.
func BenchmarkHunt(b *testing.B) {
	d, err := shipped()
	require.NoError(b, err)
	book := mixed(b)
	var ids []string
	for _, r := range d.Set().Rules {
		ids = append(ids, r.ID)
	}
	run := func(ids ...string) (took, used time.Duration, sum hunt.Summary) {
		start, cpu := time.Now(), processor()
		h, err := hunt.New(d, ids, region)
		require.NoError(b, err)
		_, sum, err = h.Hunt(context.Background(), book, false)
		require.NoError(b, err)
		return time.Since(start), processor() - cpu, sum
	}
	for b.Loop() {
		var clock, cpu []time.Duration
		for i := 0; i < len(ids); i += 4 {
			took, used, sum := run(ids[i])
			clock, cpu = append(clock, took), append(cpu, used)
			b.Logf("%s: %v (%v of a processor): read %d of %d, judged %d, caught %d", ids[i], took, used, sum.Read, sum.Documents, sum.Threads, sum.Caught)
		}
		slices.Sort(clock)
		slices.Sort(cpu)
		b.ReportMetric(float64(clock[len(clock)/2].Microseconds())/1000, "one-ms")
		b.ReportMetric(float64(cpu[len(cpu)/2].Microseconds())/1000, "one-cpu-ms")
		took, used, sum := run(ids...)
		b.ReportMetric(took.Seconds(), "all-s")
		b.ReportMetric(used.Seconds(), "all-cpu-s")
		b.Logf("all %d rules: read %d of %d, judged %d, caught %d; unbounded: %v", len(ids), sum.Read, sum.Documents, sum.Threads, sum.Caught, sum.Unbounded)
	}
}
