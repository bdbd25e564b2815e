package marked_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/marked"
	"github.com/hookline/hookline/detector/source"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text, plain string
		marks       []marked.Mark
	}{
		"none":  {"just a text", "just a text", nil},
		"empty": {"", "", nil},
		"two": {"⟦task|like⟧ and ⟦pay.a|50⟧!", "like and 50!", []marked.Mark{
			{Name: "task", Span: source.Span{Start: 0, End: 4}, At: 3},
			{Name: "pay.a", Span: source.Span{Start: 9, End: 11}, At: 23},
		}},
		"nested": {"⟦a|点⟦b|赞⟧⟧", "点赞", []marked.Mark{
			{Name: "a", Span: source.Span{Start: 0, End: 6}, At: 3},
			{Name: "b", Span: source.Span{Start: 3, End: 6}, At: 11},
		}},
		"same span": {"⟦a|⟦b|x⟧⟧", "x", []marked.Mark{
			{Name: "a", Span: source.Span{Start: 0, End: 1}, At: 3},
			{Name: "b", Span: source.Span{Start: 0, End: 1}, At: 8},
		}},
		"bar in the text": {"⟦a|x|y⟧", "x|y", []marked.Mark{
			{Name: "a", Span: source.Span{Start: 0, End: 3}, At: 3},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain, marks, err := marked.Parse(test.text)
			require.NoError(t, err)
			require.Equal(t, test.plain, plain)
			require.Equal(t, test.marks, marks)
			require.Equal(t, test.text, marked.Format(plain, marks))
		})
	}
}

func TestOffset(t *testing.T) {
	t.Parallel()
	text := "a⟦x|点⟦y|b⟧⟧c"
	plain, _, err := marked.Parse(text)
	require.NoError(t, err)
	var got []string
	for i, r := range plain {
		at := marked.Offset(text, i)
		require.Equal(t, string(r), text[at:at+len(string(r))])
		got = append(got, string(r))
	}
	require.Equal(t, []string{"a", "点", "b", "c"}, got)
	require.Equal(t, len(text), marked.Offset(text, len(plain)))
}

func TestParseFaults(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a ⟦like⟧":    "byte 2: a mark begins with a name, as in ⟦name|text⟧",
		"⟦Task|like⟧": "byte 0: a mark begins with a name, as in ⟦name|text⟧",
		"⟦|like⟧":     "byte 0: a mark begins with a name, as in ⟦name|text⟧",
		"⟦task|like":  `byte 3: mark "task" is not closed with ⟧`,
		"like⟧":       "byte 4: ⟧ closes no mark",
		"⟦task|⟧":     `byte 3: mark "task" is empty`,
		"⟦a|x⟧ ⟦b|y":  `byte 13: mark "b" is not closed with ⟧`,
		"⟦a|⟦a|⟦a|⟦a|⟦a|⟦a|⟦a|⟦a|⟦a|x": "byte 40: marks nested deeper than 8",
	} {
		_, _, err := marked.Parse(text)
		require.EqualError(t, err, want, text)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("⟦a|点⟦b|赞⟧⟧ ⟦c|x⟧")
	f.Add("⟦a|⟧")
	f.Fuzz(func(t *testing.T, text string) {
		plain, marks, err := marked.Parse(text)
		if err != nil {
			return
		}
		for _, m := range marks {
			require.True(t, m.Span.Start < m.Span.End && m.Span.End <= len(plain))
			require.Equal(t, m.Name, text[m.At:m.At+len(m.Name)])
		}
		require.Equal(t, text, marked.Format(plain, marks))
	})
}
