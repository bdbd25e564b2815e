package export_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
)

// fuzzFormat reads any bytes as the format, or as whatever they are recognised
// as if it is empty. No reader panics, takes longer than two seconds, or gives
// a message that is not valid text.
func fuzzFormat(f *testing.F, format string, seeds ...string) {
	f.Helper()
	for _, body := range append(seeds, fixtures(f, format)...) {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		options := export.Options{Input: format, Limits: export.Limits{Record: 1 << 20, Total: 1 << 26, Entries: 1000}}
		messages := 0
		reader, err := export.NewReader(options, export.Sink{Message: func(m *message.Message) error {
			messages++
			require.True(t, utf8.ValidString(m.Text))
			require.True(t, utf8.ValidString(m.Sender))
			require.NotEmpty(t, m.ID)
			require.NotEmpty(t, m.Namespace)
			require.NotEmpty(t, m.Source)
			return nil
		}})
		require.NoError(t, err)
		defer reader.Close()
		start := time.Now()
		_ = reader.ReadFrom(context.Background(), "-", strings.NewReader(string(body)))
		require.Less(t, time.Since(start), 2*time.Second)
		require.EqualValues(t, messages, reader.Counts().Messages)
	})
}

// fixtures are the files of testdata/FORMAT, or of all formats.
func fixtures(f *testing.F, format string) (bodies []string) {
	f.Helper()
	root := filepath.Join("testdata", format)
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
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
