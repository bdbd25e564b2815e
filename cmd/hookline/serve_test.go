package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/triage"
)

// served is a server in a process of its own, which can be killed.
type served struct {
	process *exec.Cmd
	address string
	told    chan string // lines of its standard error after the address
}

func startServer(t *testing.T, folder string, flags ...string) served {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	command := exec.Command(self)
	command.Args = append([]string{"hookline", "serve", "--casebook", folder, "--listen", "127.0.0.1:0"}, flags...) // the name makes the test binary the program
	errs, err := command.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, command.Start())
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	lines := bufio.NewScanner(errs)
	for lines.Scan() {
		if found := regexp.MustCompile(`http://[0-9.:]+`).FindString(lines.Text()); found != "" {
			told := make(chan string, 16)
			go func() {
				for lines.Scan() {
					told <- lines.Text()
				}
				close(told)
			}()
			return served{command, found, told}
		}
	}
	require.Fail(t, "the server does not start")
	return served{}
}

// A server that is killed while it takes decisions loses none that it
// acknowledged.
func TestKilledServerKeepsDecisions(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "book")
	var export strings.Builder
	for i := range 60 {
		fmt.Fprintf(&export, `{"id":"m%d","thread":"t%d","sender":"Ann","text":"To withdraw your profit you must first pay the 20%% tax into the platform"}`+"\n", i, i)
	}
	path := filepath.Join(t.TempDir(), "export.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(export.String()), 0o600))
	require.Equal(t, exitDone, run([]string{"scan", "--casebook", folder, path}, streams{in: strings.NewReader(""), out: new(strings.Builder), err: new(strings.Builder)}))

	acknowledged := map[string]bool{}
	for round := range 3 {
		server := startServer(t, folder)
		store, err := triage.OpenStore(filepath.Join(folder, triage.DatabaseName))
		require.NoError(t, err)
		todo, _, err := store.Page(t.Context(), triage.Filter{Size: 100})
		require.NoError(t, err)
		require.NoError(t, store.Close())
		require.Len(t, todo, 60-len(acknowledged))
		killed := make(chan struct{})
		go func() {
			time.Sleep(time.Duration(40+30*round) * time.Millisecond) // somewhere in the middle
			_ = server.process.Process.Kill()
			close(killed)
		}()
		for _, c := range todo {
			form := url.Values{"version": {fmt.Sprint(c.Version)}, "action": {"confirm"}}
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.address+"/case/"+c.Key, strings.NewReader(form.Encode()))
			require.NoError(t, err)
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			request.Header.Set("Cookie", "hookline_reviewer=Kim")
			response, err := http.DefaultTransport.RoundTrip(request)
			if err != nil {
				break
			}
			_ = response.Body.Close()
			require.Equal(t, http.StatusSeeOther, response.StatusCode)
			acknowledged[c.Key] = true
		}
		<-killed
		_ = server.process.Wait()
		store, err = triage.OpenStore(filepath.Join(folder, triage.DatabaseName))
		require.NoError(t, err)
		for key := range acknowledged {
			c, err := store.Case(t.Context(), key)
			require.NoError(t, err)
			require.Equal(t, triage.Confirmed, c.State)
		}
		// A decision that the kill cut off may be there without having been
		// acknowledged; it is no loss.
		_, left, err := store.Page(t.Context(), triage.Filter{Size: 100})
		require.NoError(t, err)
		require.LessOrEqual(t, 60-left-len(acknowledged), 1)
		all, _, err := store.Page(t.Context(), triage.Filter{Size: 100, State: string(triage.Confirmed)})
		require.NoError(t, err)
		for _, c := range all {
			acknowledged[c.Key] = true
		}
		require.NoError(t, store.Close())
	}
	require.NotEmpty(t, acknowledged)
}

// A rule folder that changes is read again without a restart; a fault leaves
// the rules as they were, and is told.
func TestServerReadsChangedRules(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "fake_job", "fee", "parrot.yaml")
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
	write := func(words string) {
		body := "id: fake_job.fee.parrot\ntitle: A parrot\nstage: contact\nweight: strong\npatterns: {bird: {en: [\"" + words + "\"]}}\n"
		require.NoError(t, os.WriteFile(file, []byte(body), 0o600))
	}
	write("purple parrot deposit")
	server := startServer(t, filepath.Join(dir, "book"), "--add-rules", dir)
	tags := func(text string) string {
		response, err := http.Post(server.address+"/v1/score", "application/json", strings.NewReader(`{"text":"`+text+`"}`))
		require.NoError(t, err)
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, response.StatusCode)
		return string(body)
	}
	require.Contains(t, tags("a purple parrot deposit"), "fake_job.fee.parrot")
	write("yellow parrot deposit of mine")
	require.Contains(t, <-server.told, "rules read again")
	require.Contains(t, tags("a yellow parrot deposit of mine"), "fake_job.fee.parrot")
	write("unclosed (parrot")
	require.Contains(t, <-server.told, "the rules stay as they were")
	require.Contains(t, tags("a yellow parrot deposit of mine"), "fake_job.fee.parrot")
}
