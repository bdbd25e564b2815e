package resemble_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

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
