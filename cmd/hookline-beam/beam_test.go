package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	beamlog "github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/builtin"
	"github.com/hookline/hookline/detector/conformance"
)

func TestMain(m *testing.M) {
	beamlog.LogLevel = "warn"
	flag.Parse()
	beam.Init()
	os.Exit(m.Run())
}

// messages is the size of the corpus: HOOKLINE_MESSAGES, or 200,000, with
// -short 5,000.
func messages(t *testing.T) int {
	t.Helper()
	if text := os.Getenv("HOOKLINE_MESSAGES"); text != "" {
		n, err := strconv.Atoi(text)
		require.NoError(t, err)
		return n
	}
	if testing.Short() {
		return 5_000
	}
	return 200_000
}

// hookline is the command of one machine: HOOKLINE_COMMAND, or built.
func hookline(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("HOOKLINE_COMMAND"); path != "" {
		return path
	}
	path := filepath.Join(t.TempDir(), "hookline")
	cmd := exec.Command("go", "build", "-o", path, "./cmd/hookline")
	cmd.Dir = filepath.Join("..", "..")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return path
}

// sorted are the lines of an output, which has no order.
func sorted(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	slices.Sort(lines)
	return lines
}

// The pipeline on Prism says what hookline scan says, byte for byte, counts
// included.
func TestAgrees(t *testing.T) {
	set, err := (&builtin.Options{}).Set()
	require.NoError(t, err)
	folder := t.TempDir()
	in, want, got := filepath.Join(folder, "in.jsonl"), filepath.Join(folder, "want.jsonl"), filepath.Join(folder, "got.jsonl")
	file, err := os.Create(in)
	require.NoError(t, err)
	require.NoError(t, conformance.Write(file, conformance.Sentences(set), 1, messages(t)))
	require.NoError(t, file.Close())

	began := time.Now()
	text, err := exec.Command(hookline(t), "scan", "--format", "jsonl", "--output", want, in).CombinedOutput()
	require.NoError(t, err, string(text))
	t.Logf("single machine: %.1f s", time.Since(began).Seconds())
	one := verdicts(t, want)

	began = time.Now()
	o := options{output: got, shardSize: 1 << 18}
	o.Engine.MinBand = "P4"
	done, err := o.run(context.Background(), []string{filepath.Join(folder, "i*.jsonl")})
	require.NoError(t, err)
	t.Logf("Beam on Prism: %.1f s; %v", time.Since(began).Seconds(), done)
	require.EqualValues(t, messages(t), done.scanned+done.skipped)
	require.Zero(t, done.faults)
	all := verdicts(t, got)
	require.Equal(t, conformance.Difference{}, one.Compare(all))
	require.Equal(t, one.Digest(), all.Digest())
	t.Logf("%d verdicts, digest %.12s", all.Len(), all.Digest())
	require.Equal(t, sorted(t, want), sorted(t, got))
	require.Contains(t, string(text), strings.TrimPrefix(done.String(), "hookline-beam: "))
}

func verdicts(t *testing.T, path string) *conformance.Verdicts {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var v conformance.Verdicts
	require.NoError(t, v.Read(bytes.NewReader(text)))
	return &v
}

// Lines that are no messages are put aside with the reason and the place, and
// without their text.
func TestFaults(t *testing.T) {
	folder := t.TempDir()
	in := filepath.Join(folder, "in.jsonl")
	lure := `{"id":"1","thread":"t","sender":"Ada","body":"Guaranteed profit, deposit 500 USDT on the exchange platform"}`
	require.NoError(t, os.WriteFile(in, []byte("secret words\n"+lure+"\n\n"+`{"id":"secret"}`+"\n"), 0o600))
	o := options{output: filepath.Join(folder, "out.jsonl"), faults: filepath.Join(folder, "faults.jsonl"), shardSize: 20}
	o.Engine.MinBand, o.Reading.Fields = "P3", map[string]string{"text": "body"}
	require.Equal(t, exitSkipped, run(context.Background(), &o, []string{in}))
	out := sorted(t, o.output)
	require.Len(t, out, 1)
	require.Contains(t, out[0], `"thread":"t"`)
	places := map[int]string{}
	for _, line := range sorted(t, o.faults) {
		require.NotContains(t, line, "secret")
		var fault struct {
			Source, Reason string
			Position       int
		}
		require.NoError(t, json.Unmarshal([]byte(line), &fault))
		require.Equal(t, in, fault.Source)
		places[fault.Position] = fault.Reason
	}
	require.Len(t, places, 2)
	require.Contains(t, places[0], "not JSON")
	require.Contains(t, places[len("secret words\n"+lure+"\n\n")], "no text")
}

func TestWrongUse(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	for _, o := range []options{
		{shardSize: 1}, {output: out}, {output: out, shardSize: 1, Engine: engine{MinBand: "P9"}},
		{output: out, shardSize: 1, Engine: engine{MinBand: "P4", Rules: filepath.Join(out, "none")}},
		{output: out, shardSize: 1, Engine: engine{MinBand: "P4"}, Reading: reading{Fields: map[string]string{"colour": "x"}}},
	} {
		require.Equal(t, exitFailed, run(context.Background(), &o, []string{"x.jsonl"}))
		require.NoFileExists(t, out)
	}
	o := options{output: out, shardSize: 1, Engine: engine{MinBand: "P4"}}
	require.Equal(t, exitFailed, run(context.Background(), &o, nil))
	require.Equal(t, exitFailed, run(context.Background(), &o, []string{filepath.Join(out, "no*.jsonl")}))
}

// What is sent between steps comes back as it was, and other bytes are refused.
func TestParts(t *testing.T) {
	d, err := (&engine{}).detector()
	require.NoError(t, err)
	rows, err := (&reading{}).rows()
	require.NoError(t, err)
	m, err := rows.Message([]byte(`{"id":"1","thread":"t","sender":"Ada","text":"Guaranteed profit, deposit 500 USDT"}`))
	require.NoError(t, err)
	p := part{matches: d.Match(&m), messages: 3}
	p.languages.Add("en", 2)
	p.languages.Add("zh", 300)
	data := p.append(nil, d)
	again, err := decodePart(data, d)
	require.NoError(t, err)
	require.Equal(t, p.languages, again.languages)
	require.Equal(t, p.messages, again.messages)
	require.Equal(t, data, again.append(nil, d))
	for n := range data {
		_, err := decodePart(data[:n], d)
		require.Error(t, err)
	}
}
