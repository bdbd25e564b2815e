package export_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
)

func TestSameChatTwiceCountsOnce(t *testing.T) {
	root := folderOf(t, member{"WhatsApp Chat with Ann.txt", chat}, member{"copy/WhatsApp Chat with Ann (1).txt", chat},
		member{"WhatsApp Chat - Ann.zip", zipOf(t, member{"_chat.txt", chat})})
	got := readPath(t, root, export.Options{})
	require.Equal(t, []string{"hello", "hi"}, got.texts())
	require.EqualValues(t, 4, got.counts.Duplicates)
	require.Zero(t, got.counts.Faults)
}

func TestLongerExportAddsOnlyWhatIsNew(t *testing.T) {
	root := folderOf(t, member{"1.txt", chat}, member{"2.txt", longer})
	got := readPath(t, root, export.Options{})
	require.Equal(t, []string{"hello", "hi", "good morning"}, got.texts())
	require.Equal(t, got.messages[0].ThreadKey(), got.messages[2].ThreadKey())
	require.EqualValues(t, 3, got.messages[2].Seq)
	require.EqualValues(t, 2, got.counts.Duplicates)

	group := "1/2/26, 10:00 - Ann created group \"Trip\"\n1/2/26, 10:01 - Ann: a\n1/2/26, 10:02 - Ben: b\n13/2/26, 10:03 - Cy: c\n"
	root = folderOf(t, member{"WhatsApp Chat with Trip.txt", group}, member{"later/WhatsApp Chat with Trip.txt", group + "14/2/26, 10:00 - Dee: d\n"})
	got = readPath(t, root, export.Options{})
	require.Equal(t, []string{"a", "b", "c", "d"}, got.texts())
}

func TestTwoVictimsDoNotMerge(t *testing.T) {
	other := "05/03/2026, 21:08 - Ann: hello\n25/03/2026, 21:09 - Carl: hi\n"
	root := folderOf(t, member{"ben/WhatsApp Chat with Ann.txt", chat}, member{"carl/WhatsApp Chat with Ann.txt", other})
	got := readPath(t, root, export.Options{})
	require.Len(t, got.messages, 4)
	require.NotEqual(t, got.messages[0].ThreadKey(), got.messages[2].ThreadKey())
	require.NotEqual(t, got.messages[0].Key(), got.messages[2].Key())

	sms := func(date string) string {
		return `<smses count="1"><sms address="+447700900123" date="` + date + `" type="1" body="win a prize" /></smses>`
	}
	root = folderOf(t, member{"1.xml", sms("1772700000123")}, member{"2.xml", sms("1772700000999")})
	got = readPath(t, root, export.Options{})
	require.Len(t, got.messages, 2)
	require.NotEqual(t, got.messages[0].ThreadKey(), got.messages[1].ThreadKey())
}

func TestNamespaceOption(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat.txt")
	require.NoError(t, os.WriteFile(path, []byte(chat), 0o600))
	got := readPath(t, path, export.Options{Namespace: "case-7"})
	require.Equal(t, "case-7", got.messages[0].Namespace)
	got = readString(t, row, export.Options{})
	require.Equal(t, "-", got.messages[0].Namespace)
}

func TestSpoofedMailIDIsNoDuplicate(t *testing.T) {
	mail := func(text string) string {
		return "From: A <a@mail.example>\nTo: b@mail.example\nDate: Thu, 5 Mar 2026 21:08:00 GMT\nSubject: x\nMessage-ID: <same@mail.example>\n\n" + text + "\n"
	}
	root := folderOf(t, member{"1.eml", mail("one")}, member{"2.eml", mail("two")}, member{"3.eml", mail("one")})
	got := readPath(t, root, export.Options{})
	require.Equal(t, []string{"x\none", "x\ntwo"}, got.texts())
	require.EqualValues(t, 1, got.counts.Duplicates)
}

func TestEqualMessagesKeepTheirNumber(t *testing.T) {
	text := "05/03/2026, 21:08 - Ann: ok\n05/03/2026, 21:08 - Ann: ok\n25/03/2026, 21:09 - Ben: hi\n"
	got := readString(t, text, export.Options{})
	require.Equal(t, []string{"ok", "ok", "hi"}, got.texts())
	require.NotEqual(t, got.messages[0].ID, got.messages[1].ID)
	again := readString(t, text, export.Options{})
	require.Equal(t, got.messages, again.messages)
}

func TestTimezoneAndDateOrder(t *testing.T) {
	got := readString(t, "3/4/26, 10:00 - Mo: one\n3/4/26, 10:01 - Jo: two\n", export.Options{DateOrder: "mdy"})
	require.Equal(t, "2026-03-04T10:00:00", got.messages[0].Sent.String())
	require.Empty(t, got.notes)
	got = readString(t, "date,sender,text\n3/4/2026 10:00,Mo,one\n", export.Options{})
	require.Equal(t, "2026-04-03T10:00:00", got.messages[0].Sent.String())
	require.Equal(t, "-: dates are ambiguous: read as day first, --date-order dmy|mdy|ymd decides", got.notes[1])
	got = readString(t, "date,sender,text\n3/4/2026 10:00,Mo,one\n3/14/2026 10:00,Mo,two\n", export.Options{})
	require.Equal(t, "2026-03-04T10:00:00", got.messages[0].Sent.String())
	require.Len(t, got.notes, 1)
}
