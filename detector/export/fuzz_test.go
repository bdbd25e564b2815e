package export_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
)

// fuzzFormat reads any bytes as the format, or as whatever they are recognised
// as if it is empty. No reader panics, hangs, or gives a message that is not
// valid text or that changes when it is converted and read again.
func fuzzFormat(f *testing.F, format string, seeds ...string) {
	f.Helper()
	for _, body := range append(seeds, fixtures(f, format)...) {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) { requireRead(t, format, string(body)) })
}

// fuzzLimits are low enough for a fuzzer to meet them.
var fuzzLimits = export.Limits{Record: 1 << 20, Total: 1 << 26, Entries: 1000}

// slowest is how long a reader may take for what a fuzzer makes; a machine may
// be busy, so the quickest of three readings counts.
const slowest = 2 * time.Second

func requireRead(t *testing.T, format, body string) {
	t.Helper()
	options := export.Options{Input: format, Limits: fuzzLimits}
	start := time.Now()
	got := readString(t, body, options)
	for range 2 {
		if time.Since(start) < slowest {
			break
		}
		start = time.Now()
		readString(t, body, options)
	}
	require.Less(t, time.Since(start), slowest)
	require.EqualValues(t, len(got.messages), got.counts.Messages)
	var rows []byte
	for i := range got.messages {
		m := &got.messages[i]
		require.True(t, utf8.ValidString(m.Text))
		require.True(t, utf8.ValidString(m.Sender))
		require.NotEmpty(t, m.ID)
		require.NotEmpty(t, m.Namespace)
		require.NotEmpty(t, m.Source)
		if i < 100 && len(rows) < 1<<18 {
			rows = append(m.AppendJSON(rows), '\n')
		}
	}
	if len(rows) == 0 {
		return
	}
	back := readString(t, string(rows), export.Options{Input: "jsonl", Limits: fuzzLimits})
	require.Empty(t, back.faults)
	for i := range back.messages {
		require.Equal(t, got.messages[i], back.messages[i])
	}
}

// fixtures are the files of testdata/FORMAT, or of all formats.
func fixtures(f *testing.F, format string) (bodies []string) {
	f.Helper()
	root := filepath.Join("testdata", format)
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.Name() == "fuzz" {
			return filepath.SkipDir
		}
		if err != nil || entry.IsDir() || strings.HasSuffix(path, ".want") {
			return err
		}
		body, err := os.ReadFile(path)
		bodies = append(bodies, string(body))
		return err
	})
	if !os.IsNotExist(err) {
		require.NoError(f, err)
	}
	return bodies
}

// grammars are the formats of chats in lines.
var grammars = []string{"whatsapp", "line", "kakaotalk", "viber", "telegram-text", "wechat-text", "sigexport", "imessage-text", "discord-text"}

// FuzzLines reads any bytes as each of the grammars of lines.
func FuzzLines(f *testing.F) {
	for i, format := range grammars {
		for _, body := range fixtures(f, format) {
			f.Add(uint8(i), []byte(body))
		}
	}
	for _, dialect := range dialects {
		f.Add(uint8(slices.Index(grammars, dialect.format)), []byte(dialect.text))
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		requireRead(t, grammars[int(which)%len(grammars)], string(body))
	})
}

func FuzzRecognised(f *testing.F) { fuzzFormat(f, "", mailbox(true), mailbox(false), msgFile()) }

func FuzzArchive(f *testing.F) {
	inner := zipOf(f, member{"rows.jsonl", row}, member{"_chat.txt", chat})
	fuzzFormat(f, "", inner, zipOf(f, member{"x.zip", inner}), tarOf(f, member{"rows.jsonl", row}, member{"x.zip", inner}),
		gzipOf(f, row), zstdOf(f, row), gzipOf(f, tarOf(f, member{"a.jsonl", row})))
}

func FuzzMSG(f *testing.F) { fuzzFormat(f, "msg", msgFile()) }
func FuzzPST(f *testing.F) { fuzzFormat(f, "pst", mailbox(true), mailbox(false)) }

func FuzzIMessage(f *testing.F) {
	path := filepath.Join(f.TempDir(), "chat.db")
	chatDB(f, path)
	body, err := os.ReadFile(path)
	require.NoError(f, err)
	fuzzFormat(f, "imessage", string(body))
}

func FuzzParquet(f *testing.F)       { fuzzFormat(f, "parquet", parquetFile(f)) }
func FuzzTelegram(f *testing.F)      { fuzzFormat(f, "telegram") }
func FuzzTelegramHTML(f *testing.F)  { fuzzFormat(f, "telegram-html") }
func FuzzTelegramText(f *testing.F)  { fuzzFormat(f, "telegram-text") }
func FuzzMessenger(f *testing.F)     { fuzzFormat(f, "messenger") }
func FuzzInstagram(f *testing.F)     { fuzzFormat(f, "instagram") }
func FuzzMessengerHTML(f *testing.F) { fuzzFormat(f, "messenger-html") }
func FuzzSignal(f *testing.F)        { fuzzFormat(f, "signal") }
func FuzzSignalCLI(f *testing.F)     { fuzzFormat(f, "signal-cli") }
func FuzzSigexport(f *testing.F)     { fuzzFormat(f, "sigexport") }
func FuzzIMessageText(f *testing.F)  { fuzzFormat(f, "imessage-text") }
func FuzzIMessageHTML(f *testing.F)  { fuzzFormat(f, "imessage-html") }
func FuzzDiscord(f *testing.F)       { fuzzFormat(f, "discord") }
func FuzzDiscordCSV(f *testing.F)    { fuzzFormat(f, "discord-csv") }
func FuzzDiscordText(f *testing.F)   { fuzzFormat(f, "discord-text") }
func FuzzDiscordHTML(f *testing.F)   { fuzzFormat(f, "discord-html") }
func FuzzDiscordPackage(f *testing.F) {
	fuzzFormat(f, "discord-package")
}
func FuzzSlack(f *testing.F)        { fuzzFormat(f, "slack") }
func FuzzTeams(f *testing.F)        { fuzzFormat(f, "teams") }
func FuzzSkype(f *testing.F)        { fuzzFormat(f, "skype") }
func FuzzGoogleChat(f *testing.F)   { fuzzFormat(f, "google-chat") }
func FuzzGoogleVoice(f *testing.F)  { fuzzFormat(f, "google-voice") }
func FuzzTwitter(f *testing.F)      { fuzzFormat(f, "twitter") }
func FuzzLinkedIn(f *testing.F)     { fuzzFormat(f, "linkedin") }
func FuzzReddit(f *testing.F)       { fuzzFormat(f, "reddit") }
func FuzzSnapchat(f *testing.F)     { fuzzFormat(f, "snapchat") }
func FuzzTikTok(f *testing.F)       { fuzzFormat(f, "tiktok") }
func FuzzHinge(f *testing.F)        { fuzzFormat(f, "hinge") }
func FuzzTinder(f *testing.F)       { fuzzFormat(f, "tinder") }
func FuzzWeChat(f *testing.F)       { fuzzFormat(f, "wechat") }
func FuzzWeChatText(f *testing.F)   { fuzzFormat(f, "wechat-text") }
func FuzzSMS(f *testing.F)          { fuzzFormat(f, "sms") }
func FuzzSMSJSON(f *testing.F)      { fuzzFormat(f, "sms-json") }
func FuzzNokia(f *testing.F)        { fuzzFormat(f, "nokia-csv") }
func FuzzVMG(f *testing.F)          { fuzzFormat(f, "vmg") }
func FuzzWindowsPhone(f *testing.F) { fuzzFormat(f, "windows-phone") }
func FuzzMbox(f *testing.F)         { fuzzFormat(f, "mbox") }
func FuzzEML(f *testing.F)          { fuzzFormat(f, "eml") }
func FuzzWhatsApp(f *testing.F)     { fuzzFormat(f, "whatsapp") }
func FuzzLINE(f *testing.F)         { fuzzFormat(f, "line") }
func FuzzKakaoTalk(f *testing.F)    { fuzzFormat(f, "kakaotalk") }
func FuzzViber(f *testing.F)        { fuzzFormat(f, "viber") }
func FuzzJSONLD(f *testing.F)       { fuzzFormat(f, "jsonld") }
func FuzzPage(f *testing.F)         { fuzzFormat(f, "html") }
func FuzzJobsXML(f *testing.F)      { fuzzFormat(f, "jobs-xml") }
func FuzzHRXML(f *testing.F)        { fuzzFormat(f, "hr-xml") }
func FuzzGreenhouse(f *testing.F)   { fuzzFormat(f, "greenhouse") }
func FuzzLever(f *testing.F)        { fuzzFormat(f, "lever") }
func FuzzAshby(f *testing.F)        { fuzzFormat(f, "ashby") }
func FuzzWorkable(f *testing.F)     { fuzzFormat(f, "workable") }
func FuzzAdzuna(f *testing.F)       { fuzzFormat(f, "adzuna") }
func FuzzJSONL(f *testing.F)        { fuzzFormat(f, "jsonl") }
func FuzzJSON(f *testing.F)         { fuzzFormat(f, "json") }
func FuzzCSV(f *testing.F)          { fuzzFormat(f, "csv") }
func FuzzText(f *testing.F)         { fuzzFormat(f, "text") }
