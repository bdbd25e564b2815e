package triage_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/message"
)

// The first page of a queue of a thousand cases.
func BenchmarkQueue(b *testing.B) {
	threads := make([][]message.Message, 1000)
	for i := range threads {
		threads[i] = thread(fmt.Sprintf("t%d", i), "hello", "pay the fee now")
	}
	web, _ := newServer(b, nil, threads...)
	b.ReportAllocs()
	for b.Loop() {
		response, err := http.Get(web.URL + "/")
		require.NoError(b, err)
		n, err := io.Copy(io.Discard, response.Body)
		require.NoError(b, err)
		require.NoError(b, response.Body.Close())
		require.Equal(b, http.StatusOK, response.StatusCode)
		b.SetBytes(n)
	}
}

// Fifty programs ask for scores at once, on loopback; p99 is of whole requests.
// For the figure of half a minute: -bench Scorers -benchtime 30s.
func BenchmarkScorers(b *testing.B) {
	const scorers = 50
	web, _ := newServer(b, nil, thread("t1", "pay the fee now"))
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: scorers}}
	var mu sync.Mutex
	var took []time.Duration
	work := make(chan struct{})
	var group sync.WaitGroup
	for range scorers {
		group.Go(func() {
			for range work {
				started := time.Now()
				response, err := client.Post(web.URL+"/v1/score", "application/json", strings.NewReader(`{"id":"m","text":"please pay the fee today, then you can start"}`))
				if err == nil {
					_, err = io.Copy(io.Discard, response.Body)
					_ = response.Body.Close()
				}
				if err != nil || response.StatusCode != http.StatusOK {
					b.Errorf("a request failed: %v", err)
					continue
				}
				mu.Lock()
				took = append(took, time.Since(started))
				mu.Unlock()
			}
		})
	}
	for b.Loop() {
		work <- struct{}{}
	}
	close(work)
	group.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
}
