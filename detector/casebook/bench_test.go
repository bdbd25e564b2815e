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
	"github.com/hookline/hookline/detector/generate"
	"github.com/hookline/hookline/detector/rule"
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
// message, bytes on disk a byte of text, and medians of searches, with the processor
// time that they take: on a busy machine that is the figure to look at.
func BenchmarkCasebook(b *testing.B) {
	n := messagesToKeep(b)
	for b.Loop() {
		folder := filepath.Join(b.TempDir(), "book")
		text := generate.New(1)
		w, _, err := casebook.Create(folder, casebook.Options{Today: today})
		require.NoError(b, err)
		kept, bytes := 0, 0
		var making, makingCPU time.Duration
		start, cpu := time.Now(), processor()
		for i := 0; kept < n; i++ {
			before, beforeCPU := time.Now(), processor()
			th := text.Thread(fmt.Sprint("t", i))
			v := detector.Verdict{Thread: th[0].Thread, Band: rule.P4, Score: 1, Language: "en"}
			if i%100 == 0 {
				v.Band, v.Queue = rule.P2, rule.Scammer
				v.Evidence = []detector.Evidence{{Rule: "fake_job.fee.visa_fee", Message: "m0", Text: "visa fee"}}
			}
			for k := range th {
				bytes += len(th[k].Text)
			}
			kept += len(th)
			making, makingCPU = making+time.Since(before), makingCPU+processor()-beforeCPU
			require.NoError(b, w.Keep(th, &v))
		}
		require.NoError(b, w.Close())
		took, used := time.Since(start)-making, processor()-cpu-makingCPU
		b.ReportMetric(float64(kept)/took.Seconds(), "messages/s")
		b.ReportMetric(float64(used.Microseconds())/float64(kept), "cpu-µs/message")
		size := int64(0)
		for _, path := range files(b, folder) {
			info, err := os.Stat(path)
			require.NoError(b, err)
			size += info.Size()
		}
		b.ReportMetric(float64(size)/float64(bytes), "disk-bytes/byte")
		book, err := casebook.Open(folder)
		require.NoError(b, err)
		searches(b, book, text)
		require.NoError(b, book.Close())
		var use syscall.Rusage
		require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &use))
		b.ReportMetric(float64(use.Maxrss)/1024, "MB-peak")
	}
}

func searches(b *testing.B, book *casebook.Book, text *generate.Text) {
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
	median("rare", func(i int) casebook.Request { return casebook.Request{Query: text.Rank(20_000 + 97*i), Size: 20} })
	median("phrase", func(i int) casebook.Request {
		return casebook.Request{Query: `"` + text.Rank(60+i) + " " + text.Rank(200+3*i) + `"`, Size: 20}
	})
	facets := casebook.FacetNames()
	median("facets", func(i int) casebook.Request {
		return casebook.Request{Query: text.Rank(60 + i), Size: 20, Facets: facets}
	})
	median("common", func(i int) casebook.Request {
		return casebook.Request{Query: text.Rank(i % 5), Size: 20, Facets: facets}
	})
	median("counts", func(i int) casebook.Request { return casebook.Request{Size: 20, Facets: facets} })
}
