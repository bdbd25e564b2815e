package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/message"
)

// duckDB runs SQL in DuckDB, a reader and writer of tables that shares no code
// with ours, and returns the rows of the last statement.
func duckDB(t *testing.T, statements ...string) (rows [][]any) {
	t.Helper()
	command := exec.Command("node", append([]string{filepath.Join("testdata", "duckdb.mjs")}, statements...)...)
	var errs bytes.Buffer
	command.Stderr = &errs
	out, err := command.Output()
	require.NoError(t, err, errs.String())
	for line := range strings.Lines(string(out)) {
		var row []any
		require.NoError(t, json.Unmarshal([]byte(line), &row))
		rows = append(rows, row)
	}
	return rows
}

// hookline runs a command line and returns what it prints.
func hookline(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(args, streams{in: strings.NewReader(""), out: &out, err: &errs})
	require.Equal(t, want, code, errs.String())
	return out.String()
}

// hostile are texts that break careless readers and writers of tables.
var hostile = []string{
	"Guaranteed profit, 5% a day.\nPay the tax first, then you can withdraw.",
	"=HYPERLINK(\"http://pay.example\",\"guaranteed profit\")", "@SUM(1+1)*cmd|' /C calc'!A0 guaranteed profit", "-2+3 guaranteed returns", "+44 7700 900123",
	"a,b;c\td|\"guaranteed profit\"\"\r\nnext line\r", "'single' \"double\" `back` \\ \\n \\\"", "NULL", "", " blanks ", "null\x00byte", "\u202egnp.exe \u200bguaranteed\u00a0profit\ufeff",
	"\x1b[31mred\x1b[0m \x07", "稳赚不赔，每天返利", "กำไรรับประกัน", "أرباح مضمونة", "😀👨‍👩‍👧 guaranteed profit", "#N/A", "1e10", "2026-03-05", "true", strings.Repeat("guaranteed profit ", 40),
}

func hostileMessages() (all []message.Message) {
	for i, text := range hostile {
		if text == "" {
			continue
		}
		sent, err := message.ParseTime(fmt.Sprintf("2026-03-05T21:%02d:00Z", i))
		if err != nil {
			panic(err)
		}
		all = append(all, message.Message{
			ID: fmt.Sprint("m", i), Thread: hostile[(i+1)%len(hostile)] + "t", Namespace: "n", Sender: text, Sent: sent, Text: text, Kind: message.Chat, Source: "m.parquet",
		})
	}
	return all
}

// writeMessages writes messages as JSONL.
func writeMessages(t *testing.T, path string, all []message.Message) {
	t.Helper()
	var out []byte
	for i := range all {
		out = append(all[i].AppendJSON(out), '\n')
	}
	require.NoError(t, os.WriteFile(path, out, 0o600))
}

// TestParquetOfAnotherWriter has DuckDB write tables of messages, with names
// and encodings of its own, and reads them: the same verdicts as of the JSONL.
func TestParquetOfAnotherWriter(t *testing.T) {
	needNode(t)
	folder := t.TempDir()
	jsonl, parquet := filepath.Join(folder, "m.jsonl"), filepath.Join(folder, "m.parquet")
	var many []message.Message
	for copy := range 120 {
		for _, m := range hostileMessages() {
			m.ID, m.Thread = fmt.Sprint(m.ID, "-", copy), fmt.Sprint(m.Thread, copy%7)
			many = append(many, m)
		}
	}
	writeMessages(t, jsonl, many)
	want := hookline(t, exitDone, "scan", "--format", "jsonl", jsonl)
	require.Contains(t, want, `"band":"P`)
	const columns = `{'id':'VARCHAR','thread':'VARCHAR','namespace':'VARCHAR','sender':'VARCHAR','sent':'TIMESTAMPTZ','text':'VARCHAR','source':'VARCHAR'}`
	for name, options := range map[string]string{
		"plain": "", "zstd": ", COMPRESSION zstd", "gzip, small groups": ", COMPRESSION gzip, ROW_GROUP_SIZE 2048",
		"second version": ", PARQUET_VERSION v2", "brotli": ", COMPRESSION brotli",
	} {
		t.Run(name, func(t *testing.T) {
			duckDB(t, "SET threads = 1", fmt.Sprintf(`COPY (SELECT id AS ref, thread AS room, namespace AS space, sender AS who, sent AS at, text AS body, source AS place,
				7 AS number, [1, 2] AS list, {'a': 'b'} AS inner FROM read_json('%s', format = 'newline_delimited', columns = %s)) TO '%s' (FORMAT parquet%s)`, jsonl, columns, parquet, options))
			got := hookline(t, exitDone, "scan", "--format", "jsonl", "--input", "parquet", "--field", "id=ref", "--field", "thread=room", "--field", "namespace=space",
				"--field", "sender=who", "--field", "sent=at", "--field", "text=body", "--field", "source=place", parquet)
			require.Equal(t, want, got)
		})
	}
}

// TestVerdictsInAnotherReader has DuckDB read the CSV of verdicts, by its own
// guesses and as told, and compares every cell with what the standard library
// reads; then it writes them as Parquet and reads that.
func TestVerdictsInAnotherReader(t *testing.T) {
	needNode(t)
	folder := t.TempDir()
	jsonl, table := filepath.Join(folder, "m.jsonl"), filepath.Join(folder, "verdicts.csv")
	writeMessages(t, jsonl, hostileMessages())
	hookline(t, exitDone, "scan", "--format", "csv", "--output", table, jsonl)
	body, err := os.ReadFile(table)
	require.NoError(t, err)
	want, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(want), 15)
	parquet := filepath.Join(folder, "verdicts.parquet")
	for name, statements := range map[string][]string{
		"guessed": {fmt.Sprintf(`SELECT * FROM read_csv('%s', all_varchar = true)`, table)},
		"told":    {fmt.Sprintf(`SELECT * FROM read_csv('%s', all_varchar = true, header = true, auto_detect = true, delim = ',', quote = '"', escape = '"', strict_mode = true)`, table)},
		"parquet": {fmt.Sprintf(`COPY (SELECT * FROM read_csv('%s', all_varchar = true)) TO '%s'`, table, parquet), fmt.Sprintf(`SELECT * FROM '%s'`, parquet)},
	} {
		t.Run(name, func(t *testing.T) {
			got := duckDB(t, statements...)
			require.Len(t, got, len(want)-1)
			for i, row := range got {
				require.Len(t, row, len(want[0]))
				for j, cell := range row {
					if cell == nil {
						cell = "" // no quotes: none
					}
					require.Equal(t, want[i+1][j], cell, "%s of verdict %d", want[0][j], i+1)
				}
			}
		})
	}
	t.Run("no formula", func(t *testing.T) {
		for _, row := range want[1:] {
			for _, cell := range row {
				if cell != "" {
					require.NotContains(t, "=+-@|%\t\r", cell[:1])
				}
			}
		}
	})
}
