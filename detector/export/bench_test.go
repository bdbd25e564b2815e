package export_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
)

// BenchmarkRecognise is what a file costs before its first message.
func BenchmarkRecognise(b *testing.B) {
	for _, path := range []string{"testdata/discord/guild.json", "testdata/whatsapp/ko.txt", "testdata/csv/adverts.csv"} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				r := &result{}
				reader, err := export.NewReader(export.Options{}, sinkOf(r))
				require.NoError(b, err)
				require.NoError(b, reader.Read(context.Background(), path))
			}
		})
	}
}

// BenchmarkRows reads 100,000 rows a time.
func BenchmarkRows(b *testing.B) {
	var jsonl, csv strings.Builder
	csv.WriteString("id,thread,sender,sent,text\n")
	for i := range 100_000 {
		fmt.Fprintf(&jsonl, `{"id":"m%d","thread":"t%d","seq":%d,"sender":"Anna","sent":"2026-03-01T09:30:00Z","text":"hello there, how are you doing today? %d","kind":"chat"}`+"\n", i, i%1000, i, i)
		fmt.Fprintf(&csv, "m%d,t%d,Anna,2026-03-01T09:30:00Z,\"hello there, how are you doing today? %d\"\n", i, i%1000, i)
	}
	for name, body := range map[string]string{"jsonl": jsonl.String(), "csv": csv.String()} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				reader, err := export.NewReader(export.Options{}, export.Sink{Message: func(*message.Message) error { return nil }})
				require.NoError(b, err)
				require.NoError(b, reader.ReadFrom(context.Background(), "-", strings.NewReader(body)))
				require.EqualValues(b, 100_000, reader.Counts().Messages)
			}
			b.ReportMetric(float64(b.N)*100_000/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
