package hunt_test

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/hunt"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/ruletest"
	"github.com/hookline/hookline/rules"
)

// edited compiles the shipped rules with an edit of their files.
func edited(t *testing.T, edit func(files fstest.MapFS)) *detector.Detector {
	t.Helper()
	files := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(rules.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(rules.FS, name)
		files[name] = &fstest.MapFile{Data: body}
		return err
	}))
	edit(files)
	set, err := rule.LoadFolders(rule.Folder{FS: files, Untested: true})
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{Region: region})
	require.NoError(t, err)
	return d
}

func replaced(t *testing.T, files fstest.MapFS, name, old, now string) {
	t.Helper()
	body := string(files[name].Data)
	require.Contains(t, body, old, name)
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(body, old, now, 1))}
}

// A change of rules does to the threads of a casebook what a scan of all of them
// with both sets says, whatever the change is.
func TestDiffIsScanningTwice(t *testing.T) {
	d, err := shipped()
	require.NoError(t, err)
	all := threads(t, d.Set())
	if testing.Short() {
		all = slices.DeleteFunc(all, func(th thread) bool { return len(th[0].ThreadID())%6 > 0 })
	}
	b, _ := scan(t, d, all)
	moved := 0
	for name, edit := range map[string]func(fstest.MapFS){
		"nothing": func(fstest.MapFS) {},
		"a rule less, one more": func(files fstest.MapFS) {
			name := "crypto_fraud/approach/coin_call.yaml"
			body := strings.Replace(string(files[name].Data), "crypto_fraud.approach.coin_call", "crypto_fraud.approach.coin_ring", 1)
			delete(files, name)
			replaced(t, files, "weights.yaml", "  crypto_fraud.approach.coin_call:", "  crypto_fraud.approach.coin_ring:")
			files["crypto_fraud/approach/coin_ring.yaml"] = &fstest.MapFile{Data: []byte(body)}
		},
		"a rule narrower, its list otherwise": func(files fstest.MapFS) {
			replaced(t, files, "lists/payment_rails.yaml", "updated:", "updated: 2026-11-30 #")
			replaced(t, files, "romance_investment/lock_in/tax_or_fee.yaml", "stage:", "status: experimental\nstage:")
		},
		"a context rule less": func(files fstest.MapFS) { delete(files, "context/warning.yaml") },
		"thresholds":          func(files fstest.MapFS) { replaced(t, files, "weights.yaml", "\nt3:", "\nt3: 40 #") },
	} {
		after := edited(t, edit)
		whole := ruletest.NewDiffer(d, after)
		require.NoError(t, b.Threads(false, func(th *casebook.Thread) error {
			for i := range th.Messages {
				whole.Add(&th.Messages[i].Message)
			}
			return nil
		}))
		want := whole.Behaviour()
		got, sum, err := hunt.Diff(context.Background(), d, after, b)
		require.NoError(t, err)
		require.ElementsMatch(t, want.Flagged, got.Flagged, name)
		require.ElementsMatch(t, want.Unflagged, got.Unflagged, name)
		require.ElementsMatch(t, want.Moved, got.Moved, name)
		require.Equal(t, want.Tagged, got.Tagged, name)
		require.True(t, slices.IsSortedFunc(got.Flagged, func(x, y ruletest.Move) int { return cmp.Compare(x.Source, y.Source) }))
		t.Logf("%s: %d flagged, %d unflagged, %d moved, %d tagged; judged %d of %d threads, read %d of %d parts", name,
			len(got.Flagged), len(got.Unflagged), len(got.Moved), got.Tagged, got.Threads, want.Threads, sum.Read, sum.Documents)
		moved += len(want.Flagged) + len(want.Unflagged) + len(want.Moved) + want.Tagged
		switch name {
		case "nothing":
			require.Zero(t, sum.Read)
		case "thresholds":
			require.Equal(t, want.Threads, got.Threads)
		default:
			require.Less(t, got.Threads, want.Threads)
		}
	}
	require.Greater(t, moved, 20, "else this shows nothing")
}
