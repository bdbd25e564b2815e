package rule_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/rule"
)

// A set that is known to be valid is the set, though its patterns are read only
// when they are asked for.
func TestLoadKnown(t *testing.T) {
	for name, fsys := range map[string]rule.Folder{
		"shipped":         {FS: os.DirFS("../../rules"), Untested: true},
		"shipped, fixed":  {FS: os.DirFS("../../rules"), Untested: true, Fixed: true},
		"shipped, tested": {FS: os.DirFS("../../rules"), Fixed: true},
		"written otherwise": {FS: folder(map[string]string{
			"fake_job/fee/flow.yaml": "id: fake_job.fee.flow\ntitle: t\nstage: pitch\nweight: weak\npatterns: {pay: {en: [pay, \"a fee\"]}}\n",
			"fake_job/fee/deep.yaml": "id: fake_job.fee.deep\ntitle: t\nstage: pitch\nweight: weak\npatterns:\n   pay:\n      en: [pay]\n",
			"fake_job/fee/list.yaml": "id: fake_job.fee.list\ntitle: t\nstage: pitch\nweight: weak\npatterns:\n  # name\n  pay:\n    # lang\n    en:\n      - pay\n      - \"a: b\"\n    es: [paga]\n\n  both: {en: [x,\n      y], es: [z]}\n  late:\n    und: [\"/late[0-9]/\"]\ncondition: {all: [pay, late, both]}\n",
		})},
	} {
		whole, err := rule.LoadKnown(func(string) []byte { return nil }, fsys)
		require.NoError(t, err, name)
		var asked string
		known, err := rule.LoadKnown(func(key string) []byte { asked = key; return whole.Brief() }, fsys)
		require.NoError(t, err, name)
		require.Equal(t, whole.Key, asked)
		requireSame(t, whole, known)
		require.Equal(t, whole.Brief(), known.Brief())
	}
}

// What is no brief of the folders is passed over.
func TestLoadKnownRefuses(t *testing.T) {
	folders := []rule.Folder{
		{FS: folder(validFolder()), Fixed: true},
		{FS: folder(map[string]string{"fake_job/fee/deep.yaml": "id: fake_job.fee.deep\ntitle: t\nstage: pitch\nweight: weak\npatterns:\n  pay:\n    en: [gribble]\n"})},
	}
	whole, err := rule.LoadFolders(folders...)
	require.NoError(t, err)
	good := string(whole.Brief())
	for _, brief := range []string{
		"", "x", good[:80], good[:len(good)-1], good + "x", good + "\n", good + "0 true -1 a.yaml\n", good + "2 true 0 a.yaml\n",
		good + "1 true 0 a.yaml\n", strings.Replace(good, " true ", " true  ", 1), strings.Replace(good, "deep", "dope", 1),
	} {
		set, err := rule.LoadKnown(func(string) []byte { return []byte(brief) }, folders...)
		require.NoError(t, err)
		requireSame(t, whole, set)
	}
}

// The key follows what is not fixed, and what is left out of the rest.
func TestKeys(t *testing.T) {
	keys := map[string]bool{}
	load := func(folders ...rule.Folder) {
		set, err := rule.LoadKnown(func(string) []byte { return nil }, folders...)
		require.NoError(t, err)
		keys[set.Key] = true
	}
	files := validFolder()
	load(rule.Folder{FS: folder(files), Fixed: true})
	load(rule.Folder{FS: folder(files), Fixed: true, Untested: true})
	load(rule.Folder{FS: folder(files)})
	name := "lists/rails.yaml"
	require.Contains(t, files, name)
	files[name] += "# more\n"
	load(rule.Folder{FS: folder(files), Fixed: true})
	require.Len(t, keys, 3)
	load(rule.Folder{FS: folder(files)})
	load(rule.Folder{FS: folder(files), Without: []string{"context/nothing.yaml"}, Fixed: true})
	require.Len(t, keys, 5)
}

// requireSame compares what two sets say.
func requireSame(t *testing.T, whole, brief *rule.Set) {
	for i, r := range whole.Rules {
		other := brief.Rules[i]
		require.Equal(t, r.ID, other.ID)
		require.Equal(t, r.Names, other.Names)
		require.Equal(t, r.Languages, other.Languages)
		require.Equal(t, r.Weight, other.Weight)
		require.Equal(t, r.Condition.String(), other.Condition.String())
		require.Equal(t, written(r.Patterns()), written(other.Patterns()), r.ID)
		for _, n := range r.Names {
			require.Equal(t, r.Place("patterns."+n), other.Place("patterns."+n))
		}
		require.Equal(t, r.Place("condition"), other.Place("condition"))
		require.Len(t, other.Tests.Match, len(r.Tests.Match))
		text, _ := whole.Text(r.Pos.File)
		again, ok := brief.Text(r.Pos.File)
		require.True(t, ok)
		require.Equal(t, text, again)
	}
	require.Equal(t, whole.Weights, brief.Weights)
	for i, l := range whole.Lists {
		require.Equal(t, l.Groups, brief.Lists[i].Groups)
		require.Equal(t, written(l.Entries()), written(brief.Lists[i].Entries()), l.ID)
	}
}

// written is what patterns say, and where.
func written(all []*rule.Pattern) string {
	var b strings.Builder
	for _, p := range all {
		b.WriteString(strings.Join([]string{p.Name, p.Lang, p.Text, p.Pos.String(), show(p.Node)}, " ") + "\n")
	}
	return b.String()
}

// What is not known to be valid is checked.
func TestLoadKnownAsks(t *testing.T) {
	files := validFolder()
	files["fake_job/fee/broken.yaml"] = "id: fake_job.fee.broken\ntitle: t\nstage: pitch\nweight: weak\npatterns:\n  pay:\n    en: [\"(\"]\n"
	_, err := rule.LoadKnown(func(string) []byte { return nil }, rule.Folder{FS: folder(files)})
	require.ErrorContains(t, err, "(")
}
