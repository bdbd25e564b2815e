package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// hostile texts try to steer a terminal, a spreadsheet or the reader.
var hostile = []string{
	"\x1b[2J\x1b]0;owned\x07", "=HYPERLINK(\"http://evil.example\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1",
	"\u202egnp.exe", "a\u2066b\u2069", "\u200b\u200bx", "\xff\xfe", "line\nbreak", "\u009b31m", "\U000e0041", " =1", "＝1", "\u2028",
}

func TestVisible(t *testing.T) {
	for _, text := range hostile {
		for _, r := range report.Visible(text) {
			require.False(t, r < ' ' || r == 0x7f || 0x80 <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 ||
				r == 0x200b || r >= 0xe0000, "%q lets %U through", text, r)
		}
	}
	require.Equal(t, "<U+202E>gnp.exe", report.Visible("\u202egnp.exe"))
	require.Equal(t, "<0xFF><0xFE>", report.Visible("\xff\xfe"))
	require.Equal(t, "👩‍💻 ok", report.Visible("👩‍💻 ok"))
}

func verdict(text string) detector.Verdict {
	return detector.Verdict{
		Schema: 1, Rules: "r", Source: text, Thread: text, Sender: text, Band: rule.P1, Queue: rule.Scammer, Score: 93.1,
		Categories: map[string]float64{"fake_job": 93.1}, Tags: []string{"fake_job.fee.upfront_fee"}, Stage: "extraction",
		BandReason: []string{"comp.fee"}, Notes: []string{text},
		Evidence:      []detector.Evidence{{Rule: "fake_job.fee.upfront_fee", Message: text, Text: text, Weight: 18000}},
		Contributions: []score.Contribution{{Category: "fake_job", Family: "fake_job.fee", Rule: "fake_job.fee.upfront_fee", Weight: 18000}},
		Identifiers:   []detector.Identifier{{Type: "url", Value: text}},
	}
}

func TestCSVIsNoFormula(t *testing.T) {
	var out bytes.Buffer
	rows := report.NewCSV(&out)
	for _, text := range hostile {
		v := verdict(text)
		require.NoError(t, rows.Write(&v))
	}
	require.NoError(t, rows.Flush())
	read, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	require.Len(t, read, len(hostile)+1)
	for _, row := range read[1:] {
		for _, cell := range row {
			require.NotContains(t, "=+-@\t\r|", firstRune(strings.TrimLeft(cell, " ")), "%q", cell)
		}
	}
}

func firstRune(s string) string {
	if s == "" {
		return "none"
	}
	return string([]rune(s)[0])
}

func TestTableIsSafeAndSorted(t *testing.T) {
	var out bytes.Buffer
	table := report.NewTable(100, false)
	urgent := verdict("a")
	urgent.Band, urgent.Queue, urgent.Sender = rule.P0, rule.Safety, "captive"
	for _, text := range hostile {
		v := verdict(text)
		require.NoError(t, table.Write(&v))
	}
	require.NoError(t, table.Write(&urgent))
	require.NoError(t, table.Print(&out))
	require.NotContains(t, out.String(), "\x1b")
	require.NotContains(t, out.String(), "\u202e")
	lines := strings.Split(out.String(), "\n")
	require.Contains(t, lines[1], "P0")
	require.Contains(t, lines[1], "captive")
	require.Contains(t, out.String(), "What to do next")
}

func TestEmptyTable(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, report.NewTable(80, true).Print(&out))
	require.Contains(t, out.String(), "Nothing here needs a look.")
}

func TestJSONLRoundTrip(t *testing.T) {
	var out bytes.Buffer
	lines := report.NewJSONL(&out)
	v := verdict("日结 <b>")
	require.NoError(t, lines.Write(&v))
	require.NoError(t, lines.Flush())
	require.Contains(t, out.String(), "日结 <b>")
	var back detector.Verdict
	require.NoError(t, json.Unmarshal(out.Bytes(), &back))
	require.Equal(t, v, back)
}

func TestMarked(t *testing.T) {
	require.Equal(t, "pay the \x1b[1;33mtax\x1b[0m now", report.Marked("pay the tax now", [][2]int{{8, 11}}, 80, true))
	require.Equal(t, "pay the tax now", report.Marked("pay the tax now", [][2]int{{8, 11}}, 80, false))
	require.NotPanics(t, func() { report.Marked("\xff\xff", [][2]int{{0, 1}, {1, 9}}, 5, true) })
}
