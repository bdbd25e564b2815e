package rules_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// An editor's language server, led by a file's first line to the schema, marks
// a wrong field and offers the right ones.
func TestEditorKnowsTheRules(t *testing.T) {
	program, err := exec.LookPath("yaml-language-server")
	if err != nil {
		t.Skip("no yaml-language-server: npm install --global yaml-language-server")
	}
	schema, err := filepath.Abs("schema/rule.json")
	require.NoError(t, err)
	dir := t.TempDir()
	relative, err := filepath.Rel(dir, schema)
	require.NoError(t, err)
	const wrong = "id: fake_job.fee.check\ntitle: A cheque\nstage: contakt\nweight: strong\npatterns: {check: {en: [cash this cheque]}}\n"
	modeline := "# yaml-language-server: $schema=" + filepath.ToSlash(relative) + "\n"

	server := startServer(t, program)
	server.call(1, "initialize", map[string]any{"processId": os.Getpid(), "rootUri": "file://" + dir,
		"capabilities": map[string]any{"textDocument": map[string]any{"completion": map[string]any{}}}})
	server.wait(func(m rpc) bool { return m.ID == 1 })
	server.call(0, "initialized", map[string]any{})
	open := func(name, text string) string {
		uri := "file://" + filepath.Join(dir, name)
		server.call(0, "textDocument/didOpen", map[string]any{"textDocument": map[string]any{
			"uri": uri, "languageId": "yaml", "version": 1, "text": text}})
		return uri
	}

	open("check.yaml", modeline+wrong)
	found := server.wait(func(m rpc) bool {
		return m.Method == "textDocument/publishDiagnostics" && len(m.Params.Diagnostics) > 0
	})
	require.Equal(t, 3, found.Params.Diagnostics[0].Range.Start.Line, "the line of the stage")
	require.Contains(t, found.Params.Diagnostics[0].Message, "lock_in", "the stages that there are")

	uri := open("new.yaml", modeline+"id: fake_job.fee.check\nst")
	server.call(2, "textDocument/completion", map[string]any{"textDocument": map[string]any{"uri": uri},
		"position": map[string]any{"line": 2, "character": 2}})
	answer := server.wait(func(m rpc) bool { return m.ID == 2 && m.Method == "" })
	require.Contains(t, string(answer.Result), `"label":"stage"`)
	require.Contains(t, string(answer.Result), `"label":"status"`)
}

// rpc is a message of the language server protocol, as far as it is used here.
type rpc struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Result json.RawMessage `json:"result"`
	Params struct {
		Diagnostics []struct {
			Message string
			Range   struct{ Start struct{ Line int } }
		}
	} `json:"params"`
}

type server struct {
	t        *testing.T
	in       io.Writer
	messages chan rpc
}

func startServer(t *testing.T, program string) *server {
	cmd := exec.Command(program, "--stdio")
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	s := &server{t, in, make(chan rpc, 100)}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	go s.read(bufio.NewReader(out))
	return s
}

func (s *server) read(r *bufio.Reader) {
	defer close(s.messages)
	for {
		header, err := textproto.NewReader(r).ReadMIMEHeader()
		if err != nil {
			return
		}
		length, _ := strconv.Atoi(header.Get("Content-Length"))
		body := make([]byte, length)
		if _, err := io.ReadFull(r, body); err != nil {
			return
		}
		var m rpc
		if json.Unmarshal(body, &m) == nil {
			s.messages <- m
		}
	}
}

// call sends a request, or with id 0 a notification.
func (s *server) call(id int, method string, params any) {
	m := map[string]any{"jsonrpc": "2.0", "method": method, "params": params}
	if id > 0 {
		m["id"] = id
	}
	body, err := json.Marshal(m)
	require.NoError(s.t, err)
	_, err = fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	require.NoError(s.t, err)
}

func (s *server) wait(want func(rpc) bool) rpc {
	s.t.Helper()
	limit := time.After(time.Minute)
	for {
		select {
		case m, ok := <-s.messages:
			require.True(s.t, ok, "the server ended")
			if want(m) {
				return m
			}
		case <-limit:
			require.Fail(s.t, "the server did not answer")
		}
	}
}
