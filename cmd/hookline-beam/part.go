package main

import (
	"encoding/binary"
	"errors"

	"github.com/hookline/hookline/detector"
)

// part is some of a thread: what was found in its messages, and their counts.
type part struct {
	matches   detector.Matches
	messages  int
	languages detector.Languages
}

// merge adds another part.
func (p *part) merge(other *part) {
	if other.matches.Said() || !p.matches.Absorbs(&other.matches) {
		p.matches.Merge(other.matches)
	}
	p.messages += other.messages
	for _, l := range other.languages {
		p.languages.Add(l.Code, l.Messages)
	}
}

// append appends the encoding of a part.
func (p *part) append(dst []byte, d *detector.Detector) []byte {
	dst = binary.AppendUvarint(dst, uint64(p.messages))
	dst = binary.AppendUvarint(dst, uint64(len(p.languages)))
	for _, l := range p.languages {
		dst = binary.AppendUvarint(dst, uint64(len(l.Code)))
		dst = append(dst, l.Code...)
		dst = binary.AppendUvarint(dst, uint64(l.Messages))
	}
	return d.AppendMatches(dst, &p.matches)
}

// errPart is that of bytes that no append wrote.
var errPart = errors.New("not a part of a thread")

// decodePart reads what append wrote.
func decodePart(data []byte, d *detector.Detector) (p part, err error) {
	number := func() int {
		n, size := binary.Uvarint(data)
		if size <= 0 || n > 1<<31-1 {
			err, data = errPart, nil
			return 0
		}
		data = data[size:]
		return int(n)
	}
	p.messages = number()
	for range number() {
		size := number()
		if err != nil || size > len(data) {
			return p, errPart
		}
		code := string(data[:size])
		data = data[size:]
		p.languages.Add(code, number())
	}
	if err != nil {
		return p, err
	}
	p.matches, err = d.DecodeMatches(data)
	return p, err
}
