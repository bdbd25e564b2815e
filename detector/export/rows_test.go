package export_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
)

func TestJSONLRows(t *testing.T) {
	got := readString(t, strings.Join([]string{
		`{"id":"m1","thread":"t","seq":1,"sender":"reporter","sent":"2026-03-01T09:30:00Z","text":"hi \u00e9\ud83d\ude00","kind":"sms","source":"a.zip/b:1"}`,
		``,
		`{"id":2,"thread":null,"turn":7,"sender":"Anna","role":"counterparty","text":"line\nbreak","label":"scam","category":"x","lang":"en","stage":"pitch","asks_money":true,"cluster":"c","note":"n"}`,
		`{"id":"m3","text":"cut`,
		`{"id":"m4"}`,
		`{"id":"m5","system":true,"text":""}`,
		`{"text":"no id"}`,
		`{"text":"no id"}`,
	}, "\n"), export.Options{})
	require.NoError(t, got.err)
	require.Equal(t, []string{"-:4: not JSON: it ends in the middle at byte 23", "-:5: no text"}, got.faults)
	require.Len(t, got.messages, 5)
	require.EqualValues(t, 2, got.counts.Faults)

	m := got.messages[0]
	require.Equal(t, "hi é😀", m.Text)
	require.Equal(t, message.Reporter, m.Role)
	require.Equal(t, "a.zip/b:1", m.Source)
	require.Equal(t, "2026-03-01T09:30:00Z", m.Sent.String())
	require.Equal(t, message.SMS, m.Kind)

	m = got.messages[1]
	require.Equal(t, "2", m.ID)
	require.Equal(t, "", m.Thread)
	require.Equal(t, "-:3", m.Source)
	require.EqualValues(t, 7, m.Seq)
	require.Equal(t, &message.Labels{Label: "scam", Category: "x", Lang: "en", Stage: "pitch", AsksMoney: true, Cluster: "c",
		Fields: map[string]string{"note": "n"}}, m.Labels)
	require.NotEqual(t, got.messages[3].ID, got.messages[4].ID)
}

func TestJSONLOtherNames(t *testing.T) {
	row := `{"chat":{"id":"c9"},"from":"+15550100","ts":{"date":1767225600000},"body":"hello"}` + "\n"
	got := readString(t, row+row, export.Options{Fields: map[string]string{"thread": "chat.id", "sent": "ts.date"}})
	require.NoError(t, got.err)
	require.Empty(t, got.faults)
	require.Len(t, got.messages, 2)
	require.Equal(t, "c9", got.messages[0].Thread)
	require.Equal(t, "+15550100", got.messages[0].Sender)
	require.Equal(t, "2026-01-01T00:00:00Z", got.messages[0].Sent.String())
}

func TestLongLineIsSkipped(t *testing.T) {
	long := `{"text":"` + strings.Repeat("x", 1<<20) + `"}`
	got := readString(t, `{"text":"a"}`+"\n"+long+"\n"+`{"text":"b"}`, export.Options{Limits: export.Limits{Record: 1 << 18}})
	require.NoError(t, got.err)
	require.Equal(t, []string{"a", "b"}, got.texts())
	require.Equal(t, []string{"-:2: line is above the limit"}, got.faults)
}

func TestCSV(t *testing.T) {
	got := readString(t, "Date;From;Message\n2026-01-02 10:00:00;Anna;\"Hi; there\nBen\"\n\n2026-01-02 10:01:00;Ben\n2026-01-02 10:02:00;\"Ben;never closed\n2026-01-02 10:03:00;Anna;\"\"\"yes\"\"\"\n", export.Options{})
	require.NoError(t, got.err)
	require.Equal(t, []string{"Hi; there\nBen", `"yes"`}, got.texts())
	require.Equal(t, []string{"-:5: 2 columns, the header has 3", "-:6: a quote is not closed"}, got.faults)
	require.Equal(t, "2026-01-02T10:00:00", got.messages[0].Sent.String())
	require.Equal(t, "-:7", got.messages[1].Source)
	require.Equal(t, []string{"-: columns guessed: sender=From sent=Date text=Message"}, got.notes)
}

func TestCSVAdverts(t *testing.T) {
	got := readString(t, "job_id,title,location,salary_range,description,requirements\n7,Clerk,Leeds,£12 an hour,<p>File <b>papers</b>.</p><ul><li>Mornings</li></ul>,Reading\n", export.Options{})
	require.NoError(t, got.err)
	require.Len(t, got.messages, 1)
	m := got.messages[0]
	require.Equal(t, "Clerk\nLeeds\n£12 an hour\nFile papers.\nMornings\nReading", m.Text)
	require.Equal(t, message.JobAdvert, m.Kind)
	require.Equal(t, "7", m.ID)
	require.Equal(t, "Leeds", m.Advert.Location)
}

func TestText(t *testing.T) {
	got := readString(t, "A page of words.\n\nAnd more.\n", export.Options{})
	require.Equal(t, []string{"A page of words.\n\nAnd more."}, got.texts())
	require.Equal(t, message.Post, got.messages[0].Kind)
	got = readString(t, "\x00\x01\x02\x03binary", export.Options{})
	require.ErrorIs(t, got.err, export.ErrNothing)
	require.Len(t, got.faults, 1)
}

func TestWordsWithCommasAreNoTable(t *testing.T) {
	got := readString(t, "Message, from a friend\nI was walking along the river.\nIt rained, and it rained.\n", export.Options{})
	require.Equal(t, []string{"text -"}, got.sources)
}
