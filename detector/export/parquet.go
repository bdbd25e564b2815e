package export

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	parquetformat "github.com/parquet-go/parquet-go/format"

	"github.com/hookline/hookline/detector/message"
)

var parquetFormat = format{
	Format: Format{
		Name: "parquet", Title: "Parquet table of messages or adverts",
		Recognised: "begins PAR1; columns are guessed or given by --field",
		Kinds:      []message.Kind{message.Chat, message.SMS, message.Email, message.Post, message.JobAdvert},
	},
	twice: true,
	sniff: func(s *sample) int {
		if s.magic("PAR1") {
			return certain
		}
		return 0
	},
	read: readParquet,
}

// readParquet reads a table row by row. The library panics on some broken
// files; that is a fault like any other.
func readParquet(u *unit) (err error) {
	f := u.files[0]
	disk, err := f.onDisk(&u.r.temp)
	if err != nil {
		return err
	}
	defer disk.Close()
	defer func() {
		if p := recover(); p != nil {
			err = u.broken(f, 0, 0, fmt.Errorf("broken Parquet: %v", p))
		}
	}()
	if err := checkParquet(disk, f.size); err != nil {
		return err
	}
	file, err := parquet.OpenFile(disk, f.size, parquet.SkipBloomFilters(true), parquet.SkipPageIndex(true))
	if err != nil {
		return err
	}
	t, err := u.parquetTable(file.Schema())
	if err != nil {
		return u.fail(Fault{File: f.name, Text: err.Error()})
	}
	rows := parquet.NewReader(file)
	defer rows.Close()
	buffer := make([]parquet.Row, 64)
	for number := 1; ; {
		n, err := rows.ReadRows(buffer)
		for _, row := range buffer[:n] {
			if err := t.row(row, number); err != nil {
				return err
			}
			number++
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return u.broken(f, 0, 0, fmt.Errorf("row %d: %w", number, err))
		}
		if n == 0 {
			return u.broken(f, 0, 0, fmt.Errorf("row %d: no more rows can be read", number))
		}
	}
}

// parquetTable knows what the columns of a file fill.
type parquetTable struct {
	u       *unit
	fields  []field // by index of the column
	names   []string
	print   []func(parquet.Value) string
	current row
}

func (u *unit) parquetTable(schema *parquet.Schema) (*parquetTable, error) {
	t := &parquetTable{u: u}
	for _, path := range schema.Columns() {
		leaf, ok := schema.Lookup(path...)
		name := strings.Join(path, ".")
		if !ok || leaf.MaxRepetitionLevel > 0 {
			name = "" // lists are not read
		}
		t.names = append(t.names, name)
		t.print = append(t.print, parquetPrinter(leaf.Node))
	}
	byPath, ok := guessColumns(t.names, u.r.opts.Fields)
	if !ok {
		return nil, errors.New("no column can be the text; name it with --field text=COLUMN")
	}
	for _, name := range t.names {
		t.fields = append(t.fields, byPath[name])
	}
	u.noteGuess(u.files[0], byPath)
	return t, nil
}

// parquetPrinter writes the values of a column as text: times as RFC 3339.
func parquetPrinter(node parquet.Node) func(parquet.Value) string {
	plain := func(v parquet.Value) string {
		switch v.Kind() {
		case parquet.ByteArray, parquet.FixedLenByteArray:
			return string(v.ByteArray())
		default:
			return v.String()
		}
	}
	if node == nil || node.Type() == nil || node.Type().LogicalType() == nil {
		return plain
	}
	stamp, ok := node.Type().LogicalType().Value.(*parquetformat.TimestampType)
	if !ok || stamp.Unit.Value == nil {
		return plain
	}
	unit := stamp.Unit.Value.Duration()
	return func(v parquet.Value) string {
		if v.Kind() != parquet.Int64 {
			return plain(v)
		}
		n, each := v.Int64(), int64(time.Second/unit)
		at := time.Unix(n/each, n%each*int64(unit)).UTC()
		if !stamp.IsAdjustedToUTC {
			return message.Local(at).String()
		}
		return message.Instant(at).String()
	}
}

func (t *parquetTable) row(values parquet.Row, number int) error {
	f := t.u.files[0]
	source := f.name + ":" + strconv.Itoa(number) // the row
	r := &t.current
	r.reset()
	for _, v := range values {
		i := v.Column()
		if i < 0 || i >= len(t.fields) || v.IsNull() || t.names[i] == "" {
			continue
		}
		text := t.print[i](v)
		if t.fields[i] == fieldNone {
			r.rest = append(r.rest, [2]string{t.names[i], text})
			continue
		}
		if err := r.set(t.fields[i], text, &t.u.when); err != nil {
			return t.u.fail(Fault{File: source, Text: err.Error()})
		}
	}
	if r.oddTime {
		t.u.oddTime(source)
	}
	m, err := r.finish()
	if err != nil {
		return t.u.fail(Fault{File: source, Text: err.Error()})
	}
	copied := *m
	if copied.Source == "" {
		copied.Source = source
	}
	return t.u.emit(&copied)
}
