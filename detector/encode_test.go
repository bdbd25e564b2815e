package detector_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// encoded is the verdict as encoding/json writes it.
func encoded(t testing.TB, v *detector.Verdict) string {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	require.NoError(t, encoder.Encode(v))
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// oddities are texts and numbers that encoders differ in.
var (
	oddTexts  = []string{"", "plain", "<b>&amp;", "a\"\\\b\f\n\r\t\x00\x1f\x7f", "\u2028\u2029", "\xff\xfe点赞😊", "\ufffd"}
	oddFloats = []float64{0, 0.1, 99.9, -4.5951, 1e-7, 3e-12, 1e21, 25, 1.0 / 3}
)

// fill puts odd values into everything that a value holds.
func fill(v reflect.Value, r *rand.Rand) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(oddTexts[r.IntN(len(oddTexts))])
	case reflect.Float64:
		v.SetFloat(oddFloats[r.IntN(len(oddFloats))])
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(r.IntN(200000) - 100000))
	case reflect.Uint8:
		v.SetUint(uint64(r.IntN(4)))
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[message.Time]() {
			if r.IntN(2) == 0 {
				v.Set(reflect.ValueOf(message.Instant(time.Unix(r.Int64N(1e10), 0))))
			}
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), r)
		}
	case reflect.Pointer:
		if r.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), r)
		}
	case reflect.Slice:
		if r.IntN(4) > 0 {
			v.Set(reflect.MakeSlice(v.Type(), r.IntN(4), 4))
			for i := range v.Len() {
				fill(v.Index(i), r)
			}
		}
	case reflect.Map:
		if r.IntN(4) > 0 {
			v.Set(reflect.MakeMap(v.Type()))
			for range r.IntN(4) {
				key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
				fill(key, r)
				fill(value, r)
				v.SetMapIndex(key, value)
			}
		}
	}
}

// A verdict is written as encoding/json would: of every field, with every kind
// of odd value, so that a field that is added later cannot be forgotten.
func TestAppendJSON(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var v detector.Verdict
		fill(reflect.ValueOf(&v).Elem(), r)
		require.Equal(t, encoded(t, &v), string(v.AppendJSON(nil)))
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	d := builtin(b)
	v := d.Judge(d.Match(&message.Message{ID: "m1", Sender: "Ada", Text: "Deposit 500 USDT to the trading platform, guaranteed profit every day, message me on Telegram @desk_example"}))
	var dst []byte
	b.ReportAllocs()
	for b.Loop() {
		dst = v.AppendJSON(dst[:0])
	}
}
