package export_test

import (
	"bytes"
	"database/sql"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/hookline/hookline/detector/export"
)

// typedstream is an archived string as Messages keeps it.
func typedstream(text string) []byte {
	out := []byte("\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+")
	switch n := len(text); {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 0x10000:
		out = binary.LittleEndian.AppendUint16(append(out, 0x81), uint16(n))
	default:
		out = binary.LittleEndian.AppendUint32(append(out, 0x82), uint32(n))
	}
	return append(append(out, text...), 0x86, 0x84)
}

// chatDB writes a database of Messages.
func chatDB(t testing.TB, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer db.Close()
	const apple = 978307200
	ns := (time.Date(2026, 3, 5, 21, 8, 0, 0, time.UTC).Unix() - apple) * 1e9
	for _, q := range []string{
		`CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT)`,
		`CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, chat_identifier TEXT, display_name TEXT)`,
		`CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER)`,
		`CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER, date INTEGER, is_from_me INTEGER,
			associated_message_type INTEGER, item_type INTEGER, date_retracted INTEGER, service TEXT, subject TEXT)`,
		`INSERT INTO handle VALUES (1, '+447700900123', 'iMessage'), (2, 'lotta@mail.example', 'iMessage')`,
		`INSERT INTO chat VALUES (1, 'g1', '+447700900123', ''), (2, 'g2', 'chat99', 'Walkers')`,
		`INSERT INTO chat_message_join VALUES (1,1),(1,2),(1,3),(1,4),(2,5),(2,6)`,
	} {
		_, err := db.Exec(q)
		require.NoError(t, err, q)
	}
	insert := func(id int64, guid string, text any, body []byte, handle, fromMe, kind, item int, service string) {
		_, err := db.Exec(`INSERT INTO message VALUES (?,?,?,?,?,?,?,?,?,0,?,NULL)`, id, guid, text, body, handle, ns+id*60e9, fromMe, kind, item, service)
		require.NoError(t, err)
	}
	insert(1, "a", "hello", nil, 1, 0, 0, 0, "iMessage")
	insert(2, "b", nil, typedstream("from the archive: é"), 1, 1, 0, 0, "iMessage")
	insert(3, "c", nil, typedstream("Loved “hello”"), 1, 0, 2000, 0, "iMessage")
	insert(4, "d", "\ufffc", nil, 1, 0, 0, 0, "SMS")
	insert(5, "e", nil, typedstream(string(bytes.Repeat([]byte("long "), 100))), 2, 0, 0, 0, "iMessage")
	insert(6, "f", nil, nil, 2, 0, 0, 2, "iMessage")
}

func TestIMessageDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat.db")
	chatDB(t, path)
	got := readPath(t, path, export.Options{})
	require.NoError(t, got.err)
	require.Empty(t, got.faults)
	require.Equal(t, []string{
		"[+447700900123] 2026-03-05T21:09:00Z +447700900123 (counterparty) hello",
		"[+447700900123] 2026-03-05T21:10:00Z me (reporter) from the archive: é",
		"[+447700900123] 2026-03-05T21:11:00Z +447700900123 (counterparty) {system} Loved “hello”",
		"[+447700900123] 2026-03-05T21:12:00Z +447700900123 (counterparty) {sms application/octet-stream} ",
		"[Walkers] 2026-03-05T21:13:00Z lotta@mail.example (counterparty) " + string(bytes.Repeat([]byte("long "), 100)),
		"[Walkers] 2026-03-05T21:14:00Z lotta@mail.example (counterparty) {system} ",
	}, linesOf(got))
	body, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Len(t, readString(t, zipOf(t, member{"x/chat.db", string(body)}), export.Options{}).messages, 6)
}

func linesOf(r *result) (lines []string) {
	for i := range r.messages {
		lines = append(lines, line(&r.messages[i]))
	}
	return lines
}

func TestDatabaseWithLog(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "chat.db")
	chatDB(t, path)
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.Exec("PRAGMA journal_mode=WAL")
	require.NoError(t, err)
	_, err = db.Exec(`INSERT INTO message VALUES (9,'z','only in the log',NULL,1,794437200000000000,0,0,0,0,'iMessage',NULL)`)
	require.NoError(t, err)
	got := readPath(t, root, export.Options{})
	require.Contains(t, got.texts(), "only in the log")
	require.Empty(t, got.faults)
}

func TestHostileDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat.db")
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	for _, q := range []string{
		`CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, handle_id TEXT)`,
		`CREATE VIEW message AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i AS ROWID, i AS date, 1 AS is_from_me, 'x' AS text FROM n`,
	} {
		_, err := db.Exec(q)
		require.NoError(t, err)
	}
	db.Close()
	got := readPath(t, path, export.Options{})
	require.Empty(t, got.messages)
	require.Equal(t, []string{path + ": no table of messages"}, got.faults)
}

// parquetFile is a table of two messages, the second without text.
func parquetFile(t testing.TB) string {
	t.Helper()
	type row struct {
		MessageID string    `parquet:"message_id"`
		Author    string    `parquet:"author"`
		Body      *string   `parquet:"body,optional"`
		At        time.Time `parquet:"created_at,timestamp(millisecond)"`
		Tags      []string  `parquet:"tags,list"`
	}
	text := "hello"
	var out bytes.Buffer
	w := parquet.NewGenericWriter[row](&out)
	_, err := w.Write([]row{
		{"1", "Ann", &text, time.UnixMilli(1772741280123), []string{"x", "y"}},
		{"2", "Ben", nil, time.UnixMilli(1772741340000), nil},
	})
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.String()
}

func TestParquet(t *testing.T) {
	body := parquetFile(t)
	got := readString(t, body, export.Options{})
	require.NoError(t, got.err)
	require.Equal(t, []string{"[] 2026-03-05T20:08:00.123Z Ann hello"}, linesOf(got))
	require.Equal(t, "1", got.messages[0].ID)
	require.Equal(t, "-:1", got.messages[0].Source)
	require.Equal(t, []string{"-:2: no text"}, got.faults)

	got = readString(t, body[:len(body)-30], export.Options{})
	require.Len(t, got.faults, 1)
	got = readString(t, body, export.Options{Fields: map[string]string{"text": "author"}})
	require.Equal(t, []string{"Ann", "Ben"}, got.texts())
}
