package message

import (
	"cmp"
	"strings"
)

// Order is a message's place in its thread: all that an order of messages may
// look at.
type Order struct {
	Sent     Time   `json:"sent,omitzero"`
	Seq      int64  `json:"seq,omitempty"`
	HasSeq   bool   `json:"has_seq,omitempty"`
	Position int64  `json:"position,omitempty"`
	ID       string `json:"id"`
}

// Order returns the message's place.
func (m *Message) Order() Order {
	return Order{Sent: m.Sent, Seq: m.Seq, HasSeq: m.HasSeq, Position: m.Position, ID: m.ID}
}

// Basis says which parts of an Order every message of a thread has. It is a
// set of faults, so that the bases of two halves of a thread merge by union.
// The zero Basis is that of a thread without messages.
type Basis uint8

const (
	lacksSent Basis = 1 << iota
	hasLocal
	hasInstant
	lacksSeq
)

// Basis returns the basis of a thread of just this message.
func (o Order) Basis() (b Basis) {
	switch o.Sent.kind {
	case unknownTime:
		b |= lacksSent
	case localTime:
		b |= hasLocal
	case instant:
		b |= hasInstant
	}
	if !o.HasSeq {
		b |= lacksSeq
	}
	return b
}

// Merge returns the basis of two parts of a thread together.
func (b Basis) Merge(other Basis) Basis { return b | other }

// Timed says whether all messages have times that compare.
func (b Basis) Timed() bool {
	return b&lacksSent == 0 && b&(hasLocal|hasInstant) != hasLocal|hasInstant
}

// Compare is the order of messages in a thread of this basis: sent, if every
// message has a comparable one, then seq, likewise, then the position in the
// source, then the id.
func (b Basis) Compare(x, y Order) int {
	if b.Timed() {
		if c := x.Sent.Compare(y.Sent); c != 0 {
			return c
		}
	}
	if b&lacksSeq == 0 {
		if c := cmp.Compare(x.Seq, y.Seq); c != 0 {
			return c
		}
	}
	if c := cmp.Compare(x.Position, y.Position); c != 0 {
		return c
	}
	return strings.Compare(x.ID, y.ID)
}

// Compare is a total order that needs no basis, for choosing which of many to
// keep: times first where there are any, then seq, position and id. Where the
// thread has a uniform basis, the two orders agree.
func (o Order) Compare(other Order) int {
	if c := o.Sent.Compare(other.Sent); c != 0 {
		return c
	}
	if o.HasSeq != other.HasSeq {
		if o.HasSeq {
			return 1
		}
		return -1
	}
	if c := cmp.Compare(o.Seq, other.Seq); c != 0 {
		return c
	}
	if c := cmp.Compare(o.Position, other.Position); c != 0 {
		return c
	}
	return strings.Compare(o.ID, other.ID)
}
