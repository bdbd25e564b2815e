package lab

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/builtin"
)

// Environment of a process that is this binary run again.
const (
	roleVariable = "HOOKLINE_LAB_ROLE" // nats or command
	natsVariable = "HOOKLINE_LAB_NATS"
	dieVariable  = "HOOKLINE_LAB_DIE_AFTER"
)

// Main is for TestMain: it runs the tests, or what this process was started
// for. command runs the program's command line; afterCommit is to be called
// between commit and acknowledgement.
func Main(m *testing.M, command func(args []string, afterCommit func()) int) {
	switch os.Getenv(roleVariable) {
	case "":
		os.Exit(tests(m))
	case "nats":
		os.Exit(serveNATS(os.Getenv(natsVariable)))
	default:
		os.Exit(command(os.Args[1:], dieAfter(os.Getenv(dieVariable))))
	}
}

// tests runs them with a cache of their own, which all processes share.
func tests(m *testing.M) int {
	folder, err := os.MkdirTemp("", "hookline-lab-")
	if err == nil {
		err = os.Setenv(builtin.CacheVariable, folder)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	defer func() { _ = os.RemoveAll(shared.folder) }()
	return m.Run()
}

// dieAfter kills the process at a commit.
func dieAfter(text string) func() {
	commits, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return func() {}
	}
	var count atomic.Int64
	return func() {
		if count.Add(1) == commits {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
}

// again is this binary run again in a role.
func again(t testing.TB, role string, args []string, environment ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self, args...)
	cmd.Env = append(append(os.Environ(), roleVariable+"="+role), environment...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd
}

// Folder is a new folder that goes with the test. Others may enter it, so that
// a server can run as another user.
func Folder(t testing.TB) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "hookline-lab-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(folder, 0o755))
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// shared is the folder of what is made once for all tests.
var shared struct {
	sync.Mutex
	folder string
}

// Once returns the path of something that is made once for all tests, under a
// name of its own.
func Once(t testing.TB, name string, make func(path string)) string {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.folder == "" {
		folder, err := os.MkdirTemp("", "hookline-lab-")
		require.NoError(t, err)
		shared.folder = folder
	}
	path := filepath.Join(shared.folder, name)
	if _, err := os.Stat(path); err != nil {
		make(path)
	}
	return path
}

// freePorts are ports that nobody listens on at the moment.
func freePorts(t testing.TB, n int) (ports []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// logFile is where a process writes to; its end is printed if the test fails.
func logFile(t testing.TB, name string) *os.File {
	t.Helper()
	file, err := os.Create(filepath.Join(Folder(t), name+".log"))
	require.NoError(t, err)
	t.Cleanup(func() {
		if t.Failed() {
			const tail = 3000
			size, _ := file.Seek(0, io.SeekEnd)
			text := make([]byte, min(size, tail))
			_, _ = file.ReadAt(text, size-int64(len(text)))
			t.Logf("%s:\n%s", name, text)
		}
		_ = file.Close()
	})
	return file
}

// Command runs the program's command line in a process and returns what it
// prints.
func Command(t testing.TB, args ...string) string {
	t.Helper()
	return CommandOf(t, nil, args...)
}

// CommandOf is Command with a standard input.
func CommandOf(t testing.TB, in io.Reader, args ...string) string {
	t.Helper()
	cmd := again(t, "command", args)
	cmd.Stdin, cmd.Stderr = in, logFile(t, args[0])
	out, err := cmd.Output()
	require.NoError(t, err, fmt.Sprint(args))
	return string(out)
}

// FailingCommand is Command where the program must fail.
func FailingCommand(t testing.TB, args ...string) string {
	t.Helper()
	cmd := again(t, "command", args)
	cmd.Stderr = logFile(t, args[0])
	out, err := cmd.Output()
	require.Error(t, err, fmt.Sprint(args))
	return string(out)
}
