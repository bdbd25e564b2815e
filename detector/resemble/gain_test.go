package resemble_test

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/resemble"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/rules"
)

// outside is a thread of a set that is no part of the corpus.
type outside struct {
	scam, second bool // second: of the half that the weight is not chosen on
	logit, like  float64
}

// judged reads labelled JSONL and gives every thread of ours, or benign, its
// logit and how like the nearest script it is.
func judged(b *testing.B, d *detector.Detector, scripts *resemble.Scripts, path string) (all []outside) {
	file, err := os.Open(path)
	require.NoError(b, err)
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	require.NoError(b, err)
	type row struct {
		ID, Thread, Text, Label, Category, Sender string
		Seq, Turn                                 int64
	}
	threads, order := map[string][]row{}, []string{}
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var r row
		require.NoError(b, json.Unmarshal(lines.Bytes(), &r))
		key := cmp.Or(r.Thread, r.ID)
		if threads[key] == nil {
			order = append(order, key)
		}
		threads[key] = append(threads[key], r)
	}
	require.NoError(b, lines.Err())
	for _, key := range order {
		rows := threads[key]
		scam := rows[0].Label == "scam"
		if scam && !slices.Contains([]string{"romance_investment", "crypto_fraud", "fake_job"}, rows[0].Category) {
			continue
		}
		var thread []message.Message
		var text strings.Builder
		for i, r := range rows {
			thread = append(thread, message.Message{ID: r.ID, Thread: key, Sender: r.Sender, Text: r.Text, Seq: cmp.Or(r.Seq, r.Turn), HasSeq: true, Position: int64(i)})
			text.WriteString(r.Text + "\n")
		}
		o := outside{scam: scam, logit: d.Judge(d.MatchAll(thread)).Logit.LogOdds()}
		if near := scripts.Nearest(text.String()); len(near) > 0 {
			o.like = near[0].Similarity
		}
		hash := fnv.New32a()
		hash.Write([]byte(key))
		o.second = hash.Sum32()&1 == 1
		all = append(all, o)
	}
	return all
}

// recall is the share of scams above the score that so many benign threads in a
// thousand reach.
func recall(all []outside, weight float64, falseAlerts float64) float64 {
	var benign, scams []float64
	for _, o := range all {
		if value := o.logit + weight*o.like; o.scam {
			scams = append(scams, value)
		} else {
			benign = append(benign, value)
		}
	}
	slices.Sort(benign)
	limit := benign[len(benign)-1-int(falseAlerts*float64(len(benign))/1000)]
	caught := 0
	for _, value := range scams {
		if value > limit {
			caught++
		}
	}
	return float64(caught) / float64(len(scams))
}

// BenchmarkGain measures whether resemblance would gain recall at equal false
// alerts: with a weight chosen on one half of the threads, on the other half, in
// points. HOOKLINE_LABELLED lists files of labelled JSONL, gzipped, that share no
// script with the corpus.
func BenchmarkGain(b *testing.B) {
	paths := filepath.SplitList(os.Getenv("HOOKLINE_LABELLED"))
	if len(paths) == 0 {
		b.Skip("HOOKLINE_LABELLED names no files")
	}
	set, err := rule.Load(rules.FS)
	require.NoError(b, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(b, err)
	scripts := resemble.New(corpus.FS)
	for b.Loop() {
		var all []outside
		for _, path := range paths {
			all = append(all, judged(b, d, scripts, path)...)
		}
		half := func(second bool) []outside {
			return slices.DeleteFunc(slices.Clone(all), func(o outside) bool { return o.second != second })
		}
		for _, falseAlerts := range []float64{2.5, 10} {
			best, weight := -1.0, 0.0
			for _, w := range []float64{0, 0.5, 1, 2, 4, 8, 16} {
				if r := recall(half(false), w, falseAlerts); r > best {
					best, weight = r, w
				}
				b.Logf("%v false alerts in 1000, weight %v: recall %.4f of all %d threads", falseAlerts, w, recall(all, w, falseAlerts), len(all))
			}
			without, with := recall(half(true), 0, falseAlerts), recall(half(true), weight, falseAlerts)
			b.Logf("weight %v of the one half; the other: recall %.4f without, %.4f with", weight, without, with)
			b.ReportMetric(100*(with-without), map[bool]string{true: "points-at-2.5", false: "points-at-10"}[falseAlerts < 5])
		}
	}
}
