package labelled_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/labelled"
)

const placed = `# a case
label: scam
category: fake_job
lang: en
group: visa
kind: advert
title: Driver
salary: 900
turns:
  - who: Ana
    text: "caf\u00e9, ⟦a.b.c|pay the fee⟧"
  - text: ⟦a.b.c|pay⟧ later
  - text: |

      first line
      then ⟦a.b.c|pay ⟦d|twice⟧⟧
  - {text: 'it''s >  ⟦d|paid⟧'}
  - text: >
      folded
      text ⟦d|paid⟧
`

// What stands at a place of the file is what the text has there, whatever the
// style it is written in.
func TestPlaces(t *testing.T) {
	t.Parallel()
	c, err := labelled.Read(fstest.MapFS{"scam/x.yaml": {Data: []byte(placed)}}, "scam/x.yaml")
	require.NoError(t, err)
	require.Equal(t, "scam/x.yaml:2:8", c.LabelPlace().String())
	marks := 0
	for i, turn := range c.Turns {
		for _, m := range turn.Marks {
			marks++
			at := c.TextPlace(i, m.Span.Start)
			words, _, _ := strings.Cut(turn.Text[m.Span.Start:m.Span.End], " ")
			line := []rune(c.Line(at.Line))
			require.True(t, strings.HasPrefix(string(line[at.Col-1:]), words), "%s: %s at %d", words, c.Line(at.Line), at.Col)
		}
		message := c.Messages()[i].Text
		require.True(t, strings.HasPrefix(message[c.TextStart():], turn.Text))
	}
	require.Equal(t, 6, marks)
	require.Equal(t, "scam/x.yaml", c.TextPlace(99, 0).String())
}

// A case that was made, not read, has no places but its name.
func TestPlacesOfNoFile(t *testing.T) {
	t.Parallel()
	c := labelled.Case{Path: "made", Turns: []labelled.Turn{{Text: "a"}}}
	require.Equal(t, "made", c.LabelPlace().String())
	require.Equal(t, "made", c.TextPlace(0, 0).String())
}
