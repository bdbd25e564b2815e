package export_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
)

// TestBounds reads what is larger or deeper than the limits in each of the
// shared cores: the one record is a fault, or read up to the limit, which is
// said, and the next is read.
func TestBounds(t *testing.T) {
	const smsXML = `<sms address="+447700900123" date="1772741280000" type="1" body="`
	big := strings.Repeat("word ", 1000)
	lines := strings.Repeat("word word word\n", 1000)
	deep := strings.Repeat(`{"a":`, 100) + "1" + strings.Repeat("}", 100)
	for name, test := range map[string]struct{ input, body, fault string }{
		"message of many lines": {"", "05/03/2026, 21:08 - Ann: a\n25/03/2026, 21:09 - Ben: " + lines + "26/03/2026, 21:10 - Ann: b\n", "-: messages above the limit are read up to it"},
		"line of a chat":        {"", "05/03/2026, 21:08 - Ann: a\n25/03/2026, 21:09 - Ben: " + big + "\n26/03/2026, 21:10 - Ann: b\n", "-:2: line is above the limit"},
		"row of JSON lines":     {"jsonl", `{"text":"a"}` + "\n" + `{"text":"` + strings.Repeat(big, 20) + `"}` + "\n" + `{"text":"b"}`, "-:2: line is above the limit"},
		"text of JSON lines":    {"jsonl", `{"text":"a"}` + "\n" + `{"text":"` + big + `"}` + "\n" + `{"text":"b"}`, "-:2: message of 5000 bytes is above the limit"},
		"depth of JSON lines":   {"jsonl", `{"text":"a"}` + "\n" + `{"text":"x","y":` + deep + "}\n" + `{"text":"b"}`, "-:2: not JSON: nesting is too deep"},
		"element of JSON":       {"json", `[{"id":"1","text":"a"},` + "\n" + `{"id":"2","text":"` + big + `"},{"id":"3","text":"b"}]`, "-:2: "},
		"depth of JSON":         {"json", `[{"id":"1","text":"a"},` + "\n" + `{"id":"2","text":"x","y":` + deep + `},{"id":"3","text":"b"}]`, "-:2: "},
		"cell of a table":       {"csv", "sender,text\nAnn,a\nBen," + big + "\nAnn,b\n", "-:3: "},
		"record of many lines":  {"csv", "sender,text\nAnn,a\nBen,\"" + lines + "\"\nAnn,b\n", "-:3: "},
		"attribute of XML":      {"sms", "<smses>\n" + smsXML + "a\"/>\n" + smsXML + big + "\"/>\n" + smsXML + "b\"/></smses>", "-:3: "},
	} {
		t.Run(name, func(t *testing.T) {
			got := readString(t, test.body, export.Options{Input: test.input, Limits: export.Limits{Record: 2000, Depth: 50}})
			require.NoError(t, got.err)
			said := append(got.faults, got.notes...)
			require.True(t, slices.ContainsFunc(said, func(text string) bool { return strings.HasPrefix(text, test.fault) }), said)
			texts := got.texts()
			require.Equal(t, "a", texts[0])
			require.Equal(t, "b", texts[len(texts)-1])
		})
	}
}

// TestDepthOfMarkup reads XML and pages that nest without end.
func TestDepthOfMarkup(t *testing.T) {
	for _, input := range []string{"jobs-xml", "hr-xml", "sms", "windows-phone", "html", "telegram-html", "messenger-html", "google-voice", "imessage-html", "discord-html"} {
		got := readString(t, strings.Repeat("<job><div class=\"message\">", 50_000), export.Options{Input: input})
		require.NoError(t, got.err, input)
	}
}

// TestNothingIsWrittenOutside reads an archive of hostile names where it could
// be unpacked: no file appears.
func TestNothingIsWrittenOutside(t *testing.T) {
	root := t.TempDir()
	home := filepath.Join(root, "a", "b")
	require.NoError(t, os.MkdirAll(home, 0o755))
	t.Chdir(home)
	body := zipOf(t, member{"../../climbed.jsonl", row}, member{"/absolute.jsonl", row}, member{`..\..\back.jsonl`, row}, member{"here.jsonl", row}, member{"x/../../y.jsonl", row})
	for _, archive := range []string{body, zipOf(t, member{"../inner.zip", body}), tarOf(t, member{"../../climbed.jsonl", row}, member{"../inner.zip", body}), gzipOf(t, tarOf(t, member{"/absolute.jsonl", row}))} {
		got := readString(t, archive, export.Options{})
		require.NoError(t, got.err)
		require.NotEmpty(t, got.messages)
	}
	var found []string
	require.NoError(t, filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			found = append(found, path)
		}
		return err
	}))
	require.Empty(t, found)
}
