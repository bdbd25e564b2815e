package rule_test

import (
	"encoding"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/rule"
)

func TestHash(t *testing.T) {
	t.Parallel()
	load := func(change func(map[string]string)) string {
		files := validFolder()
		change(files)
		set, err := rule.Load(folder(files))
		require.NoError(t, err)
		return set.Hash
	}
	original := load(func(map[string]string) {})
	require.Equal(t, original, load(func(f map[string]string) { f["README.md"] = "other" }))
	require.Equal(t, original, load(func(f map[string]string) {
		f[likePlace] = "\ufeff" + strings.ReplaceAll(f[likePlace], "\n", "\r\n")
	}), "line ends and a byte order mark do not count")
	require.NotEqual(t, original, load(func(f map[string]string) {
		f[likePlace] = strings.Replace(f[likePlace], "40", "41", 1)
	}))
	require.NotEqual(t, original, load(func(f map[string]string) { delete(f, "weights.yaml") }))
}

const likePlace = "fake_job/task_boost/like_rate_pay.yaml"

func TestLoadFolders(t *testing.T) {
	t.Parallel()
	base := rule.Folder{FS: folder(validFolder()), Name: "rules", Version: "builtin-1.0"}
	added := map[string]string{
		"fake_job/fee/check.yaml": strings.NewReplacer("%s", "cash a cheque").Replace(onePattern),
		"weights.yaml":            "weights: {fake_job.task_boost.like_rate_pay: 5, fake_job.fee.check: 1}\n",
	}
	set, err := rule.LoadFolders(base, rule.Folder{FS: folder(added), Name: "mine"})
	require.NoError(t, err)
	require.Len(t, set.Rules, 3)
	require.Equal(t, "builtin-1.0,local+"+set.Hash, set.Version)
	like, ok := set.Rule("fake_job.task_boost.like_rate_pay")
	require.True(t, ok)
	require.Equal(t, 5.0, like.Weight, "the later folder wins")
	require.Equal(t, 30.0, set.Weights.T3, "and leaves what it does not name")

	added[likePlace] = likeRatePay
	_, err = rule.LoadFolders(base, rule.Folder{FS: folder(added), Name: "mine"})
	require.EqualError(t, err, `mine/fake_job/task_boost/like_rate_pay.yaml:1:5: duplicate id "fake_job.task_boost.like_rate_pay"
  1 | id: fake_job.task_boost.like_rate_pay
    |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
rules/fake_job/task_boost/like_rate_pay.yaml:1:5: first defined here
  1 | id: fake_job.task_boost.like_rate_pay
    |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`)
}

func TestFaultsInFileOrder(t *testing.T) {
	t.Parallel()
	files := validFolder()
	files["fake_job/fee/check.yaml"] = "id: fake_job.fee.check\ntitel: x\nstage: pich\nweight: weak\npatterns: {a: {en: [\"(\"]}, b: {en: [\"@nolist\"]}}\n"
	files["context/joke.yaml"] = "id: context.joke\n"
	_, err := rule.Load(folder(files))
	var list rule.ErrorList
	require.ErrorAs(t, err, &list)
	var places []string
	for i, e := range list {
		places = append(places, strings.TrimPrefix(e.Pos.String(), "fake_job/fee/"))
		require.ErrorIs(t, err, error(list[i]))
	}
	require.Equal(t, []string{
		"context/joke.yaml:1:1", "context/joke.yaml:1:1", "context/joke.yaml:1:1", "context/joke.yaml:1:1",
		"check.yaml:1:1", "check.yaml:2:1", "check.yaml:3:8", "check.yaml:5:22", "check.yaml:5:38",
	}, places)
	var one *rule.Error
	require.ErrorAs(t, err, &one)
	require.Equal(t, "context.joke", one.Rule)
}

func TestBounds(t *testing.T) {
	t.Parallel()
	var many strings.Builder
	for range 500 {
		many.WriteString("bad key " + strings.Repeat("x", many.Len()%97) + ": 1\n")
	}
	for name, test := range map[string]struct{ body, want string }{
		"large file": {strings.Repeat("# comment\n", 1<<17), "file larger than 1 MB"},
		"empty":      {"", "file is empty"},
		"deep":       {strings.Repeat("[", 20000), "not YAML: exceeded max depth of 10000"},
		"many keys":  {many.String(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := rule.Load(folder(map[string]string{defaultPlace: test.body}))
			var list rule.ErrorList
			require.ErrorAs(t, err, &list)
			require.LessOrEqual(t, len(list), 201)
			if test.want != "" {
				require.Equal(t, test.want, list[0].Text)
			}
		})
	}
	fsys := fstest.MapFS{"a": {Mode: 0o444, Data: nil}}
	set, err := rule.Load(fsys)
	require.NoError(t, err, "an empty folder is an empty set")
	require.Empty(t, set.Rules)
	_, err = rule.Load(brokenFS{fsys})
	require.EqualError(t, err, "read rules: disk on fire")
}

type brokenFS struct{ fstest.MapFS }

func (brokenFS) ReadDir(string) ([]fs.DirEntry, error) { return nil, errors.New("disk on fire") }

func TestErrorHidesControlCharacters(t *testing.T) {
	t.Parallel()
	_, err := rule.Load(folder(map[string]string{defaultPlace: "id: \"\u202eevil\nx"}))
	require.Error(t, err)
	require.NotContains(t, err.Error(), "\u202e")
}

type textEnum interface {
	encoding.TextMarshaler
	String() string
}

// TestEnums: every value has a name of its own that reads back as the value.
func TestEnums(t *testing.T) {
	t.Parallel()
	check := func(what string, n int, value func(int) textEnum, parse func([]byte) (textEnum, error)) {
		seen := map[string]bool{}
		for i := range n {
			v := value(i)
			text, err := v.MarshalText()
			require.NoError(t, err, what)
			require.Equal(t, v.String(), string(text), what)
			require.False(t, seen[string(text)], "%s %s twice", what, text)
			seen[string(text)] = true
			back, err := parse(text)
			require.NoError(t, err, what)
			require.Equal(t, v, back, what)
		}
		_, err := value(n).MarshalText()
		require.Error(t, err, "%s has more values than this test knows", what)
		_, err = parse([]byte("nonsense"))
		require.Error(t, err, what)
	}
	check("stage", 18, func(i int) textEnum { return rule.Stage(i) }, parser[rule.Stage])
	check("weight", 4, func(i int) textEnum { return rule.Class(i) }, parser[rule.Class])
	check("queue", 7, func(i int) textEnum { return rule.Queue(i) }, parser[rule.Queue])
	check("act", 5, func(i int) textEnum { return rule.Act(i) }, parser[rule.Act])
	check("effect", 5, func(i int) textEnum { return rule.Effect(i) }, parser[rule.Effect])
	check("status", 4, func(i int) textEnum { return rule.Status(i) }, parser[rule.Status])
	check("scope", 4, func(i int) textEnum { return rule.Scope(i) }, parser[rule.Scope])
	check("band", 6, func(i int) textEnum { return rule.Band(i) }, parser[rule.Band])
	check("operator", 7, func(i int) textEnum { return rule.Op(i) }, parser[rule.Op])
}

func parser[E textEnum](text []byte) (textEnum, error) {
	var e E
	err := any(&e).(encoding.TextUnmarshaler).UnmarshalText(text)
	return e, err
}
