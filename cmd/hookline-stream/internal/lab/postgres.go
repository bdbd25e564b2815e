package lab

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// Postgres is a PostgreSQL server of this machine's own installation, with its
// settings as they come, but for where it listens.
type Postgres struct {
	t      testing.TB
	bin    string
	folder string
	port   int
	user   *syscall.Credential // it refuses to run as root
}

// StartPostgres makes a database cluster and starts it; without PostgreSQL the
// test is skipped.
func StartPostgres(t testing.TB) *Postgres {
	t.Helper()
	p := &Postgres{t: t, bin: postgresFolder(), port: freePorts(t, 1)[0]}
	if p.bin == "" {
		t.Skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
	}
	parent := Folder(t)
	if os.Getuid() == 0 {
		p.user = plainUser(t)
		require.NoError(t, os.Chown(parent, int(p.user.Uid), int(p.user.Gid)))
	}
	p.folder = filepath.Join(parent, "data")
	p.do("initdb", "-D", p.folder, "-U", "hookline", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
	t.Cleanup(p.Stop)
	p.Start()
	return p
}

// postgresFolder is where the newest installed server is; empty if there is
// none.
func postgresFolder() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) > 0 {
		slices.SortFunc(found, func(a, b string) int { return version(a) - version(b) })
		return filepath.Dir(found[len(found)-1])
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path)
	}
	return ""
}

func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// plainUser is the user postgres, or else nobody.
func plainUser(t testing.TB) *syscall.Credential {
	t.Helper()
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, _ := strconv.Atoi(u.Uid)
			gid, _ := strconv.Atoi(u.Gid)
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		}
	}
	t.Skip("PostgreSQL does not run as root, and there is no other user")
	return nil
}

func (p *Postgres) do(program string, args ...string) {
	p.t.Helper()
	cmd := exec.Command(filepath.Join(p.bin, program), args...)
	cmd.Dir = "/"
	if p.user != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.user}
	}
	log := logFile(p.t, program)
	cmd.Stdout, cmd.Stderr = log, log
	require.NoError(p.t, cmd.Run(), program)
}

// Start starts the server, which repairs itself after a crash, and waits until
// it answers.
func (p *Postgres) Start() {
	p.t.Helper()
	options := fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=''", p.port)
	p.do("pg_ctl", "start", "-w", "-t", "120", "-D", p.folder, "-o", options, "-l", filepath.Join(filepath.Dir(p.folder), "log"))
}

// StopImmediately ends the server as a crash does: without a checkpoint, in the
// middle of transactions.
func (p *Postgres) StopImmediately() {
	p.t.Helper()
	p.do("pg_ctl", "stop", "-m", "immediate", "-w", "-D", p.folder)
}

// Stop ends the server, if it runs.
func (p *Postgres) Stop() {
	if _, err := os.Stat(filepath.Join(p.folder, "postmaster.pid")); err == nil {
		p.StopImmediately()
	}
}

// Database makes a database and returns where it is.
func (p *Postgres) Database(name string) string {
	p.t.Helper()
	p.Exec(p.place("postgres"), "create database "+pgx.Identifier{name}.Sanitize())
	return p.place(name)
}

func (p *Postgres) place(name string) string {
	return fmt.Sprintf("postgres://hookline@127.0.0.1:%d/%s?sslmode=disable", p.port, name)
}

// Seconds is the processor time that the server has used, its ended
// connections included.
func (p *Postgres) Seconds() float64 {
	p.t.Helper()
	pid, err := os.ReadFile(filepath.Join(p.folder, "postmaster.pid"))
	require.NoError(p.t, err)
	first, _, _ := strings.Cut(string(pid), "\n")
	stat, err := os.ReadFile(filepath.Join("/proc", first, "stat"))
	require.NoError(p.t, err)
	_, rest, _ := strings.Cut(string(stat), ") ")
	const used, ticks = 11, 100 // four fields from the state's, as Linux counts
	sum := 0
	for _, field := range strings.Fields(rest)[used : used+4] {
		n, err := strconv.Atoi(field)
		require.NoError(p.t, err)
		sum += n
	}
	return float64(sum) / ticks
}

// Exec runs a statement.
func (p *Postgres) Exec(place, statement string) {
	p.t.Helper()
	ctx, cancel := contextFor(time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, place)
	require.NoError(p.t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	require.NoError(p.t, err)
}

func contextFor(d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), d)
}
