package pack_test

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/pack"
	"github.com/hookline/hookline/detector/rule"
)

func ruleFile(id, title, phrase string) string {
	return "id: " + id + "\ntitle: " + title + "\nstage: contact\nweight: strong\npatterns: {p: {en: [" + phrase + "]}}\n"
}

func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, body := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(body), ModTime: time.Unix(1, 0)}
	}
	return fsys
}

const manifest = "name: bank-rules\nversion: \"1.4\"\nengine: \"0.1\"\nlicence: Apache-2.0\n"

var base = pack.Folder{Name: "rules", Version: "builtin-1.0", Trusted: true, FS: folder(map[string]string{
	"fake_job/fee/check.yaml": ruleFile("fake_job.fee.check", "A cheque", "cash this cheque"),
	"fake_job/fee/kit.yaml":   ruleFile("fake_job.fee.kit", "A kit", "starter kit"),
})}

func added(files map[string]string) pack.Folder {
	return pack.Folder{Name: "mine", FS: folder(files)}
}

func TestPackAddsAndOverrides(t *testing.T) {
	t.Parallel()
	set, err := pack.Load([]pack.Folder{base, added(map[string]string{
		"pack.yaml":               manifest + "overrides: [fake_job.fee.check]\n",
		"fake_job/fee/check.yaml": ruleFile("fake_job.fee.check", "Another cheque", "bank this cheque"),
		"fake_job/fee/visa.yaml":  ruleFile("fake_job.fee.visa", "A visa", "visa fee first"),
	})}, pack.Options{Engine: "0.1.0"})
	require.NoError(t, err)
	require.Len(t, set.Rules, 3)
	check, _ := set.Rule("fake_job.fee.check")
	require.Equal(t, "Another cheque", check.Title)
	require.Equal(t, "mine/fake_job/fee/check.yaml", check.Pos.File)
	require.Contains(t, set.Version, "builtin-1.0,bank-rules-1.4+sha256:")
}

func TestConflictIsRefusedWithBothPlaces(t *testing.T) {
	t.Parallel()
	_, err := pack.Load([]pack.Folder{base, added(map[string]string{
		"fake_job/fee/check.yaml": ruleFile("fake_job.fee.check", "Another cheque", "bank this cheque"),
	})}, pack.Options{})
	var faults rule.ErrorList
	require.ErrorAs(t, err, &faults)
	require.Equal(t, `mine/fake_job/fee/check.yaml:1:5: duplicate id "fake_job.fee.check"
  1 | id: fake_job.fee.check
    |     ^^^^^^^^^^^^^^^^^^ to take its place, name it under overrides in pack.yaml
rules/fake_job/fee/check.yaml:1:5: first defined here
  1 | id: fake_job.fee.check
    |     ^^^^^^^^^^^^^^^^^^`, faults.Error())
}

func TestBrokenPackIsRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ manifest, want string }{
		"no YAML":       {"name: [", "mine/pack.yaml: "},
		"unknown field": {manifest + "author: me\n", "field author not found"},
		"name":          {"name: My Pack\n", `name "My Pack": want a lower-case letter`},
		"version":       {"name: a\nversion: new\n", `version "new": want numbers`},
		"engine":        {"name: a\nversion: \"1.0\"\n", `engine "": want the least version`},
		"licence":       {"name: a\nversion: \"1.0\"\nengine: \"0.1\"\n", "no licence"},
		"newer engine":  {"name: a\nversion: \"1.0\"\nengine: \"0.12\"\nlicence: MIT\n", "mine/pack.yaml needs hookline 0.12; this is 0.2.0"},
		"override":      {manifest + "overrides: [fake_job.fee.nothing]\n", `overrides "fake_job.fee.nothing", which no earlier folder has`},
	} {
		set, err := pack.Load([]pack.Folder{base, added(map[string]string{"pack.yaml": test.manifest})}, pack.Options{Engine: "0.2.0"})
		require.Nil(t, set, name)
		require.ErrorContains(t, err, test.want, name)
	}
}

func TestSignature(t *testing.T) {
	t.Parallel()
	public, private, err := pack.NewKey()
	require.NoError(t, err)
	other, _, err := pack.NewKey()
	require.NoError(t, err)
	again, err := pack.DecodePrivate(pack.EncodePrivate(private))
	require.NoError(t, err)
	mine := added(map[string]string{"pack.yaml": manifest, "fake_job/fee/visa.yaml": ruleFile("fake_job.fee.visa", "A visa", "visa fee first")})
	load := func(keys ...ed25519.PublicKey) error {
		_, err := pack.Load([]pack.Folder{base, mine}, pack.Options{Engine: "0.1.0", Keys: keys})
		return err
	}
	require.NoError(t, load(), "no key is required")
	require.ErrorContains(t, load(public), "mine: not signed, and a key is required")

	signature, err := pack.Sign(mine.FS, again)
	require.NoError(t, err)
	files := mine.FS.(fstest.MapFS)
	files[pack.SignatureName] = &fstest.MapFile{Data: []byte(signature)}
	require.NoError(t, load(other, public))
	require.ErrorContains(t, load(other), "which is none of the required keys")

	files["fake_job/fee/visa.yaml"].Data = append(files["fake_job/fee/visa.yaml"].Data, '\n')
	require.ErrorContains(t, load(public), "changed since it was signed")
	files[pack.SignatureName].Data = []byte("hello")
	require.ErrorContains(t, load(public), "pack.sig: want the word ed25519")

	_, err = pack.DecodeKey("AAAA")
	require.ErrorContains(t, err, "want 32 bytes")
	key, err := pack.DecodeKey(pack.EncodeKey(public))
	require.NoError(t, err)
	require.Equal(t, public, key)
}

func TestLiveKeepsTheLastGoodValue(t *testing.T) {
	t.Parallel()
	mine := folder(map[string]string{"fake_job/fee/check.yaml": ruleFile("fake_job.fee.check", "One", "cash this cheque")})
	live, err := pack.NewLive(func() (*rule.Set, error) { return pack.Load([]pack.Folder{{FS: mine, Name: "mine"}}, pack.Options{}) })
	require.NoError(t, err)
	title := func() string { return live.Current().Rules[0].Title }
	require.Equal(t, "One", title())
	before := pack.Mark(mine)

	mine["fake_job/fee/check.yaml"] = &fstest.MapFile{Data: []byte("id: nothing\n")}
	require.ErrorContains(t, live.Reload(), "does not fit its place")
	require.Equal(t, "One", title())
	require.NotEqual(t, before, pack.Mark(mine))

	mine["fake_job/fee/check.yaml"] = &fstest.MapFile{Data: []byte(ruleFile("fake_job.fee.check", "Two", "cash it"))}
	require.NoError(t, live.Reload())
	require.Equal(t, "Two", title())
}

func TestWatchReloadsOnChange(t *testing.T) {
	t.Parallel()
	marks := []string{"a", "a", "b"}
	value, fail := 1, errors.New("broken")
	live, err := pack.NewLive(func() (int, error) {
		if value == 2 {
			return 0, fail
		}
		return value, nil
	})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	value = 2
	mark := func() string {
		now := marks[0]
		marks = marks[min(1, len(marks)-1):]
		return now
	}
	live.Watch(ctx, time.Microsecond, mark, func(err error) {
		require.ErrorIs(t, err, fail)
		cancel()
	})
	require.Equal(t, 1, live.Current())
}

func TestFirstLoadMustSucceed(t *testing.T) {
	t.Parallel()
	_, err := pack.NewLive(func() (int, error) { return 0, fs.ErrNotExist })
	require.ErrorIs(t, err, fs.ErrNotExist)
}

// The schema that editors check pack.yaml by knows what the reader knows.
func TestSchemaOfTheManifest(t *testing.T) {
	t.Parallel()
	body, err := rule.Schema("pack")
	require.NoError(t, err)
	var schema struct {
		Properties map[string]struct{ Pattern string }
		Required   []string
	}
	require.NoError(t, json.Unmarshal(body, &schema))
	var fields []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[pack.Manifest]()) {
		fields = append(fields, f.Tag.Get("yaml"))
	}
	require.ElementsMatch(t, fields, slices.Collect(maps.Keys(schema.Properties)))
	for _, field := range schema.Required {
		_, err := pack.Load([]pack.Folder{base, added(map[string]string{
			"pack.yaml": regexp.MustCompile("(?m)^"+field+":.*\n").ReplaceAllString(manifest, ""),
		})}, pack.Options{})
		require.ErrorContains(t, err, field)
	}
	for _, m := range regexp.MustCompile(`(?m)^(\w+): "?([^"\n]+)"?$`).FindAllStringSubmatch(manifest, -1) {
		require.Regexp(t, schema.Properties[m[1]].Pattern, m[2])
	}
}
