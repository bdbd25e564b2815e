package resemble_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector/resemble"
)

func file(label, category, group string, turns ...string) *fstest.MapFile {
	body := "label: " + label + "\ncategory: " + category + "\nlang: en\ngroup: " + group + "\nturns:\n"
	for _, text := range turns {
		body += "  - {who: a, text: \"" + text + "\"}\n"
	}
	return &fstest.MapFile{Data: []byte(body)}
}

var folder = fstest.MapFS{
	"scam/gold.yaml": file("scam", "romance_investment", "gold", "My uncle reads gold nodes on the night session", "withdraw the margin after verification"),
	"scam/task.yaml": file("scam", "fake_job", "task", "optimise hotel bookings for commission", "a combo order needs a recharge"),
	"scam/zh.yaml":   file("scam", "crypto_fraud", "zh", "跟着老师买币稳赚不赔", "先交保证金才能提现"),
	"benign/x.yaml":  file("benign", "benign", "x", "see you at the lake on sunday"),
}

func TestNearest(t *testing.T) {
	scripts := resemble.New(folder)
	nearest := scripts.Nearest("the uncle said gold nodes open at night")
	require.NotEmpty(t, nearest)
	require.Equal(t, "romance_investment/gold", nearest[0].Script)
	require.Positive(t, nearest[0].Similarity)
	require.LessOrEqual(t, nearest[0].Similarity, 1.0)
	require.Equal(t, "crypto_fraud/zh", scripts.Nearest("老师说先交保证金才能提现哦")[0].Script)
	require.Empty(t, scripts.Nearest("lake trip sunday"), "benign cases are no scripts")
	require.Empty(t, scripts.Nearest(""))
	require.Equal(t, nearest, scripts.Nearest("the uncle said gold nodes open at night"))
}

func TestWithoutLeavesAGroupOut(t *testing.T) {
	require.Empty(t, resemble.Without(folder, "gold").Nearest("uncle gold nodes night session margin"))
}

func TestBrokenFolderGivesNoAnswers(t *testing.T) {
	require.Empty(t, resemble.New(fstest.MapFS{"a.yaml": {Data: []byte("label: [")}}).Nearest("uncle gold nodes"))
}

// An index that is kept answers as one in memory does, for who makes it, for who
// finds it, and where it cannot be made.
func TestKeptAnswersTheSame(t *testing.T) {
	inMemory := resemble.New(corpus.FS)
	path := filepath.Join(t.TempDir(), "cache", "scripts")
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	answered := 0
	for _, kept := range []*resemble.Scripts{resemble.Kept(corpus.FS, path), resemble.Kept(fstest.MapFS{}, path), resemble.Kept(corpus.FS, filepath.Join(file, "x"))} {
		for _, text := range []string{
			"Withdraw after you pay the tax of your account, the gas fee, then the platform unlocks your USDT",
			"optimise hotel bookings for commission, a combo order needs a recharge of your balance",
			"Добрый день, ищем людей на удалённую работу, доход от 100 долларов в день, пишите в личку",
			"see you at the lake",
		} {
			want := inMemory.Nearest(text)
			require.Equal(t, want, kept.Nearest(text), text)
			answered += len(want)
		}
	}
	require.Positive(t, answered)
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 1)
}
