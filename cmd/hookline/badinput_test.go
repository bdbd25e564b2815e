package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var account = regexp.MustCompile(`read (\d+) messages in \d+ threads: (\d+) scanned, (\d+) skipped`)

// counted returns what the last line of a scan accounts for, and holds that
// nothing is lost.
func counted(t *testing.T, summary string) (read, scanned, skipped int) {
	t.Helper()
	found := account.FindStringSubmatch(summary)
	require.NotNil(t, found, summary)
	for i, n := range []*int{&read, &scanned, &skipped} {
		*n, _ = strconv.Atoi(found[i+1])
	}
	require.Equal(t, read, scanned+skipped)
	return read, scanned, skipped
}

// scanned runs scan over paths and returns its verdicts and what it said.
func scanned(t *testing.T, code int, args ...string) (out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	got := run(append([]string{"scan", "--format", "jsonl"}, args...), streams{in: strings.NewReader(""), out: &stdout, err: &stderr})
	require.Equal(t, code, got, stderr.String())
	return stdout.String(), stderr.String()
}

func zipped(t *testing.T, name, body string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, n := range []string{name, "second-" + name} {
		f, err := w.Create(n)
		require.NoError(t, err)
		_, err = f.Write([]byte(body))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.String()
}

// badInputs are files that somebody will hand over, what must be said of each,
// and what must still be read.
func badInputs(t *testing.T) map[string]struct {
	body, says       string
	scanned, skipped int
} {
	rows := strings.Repeat(`{"id":"a","text":"hello there"}`+"\n", 50)
	packed := zipped(t, "rows.jsonl", rows)
	middle := len(packed) / 2
	return map[string]struct {
		body, says       string
		scanned, skipped int
	}{
		"cut.zip":       {packed[:len(packed)-40], "cut.zip: zip: ", 0, 1},
		"damaged.zip":   {packed[:40] + "\x00\x00\x00\x00" + packed[44:], "damaged.zip/rows.jsonl", 50, 1},
		"missing.zip":   {packed[:middle-20] + packed[middle:], "missing.zip", 0, -1},
		"half.json":     {`[{"id":"1","sender":"Ann","text":"hello"},{"id":"2","sender":"Ben","te`, "half.json:1: ", 1, 1},
		"half.jsonl":    {"{\"id\":\"1\",\"text\":\"hello\"}\n{\"id\":\"2\",\"te", "half.jsonl:2: not JSON: it ends in the middle", 1, 1},
		"result.json":   {`{"name":"L","type":"personal_chat","id":1,"messages":[{"id":1,"type":"message","date":"2026-03-05T21:08:00","from":"L","text":"hello"},` + "\n" + `{"id":2,"type":"mess`, "result.json:2: ", 1, 1},
		"columns.csv":   {"date,sender,text\n2026-03-05,Ann,hello\n2026-03-05,Ann\n2026-03-05,Ann,a,b,c\n2026-03-06,Ann,bye\n", "columns.csv:3: 2 columns, the header has 3", 2, 2},
		"quote.csv":     {"date,sender,text\n2026-03-05,Ann,\"never closed\n2026-03-06,Ben,bye\n", "quote.csv:2: a quote is not closed", 1, 1},
		"long.jsonl":    {"{\"id\":\"1\",\"text\":\"hello\"}\n{\"id\":\"2\",\"text\":\"" + strings.Repeat("x", 100<<20) + "\"}\n{\"id\":\"3\",\"text\":\"bye\"}\n", "long.jsonl:2: line is above the limit", 2, 1},
		"long.txt":      {"05/03/2026, 21:08 - Ann: hello\n25/03/2026, 21:09 - Ben: " + strings.Repeat("x", 20<<20) + "\n26/03/2026, 21:10 - Ann: bye\n", "long.txt:2: line is above the limit", 2, 1},
		"latin.jsonl":   {"{\"id\":\"1\",\"text\":\"caf\xe9 \xff\xfe\"}\n{\"id\":\"2\",\"text\":\"\xed\xa0\x80\"}\n", "", 2, 0},
		"empty.txt":     {"", "empty.txt: the file is empty", 0, 1},
		"blank.txt":     {" \n\t\n", "blank.txt: the file is empty", 0, 1},
		"deep.json":     {`[{"id":"1","sender":"A","text":"hello"},` + "\n" + `{"id":"2","sender":"A","text":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}]`, "deep.json:2: ", 1, 1},
		"deep.jsonl":    {`{"id":"1","text":"hello"}` + "\n" + `{"id":"2","text":"x","y":` + strings.Repeat(`{"z":`, 5000) + "1" + strings.Repeat("}", 5000) + "}\n", "deep.jsonl:2: not JSON: nesting is too deep", 1, 1},
		"entities.xml":  {"<?xml version=\"1.0\"?><!DOCTYPE s [<!ENTITY a \"" + strings.Repeat("x", 999) + "\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n<smses count=\"1\"><sms address=\"+447700900123\" date=\"1772741280000\" type=\"1\" body=\"hello &b;\" /></smses>", "", 1, 0},
		"attribute.xml": {"<smses count=\"2\">\n<sms address=\"+447700900123\" date=\"1772741280000\" type=\"1\" body=\"hello\" />\n<sms address=\"+447700900123\" date=\"1772741281000\" type=\"1\" body=\"cut", "attribute.xml", 1, 1},
		"mail.mbox":     {"From a@mail.example Thu Mar  5 21:08:00 2026\nFrom: a@mail.example\nSubject: hello\n\nthere\n\nFrom b", "", 1, 0},
		"noise.bin":     {"\x00\x01\x02\x03\x04\x05", "noise.bin: not recognised", 0, 1},
	}
}

// TestBadInput reads each by itself: the message names file and line, what is
// left is read, and every record is accounted for.
func TestBadInput(t *testing.T) {
	for name, bad := range badInputs(t) {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			require.NoError(t, os.WriteFile(path, []byte(bad.body), 0o600))
			code := exitSkipped
			switch {
			case bad.scanned == 0:
				code = exitUsage
			case bad.skipped == 0:
				code = exitDone
			}
			out, said := scanned(t, code, path)
			require.Contains(t, said, bad.says)
			_, looked, skipped := counted(t, said)
			require.Equal(t, bad.scanned, looked)
			if bad.skipped >= 0 {
				require.Equal(t, bad.skipped, skipped, said)
			}
			require.NotContains(t, said, "never closed") // no message text
			require.NotContains(t, out, "\xff")
		})
	}
}

// TestFolderOfBadInput reads them all beside a good export.
func TestFolderOfBadInput(t *testing.T) {
	root := t.TempDir()
	looked, skipped := 2, 0
	for name, bad := range badInputs(t) {
		if name == "missing.zip" || name == "long.jsonl" {
			continue // how much is lost depends on the library; slow
		}
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(bad.body), 0o600))
		looked, skipped = looked+bad.scanned, skipped+bad.skipped
	}
	chat := "06/03/2026, 21:08 - Cara: hello\n25/03/2026, 21:09 - Dan: guaranteed profit\n"
	require.NoError(t, os.MkdirAll(filepath.Join(root, "deep", "er"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(root, "deep", "er", "WhatsApp Chat with Ann.txt"), []byte(chat), 0o600))
	_, said := scanned(t, exitSkipped, root)
	_, gotLooked, gotSkipped := counted(t, said)
	require.Equal(t, looked, gotLooked)
	require.Equal(t, skipped, gotSkipped)
	out, _ := scanned(t, exitUsage, "--strict", root)
	require.NotContains(t, out, "never closed")
}
