package export

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzRow compares the scanner of rows with the standard library: they accept
// the same objects and read the same text.
func FuzzRow(f *testing.F) {
	for _, seed := range []string{
		`{"text":"a","id":1}`, `{"text":"\u00e9\ud83d\ude00\n\"","x":{"y":[1,2,{"z":null}]},"thread":null}`, `{"text":"\ud83d"}`, `{}`, `{"text":1e5}`,
		`{"text":"a",}`, `{"a":01}`, `{"text":"`, "{\"text\":\"\x00\"}", `{"text":"a"} x`, `{"TEXT":"a"}`, `{"text":true,"text":"b"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		var r row
		s := rowScanner{limit: 1000, row: &r, when: &whenReader{}, columns: newColumns(map[string]field{"text": fieldText})}
		err := s.read(line)
		var want map[string]any
		wantErr := json.Unmarshal([]byte(line), &want)
		if wantErr == nil && want == nil {
			return // null
		}
		if strings.Contains(line, "[") && err != nil && !strings.Contains(err.Error(), "JSON") {
			return // an array of other things as text
		}
		require.Equal(t, wantErr == nil, err == nil, "%v, the library: %v", err, wantErr)
		if text, ok := want["text"].(string); ok && err == nil {
			require.Equal(t, text, validText(r.m.Text))
		}
	})
}

// FuzzStream compares the walk over a stream with the standard library: the
// elements of an array are those that it reads.
func FuzzStream(f *testing.F) {
	f.Add(`{"a":[1,"x",{"b":[null,true]}, [] ,"\"]"]}`)
	f.Add(`[{"a":"b"}`)
	f.Add("{\"a\" : [\n1\n,\n2 ] , \"b\":{}}")
	f.Fuzz(func(t *testing.T, text string) {
		j := newJSONReader(strings.NewReader(text), Limits{Record: 1 << 20, Depth: 10_000})
		j.buf = make([]byte, 0, 7) // values lie across the ends of the buffer
		var got []string
		err := j.object(func(key string) error {
			if key != "a" {
				return j.skip()
			}
			return j.array(func() error {
				raw, err := j.raw()
				got = append(got, string(raw))
				return err
			})
		})
		var want struct{ A []json.RawMessage }
		if json.Unmarshal([]byte(text), &want) != nil || strings.Contains(text, `"A"`) || strings.Count(text, `"a"`) != 1 || strings.Contains(text, `\u`) {
			return
		}
		require.NoError(t, err)
		require.Equal(t, len(want.A), len(got))
		for i := range got {
			require.Equal(t, string(bytes.TrimSpace(want.A[i])), got[i])
		}
	})
}

// FuzzXML compares the reader of XML with the standard library: of what that
// reads without a fault it finds the same elements and attributes.
func FuzzXML(f *testing.F) {
	for _, seed := range []string{
		`<smses count="1"><sms address="+447700900123" body="a &amp; b &#55357;&#56832;" date='1'/></smses>`,
		`<a><b x="1"><![CDATA[ <c> ]]]></b><!-- > --><d/></a>`, `<a x="`, `<a><b x="<c/>"/></a>`, "<a\n\tx = \"1\"\ny='2' />", `<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got []string
		x := newXMLReader(newBuffered(strings.NewReader(text)), 1<<20)
		for {
			token, err := x.next()
			if err != nil {
				break
			}
			if token.kind == '<' {
				got = append(got, token.name)
				for _, a := range token.attrs {
					got = append(got, a.name+"="+a.value)
				}
			}
		}
		if strings.ContainsAny(text, "\r?!:") || strings.Contains(text, "&#") {
			return // where the two differ by intent
		}
		var want []string
		for d := xml.NewDecoder(strings.NewReader(text)); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				return
			}
			if start, ok := token.(xml.StartElement); ok {
				want = append(want, start.Name.Local)
				for _, a := range start.Attr {
					want = append(want, a.Name.Local+"="+a.Value)
				}
			}
		}
		require.Equal(t, want, got)
	})
}

// FuzzDate reads any text as a date: no panic, and what is read can be printed
// and read again.
func FuzzDate(f *testing.F) {
	for _, seed := range []string{"Thu, 5 Mar 2026 21:08:00 +0800 (CST)", "5/3/26, 9:08 p. m.", "2026年3月5日 下午9:08", "٥/٣/٢٠٢٦، ٩:٠٨ م", "9 лютого 2026 р. 12:55", "1772741280.5", "2026-03-05T21:08:00Z"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sent, ok := (&whenReader{}).read(text)
		if ok {
			require.NotEmpty(t, sent.String())
		}
	})
}
