package eval_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/eval"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/rule"
)

// checkedCases are named by what is to be said of them.
var checkedCases = map[string]string{
	"caught": "label: scam\ncategory: romance_investment\nlang: en\ngroup: a\n" +
		"turns: [{who: a, text: '⟦romance_investment.rapport.love_bombing|my love⟧, guaranteed ⟦romance_investment.pitch.guaranteed_return|profit⟧'}]\n",
	"missed": "label: scam\ncategory: romance_investment\nlang: en\ngroup: a\nturns:\n  - who: a\n    text: hello ⟦romance_investment.pitch.guaranteed_return|and good day⟧\n",
	"wrong":  "label: benign\ncategory: benign\nlang: en\ngroup: a\nturns: [{text: tea}, {text: 'my love, guaranteed profit'}]\n",
	"unsafe": "label: at_risk\ncategory: trafficked_distress\nlang: en\ngroup: a\nturns: [{text: help}]\n",
	"other":  "label: scam\ncategory: other_scam\nlang: en\ngroup: a\nturns: [{text: a parcel waits}]\n",
	"nobody": "label: benign\ncategory: benign\nlang: en\ngroup: a\nturns: [{text: '⟦fake_job.no.such|tea⟧'}]\n",
}

func TestCheck(t *testing.T) {
	t.Parallel()
	set, err := rule.Load(os.DirFS("../testdata/rules"))
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(t, err)
	files := fstest.MapFS{}
	for name, body := range checkedCases {
		files["set/"+name+".yaml"] = &fstest.MapFile{Data: []byte(body)}
	}
	var cases []labelled.Case
	require.NoError(t, labelled.Walk(files, func(c labelled.Case) error {
		cases = append(cases, c)
		return nil
	}))
	checked, err := eval.Check(d, cases)
	require.NoError(t, err)
	var said []string
	for _, f := range checked.Failures {
		said = append(said, f.String())
	}
	t.Log(strings.Join(said, "\n"))
	require.Equal(t, 6, checked.Tests)
	require.Equal(t, 2, checked.Passed)
	require.Equal(t, 4, checked.Marks)
	require.Equal(t, 2, checked.Hit)
	require.Len(t, said, 5)
	require.Len(t, checked.Cases, 6)
	require.Equal(t, "set", checked.Cases[0].Suite)
	require.Contains(t, said[0], "set/missed.yaml:1:8: scam: wanted an alert, got P4, none, score ")
	require.Contains(t, said[1], "set/missed.yaml:7:61: romance_investment.pitch.guaranteed_return: it does not hit these words\n"+
		"  7 |     text: hello ⟦romance_investment.pitch.guaranteed_return|and good day⟧\n"+
		"    |                                                             ^^^^^^^^^^^^")
	require.Contains(t, said[2], "set/nobody.yaml:5:35: fake_job.no.such: no rule has this id")
	require.Contains(t, said[3], "set/unsafe.yaml:1:8: at_risk: wanted a queue that protects people, got P4, none")
	require.Contains(t, said[4], "set/wrong.yaml:1:8: benign: wanted no alert, got P")
	require.Contains(t, said[4], "set/wrong.yaml:5:39: most of it for romance_investment.")
}
