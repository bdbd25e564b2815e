package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/jetstream"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/lab"
	"github.com/hookline/hookline/detector/builtin"
	"github.com/hookline/hookline/detector/conformance"
)

// messages is the size of the corpus: HOOKLINE_MESSAGES, or 200,000, a tenth of
// it with -short.
func messages(t testing.TB) int {
	t.Helper()
	if text := os.Getenv("HOOKLINE_MESSAGES"); text != "" {
		n, err := strconv.Atoi(text)
		require.NoError(t, err)
		return n
	}
	if testing.Short() {
		return 20_000
	}
	return 200_000
}

// sentences are what the built-in rules match.
var sentences = sync.OnceValues(func() ([]string, error) {
	set, err := (&builtin.Options{}).Set()
	if err != nil {
		return nil, err
	}
	return conformance.Sentences(set), nil
})

// corpusFile is a file of n messages.
func corpusFile(t testing.TB, seed uint64, n int) string {
	t.Helper()
	return lab.Once(t, fmt.Sprintf("corpus-%d-%d.jsonl", seed, n), func(path string) {
		says, err := sentences()
		require.NoError(t, err)
		file, err := os.Create(path)
		require.NoError(t, err)
		require.NoError(t, conformance.Write(file, says, seed, n))
		require.NoError(t, file.Close())
	})
}

// hookline is the command of one machine: HOOKLINE_COMMAND, or built.
func hookline(t testing.TB) string {
	t.Helper()
	if path := os.Getenv("HOOKLINE_COMMAND"); path != "" {
		return path
	}
	return lab.Once(t, "hookline", func(path string) {
		cmd := exec.Command("go", "build", "-o", path, "./cmd/hookline")
		cmd.Dir = filepath.Join("..", "..")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
	})
}

// singleMachine is what hookline scan says about a file.
func singleMachine(t testing.TB, path string) *conformance.Verdicts {
	t.Helper()
	command := hookline(t)
	scanned := lab.Once(t, filepath.Base(path)+".verdicts", func(out string) {
		began := time.Now()
		cmd := exec.Command(command, "scan", "--format", "jsonl", "--output", out, path)
		text, err := cmd.CombinedOutput()
		require.NoError(t, err, string(text))
		t.Logf("single machine: %.1f s", time.Since(began).Seconds())
	})
	file, err := os.Open(scanned)
	require.NoError(t, err)
	defer file.Close()
	var verdicts conformance.Verdicts
	require.NoError(t, verdicts.Read(file))
	t.Logf("single machine: %d verdicts, digest %.12s", verdicts.Len(), verdicts.Digest())
	return &verdicts
}

// kept are the verdicts of a store.
func kept(t testing.TB, store string) *conformance.Verdicts {
	t.Helper()
	var verdicts conformance.Verdicts
	require.NoError(t, verdicts.Read(strings.NewReader(lab.Command(t, "verdicts", "--store", store))))
	return &verdicts
}

// agrees fails the test where an engine says something else than one machine.
func agrees(t testing.TB, engine string, want, got *conformance.Verdicts) {
	t.Helper()
	require.Equal(t, conformance.Difference{}, want.Compare(got), engine)
	require.Equal(t, want.Digest(), got.Digest(), engine)
	t.Logf("%s: %d verdicts, digest %.12s", engine, got.Len(), got.Digest())
}

// queueOf is a connection of the test's own to a cluster.
func queueOf(t testing.TB, servers *lab.NATS) *jetstream.Queue {
	t.Helper()
	q, err := jetstream.Connect(context.Background(), jetstream.Config{
		URL: servers.URL(), Stream: "HOOKLINE", Subject: "hookline.messages", Consumer: "hookline", Patience: time.Minute,
	}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	require.NoError(t, err)
	t.Cleanup(func() { _ = q.Close() })
	return q
}

// awaitEmpty waits until all that is in the queue is acknowledged.
func awaitEmpty(t testing.TB, q *jetstream.Queue, patience time.Duration) {
	t.Helper()
	require.Eventually(t, func() bool {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		n, err := q.Pending(ctx)
		return err == nil && n == 0
	}, patience, 200*time.Millisecond, "messages stay in the queue")
}

func TestJetStreamAgrees(t *testing.T) {
	path := corpusFile(t, 1, messages(t))
	want := singleMachine(t, path)
	t.Run("PostgreSQL", func(t *testing.T) {
		jetStreamAgrees(t, lab.StartPostgres(t).Database("agrees"), path, want)
	})
	t.Run("SQLite", func(t *testing.T) {
		jetStreamAgrees(t, "sqlite:"+filepath.Join(lab.Folder(t), "verdicts.db"), path, want)
	})
}

func jetStreamAgrees(t *testing.T, store, path string, want *conformance.Verdicts) {
	servers := lab.StartNATS(t, 3)
	lab.Command(t, "init", "--nats", servers.URL(), "--store", store)
	fleet := lab.StartFleet(t, 2, nil, "run", "--nats", servers.URL(), "--store", store)
	began := time.Now()
	lab.Command(t, "publish", "--nats", servers.URL(), "--lines", "64", path)
	awaitEmpty(t, queueOf(t, servers), 10*time.Minute)
	t.Logf("two workers: %.1f s", time.Since(began).Seconds())
	fleet.Stop()
	require.Zero(t, fleet.Restarts())
	agrees(t, t.Name(), want, kept(t, store))
	t.Log(lab.Command(t, "check", "--store", store))
}

// The client and the protocol are real, the broker is kfake.
func TestKafkaAgrees(t *testing.T) {
	path := corpusFile(t, 1, messages(t))
	want := singleMachine(t, path)
	brokers := lab.StartKafka(t, 4, "hookline.messages", "hookline.dead", "hookline.verdicts")
	store := lab.StartPostgres(t).Database("kafka")
	queue := []string{"--kafka", brokers, "--store", store}
	lab.Command(t, append([]string{"init"}, queue...)...)
	fleet := lab.StartFleet(t, 2, []int{3}, append([]string{"run", "--batch", "1024"}, queue...)...)
	began := time.Now()
	lab.Command(t, "publish", "--kafka", brokers, "--lines", "64", path)
	require.Eventually(t, func() bool { return lab.KafkaLag(t, brokers, "hookline.messages", "hookline") == 0 }, 10*time.Minute, 200*time.Millisecond)
	t.Logf("two workers, one of which dies before it commits an offset: %.1f s", time.Since(began).Seconds())
	fleet.Stop()
	require.Equal(t, 1, fleet.Restarts())
	require.Positive(t, fleet.Repeats())
	agrees(t, t.Name(), want, kept(t, store))
	t.Log(lab.Command(t, "check", "--store", store))
}

// A worker and a server are killed while they read ranges of a file.
func TestShardsAgree(t *testing.T) {
	path := corpusFile(t, 1, messages(t))
	want := singleMachine(t, path)
	servers := lab.StartNATS(t, 3)
	store := lab.StartPostgres(t).Database("shards")
	size := strconv.Itoa(1 << 20)
	lab.Command(t, "init", "--nats", servers.URL(), "--store", store)
	lab.Command(t, "shard", "--nats", servers.URL(), "--size", size, "--ack-wait", "5s", path)
	began := time.Now()
	fleet := lab.StartFleet(t, 2, []int{2}, "run", "--shards", "--nats", servers.URL(), "--store", store)
	time.Sleep(2 * time.Second)
	leader := servers.Leader("HOOKLINE_SHARDS")
	servers.Kill(leader)
	servers.Start(leader)
	q := queueOf(t, servers)
	require.Eventually(t, func() bool {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		n, err := q.PendingShards(ctx)
		return err == nil && n == 0
	}, 10*time.Minute, 200*time.Millisecond)
	t.Logf("two workers, one of which dies: %.1f s", time.Since(began).Seconds())
	fleet.Stop()
	require.GreaterOrEqual(t, fleet.Restarts(), 1)
	require.Positive(t, fleet.Repeats())
	agrees(t, t.Name(), want, kept(t, store))
}

// What is no message is put aside in a stream, with the reason; verdicts are
// sent on when they change.
func TestDeadLettersAndVerdicts(t *testing.T) {
	servers := lab.StartNATS(t, 1)
	folder := lab.Folder(t)
	store := "sqlite:" + filepath.Join(folder, "v.db")
	path := filepath.Join(folder, "in.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(`{"send_time":"2026-03-01T09:30:00Z","data":{"action_id":"1","data":{"room":"r","sender":"Ada","text":"Guaranteed profit, deposit 500 USDT on the exchange platform"}}}
secret words
{"send_time":"2026-03-01T09:31:00Z","data":{"action_id":"2","action_name":"login","data":{"sender":"Ada"}}}
`), 0o600))
	queue := []string{"--nats", servers.URL(), "--verdicts-to", "hookline.verdicts"}
	lab.Command(t, append([]string{"init", "--replicas", "1", "--store", store}, queue...)...)
	fleet := lab.StartFleet(t, 1, nil, append([]string{"run", "--store", store, "--envelope", "osprey", "--field", "thread=data.data.room"}, queue...)...)
	lab.Command(t, "publish", "--nats", servers.URL(), "--lines", "64", path)
	awaitEmpty(t, queueOf(t, servers), time.Minute)
	fleet.Stop()
	dead := servers.Messages("HOOKLINE_OUT", "hookline.dead")
	require.Len(t, dead, 1)
	require.Equal(t, "secret words", string(dead[0].Data))
	require.Contains(t, dead[0].Header.Get(jetstream.ReasonHeader), "not JSON")
	require.Equal(t, path+":1:2", dead[0].Header.Get(jetstream.OriginHeader))
	verdicts := servers.Messages("HOOKLINE_OUT", "hookline.verdicts")
	require.Len(t, verdicts, 1)
	require.Equal(t, "1", verdicts[0].Header.Get(jetstream.RevisionHeader))
	require.Equal(t, lab.Command(t, "verdicts", "--store", store), string(verdicts[0].Data)+"\n")
	require.Contains(t, string(verdicts[0].Data), `"thread":"r"`)
}
