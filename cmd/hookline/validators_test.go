package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// needNode skips where the packages of other readers are not installed.
func needNode(t *testing.T) {
	t.Helper()
	if os.Getenv("NODE_TOOLS") == "" {
		t.Skip("NODE_TOOLS names no folder with the readers' packages; .ci/run installs them")
	}
}

// requireValid has a reader that shares no code with ours judge files.
func requireValid(t *testing.T, kind string, files ...string) {
	t.Helper()
	out, err := exec.Command("node", append([]string{filepath.Join("testdata", "validate.mjs"), kind}, files...)...).CombinedOutput()
	require.NoError(t, err, string(out))
}

// hostileScan scans messages that break careless writers and returns the file
// that a format makes of them.
func hostileScan(t *testing.T, format string) string {
	t.Helper()
	folder := t.TempDir()
	messages, out := filepath.Join(folder, "m.jsonl"), filepath.Join(folder, "out."+format)
	writeMessages(t, messages, hostileMessages())
	hookline(t, exitDone, "scan", "--format", format, "--output", out, messages, filepath.Join("..", "..", "corpus", "samples"))
	return out
}

func TestReportIsValidHTML(t *testing.T) {
	needNode(t)
	requireValid(t, "html", hostileScan(t, "html"))
}

func TestPagesAreValidHTML(t *testing.T) {
	needNode(t)
	folder := t.TempDir()
	messages, book := filepath.Join(folder, "m.jsonl"), filepath.Join(folder, "book")
	writeMessages(t, messages, hostileMessages())
	hookline(t, exitDone, "scan", "--casebook", book, "--format", "csv", messages, filepath.Join("..", "..", "corpus", "samples"))
	server := startServer(t, book)
	page := func(path string) string {
		response, err := http.Get(server.address + path)
		require.NoError(t, err)
		defer response.Body.Close()
		require.Equal(t, http.StatusOK, response.StatusCode)
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		return string(body)
	}
	paths := []string{"/", "/search", "/search?q=profit&safety=1", "/upload", "/partners"}
	cases := regexp.MustCompile(`/case/[0-9a-f]+`).FindAllString(page("/"), -1)
	require.NotEmpty(t, cases)
	var files []string
	for i, path := range append(paths, cases...) {
		files = append(files, filepath.Join(folder, fmt.Sprintf("%d.html", i)))
		require.NoError(t, os.WriteFile(files[i], []byte(page(path)), 0o600))
	}
	requireValid(t, "html", files...)
}

func TestSpreadsheetReadsTheCSV(t *testing.T) {
	needNode(t)
	table := hostileScan(t, "csv")
	body, err := os.ReadFile(table)
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	require.NoError(t, err)
	wanted := table + ".json"
	text, err := json.Marshal(rows)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(wanted, text, 0o600))
	requireValid(t, "csv", table, wanted)
}

// The tool of SARIF's makers checks the schema and what a schema cannot say; it
// names errors, and as warnings what it would like besides.
func TestSARIFIsValid(t *testing.T) {
	needNode(t)
	tool := filepath.Join(os.Getenv("NODE_TOOLS"), "node_modules", ".bin", "sarif-multitool")
	log := hostileScan(t, "sarif")
	out, err := exec.Command(tool, "validate", log).CombinedOutput()
	require.NoError(t, err, string(out))
	require.NotRegexp(t, `: error [A-Z0-9]+:`, string(out))
	require.Contains(t, string(out), "Analysis completed successfully.")
	broken := log + ".broken.sarif"
	body, err := os.ReadFile(log)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(broken, []byte(strings.Replace(string(body), `"results"`, `"result"`, 1)), 0o600))
	out, _ = exec.Command(tool, "validate", broken).CombinedOutput()
	require.Regexp(t, `: error [A-Z0-9]+:`, string(out), "the tool sees a fault where there is one")
}

func TestJUnitIsValid(t *testing.T) {
	needNode(t)
	folder := t.TempDir()
	results := filepath.Join(folder, "junit.xml")
	file := filepath.Join(folder, "rules", "fake_job", "fee", "parrot.yaml")
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
	const rule = "id: fake_job.fee.parrot\ntitle: A parrot\nstage: contact\nweight: strong\npatterns: {bird: {en: [parrot]}}\ntests:\n" +
		" match: {en: [\"a parrot\", \"an \\u0001 owl <b>&\"]}\n no_match: {en: [\"a cat\", \"one more parrot ]]>\"]}\n"
	require.NoError(t, os.WriteFile(file, []byte(rule), 0o600))
	hookline(t, exitBad, "rules", "test", "--rules", filepath.Join(folder, "rules"), "--junit", results)
	requireValid(t, "junit", results)
	body, err := os.ReadFile(results)
	require.NoError(t, err)
	require.Equal(t, 2, strings.Count(string(body), "<failure"))
}

// A library of others makes the same ids of domains, addresses, links and wallets.
func TestSTIXIdsAreThoseOfOthers(t *testing.T) {
	needNode(t)
	folder := t.TempDir()
	messages, book, bundle := filepath.Join(folder, "m.jsonl"), filepath.Join(folder, "book"), filepath.Join(folder, "stix.json")
	var lines strings.Builder
	for i, text := range []string{"open https://youtube.com/watch?v=a1b2&list=7", "see https://youtube.com/watch?v=a1b2&list=7 now"} {
		row, err := json.Marshal(map[string]string{
			"id": fmt.Sprint("m", i), "thread": fmt.Sprint("t", i), "text": text + " or www.gold-desk.com, pay@gold-desk.com, TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC, +65 6123 4567",
		})
		require.NoError(t, err)
		lines.WriteString(string(row) + "\n")
	}
	require.NoError(t, os.WriteFile(messages, []byte(lines.String()), 0o600))
	hookline(t, exitDone, "scan", "--casebook", book, "--format", "csv", messages)
	out := hookline(t, exitDone, "campaigns", "--casebook", book, "--min-band", "P4", "--format", "stix")
	require.NoError(t, os.WriteFile(bundle, []byte(out), 0o600))
	for _, kind := range []string{"url", "domain-name", "email-addr", "user-account"} {
		require.Contains(t, out, `"`+kind+`--`)
	}
	requireValid(t, "stix", bundle)
}
