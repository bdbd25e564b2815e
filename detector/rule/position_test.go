package rule_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector/rule"
)

const onePattern = `id: fake_job.fee.check
title: A cheque
stage: pitch
weight: weak
patterns:
  check:
    und:
    - %s
`

// scalarStyles are YAML scalars, each a pattern that holds "MARK" once.
var scalarStyles = map[string]string{
	"plain":                  `cash MARK here`,
	"plain over lines":       "cash the\n      MARK\n      here",
	"plain with blank lines": "cash the\n\n      MARK here",
	"single quotes":          `'it''s MARK ''now'''`,
	"single over lines":      "'it''s\n\n      the   \n      MARK'",
	"double quotes":          `"it\u0027s \U0001F600 \x41 \t MARK \"now\""`,
	"double over lines":      "\"cash the \\\n      old   \n\n      MARK\"",
	"double with continued":  "\"cash the\\\n      MARK\"",
	"literal":                "|\n      cash the\n      MARK here",
	"literal with blank":     "|-\n\n      cash\n\n      the MARK here",
	"literal with indent":    "|2-\n        cash\n       the MARK here",
	"folded":                 ">\n      cash the\n      MARK here",
	"folded with blank":      ">-\n      cash\n\n\n      the MARK\n      here",
	"folded, more indented":  ">-\n      cash\n        the\n      MARK\n      here",
	"header comment":         "|- # a comment\n      点赞 MARK",
	"after Han":              `"点赞 日结 MARK"`,
	"tabs":                   "'cash\tMARK'",
}

func TestPatternPosition(t *testing.T) {
	t.Parallel()
	for name, scalar := range scalarStyles {
		for _, lineEnd := range []string{"\n", "\r\n"} {
			t.Run(fmt.Sprintf("%s %q", name, lineEnd), func(t *testing.T) {
				t.Parallel()
				body := strings.ReplaceAll(fmt.Sprintf(onePattern, scalar), "\n", lineEnd)
				set, err := rule.Load(folder(map[string]string{defaultPlace: body}))
				require.NoError(t, err)
				p := set.Rules[0].Patterns()[0]
				at := strings.Index(p.Text, "MARK")
				text, ok := set.Text(defaultPlace)
				require.True(t, ok)
				want := text.Position(strings.Index(text.Body, "MARK"))
				require.Equal(t, want, p.Position(at), "%q", p.Text)
				require.Equal(t, want.Col+4, p.Position(at+4).Col, "%q", p.Text)
			})
		}
	}
}

// TestEveryByteHasItsPlace compares each character of a value with the one in
// the file that it is said to stand for.
func TestEveryByteHasItsPlace(t *testing.T) {
	t.Parallel()
	for name, scalar := range scalarStyles {
		body := fmt.Sprintf(onePattern, scalar)
		set, err := rule.Load(folder(map[string]string{defaultPlace: body}))
		require.NoError(t, err)
		p := set.Rules[0].Patterns()[0]
		lines := strings.Split(body, "\n")
		for at, r := range p.Text {
			pos := p.Position(at)
			line := []rune(lines[pos.Line-1])
			if pos.Col > len(line) || line[pos.Col-1] == '\\' || r == ' ' || r == '\n' {
				continue // an escape, or a line end that stands for white space
			}
			require.Equal(t, string(r), string(line[pos.Col-1]), "%s: byte %d of %q at %v", name, at, p.Text, pos)
		}
	}
}

func FuzzPosition(f *testing.F) {
	for _, scalar := range scalarStyles {
		f.Add(scalar)
	}
	f.Fuzz(func(t *testing.T, scalar string) {
		body := fmt.Sprintf(onePattern, scalar)
		set, err := rule.Load(folder(map[string]string{defaultPlace: body}))
		if err != nil {
			return
		}
		lines := strings.Split(strings.ReplaceAll(body, "\r\n", "\n"), "\n")
		for _, p := range set.Rules[0].Patterns() {
			for at := range len(p.Text) + 1 {
				pos := p.Position(at)
				require.True(t, 1 <= pos.Line && pos.Line <= len(lines), "%v", pos)
				require.True(t, 1 <= pos.Col && pos.Col <= len([]rune(lines[pos.Line-1]))+1, "%v", pos)
			}
		}
	})
}

// FuzzLoad: no file makes Load panic, and every fault has a place in its file.
func FuzzLoad(f *testing.F) {
	names, err := filepath.Glob("testdata/errors/*.yaml")
	require.NoError(f, err)
	for _, name := range names {
		body, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(string(body), uint8(0))
	}
	places := []string{defaultPlace, "context/joke.yaml", "lists/rails.yaml", "scripts/fake_job.yaml", "weights.yaml"}
	for i, place := range places[2:] {
		f.Add(validFolder()[place], uint8(i+2))
	}
	f.Add(likeRatePay, uint8(0))
	f.Fuzz(func(t *testing.T, body string, place uint8) {
		files := validFolder()
		name := places[int(place)%len(places)]
		files[name] = body
		set, err := rule.Load(folder(files))
		if err == nil {
			require.NoError(t, yaml.Unmarshal([]byte(body), new(yaml.Node)))
			require.NotNil(t, set)
			known, err := rule.LoadKnown(func(string) []byte { return set.Brief() }, rule.Folder{FS: folder(files), Fixed: place%2 == 0})
			require.NoError(t, err)
			requireSame(t, set, known)
			return
		}
		require.Nil(t, set)
		var list rule.ErrorList
		require.ErrorAs(t, err, &list)
		require.NotEmpty(t, list)
		for _, e := range list {
			require.NotEmpty(t, e.Text)
			require.Contains(t, files, e.Pos.File)
			require.LessOrEqual(t, e.Pos.Line, strings.Count(files[e.Pos.File], "\n")+1)
			require.NotEmpty(t, e.Error())
		}
	})
}
