package casebook_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/workload"
)

// benchMessages is how many messages the benchmark keeps; the environment may
// ask for more, as in HOOKLINE_BENCH_MESSAGES=1000000.
const benchMessages = 50_000

func messagesToKeep(b *testing.B) (n int) {
	n = benchMessages
	if text := os.Getenv("HOOKLINE_BENCH_MESSAGES"); text != "" {
		_, err := fmt.Sscan(text, &n)
		require.NoError(b, err)
	}
	return n
}

// processor is the time that the process has had of all processors.
func processor() time.Duration {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// BenchmarkCasebook keeps generated messages, one in a hundred threads an
// alert, and searches them: it prints messages a second, processor time a
// message, the same for a scan that is repeated, bytes on disk a byte of text,
// and medians of searches, with the processor time that they take: on a busy
// machine that is the figure to look at.
func BenchmarkCasebook(b *testing.B) {
	n := messagesToKeep(b)
	for b.Loop() {
		folder := filepath.Join(b.TempDir(), "book")
		making, makingCPU := measured(func() { keepThreads(b, nil, n) })
		var kept, bytes int
		took, used := measured(func() {
			w, _, err := casebook.Create(folder, casebook.Options{Today: today})
			require.NoError(b, err)
			kept, bytes = keepThreads(b, w, n)
			require.NoError(b, w.Close())
		})
		took, used = took-making, used-makingCPU
		b.ReportMetric(float64(kept)/took.Seconds(), "messages/s")
		b.ReportMetric(float64(used.Microseconds())/float64(kept), "cpu-µs/message")
		size := int64(0)
		for _, path := range files(b, folder) {
			info, err := os.Stat(path)
			require.NoError(b, err)
			size += info.Size()
		}
		b.ReportMetric(float64(size)/float64(bytes), "disk-bytes/byte")
		_, used = measured(func() {
			w, _, err := casebook.Create(folder, casebook.Options{Today: today})
			require.NoError(b, err)
			keepThreads(b, w, n)
			require.NoError(b, w.Close())
		})
		b.ReportMetric(float64((used-makingCPU).Microseconds())/float64(kept), "again-cpu-µs/message")
		book, err := casebook.Open(folder)
		require.NoError(b, err)
		searches(b, book, workload.New(1))
		require.NoError(b, book.Close())
		var use syscall.Rusage
		require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &use))
		b.ReportMetric(float64(use.Maxrss)/1024, "MB-peak")
	}
}

// measured says what something takes by the clock and of the processors.
func measured(do func()) (took, used time.Duration) {
	start, cpu := time.Now(), processor()
	do()
	return time.Since(start), processor() - cpu
}

// keepThreads makes at least n messages and keeps them; with a nil Writer it
// only makes them.
func keepThreads(b *testing.B, w *casebook.Writer, n int) (kept, bytes int) {
	text := workload.New(1)
	for i := 0; kept < n; i++ {
		th, v := benchThread(text, i)
		for k := range th {
			bytes += len(th[k].Text)
		}
		kept += len(th)
		if w != nil {
			require.NoError(b, w.Keep(th, v))
		}
	}
	return kept, bytes
}

// benchThread makes a thread with its verdict.
func benchThread(text *workload.Generator, i int) ([]message.Message, *detector.Verdict) {
	th := text.Thread(workload.English, fmt.Sprint("t", i), 0)
	v := detector.Verdict{Thread: th[0].Thread, Band: rule.P4, Score: 1, Language: "en"}
	if i%100 == 0 {
		v.Band, v.Queue = rule.P2, rule.Scammer
		v.Evidence = []detector.Evidence{{Rule: "fake_job.fee.visa_fee", Message: "m0", Text: "visa fee"}}
	}
	return th, &v
}

func searches(b *testing.B, book *casebook.Book, text *workload.Generator) {
	rank := func(rank int) string { return text.Rank(workload.English, rank) }
	median := func(name string, query func(i int) casebook.Request) {
		var all, cpu []time.Duration
		total := 0
		for i := range 50 {
			r := query(i)
			start, used := time.Now(), processor()
			found, err := book.Search(r)
			all, cpu = append(all, time.Since(start)), append(cpu, processor()-used)
			require.NoError(b, err)
			total += found.Total
		}
		slices.Sort(all)
		slices.Sort(cpu)
		b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, name+"-ms")
		b.Logf("%s: p50 %v (%v of a processor), p95 %v, %d hits on average",
			name, all[len(all)/2], cpu[len(cpu)/2], all[len(all)*95/100], total/50)
	}
	median("rare", func(i int) casebook.Request { return casebook.Request{Query: rank(20_000 + 97*i), Size: 20} })
	median("phrase", func(i int) casebook.Request {
		return casebook.Request{Query: `"` + rank(60+i) + " " + rank(200+3*i) + `"`, Size: 20}
	})
	facets := casebook.FacetNames()
	median("facets", func(i int) casebook.Request {
		return casebook.Request{Query: rank(60 + i), Size: 20, Facets: facets}
	})
	median("common", func(i int) casebook.Request {
		return casebook.Request{Query: rank(i % 5), Size: 20, Facets: facets}
	})
	median("counts", func(i int) casebook.Request { return casebook.Request{Size: 20, Facets: facets} })
}
