package export

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"howett.net/plist"
	_ "modernc.org/sqlite" // the driver "sqlite", without cgo

	"github.com/hookline/hookline/detector/message"
)

var imessageFormat = format{
	Format: Format{
		Name: "imessage", Title: "iMessage and SMS of macOS or iOS (chat.db, sms.db)",
		Recognised: "SQLite with the tables message and handle",
		Kinds:      []message.Kind{message.Chat, message.SMS},
	},
	chat: true, twice: true,
	sniff: func(s *sample) int {
		if s.magic("SQLite format 3\x00") && bytes.Contains(s.raw, []byte("handle_id")) && bytes.Contains(s.raw, []byte("is_from_me")) {
			return certain
		}
		return 0
	},
	gather: gatherIMessage,
	read:   readIMessage,
}

// gatherIMessage puts the write-ahead log beside its database: it holds the
// newest messages.
func gatherIMessage(t *tree, f *format) {
	for i, c := range t.files {
		if c.format != f || c.taken {
			continue
		}
		at := []int{i}
		for k, other := range t.files {
			if other.file.path == c.file.path+"-wal" {
				at = append(at, k)
			}
			if other.file.path == c.file.path+"-shm" {
				other.taken = true
			}
		}
		t.unit(f, at...)
	}
}

// openSQLite opens a database without writing to it. With a write-ahead log,
// copies of both are opened.
func (u *unit) openSQLite() (*sql.DB, func(), error) {
	if err := u.files[0].settle(&u.r.temp); err != nil {
		return nil, nil, err
	}
	disk, query, done := u.files[0].disk, "mode=ro&immutable=1", func() {}
	if len(u.files) > 1 {
		folder, err := os.MkdirTemp(u.r.opts.Temp, "hookline-*")
		if err != nil {
			return nil, nil, err
		}
		done = func() { os.RemoveAll(folder) }
		disk, query = filepath.Join(folder, "chat.db"), "mode=rw"
		for i, suffix := range []string{"", "-wal"} {
			if err := copyFile(u.files[i], disk+suffix); err != nil {
				done()
				return nil, nil, err
			}
		}
	}
	disk, err := filepath.Abs(disk)
	if err != nil {
		done()
		return nil, nil, err
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(disk), RawQuery: query}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		done()
		return nil, nil, err
	}
	db.SetMaxOpenConns(1)
	return db, func() { db.Close(); done() }, nil
}

func copyFile(from *file, to string) error {
	in, err := from.open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err = io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// tableColumns lists the columns of a real table; none if it is missing, or a
// view, which might compute without end.
func tableColumns(ctx context.Context, db *sql.DB, table string) (map[string]bool, error) {
	var statement string
	err := db.QueryRowContext(ctx, "SELECT sql FROM sqlite_master WHERE type='table' AND name=?", table).Scan(&statement)
	if err == sql.ErrNoRows || strings.Contains(strings.ToUpper(statement[:min(len(statement), 16)]), "VIRTUAL") {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT name FROM pragma_table_info(?)", table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		columns[name] = true
	}
	return columns, rows.Err()
}

// imessageQuery selects what the database has; versions differ.
func imessageQuery(ctx context.Context, db *sql.DB, limit int) (string, error) {
	has := map[string]map[string]bool{}
	for _, table := range []string{"message", "handle", "chat", "chat_message_join", "message_attachment_join", "attachment"} {
		columns, err := tableColumns(ctx, db, table)
		if err != nil {
			return "", err
		}
		has[table] = columns
	}
	if !has["message"]["date"] || !has["message"]["is_from_me"] {
		return "", fmt.Errorf("no table of messages")
	}
	column := func(table, alias, name string) string {
		if has[table][name] {
			return alias + "." + name
		}
		return "NULL"
	}
	bounded := func(name string) string {
		c := column("message", "m", name)
		return fmt.Sprintf("CASE WHEN length(%s) <= %d THEN %s END", c, limit, c)
	}
	from, chat := " FROM message m", "NULL"
	if has["handle"]["id"] {
		from += " LEFT JOIN handle h ON h.ROWID = CAST(m.handle_id AS INTEGER)"
	}
	if has["chat_message_join"]["chat_id"] {
		from += " LEFT JOIN chat_message_join j ON j.message_id = m.ROWID"
		chat = "j.chat_id"
	}
	name := "NULL, NULL"
	if has["chat"]["chat_identifier"] && chat != "NULL" {
		from += " LEFT JOIN chat c ON c.ROWID = j.chat_id"
		name = column("chat", "c", "display_name") + ", c.chat_identifier"
	}
	media := "NULL"
	if has["message_attachment_join"]["attachment_id"] && has["attachment"]["mime_type"] {
		media = "(SELECT a.mime_type FROM message_attachment_join x JOIN attachment a ON a.ROWID = x.attachment_id WHERE x.message_id = m.ROWID LIMIT 1)"
	}
	return "SELECT m.ROWID, " + column("message", "m", "guid") + ", " + bounded("text") + ", " + bounded("attributedBody") + ", " +
		column("handle", "h", "id") + ", m.date, m.is_from_me, " + column("message", "m", "associated_message_type") + ", " +
		column("message", "m", "item_type") + ", " + column("message", "m", "date_retracted") + ", " + column("message", "m", "service") + ", " +
		column("message", "m", "subject") + ", " + chat + ", " + name + ", " + media + from + " ORDER BY m.date, m.ROWID", nil
}

// imessageRow is a row of the query; columns may have any type.
type imessageRow struct {
	rowid                               int64
	guid, text, handle, service         sql.NullString
	subject, chat, title, ident, media  sql.NullString
	body                                []byte
	date, fromMe, kind, item, retracted any
}

func readIMessage(u *unit) error {
	db, done, err := u.openSQLite()
	if err != nil {
		return err
	}
	defer done()
	query, err := imessageQuery(u.ctx, db, u.r.limits.Record)
	if err != nil {
		return err
	}
	rows, err := db.QueryContext(u.ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	threads := map[string]*thread{}
	for rows.Next() {
		var r imessageRow
		err := rows.Scan(&r.rowid, &r.guid, &r.text, &r.body, &r.handle, &r.date, &r.fromMe, &r.kind, &r.item, &r.retracted,
			&r.service, &r.subject, &r.chat, &r.title, &r.ident, &r.media)
		if err != nil {
			err = u.fail(Fault{File: u.files[0].name, Text: "a row that cannot be read: " + faultText(err)})
		} else {
			err = u.imessage(&r, threads)
		}
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

func (u *unit) imessage(r *imessageRow, threads map[string]*thread) error {
	name := firstOf([]string{r.title.String, r.ident.String, r.handle.String})
	key := firstOf([]string{r.chat.String, name})
	m := r.message()
	m.Source = fmt.Sprintf("%s:%d", u.files[0].name, r.rowid) // the row, which has no line
	t := threads[key]
	if t == nil {
		// The first message tells the conversation from those of others with
		// the same person.
		t = u.newThread(firstOf([]string{name, "chat " + key}), name, r.guid.String)
		threads[key] = t
	}
	return t.emit(m)
}

func (r *imessageRow) message() *message.Message {
	m := &message.Message{ID: r.guid.String, Sent: appleTime(number(r.date)), Sender: r.handle.String, Role: message.Counterparty}
	if number(r.fromMe) == 1 {
		m.Sender, m.Role = "me", message.Reporter
	}
	if strings.EqualFold(r.service.String, "SMS") {
		m.Kind = message.SMS
	}
	text := r.text.String
	if text == "" {
		text = attributedText(r.body)
	}
	text = strings.ReplaceAll(text, "\ufffc", "") // stands for an attachment
	if strings.TrimSpace(text) == "" {
		text = ""
	}
	m.Text = joinLines(r.subject.String, text)
	kind := number(r.kind)
	switch {
	case kind >= 2000 && kind < 4000 || number(r.item) != 0:
		m.System = true
	case number(r.retracted) > 0 && m.Text == "":
		m.Deleted = true
	case m.Text == "":
		m.Media = firstOf([]string{r.media.String, "application/octet-stream"})
	}
	return m
}

// number is a column as a whole number, whatever its type.
func number(v any) int64 {
	switch v := v.(type) {
	case int64:
		return v
	case float64:
		return int64(v)
	case string:
		n, _ := parseInt(v)
		return n
	case []byte:
		n, _ := parseInt(string(v))
		return n
	}
	return 0
}

// appleTime reads seconds, or since 2017 nanoseconds, from 2001 on.
func appleTime(n int64) message.Time {
	const epoch = 978307200
	switch {
	case n == 0:
		return message.Time{}
	case n > 1e12 || n < -1e12:
		return message.Instant(time.Unix(epoch+n/1e9, n%1e9).UTC())
	}
	return message.Instant(time.Unix(epoch+n, 0).UTC())
}

// attributedText takes the words out of an archived NSAttributedString: a
// typedstream, or a keyed archive.
func attributedText(body []byte) string {
	if bytes.HasPrefix(body, []byte("bplist")) {
		return archivedText(body)
	}
	_, rest, found := bytes.Cut(body, []byte("NSString"))
	if !found {
		return ""
	}
	at := bytes.IndexByte(rest[:min(len(rest), 16)], '+')
	if at < 0 {
		return ""
	}
	rest = rest[at+1:]
	length := 0
	switch {
	case len(rest) > 3 && rest[0] == 0x81:
		length, rest = int(binary.LittleEndian.Uint16(rest[1:])), rest[3:]
	case len(rest) > 5 && rest[0] == 0x82:
		length, rest = int(binary.LittleEndian.Uint32(rest[1:])), rest[5:]
	case len(rest) > 1:
		length, rest = int(rest[0]), rest[1:]
	}
	if length < 0 || length > len(rest) {
		return ""
	}
	return string(rest[:length])
}

// archivedText is the longest string of a keyed archive that is no name of a
// class or an attribute.
func archivedText(body []byte) (best string) {
	var archive struct {
		Objects []any `plist:"$objects"`
	}
	if _, err := plist.Unmarshal(body, &archive); err != nil {
		return ""
	}
	for _, o := range archive.Objects {
		text, ok := o.(string)
		if ok && text != "$null" && !strings.HasPrefix(text, "__kIM") && !strings.HasPrefix(text, "NS") && len(text) > len(best) {
			best = text
		}
	}
	return best
}
