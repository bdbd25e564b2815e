package wire

import "bytes"

// Portion tells how many payloads to take for so many messages, from how many
// lines those before them had. The zero Portion is careful.
type Portion struct{ lines int }

// manyLines is what a payload is taken to have before one was seen.
const manyLines = 64

// Payloads is how many hold about so many messages, at least one.
func (p *Portion) Payloads(messages int) int {
	lines := p.lines
	if lines == 0 {
		lines = manyLines
	}
	return max(1, messages/lines)
}

// Took learns from payloads that were taken: their lines, the mean rounded up.
func (p *Portion) Took(payloads []Payload) {
	lines := 0
	for i := range payloads {
		data := bytes.TrimSuffix(payloads[i].Data, []byte("\n"))
		lines += 1 + bytes.Count(data, []byte("\n"))
	}
	if n := len(payloads); n > 0 {
		p.lines = (lines + n - 1) / n
	}
}
