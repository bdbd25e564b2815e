package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
)

// node is the configuration of one server.
type node struct {
	Name, Folder        string
	Port, ClusterPort   int
	Cluster             string
	Routes              []string
	SyncAlways, Verbose bool
}

// serveNATS runs a server until the process is killed.
func serveNATS(config string) int {
	var n node
	if err := json.Unmarshal([]byte(config), &n); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	options := &server.Options{
		ServerName: n.Name, Host: "127.0.0.1", Port: n.Port, JetStream: true, StoreDir: n.Folder, NoSigs: true,
		SyncAlways: n.SyncAlways, Debug: n.Verbose,
	}
	if len(n.Routes) > 0 {
		options.Cluster = server.ClusterOpts{Name: n.Cluster, Host: "127.0.0.1", Port: n.ClusterPort}
		options.Routes = server.RoutesFromStr(strings.Join(n.Routes, ","))
	}
	s, err := server.NewServer(options)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	s.ConfigureLogger()
	s.Start()
	s.WaitForShutdown()
	return 0
}

// NATS is a cluster of server processes on this machine.
type NATS struct {
	t     testing.TB
	nodes []node
	procs []*exec.Cmd
}

// StartNATS starts n servers and waits until they have elected a leader.
func StartNATS(t testing.TB, n int) *NATS {
	t.Helper()
	c := &NATS{t: t, procs: make([]*exec.Cmd, n)}
	ports := freePorts(t, 2*n)
	folder := Folder(t)
	var routes []string
	for i := range n {
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", ports[n+i]))
	}
	if n == 1 {
		routes = nil
	}
	for i := range n {
		name := fmt.Sprintf("n%d", i)
		c.nodes = append(c.nodes, node{
			Name: name, Folder: filepath.Join(folder, name), Port: ports[i], ClusterPort: ports[n+i], Cluster: "lab", Routes: routes,
		})
		c.Start(i)
	}
	t.Cleanup(func() {
		for i := range c.procs {
			c.Kill(i)
		}
	})
	js := c.client()
	require.Eventually(t, func() bool {
		ctx, cancel := contextFor(2 * time.Second)
		defer cancel()
		_, err := js.AccountInfo(ctx)
		return err == nil
	}, time.Minute, 100*time.Millisecond, "the cluster does not come up")
	return c
}

// URL is that of all servers.
func (c *NATS) URL() string {
	var urls []string
	for _, n := range c.nodes {
		urls = append(urls, fmt.Sprintf("nats://127.0.0.1:%d", n.Port))
	}
	return strings.Join(urls, ",")
}

// Start starts a server again.
func (c *NATS) Start(i int) {
	c.t.Helper()
	config, err := json.Marshal(c.nodes[i])
	require.NoError(c.t, err)
	cmd := again(c.t, "nats", nil, natsVariable+"="+string(config))
	cmd.Stderr = logFile(c.t, c.nodes[i].Name)
	require.NoError(c.t, cmd.Start())
	c.procs[i] = cmd
}

// Kill kills a server without warning.
func (c *NATS) Kill(i int) {
	if cmd := c.procs[i]; cmd != nil {
		_ = cmd.Process.Signal(syscall.SIGKILL)
		_ = cmd.Wait()
		c.procs[i] = nil
	}
}

// client is a connection that finds a server that lives.
func (c *NATS) client() jetstream.JetStream {
	c.t.Helper()
	conn, err := nats.Connect(c.URL(), nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true), nats.ReconnectWait(100*time.Millisecond))
	require.NoError(c.t, err)
	c.t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	require.NoError(c.t, err)
	return js
}

// Leader is the server that leads a stream.
func (c *NATS) Leader(stream string) int {
	js := c.client()
	leader := -1
	require.Eventually(c.t, func() bool {
		ctx, cancel := contextFor(2 * time.Second)
		defer cancel()
		s, err := js.Stream(ctx, stream)
		if err != nil || s.CachedInfo().Cluster == nil {
			return false
		}
		for i, n := range c.nodes {
			if n.Name == s.CachedInfo().Cluster.Leader {
				leader = i
			}
		}
		return leader >= 0
	}, time.Minute, 200*time.Millisecond, "stream %s has no leader", stream)
	return leader
}

// Messages are those of a subject of a stream.
func (c *NATS) Messages(stream, subject string) (all []*jetstream.RawStreamMsg) {
	c.t.Helper()
	ctx, cancel := contextFor(10 * time.Second)
	defer cancel()
	s, err := c.client().Stream(ctx, stream)
	require.NoError(c.t, err)
	for next := uint64(1); ; next++ {
		m, err := s.GetMsg(ctx, next, jetstream.WithGetMsgSubject(subject))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return all
		}
		require.NoError(c.t, err)
		all, next = append(all, m), m.Sequence
	}
}
