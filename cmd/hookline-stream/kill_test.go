package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/lab"
)

// killed is how many messages one trial has.
const killed = 4000

// trickle is a file that comes bit by bit, its last tenth when over is closed:
// what happens before happens while messages come.
type trickle struct {
	file *os.File
	size int64
	read int64
	over <-chan struct{}
}

func newTrickle(t *testing.T, path string, over <-chan struct{}) *trickle {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = file.Close() })
	info, err := file.Stat()
	require.NoError(t, err)
	return &trickle{file: file, size: info.Size(), over: over}
}

func (r *trickle) Read(p []byte) (int, error) {
	pause := time.After(40 * time.Millisecond)
	if r.read > r.size/10*9 {
		pause = nil
	}
	select {
	case <-r.over:
	case <-pause:
		p = p[:min(int64(len(p)), r.size/100)]
	}
	n, err := r.file.Read(p)
	r.read += int64(n)
	return n, err
}

// Eight times, while messages come: workers die between commit and
// acknowledgement and at random, the leader of the stream is killed, PostgreSQL
// crashes. No verdict is lost, doubled or different, and what was delivered
// again was absorbed.
func TestKills(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes: run it without -short")
	}
	database := lab.StartPostgres(t)
	var restarts, repeats int
	for trial := range uint64(8) {
		t.Run(fmt.Sprint(trial), func(t *testing.T) {
			again, absorbed := killTrial(t, database, trial)
			restarts, repeats = restarts+again, repeats+absorbed
		})
	}
	t.Logf("%d workers started again, %d repeats absorbed", restarts, repeats)
	require.Positive(t, repeats)
}

func killTrial(t *testing.T, database *lab.Postgres, seed uint64) (restarts, repeats int) {
	rng := rand.New(rand.NewPCG(seed, 1))
	store := database.Database(fmt.Sprintf("kills_%d", seed))
	path := corpusFile(t, 100+seed, killed)
	want := singleMachine(t, path)
	servers := lab.StartNATS(t, 3)
	lab.Command(t, "init", "--nats", servers.URL(), "--store", store, "--ack-wait", "3s")
	began := time.Now()
	// Small batches, so that there are commits to die after.
	fleet := lab.StartFleet(t, 2, []int{2 + rng.IntN(6), 2 + rng.IntN(6)}, "run", "--nats", servers.URL(), "--store", store, "--batch", "128")
	over, published := make(chan struct{}), make(chan string, 1)
	input := newTrickle(t, path, over)
	go func() { published <- lab.CommandOf(t, input, "publish", "--nats", servers.URL(), "-") }()
	pause := func() { time.Sleep(time.Duration(200+rng.IntN(600)) * time.Millisecond) }
	for _, event := range rng.Perm(4) {
		pause()
		switch event {
		case 0:
			fleet.Kill(rng.IntN(2))
		case 1:
			leader := servers.Leader("HOOKLINE")
			servers.Kill(leader)
			pause()
			servers.Start(leader)
		case 2:
			database.StopImmediately()
			pause()
			database.Start()
		case 3: // a worker that dies after a commit, whatever happened before
			fleet.KillAfter(rng.IntN(2), 1+rng.IntN(3))
		}
	}
	close(over)
	<-published
	awaitEmpty(t, queueOf(t, servers), 5*time.Minute)
	took := time.Since(began)
	fleet.Stop()
	agrees(t, "after kills", want, kept(t, store))
	t.Log(lab.Command(t, "check", "--store", store))
	restarts, repeats = fleet.Restarts(), fleet.Repeats()
	t.Logf("%d messages in %.1f s, %d workers started again, %d repeats absorbed", killed, took.Seconds(), restarts, repeats)
	require.Positive(t, restarts)
	return restarts, repeats
}

// Without the key a redelivery is counted twice, and the check says so: the
// trials above can fail.
func TestKillsWithoutTheKey(t *testing.T) {
	database := lab.StartPostgres(t)
	store := database.Database("nokey")
	path := corpusFile(t, 200, killed)
	servers := lab.StartNATS(t, 3)
	lab.Command(t, "init", "--nats", servers.URL(), "--store", store, "--ack-wait", "5s")
	database.Exec(store, "alter table hookline_matches drop constraint hookline_matches_pkey")
	fleet := lab.StartFleet(t, 1, []int{2}, "run", "--nats", servers.URL(), "--store", store, "--batch", "256")
	lab.Command(t, "publish", "--nats", servers.URL(), path)
	awaitEmpty(t, queueOf(t, servers), 5*time.Minute)
	fleet.Stop()
	require.Equal(t, 1, fleet.Restarts())
	doubled := lab.FailingCommand(t, "check", "--store", store)
	count := regexp.MustCompile(`doubled rows (\d+)`).FindStringSubmatch(doubled)
	require.NotNil(t, count, doubled)
	n, err := strconv.Atoi(count[1])
	require.NoError(t, err)
	require.Positive(t, n)
	t.Log(doubled)
}
