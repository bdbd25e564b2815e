package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/message"
)

// lineByLine reads message JSONL as it is defined: one line after the other.
func lineByLine(u *unit, f *file) error {
	r := newRowReader(u, f, columns{})
	return u.eachObject(f, r.read)
}

// readRows gathers what a way of reading makes of a file.
func readRows(in io.Reader, limits Limits, read func(u *unit, f *file) error) (said []string) {
	r := &Reader{limits: limits.filled()}
	r.sink.Message = func(m *message.Message) error {
		said = append(said, fmt.Sprintf("%+v", *m))
		return nil
	}
	r.sink.Fault = func(f Fault) { said = append(said, f.Error()) }
	f := &file{name: "a.jsonl", path: "a.jsonl", size: -1, head: []byte{}, open: func() (io.ReadCloser, error) { return io.NopCloser(in), nil }}
	u := &unit{r: r, ctx: context.Background(), format: &jsonlFormat, files: []*file{f}}
	if err := read(u, f); err != nil {
		said = append(said, err.Error())
	}
	u.finish()
	return append(said, fmt.Sprint(r.counts, u.odd, u.when.guessed))
}

func inBlocks(u *unit, f *file) error { return readLinesAsRows(u, f, columns{}) }

// FuzzBlocks compares reading in blocks, side by side, with reading line by
// line: messages, faults and counts are the same, in the same order.
func FuzzBlocks(f *testing.F) {
	long := strings.Repeat("x", 70_000)
	for _, text := range []string{
		"{\"id\":\"1\",\"text\":\"a\"}\n{\"id\":\"2\",\"text\":\"b\"}", "\n\r\n {\"text\":\"a\"} \r\n{\"text\":1}\n[]\n", "{\"text\":\"" + long + "\"}\n{\"text\":\"b\"}\n",
		"{\"text\":\"" + long + long + "\"}\n{\"text\":\"b\"}\n" + long + long, "{\"text\":\"a\",\"sent\":\"1/2/2026\"}\n{\"text\":\"a\",\"sent\":\"soon\"}\n\x00\xff", "",
		"{\"text\":\"a\"}\n{\"text\":\"a\"}\n{\"text\":\"\\u00e9\\n\"}\n{\"thread\":\"t\",\"text\":\"x\",\"source\":\"s:1\"}\n{\"text\":\"",
	} {
		f.Add(text, uint16(7))
		f.Add(text, uint16(40_000))
	}
	f.Fuzz(func(t *testing.T, text string, piece uint16) {
		limits := Limits{Record: 1000}
		pieces := func() io.Reader { return &piecemeal{text: text, piece: int(piece) + 1} }
		require.Equal(t, readRows(pieces(), limits, lineByLine), readRows(pieces(), limits, inBlocks))
	})
}

// piecemeal gives a text in pieces.
type piecemeal struct {
	text  string
	piece int
}

func (p *piecemeal) Read(to []byte) (int, error) {
	n := copy(to[:min(len(to), p.piece)], p.text)
	if p.text = p.text[n:]; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// A file that breaks off gives its whole lines, then the fault.
func TestBlocksOfABrokenFile(t *testing.T) {
	broken := errors.New("the disk is gone")
	text := strings.Repeat("{\"text\":\"a\"}\n", 1000) + "{\"text\":\"b"
	in := func() io.Reader { return io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)) }
	want, got := readRows(in(), Limits{}, lineByLine), readRows(in(), Limits{}, inBlocks)
	require.Equal(t, want, got)
	require.Equal(t, "a.jsonl:1001: the disk is gone", got[1000])
}

// The sink's error ends the reading though blocks are under way.
func TestBlocksStop(t *testing.T) {
	text := strings.Repeat("{\"text\":\"a\"}\n", 1_000_000)
	enough := errors.New("enough")
	seen := 0
	r, err := NewReader(Options{}, Sink{Message: func(*message.Message) error {
		if seen++; seen == 30_000 {
			return enough
		}
		return nil
	}})
	require.NoError(t, err)
	require.ErrorIs(t, r.ReadFrom(context.Background(), "-", strings.NewReader(text)), enough)
	require.Equal(t, 30_000, seen)
}

// One line may be much longer than a block.
func TestBlocksOfLongLines(t *testing.T) {
	var text bytes.Buffer
	for i := range 12 {
		fmt.Fprintf(&text, "{\"id\":\"%d\",\"text\":\"%s\"}\n", i, strings.Repeat("x", i*i*20_000))
	}
	want := readRows(bytes.NewReader(text.Bytes()), Limits{}, lineByLine)
	require.Equal(t, want, readRows(bytes.NewReader(text.Bytes()), Limits{}, inBlocks))
	require.Len(t, want, 13)
}
