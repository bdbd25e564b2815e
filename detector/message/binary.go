package message

import (
	"encoding/binary"
	"errors"
)

// errShort says that an encoding ends in the middle or is none.
var errShort = errors.New("not the encoding of a message's place")

// AppendBinary appends the place's encoding, which DecodeOrder reads.
func (o Order) AppendBinary(dst []byte) []byte {
	flags := byte(o.Sent.kind)
	if o.HasSeq {
		flags |= hasSeqFlag
	}
	dst = append(dst, flags)
	if o.Sent.kind != unknownTime {
		dst = binary.AppendVarint(dst, o.Sent.sec)
		dst = binary.AppendVarint(dst, int64(o.Sent.nsec))
		dst = binary.AppendVarint(dst, int64(o.Sent.zone))
	}
	if o.HasSeq {
		dst = binary.AppendVarint(dst, o.Seq)
	}
	dst = binary.AppendVarint(dst, o.Position)
	dst = binary.AppendUvarint(dst, uint64(len(o.ID)))
	return append(dst, o.ID...)
}

const hasSeqFlag = 1 << 7

// DecodeOrder reads what AppendBinary wrote at the start of data, and returns
// the rest.
func DecodeOrder(data []byte) (o Order, rest []byte, err error) {
	if len(data) == 0 {
		return o, nil, errShort
	}
	flags := data[0]
	data = data[1:]
	next := func() (v int64) {
		v, n := binary.Varint(data)
		if n <= 0 {
			data, err = nil, errShort
			return 0
		}
		data = data[n:]
		return v
	}
	if o.Sent.kind = timeKind(flags &^ hasSeqFlag); o.Sent.kind > instant {
		return o, nil, errShort
	}
	if o.Sent.kind != unknownTime {
		o.Sent.sec, o.Sent.nsec, o.Sent.zone = next(), int32(next()), int16(next())
	}
	if o.HasSeq = flags&hasSeqFlag != 0; o.HasSeq {
		o.Seq = next()
	}
	o.Position = next()
	size, n := binary.Uvarint(data)
	if err != nil || n <= 0 || size > uint64(len(data)-n) {
		return o, nil, errShort
	}
	data = data[n:]
	o.ID = string(data[:size])
	return o, data[size:], nil
}
