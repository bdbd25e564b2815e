package main

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/lab"
)

// killed is how many messages one trial has: a fifth of the corpus.
func killed(t testing.TB) int { return messages(t) / 5 }

// Eight times, while messages are published: workers die between commit and
// acknowledgement and at random, the leader of the stream is killed, PostgreSQL
// crashes. No verdict is lost, doubled or different, and what was delivered
// again was absorbed. A quick machine may be done before a kill, so what the
// kills brought is asked of all trials together.
func TestKills(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes: run it without -short")
	}
	var restarts, repeats int
	for trial := range uint64(8) {
		t.Run(fmt.Sprint(trial), func(t *testing.T) {
			again, absorbed := killTrial(t, trial)
			restarts, repeats = restarts+again, repeats+absorbed
		})
	}
	t.Logf("%d workers started again, %d repeats absorbed", restarts, repeats)
	require.GreaterOrEqual(t, restarts, 8)
	require.Positive(t, repeats)
}

func killTrial(t *testing.T, seed uint64) (restarts, repeats int) {
	rng := rand.New(rand.NewPCG(seed, 1))
	database := lab.StartPostgres(t)
	store := database.Database("kills")
	path := corpusFile(t, 100+seed, killed(t))
	want := singleMachine(t, path)
	servers := lab.StartNATS(t, 3)
	lab.Command(t, "init", "--nats", servers.URL(), "--store", store, "--ack-wait", "5s")
	began := time.Now()
	// Small batches, so that there are commits to die after.
	fleet := lab.StartFleet(t, 2, []int{2 + rng.IntN(6), 2 + rng.IntN(6)}, "run", "--nats", servers.URL(), "--store", store, "--batch", "64")
	published := make(chan string, 1)
	go func() { published <- lab.Command(t, "publish", "--nats", servers.URL(), path) }()
	pause := func() { time.Sleep(time.Duration(500+rng.IntN(1500)) * time.Millisecond) }
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
	<-published
	awaitEmpty(t, queueOf(t, servers), 5*time.Minute)
	took := time.Since(began)
	fleet.Stop()
	agrees(t, "after kills", want, kept(t, store))
	t.Log(lab.Command(t, "check", "--store", store))
	restarts, repeats = fleet.Restarts(), int(fleet.Repeats())
	t.Logf("%d messages in %.1f s, %d workers started again, %d repeats absorbed", killed(t), took.Seconds(), restarts, repeats)
	return restarts, repeats
}

// Without the key a redelivery is counted twice, and the check says so: the
// trials above can fail.
func TestKillsWithoutTheKey(t *testing.T) {
	database := lab.StartPostgres(t)
	store := database.Database("nokey")
	path := corpusFile(t, 200, 4000)
	servers := lab.StartNATS(t, 3)
	lab.Command(t, "init", "--nats", servers.URL(), "--store", store, "--ack-wait", "5s")
	database.Exec(store, "alter table hookline_matches drop constraint hookline_matches_pkey")
	fleet := lab.StartFleet(t, 1, []int{2}, "run", "--nats", servers.URL(), "--store", store, "--batch", "16")
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
