package lab

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Fleet is workers under a supervisor that starts again what ends.
type Fleet struct {
	t       testing.TB
	args    []string
	workers []*supervised
}

// supervised is one place of a fleet.
type supervised struct {
	mu       sync.Mutex
	cmd      *exec.Cmd
	stopping bool
	killed   bool // the test sent the process SIGKILL, or has it send that to itself
	starts   int
	next     int // commits after which the next process dies; 0 for never
	logs     []string
	done     chan struct{}
	last     error // how the last process ended
}

// StartFleet starts n workers with these arguments. The worker in place i dies
// between a commit and its acknowledgement: at its first start after dieAfter[i]
// commits, where given.
func StartFleet(t testing.TB, n int, dieAfter []int, args ...string) *Fleet {
	t.Helper()
	f := &Fleet{t: t, args: args}
	for i := range n {
		s := &supervised{done: make(chan struct{})}
		die := 0
		if i < len(dieAfter) {
			die = dieAfter[i]
		}
		s.next = die
		f.workers = append(f.workers, s)
		s.start(f)
		go s.supervise(f)
	}
	t.Cleanup(func() {
		for i := range f.workers {
			f.stopOne(i, syscall.SIGKILL)
		}
	})
	return f
}

// start starts the process, unless it is to stop.
func (s *supervised) start(f *Fleet) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopping {
		return false
	}
	var environment []string
	if s.killed = s.next > 0; s.killed {
		environment = append(environment, dieVariable+"="+strconv.Itoa(s.next))
		s.next = 0
	}
	s.cmd = again(f.t, "command", f.args, environment...)
	log := logFile(f.t, "worker")
	s.logs = append(s.logs, log.Name())
	s.cmd.Stderr = log
	require.NoError(f.t, s.cmd.Start())
	s.starts++
	return true
}

func (s *supervised) supervise(f *Fleet) {
	defer close(s.done)
	for {
		err := s.cmd.Wait()
		s.mu.Lock()
		s.last = err
		stopping := s.stopping
		s.mu.Unlock()
		if stopping {
			return
		}
		time.Sleep(100 * time.Millisecond)
		if !s.start(f) {
			return
		}
	}
}

// Kill kills a worker without warning; the supervisor starts another.
func (f *Fleet) Kill(i int) {
	s := f.workers[i]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.killed = true
	_ = s.cmd.Process.Signal(syscall.SIGKILL)
}

// KillAfter kills a worker; the one started in its place dies between a commit
// and its acknowledgement, after so many commits.
func (f *Fleet) KillAfter(i, commits int) {
	s := f.workers[i]
	s.mu.Lock()
	s.next = commits
	s.mu.Unlock()
	f.Kill(i)
}

// Repeats counts the messages that workers say had been written before.
func (f *Fleet) Repeats() (n int) {
	for _, s := range f.workers {
		for _, name := range s.logs {
			text, err := os.ReadFile(name)
			require.NoError(f.t, err)
			for _, found := range repeats.FindAllSubmatch(text, -1) {
				count, err := strconv.Atoi(string(found[1]))
				require.NoError(f.t, err)
				n += count
			}
		}
	}
	return n
}

var repeats = regexp.MustCompile(`repeats=(\d+)`)

// Pid is the process of a worker.
func (f *Fleet) Pid(i int) int {
	s := f.workers[i]
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cmd.Process.Pid
}

// Restarts counts the workers that had to be started again.
func (f *Fleet) Restarts() (n int) {
	for _, s := range f.workers {
		s.mu.Lock()
		n += s.starts - 1
		s.mu.Unlock()
	}
	return n
}

// Stop asks all workers to finish, and fails the test if one cannot. One that
// dies meanwhile by the signal that the test sent, or had it send to itself, has
// done what it was told.
func (f *Fleet) Stop() {
	f.t.Helper()
	for i, s := range f.workers {
		require.Eventually(f.t, s.working, time.Minute, 20*time.Millisecond, "a worker does not come up")
		f.stopOne(i, syscall.SIGTERM)
		if !s.killed || !diedOf(s.last, syscall.SIGKILL) {
			require.NoError(f.t, s.last, "a worker that was asked to stop")
		}
	}
}

// working says whether the process has begun to work. One that is asked to stop
// before has nothing to finish.
func (s *supervised) working() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	text, err := os.ReadFile(s.logs[len(s.logs)-1])
	return err == nil && bytes.Contains(text, []byte("msg=working"))
}

// diedOf says whether a process ended by a signal.
func diedOf(err error, signal syscall.Signal) bool {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == signal
}

func (f *Fleet) stopOne(i int, signal syscall.Signal) {
	s := f.workers[i]
	s.mu.Lock()
	s.stopping = true
	_ = s.cmd.Process.Signal(signal)
	s.mu.Unlock()
	<-s.done
}
