package triage

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hookline/hookline/detector/rule"
)

// metrics are counters in the Prometheus text format (version 0.0.4).
type metrics struct {
	requests, errors, messages, decisions, conflicts atomic.Int64
	buckets                                          [len(bounds) + 1]atomic.Int64
	nanoseconds                                      atomic.Int64
}

// bounds of the histogram of scoring times, in seconds.
var bounds = [...]float64{.001, .005, .01, .05, .1, .5, 1, 5}

func (m *metrics) observe(took time.Duration) {
	at := 0
	for at < len(bounds) && took.Seconds() > bounds[at] {
		at++
	}
	m.buckets[at].Add(1)
	m.nanoseconds.Add(int64(took))
}

func (s *Server) printMetrics(w http.ResponseWriter, r *http.Request) error {
	var b strings.Builder
	m := &s.metrics
	for _, counter := range []struct {
		name, help string
		value      int64
	}{
		{"hookline_requests_total", "Requests taken.", m.requests.Load()},
		{"hookline_errors_total", "Requests answered with an error.", m.errors.Load()},
		{"hookline_scored_messages_total", "Messages scored over HTTP.", m.messages.Load()},
		{"hookline_decisions_total", "Decisions of reviewers.", m.decisions.Load()},
		{"hookline_conflicts_total", "Decisions refused because the case had changed.", m.conflicts.Load()},
	} {
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s counter\n%s %d\n", counter.name, counter.help, counter.name, counter.name, counter.value)
	}
	const score = "hookline_score_seconds"
	fmt.Fprintf(&b, "# HELP %s Time to score a request.\n# TYPE %s histogram\n", score, score)
	total := int64(0)
	for i, bound := range bounds {
		total += m.buckets[i].Load()
		fmt.Fprintf(&b, "%s_bucket{le=\"%g\"} %d\n", score, bound, total)
	}
	total += m.buckets[len(bounds)].Load()
	fmt.Fprintf(&b, "%s_bucket{le=\"+Inf\"} %d\n%s_sum %g\n%s_count %d\n", score, total, score,
		time.Duration(m.nanoseconds.Load()).Seconds(), score, total)
	b.WriteString("# HELP hookline_cases Cases by state, band and queue.\n# TYPE hookline_cases gauge\n")
	err := s.options.Store.Tally(r.Context(), func(state State, band rule.Band, queue rule.Queue, count int) {
		fmt.Fprintf(&b, "hookline_cases{state=%q,band=%q,queue=%q} %d\n", state, band, queue, count)
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = w.Write([]byte(b.String()))
	return nil
}
