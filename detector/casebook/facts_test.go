package casebook_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/workload"
)

// What facts answer is what reading every hit in full answers: a clause that
// holds for all messages, but that facts know nothing of, makes the difference.
func TestFactsAnswerWhatMessagesDo(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "book")
	w, _, err := casebook.Create(folder, casebook.Options{Today: today})
	require.NoError(t, err)
	text := workload.New(5)
	for i := range 900 {
		th := text.Thread(workload.English, fmt.Sprint("t", i), 0)
		v := detector.Verdict{Thread: th[0].Thread, Band: rule.P4, Language: []string{"en", "", "zh"}[i%3]}
		if i%4 == 0 {
			v.Band, v.Queue = rule.Band(1+i%5), rule.Scammer
			for k, id := range []string{"fake_job.fee.visa_fee", "crypto_fraud.pitch.signals", "fake_job.fee.visa_fee"} {
				v.Evidence = append(v.Evidence, detector.Evidence{Rule: id, Message: th[min(k, len(th)-1)].ID})
			}
		}
		for k := range th {
			m := &th[k]
			switch m.Source = "all.jsonl:1"; {
			case i%7 == 0:
				m.Sent = message.Time{}
			case i%11 == 0: // no year that facts can write
				m.Sent = message.Instant(time.Date(12_026, 1, 1, 0, 0, k, 0, time.UTC))
			case i%5 == 0 && k%3 == 0:
				m.System = true
			case i%13 == 0: // many in the same minute
				m.Sent = message.Local(time.Date(2026, 2, 3, 4, 5, k, 0, time.UTC))
			}
		}
		require.NoError(t, w.Keep(th, &v))
	}
	require.NoError(t, w.Close())
	b := open(t, folder)
	for _, query := range []string{
		"you", "to -band:P4", "you tag:fake_job.*", "the queue:scammer,none", "you after:2026-02-01 before:2026-05-01", "to lang:zh", "i day:2026-02-03", "",
	} {
		for _, page := range [][2]int{{0, 0}, {0, 20}, {50, 7}, {300, 1000}} {
			r := casebook.Request{Query: query, From: page[0], Size: page[1], Facets: casebook.FacetNames()}
			got, err := b.Search(r)
			require.NoError(t, err)
			r.Query += " source:all.jsonl"
			want, err := b.Search(r)
			require.NoError(t, err)
			require.Equal(t, want, got, query)
			require.Positive(t, want.Total, query)
		}
	}
}
