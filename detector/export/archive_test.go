package export_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
)

// member is a file of an archive or a folder.
type member struct{ name, body string }

func zipOf(t testing.TB, members ...member) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, m := range members {
		f, err := w.Create(m.name)
		require.NoError(t, err)
		_, err = f.Write([]byte(m.body))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.String()
}

func tarOf(t testing.TB, members ...member) string {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, m := range members {
		require.NoError(t, w.WriteHeader(&tar.Header{Name: m.name, Size: int64(len(m.body)), Mode: 0o644, Typeflag: tar.TypeReg}))
		_, err := w.Write([]byte(m.body))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.String()
}

func gzipOf(t testing.TB, body string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write([]byte(body))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.String()
}

func zstdOf(t testing.TB, body string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	require.NoError(t, err)
	defer w.Close()
	return string(w.EncodeAll([]byte(body), nil))
}

// folderOf writes files and returns the folder.
func folderOf(t testing.TB, members ...member) string {
	t.Helper()
	root := t.TempDir()
	for _, m := range members {
		path := filepath.Join(root, filepath.FromSlash(m.name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(m.body), 0o644))
	}
	return root
}

const (
	row    = `{"id":"r1","text":"a row"}` + "\n"
	chat   = "05/03/2026, 21:08 - Ann: hello\n25/03/2026, 21:09 - Ben: hi\n"
	longer = chat + "26/03/2026, 08:00 - Ann: good morning\n"
)

func TestContainers(t *testing.T) {
	bz, err := os.ReadFile("testdata/rows.jsonl.bz2")
	require.NoError(t, err)
	inner := zipOf(t, member{"inside/rows.jsonl", row}, member{"_chat.txt", chat})
	tests := map[string]struct {
		body string
		want []string
	}{
		"zip":              {zipOf(t, member{"a/rows.jsonl", row}, member{"_chat.txt", chat}), []string{"hello", "hi", "a row"}},
		"zip in zip":       {zipOf(t, member{"victim.zip", inner}), []string{"hello", "hi", "a row"}},
		"tar":              {tarOf(t, member{"a/rows.jsonl", row}, member{"b/_chat.txt", chat}), []string{"a row", "hello", "hi"}},
		"tar.gz":           {gzipOf(t, tarOf(t, member{"rows.jsonl", row})), []string{"a row"}},
		"gz":               {gzipOf(t, row), []string{"a row"}},
		"zst":              {zstdOf(t, row+`{"id":"r2","text":"more"}`), []string{"a row", "more"}},
		"bz2":              {string(bz), []string{"packed", "twice"}},
		"gz in zip":        {zipOf(t, member{"rows.jsonl.gz", gzipOf(t, row)}), []string{"a row"}},
		"zip in tar.zst":   {zstdOf(t, tarOf(t, member{"x.zip", inner})), []string{"hello", "hi", "a row"}},
		"names that climb": {zipOf(t, member{"../../etc/passwd.jsonl", row}, member{"/abs/_chat.txt", chat}, member{`..\..\win.jsonl`, `{"id":"w","text":"win"}`}), []string{"hello", "hi", "a row", "win"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "input.bin") // the name says nothing
			require.NoError(t, os.WriteFile(path, []byte(test.body), 0o644))
			got := readPath(t, path, export.Options{})
			require.NoError(t, got.err)
			require.Equal(t, test.want, got.texts())
			require.Empty(t, got.faults)
			for _, m := range got.messages {
				require.NotContains(t, m.Source, "..")
			}
			piped := readString(t, test.body, export.Options{})
			require.NoError(t, piped.err)
			require.Equal(t, test.want, piped.texts())
		})
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	temp := t.TempDir()
	got := readString(t, gzipOf(t, tarOf(t, member{"x.zip", zipOf(t, member{"rows.jsonl", row})})), export.Options{Temp: temp})
	require.Equal(t, []string{"a row"}, got.texts())
	left, err := os.ReadDir(temp)
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestBrokenArchives(t *testing.T) {
	whole := zipOf(t, member{"rows.jsonl", strings.Repeat(row, 1000)}, member{"_chat.txt", chat})
	cut := readString(t, whole[:len(whole)/2], export.Options{})
	require.ErrorIs(t, cut.err, export.ErrNothing)
	require.Equal(t, []string{"-: zip: not a valid zip file"}, cut.faults)

	packed := gzipOf(t, strings.Repeat(`{"text":"x `+strings.Repeat("y", 500)+`"}`+"\n", 2000))
	cut = readString(t, packed[:len(packed)-20], export.Options{})
	require.NotEmpty(t, cut.messages)
	require.Len(t, cut.faults, 1)
	require.Contains(t, cut.faults[0], "the file ends in the middle")

	tape := tarOf(t, member{"rows.jsonl", row}, member{"more.jsonl", row})
	cut = readString(t, tape[:1100], export.Options{})
	require.Equal(t, []string{"a row"}, cut.texts())
	require.Equal(t, []string{"-: tar: the file ends in the middle"}, cut.faults)
}

func TestBombs(t *testing.T) {
	zeros := strings.Repeat(`{"text":"`+strings.Repeat("0", 5000)+`"}`+"\n", 8000)
	got := readString(t, gzipOf(t, zeros), export.Options{})
	require.Len(t, got.faults, 1)
	require.Contains(t, got.faults[0], "unpacks to far more")
	require.Less(t, got.counts.Messages, int64(8000))

	got = readString(t, gzipOf(t, zeros), export.Options{Limits: export.Limits{Total: 1 << 20, Ratio: 1 << 40}})
	require.Len(t, got.faults, 1)
	require.Contains(t, got.faults[0], "unpacks to more than the limit")

	got = readString(t, zipOf(t, member{"a.jsonl", zeros}, member{"b.jsonl", row}), export.Options{})
	require.NotEmpty(t, got.faults)
	require.Contains(t, got.faults[0], "unpacks to far more")

	many := make([]member, 30)
	for i := range many {
		many[i] = member{fmt.Sprintf("%d.jsonl", i), row}
	}
	got = readString(t, zipOf(t, many...), export.Options{Limits: export.Limits{Entries: 20}})
	require.Equal(t, []string{"-: zip of 30 members is above the limit"}, got.faults)

	deep := row
	for range 6 {
		deep = zipOf(t, member{"next.zip", deep})
	}
	got = readString(t, deep, export.Options{})
	require.Equal(t, []string{"-/next.zip/next.zip/next.zip: archives nest too deep"}, got.faults)
}

func TestMixedFolder(t *testing.T) {
	root := folderOf(t, member{"a/chat.txt", chat}, member{"b.jsonl", row}, member{"c.bin", "\x00\x01\x02\x03"}, member{"d.jpg", "\xff\xd8\xff\xe0 picture"},
		member{"e.json", "{not json"}, member{"f.txt", ""}, member{".DS_Store", "x"}, member{"__MACOSX/a/._chat.txt", "\x00\x05"}, member{"msgstore.db.crypt15", "\x01\x02\x00"})
	require.NoError(t, os.Symlink("/etc/passwd", filepath.Join(root, "link.txt")))
	got := readPath(t, root, export.Options{})
	require.NoError(t, got.err)
	require.Equal(t, []string{"hello", "hi", "a row"}, got.texts())
	require.EqualValues(t, 1, got.counts.Ignored)
	faults := strings.ReplaceAll(strings.Join(got.faults, "\n"), root+"/", "")
	require.Contains(t, faults, "c.bin: not recognised")
	require.Contains(t, faults, "e.json: begins like JSON")
	require.Contains(t, faults, "f.txt: the file is empty")
	require.Contains(t, faults, "msgstore.db.crypt15: an encrypted backup of WhatsApp")
	require.Len(t, got.faults, 4)
}

func TestOrderOfFolder(t *testing.T) {
	root := folderOf(t, member{"10.jsonl", `{"text":"ten"}`}, member{"9.jsonl", `{"text":"nine"}`}, member{"09/x.jsonl", `{"text":"folder"}`})
	require.Equal(t, []string{"nine", "folder", "ten"}, readPath(t, root, export.Options{}).texts())
}

func TestStrict(t *testing.T) {
	got := readString(t, "{\"text\":\"a\"}\nbroken\n{\"text\":\"b\"}\n", export.Options{Strict: true})
	var fault export.Fault
	require.ErrorAs(t, got.err, &fault)
	require.Equal(t, 2, fault.Line)
	require.Equal(t, []string{"a"}, got.texts())
}

func TestSinkAndContextStop(t *testing.T) {
	reader, err := export.NewReader(export.Options{}, export.Sink{})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.ErrorIs(t, reader.ReadFrom(ctx, "-", strings.NewReader(row)), context.Canceled)
	_, err = export.NewReader(export.Options{Input: "nonsense"}, export.Sink{})
	require.Error(t, err)
	_, err = export.NewReader(export.Options{Fields: map[string]string{"nonsense": "x"}}, export.Sink{})
	require.Error(t, err)
}

// endless is a line that never seems to end, and a row after it.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	const head, tail = `{"text":"a"}` + "\n" + `{"text":"`, `"}` + "\n" + `{"text":"b"}` + "\n"
	switch {
	case e.left == 100<<20:
		e.left--
		return copy(p, head), nil
	case e.left > 0:
		n := min(len(p), e.left)
		for i := range n {
			p[i] = 'x'
		}
		e.left -= n
		return n, nil
	case e.left == 0:
		e.left--
		return copy(p, tail), nil
	}
	return 0, fmt.Errorf("gone") // as a pipe that breaks
}

func TestHugeLineTakesNoMemory(t *testing.T) {
	r := &result{}
	reader, err := export.NewReader(export.Options{}, sinkOf(r))
	require.NoError(t, err)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	require.NoError(t, reader.ReadFrom(context.Background(), "-", &endless{left: 100 << 20}))
	runtime.ReadMemStats(&after)
	require.Equal(t, []string{"a", "b"}, r.texts())
	require.Equal(t, []string{"-:2: line is above the limit", "-:4: gone"}, r.faults)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(160<<20))
}
