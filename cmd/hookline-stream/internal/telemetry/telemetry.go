package telemetry

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/sink"
)

// Metrics count what a worker does.
type Metrics struct {
	registry *prometheus.Registry

	payloads, redelivered, messages, letters prometheus.Counter
	rows, repeats, threads, verdicts, sentOn prometheus.Counter
	batches                                  prometheus.Histogram
	last                                     prometheus.Gauge
}

// New makes metrics about a worker of a rule set.
func New(rules string) *Metrics {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	with := promauto.With(registry)
	counter := func(name, help string) prometheus.Counter {
		return with.NewCounter(prometheus.CounterOpts{Name: "hookline_" + name + "_total", Help: help})
	}
	with.NewGauge(prometheus.GaugeOpts{
		Name: "hookline_rules_info", Help: "The rule set in use.", ConstLabels: prometheus.Labels{"rules": rules},
	}).Set(1)
	return &Metrics{
		registry:    registry,
		payloads:    counter("payloads", "Payloads taken from the queue."),
		redelivered: counter("redelivered", "Payloads that the queue had handed over before."),
		messages:    counter("messages", "Messages matched."),
		letters:     counter("dead_letters", "Lines put aside because they are no messages."),
		rows:        counter("rows", "Messages whose matches were written."),
		repeats:     counter("repeats", "Messages whose matches were there already."),
		threads:     counter("threads", "Changes of the state of a thread."),
		verdicts:    counter("verdicts", "Verdicts written."),
		sentOn:      counter("published", "Verdicts sent on."),
		batches: with.NewHistogram(prometheus.HistogramOpts{
			Name: "hookline_write_seconds", Help: "Time from the begin of a transaction to its acknowledgement.",
			Buckets: prometheus.ExponentialBuckets(0.002, 2, 14),
		}),
		last: with.NewGauge(prometheus.GaugeOpts{Name: "hookline_last_write_timestamp_seconds", Help: "When a batch was last acknowledged."}),
	}
}

// Read counts a batch that was taken and matched.
func (m *Metrics) Read(payloads, redelivered, messages, letters int) {
	m.payloads.Add(float64(payloads))
	m.redelivered.Add(float64(redelivered))
	m.messages.Add(float64(messages))
	m.letters.Add(float64(letters))
}

// Wrote counts a batch that was committed and acknowledged.
func (m *Metrics) Wrote(done sink.Outcome, took time.Duration) {
	m.rows.Add(float64(done.Rows))
	m.repeats.Add(float64(done.Repeats))
	m.threads.Add(float64(done.Threads))
	m.verdicts.Add(float64(done.Verdicts))
	m.batches.Observe(took.Seconds())
	m.last.SetToCurrentTime()
}

// Published counts verdicts that were sent on.
func (m *Metrics) Published(n int) { m.sentOn.Add(float64(n)) }

// Handler answers /metrics and /healthz; well says what is wrong, if anything.
func (m *Metrics) Handler(well func(context.Context) error) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
		defer cancel()
		if err := well(ctx); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	})
	return mux
}

// Serve answers at an address until the context is done, and returns the
// address.
func (m *Metrics) Serve(ctx context.Context, address string, well func(context.Context) error) (string, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: m.Handler(well), ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go func() {
		if err := server.Serve(listener); err != nil && !errors.Is(err, http.ErrServerClosed) {
			_ = listener.Close()
		}
	}()
	return listener.Addr().String(), nil
}
