package speech

import (
	"bytes"

	"github.com/hookline/hookline/detector/source"
)

// Quoted returns the lines of a folded text that begin with ">", as mail and
// chat programs mark somebody else's words, as spans in order. A text that is
// quoted from end to end is nobody else's: it yields none.
func Quoted(body []byte) []source.Span {
	if bytes.IndexByte(body, '>') < 0 {
		return nil
	}
	var spans []source.Span
	own := false
	for start := 0; start < len(body); {
		end := len(body)
		if i := bytes.IndexByte(body[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		line := bytes.TrimSpace(body[start:end])
		switch {
		case len(line) > 0 && line[0] == '>':
			spans = appendSpan(spans, source.Span{Start: start, End: end})
		case len(line) > 0:
			own = true
		}
		start = end
	}
	if !own {
		return nil
	}
	return spans
}

func appendSpan(spans []source.Span, s source.Span) []source.Span {
	if n := len(spans); n > 0 && spans[n-1].End == s.Start {
		spans[n-1].End = s.End
		return spans
	}
	return append(spans, s)
}
