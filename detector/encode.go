package detector

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// AppendJSON appends the verdict as encoding/json writes it, without escapes
// for HTML, many times faster.
func (v *Verdict) AppendJSON(dst []byte) []byte {
	w := writer{dst}
	w.raw(`{"schema":`).int(v.Schema)
	w.text(`,"rules":`, v.Rules)
	w.text(`,"source":`, v.Source)
	w.text(`,"thread":`, v.Thread)
	w.optional(`,"message":`, v.Message)
	w.raw(`,"messages":`).int(v.Messages)
	w.raw(`,"score":`).float(v.Score)
	w.raw(`,"logit":`).weight(v.Logit)
	w.raw(`,"bias":`).weight(v.Bias)
	w.text(`,"band":`, v.Band.String())
	w.texts(`,"band_reason":`, v.BandReason)
	w.text(`,"queue":`, v.Queue.String())
	if len(v.Also) > 0 {
		list(w.raw(`,"also":`), v.Also, func(q *rule.Queue) { w.text(``, q.String()) })
	}
	w.text(`,"action":`, v.Action)
	w.raw(`,"priority":`).int(v.Priority)
	w.raw(`,"risk":{"stage":`).int(v.Risk.Stage)
	w.raw(`,"loss":`).int(v.Risk.Loss)
	w.raw(`,"person":`).int(v.Risk.Person)
	w.raw(`},"categories":`).scores(v.Categories)
	w.texts(`,"tags":`, v.Tags)
	w.optional(`,"stage":`, v.Stage)
	w.optional(`,"next":`, v.Next)
	if len(v.Stages) > 0 {
		list(w.raw(`,"stages":`), v.Stages, w.stage)
	}
	if v.FirstAlert != nil {
		w.alert(v.FirstAlert)
	}
	w.optional(`,"language":`, v.Language)
	if len(v.Languages) > 0 {
		w.raw(`,"languages":`).languages(v.Languages)
	}
	list(w.raw(`,"evidence":`), v.Evidence, w.evidence)
	if len(v.Opposing) > 0 {
		list(w.raw(`,"opposing":`), v.Opposing, w.evidence)
	}
	list(w.raw(`,"contributions":`), v.Contributions, w.contribution)
	if len(v.Resembles) > 0 {
		list(w.raw(`,"resembles":`), v.Resembles, w.resembling)
	}
	if len(v.Identifiers) > 0 {
		list(w.raw(`,"identifiers":`), v.Identifiers, w.identifier)
	}
	if len(v.Notes) > 0 {
		w.texts(`,"notes":`, v.Notes)
	}
	w.optional(`,"sender":`, v.Sender)
	w.raw(`}`)
	return w.dst
}

// writer appends JSON.
type writer struct{ dst []byte }

func (w *writer) raw(text string) *writer {
	w.dst = append(w.dst, text...)
	return w
}

func (w *writer) int(n int) { w.dst = strconv.AppendInt(w.dst, int64(n), 10) }

func (w *writer) weight(x score.Weight) { w.dst = x.Append(w.dst) }

// float writes a number as encoding/json does: with an exponent only where it
// is very small or large.
func (w *writer) float(x float64) {
	if a := math.Abs(x); a != 0 && (a < 1e-6 || a >= 1e21) {
		w.dst = strconv.AppendFloat(w.dst, x, 'e', -1, 64)
		if n := len(w.dst); w.dst[n-4] == 'e' && w.dst[n-3] == '-' && w.dst[n-2] == '0' { // e-09 to e-9
			w.dst = append(w.dst[:n-2], w.dst[n-1])
		}
		return
	}
	w.dst = strconv.AppendFloat(w.dst, x, 'f', -1, 64)
}

func (w *writer) text(name, value string) {
	w.dst = appendText(append(w.dst, name...), value)
}

// appendText appends a JSON string. What needs an escape is left to
// encoding/json.
func appendText(dst []byte, text string) []byte {
	if plainText(text) {
		return append(append(append(dst, '"'), text...), '"')
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic(err) // of a string there is none
	}
	return append(dst, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}

// plainText says whether JSON writes a text as it is.
func plainText(text string) bool {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	at := 0
	for ; at+8 <= len(text); at += 8 {
		eight := binary.LittleEndian.Uint64([]byte(text[at : at+8]))
		quote, slash := eight^'"'*ones, eight^'\\'*ones
		odd := eight | (eight - ' '*ones) | (quote - ones) | (slash - ones) // high bits; a borrow may set one for nothing
		if odd&highs != 0 {
			break
		}
	}
	ascii := true
	for ; at < len(text); at++ {
		c := text[at]
		if c < ' ' || c == '"' || c == '\\' || c == 0xe2 { // U+2028 begins so
			return false
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	return ascii || utf8.ValidString(text)
}

func (w *writer) optional(name, value string) {
	if value != "" {
		w.text(name, value)
	}
}

func (w *writer) texts(name string, values []string) {
	list(w.raw(name), values, func(s *string) { w.text(``, *s) })
}

func (w *writer) sent(t message.Time) {
	if !t.IsZero() {
		w.dst = append(t.Append(append(w.dst, `,"sent":"`...)), '"')
	}
}

func (w *writer) bool(b bool) { w.dst = strconv.AppendBool(w.dst, b) }

// list writes an array; null for nil, as encoding/json does.
func list[T any](w *writer, values []T, each func(*T)) {
	if values == nil {
		w.raw(`null`)
		return
	}
	w.raw(`[`)
	for i := range values {
		if i > 0 {
			w.raw(`,`)
		}
		each(&values[i])
	}
	w.raw(`]`)
}

// scores writes a map by its keys in order.
func (w *writer) scores(scores map[string]float64) {
	if scores == nil {
		w.raw(`null`)
		return
	}
	if len(scores) == 0 {
		w.raw(`{}`)
		return
	}
	w.raw(`{`)
	comma := ``
	for _, key := range slices.Sorted(maps.Keys(scores)) {
		w.text(comma, key)
		w.raw(`:`).float(scores[key])
		comma = `,`
	}
	w.raw(`}`)
}

func (w *writer) languages(all Languages) {
	w.raw(`{`)
	comma := ``
	for _, l := range all {
		w.text(comma, l.Code)
		w.raw(`:`).int(l.Messages)
		comma = `,`
	}
	w.raw(`}`)
}

func (w *writer) stage(s *Stage) {
	w.text(`{"stage":`, s.Stage)
	w.text(`,"message":`, s.Message)
	w.sent(s.Sent)
	w.raw(`}`)
}

func (w *writer) alert(a *Alert) {
	w.text(`,"first_alert":{"message":`, a.Message)
	w.sent(a.Sent)
	w.text(`,"band":`, a.Band.String())
	w.raw(`}`)
}

func (w *writer) evidence(e *Evidence) {
	w.text(`{"rule":`, e.Rule)
	w.text(`,"message":`, e.Message)
	w.raw(`,"start":`).int(e.Start)
	w.raw(`,"end":`).int(e.End)
	w.text(`,"text":`, e.Text)
	w.text(`,"view":`, e.View)
	w.text(`,"role":`, e.Role)
	w.text(`,"act":`, e.Act)
	w.raw(`,"weight":`).weight(e.Weight)
	w.raw(`}`)
}

func (w *writer) contribution(c *score.Contribution) {
	w.text(`{"category":`, c.Category)
	w.text(`,"family":`, c.Family)
	w.text(`,"rule":`, c.Rule)
	w.raw(`,"weight":`).weight(c.Weight)
	w.raw(`}`)
}

func (w *writer) resembling(r *Resembling) {
	w.text(`{"script":`, r.Script)
	w.raw(`,"similarity":`).float(r.Similarity)
	w.raw(`}`)
}

func (w *writer) identifier(id *Identifier) {
	w.text(`{"type":`, id.Type)
	w.text(`,"value":`, id.Value)
	w.text(`,"message":`, id.Message)
	w.raw(`,"start":`).int(id.Start)
	w.raw(`,"end":`).int(id.End)
	w.raw(`,"valid":`).bool(id.Valid)
	w.raw(`}`)
}
