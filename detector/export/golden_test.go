package export_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
)

var update = flag.Bool("update", false, "write what is read into the .want files")

// TestFixtures reads each entry of testdata/FORMAT (a file, or a folder that is
// an export) and compares what was read with FORMAT/NAME.want, which a person
// has read. The name of the folder is the format that must be recognised.
func TestFixtures(t *testing.T) {
	fixtures, err := filepath.Glob("testdata/*/*")
	require.NoError(t, err)
	for _, path := range fixtures {
		if strings.HasSuffix(path, ".want") || strings.HasPrefix(path, "testdata/fuzz/") {
			continue
		}
		t.Run(strings.TrimPrefix(path, "testdata/"), func(t *testing.T) {
			got := shown(t, readPath(t, path, export.Options{}), path)
			if *update {
				require.NoError(t, os.WriteFile(path+".want", []byte(got), 0o644))
			}
			want, err := os.ReadFile(path + ".want")
			require.NoError(t, err)
			require.Equal(t, string(want), got)
			format := strings.Split(path, "/")[1]
			require.Contains(t, got, "source "+format+" ")
		})
	}
}

// TestEveryFormatIsTried holds what the README promises: each format has
// fixtures, in testdata or made by a test, and a fuzz target.
func TestEveryFormatIsTried(t *testing.T) {
	made := []string{"imessage", "parquet", "msg", "pst"}
	fuzz, err := os.ReadFile("fuzz_test.go")
	require.NoError(t, err)
	for _, f := range export.Formats() {
		if !slices.Contains(made, f.Name) {
			require.DirExists(t, filepath.Join("testdata", f.Name))
		}
		require.Contains(t, string(fuzz), `(f, "`+f.Name+`"`)
	}
}

// shown prints a result, one message a line:
//
//	[thread] sent sender (role) {flags} text
func shown(t *testing.T, r *result, path string) string {
	t.Helper()
	var out strings.Builder
	short := func(text string) string {
		return strings.ReplaceAll(strings.ReplaceAll(text, path, "."), "\n", "⏎")
	}
	for _, s := range r.sources {
		fmt.Fprintf(&out, "source %s\n", short(s))
	}
	for _, m := range r.messages {
		out.WriteString(short(line(&m)) + "\n")
	}
	for _, f := range r.faults {
		fmt.Fprintf(&out, "fault %s\n", short(f))
	}
	for _, n := range r.notes {
		fmt.Fprintf(&out, "note %s\n", short(n))
	}
	if r.err != nil {
		fmt.Fprintf(&out, "error %s\n", short(r.err.Error()))
	}
	return out.String()
}

func line(m *message.Message) string {
	var flags []string
	if m.Kind != message.Chat {
		flags = append(flags, string(m.Kind))
	}
	if m.System {
		flags = append(flags, "system")
	}
	if m.Deleted {
		flags = append(flags, "deleted")
	}
	if m.Media != "" {
		flags = append(flags, m.Media)
	}
	parts := []string{"[" + m.Thread + "]"}
	if sent := m.Sent.String(); sent != "" {
		parts = append(parts, sent)
	}
	parts = append(parts, m.Sender)
	if m.Role != message.Unknown {
		parts = append(parts, "("+m.Role.String()+")")
	}
	if len(flags) > 0 {
		parts = append(parts, "{"+strings.Join(flags, " ")+"}")
	}
	return strings.Join(append(parts, m.Text), " ")
}
