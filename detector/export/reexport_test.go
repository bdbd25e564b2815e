package export_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
)

// rowFormats read the rows of any program, in which equal rows are no
// duplicates: the keys of their messages are equal, and so count once in a
// thread.
var rowFormats = []string{"text", "csv", "json", "jsonl", "parquet", "jsonld", "html", "jobs-xml", "hr-xml", "greenhouse", "lever", "ashby", "workable", "adzuna"}

// exports are the fixtures of formats that are exports of a person.
func exportsOf(t *testing.T) (paths []string) {
	t.Helper()
	all, err := filepath.Glob("testdata/*/*")
	require.NoError(t, err)
	for _, path := range all {
		format := strings.Split(path, "/")[1]
		if !strings.HasSuffix(path, ".want") && format != "fuzz" && !slices.Contains(rowFormats, format) {
			paths = append(paths, path)
		}
	}
	return paths
}

// keysOf are the messages by key, in order, with their texts.
func keysOf(r *result) (keys []string) {
	for i := range r.messages {
		m := &r.messages[i]
		keys = append(keys, m.ThreadKey().String()+" "+m.Key().String()+" "+m.Text)
	}
	slices.Sort(keys)
	return keys
}

// threadsOf is how many conversations there are.
func threadsOf(r *result) int {
	keys := map[message.Key]bool{}
	for i := range r.messages {
		keys[r.messages[i].ThreadKey()] = true
	}
	return len(keys)
}

// TestEveryExportTwice lays each export into two folders: every message counts
// once.
func TestEveryExportTwice(t *testing.T) {
	for _, path := range exportsOf(t) {
		t.Run(path, func(t *testing.T) {
			once := readPath(t, path, export.Options{})
			root := t.TempDir()
			for _, folder := range []string{"monday", "tuesday"} {
				to := filepath.Join(root, folder, filepath.Base(path))
				require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o755))
				if info, err := os.Stat(path); err == nil && info.IsDir() {
					require.NoError(t, os.CopyFS(to, os.DirFS(path)))
					continue
				}
				body, err := os.ReadFile(path)
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(to, body, 0o600))
			}
			twice := readPath(t, root, export.Options{})
			require.Equal(t, keysOf(once), keysOf(twice))
			require.EqualValues(t, len(once.messages)+2*int(once.counts.Duplicates), twice.counts.Duplicates)
		})
	}
}

// TestEveryLongerExport takes the newest messages out of each export that is
// one file, and reads what is left and then the whole: the second adds just
// what the first lacks.
func TestEveryLongerExport(t *testing.T) {
	for _, path := range exportsOf(t) {
		info, err := os.Stat(path)
		require.NoError(t, err)
		if info.IsDir() {
			continue
		}
		t.Run(path, func(t *testing.T) {
			whole := readPath(t, path, export.Options{})
			if len(whole.faults) > 0 || len(whole.messages) < 2 {
				t.Skip("broken by intent, or too short")
			}
			body, err := os.ReadFile(path)
			require.NoError(t, err)
			shorter := shorten(t, string(body), whole.messages)
			if shorter == "" {
				t.Skip("cannot be cut in two by lines or elements")
			}
			root := t.TempDir()
			for folder, body := range map[string]string{"monday": shorter, "tuesday": string(body)} {
				to := filepath.Join(root, folder, filepath.Base(path))
				require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o755))
				require.NoError(t, os.WriteFile(to, []byte(body), 0o600))
			}
			first := readPath(t, filepath.Join(root, "monday"), export.Options{})
			require.NotEmpty(t, first.messages)
			if len(first.messages) == len(whole.messages) {
				t.Skip("nothing to leave out")
			}
			both := readPath(t, root, export.Options{})
			require.ElementsMatch(t, whole.texts(), both.texts())
			require.Equal(t, threadsOf(whole), threadsOf(both))
		})
	}
}

// shorten drops the newest part of an export: the last lines of a text, or the
// newest half of each array of a JSON.
func shorten(t *testing.T, body string, messages []message.Message) string {
	t.Helper()
	var whole any
	if json.Unmarshal([]byte(body), &whole) == nil {
		newestFirst := strings.Contains(body, "timestamp_ms") || strings.Contains(body, "originalarrivaltime")
		out, err := json.Marshal(halve(whole, newestFirst))
		require.NoError(t, err)
		return string(out)
	}
	if strings.Contains(body, "\x00") {
		return "" // UTF-16
	}
	last := messages[len(messages)-1].Source
	line, err := strconv.Atoi(last[strings.LastIndexByte(last, ':')+1:])
	if err != nil || line < 2 || strings.HasPrefix(strings.TrimSpace(body), "<") {
		return ""
	}
	return strings.Join(strings.SplitAfter(body, "\n")[:line-1], "")
}

// halve drops half of each array of objects that looks like messages.
func halve(v any, newestFirst bool) any {
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			if key != "participants" && key != "members" {
				v[key] = halve(inner, newestFirst)
			}
		}
	case []any:
		if len(v) > 1 {
			if first, ok := v[0].(map[string]any); ok {
				for _, key := range []string{"Created", "timestamp"} {
					if first[key] != nil {
						slices.SortFunc(v, func(x, y any) int {
							return strings.Compare(fmt.Sprint(x.(map[string]any)[key]), fmt.Sprint(y.(map[string]any)[key]))
						})
					}
				}
				if newestFirst {
					v = v[len(v)/2:]
				} else {
					v = v[:(len(v)+1)/2]
				}
			}
		}
		for i := range v {
			v[i] = halve(v[i], newestFirst)
		}
		return v
	}
	return v
}
