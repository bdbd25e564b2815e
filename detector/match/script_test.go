package match

import (
	"os"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/rule"
)

// A letter that a pattern needs must be left in its script by folding, or
// texts would be taken for ones without.
func TestFoldingKeepsScripts(t *testing.T) {
	for r := rune(utf8.RuneSelf); r <= 0xffff; r++ {
		if held := scriptsOf(string(r)); held != 0 && lasting(r) {
			require.NotZero(t, scriptsOf(fold.Word(string(r)))&held, "%U folds to %q", r, fold.Word(string(r)))
		}
	}
}

// Patterns that are compiled apart match as they do together.
func TestPartsMatchAsOne(t *testing.T) {
	set, err := rule.LoadFolders(rule.Folder{FS: os.DirFS("../../rules")})
	require.NoError(t, err)
	apart, err := Compile(set)
	require.NoError(t, err)
	as1, err := compile(set, func(*rule.Pattern) script { return common })
	require.NoError(t, err)
	require.NotZero(t, apart.scripts)
	a, b := apart.NewScanner(""), as1.NewScanner("")
	for _, r := range set.Rules {
		for _, test := range append(r.Tests.Match, r.Tests.NoMatch...) {
			for _, m := range test.Messages {
				want := b.Scan(m.Text).Hits
				require.Equal(t, want, a.Scan(m.Text).Hits, m.Text)
			}
		}
	}
}
