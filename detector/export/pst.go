package export

import (
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

var pstFormat = format{
	Format: Format{
		Name: "pst", Title: "Outlook mailbox (.pst, ANSI and Unicode)",
		Recognised: "begins !BDN",
		Kinds:      []message.Kind{message.Email},
	},
	chat: true, twice: true,
	sniff: func(s *sample) int {
		if s.magic("!BDN") {
			return certain
		}
		return 0
	},
	read: readPST,
}

// readPST reads every message of the file, whatever folder it lies in.
func readPST(u *unit) error {
	f := u.files[0]
	disk, err := f.onDisk(&u.r.temp)
	if err != nil {
		return err
	}
	defer disk.Close()
	p, err := openPST(disk, u.r.limits.Record)
	if err != nil {
		return err
	}
	others := 0
	fault := func(err error) error { return u.fail(Fault{File: f.name, Text: faultText(err)}) }
	err = p.eachNode(func(n pstNode) error {
		if n.id&0x1f != 4 { // a normal message
			return nil
		}
		fields, err := p.properties(n)
		if err != nil {
			return fault(fmt.Errorf("item %d: %w", n.id, err))
		}
		if class := fields.text("001A"); class != "" && !mailClass(class) {
			others++
			return nil
		}
		return u.mapi(fields, place(f.name, int(n.id), 0))
	}, fault)
	if others > 0 {
		u.note(f, fmt.Sprintf("items that are no mails (appointments, contacts, tasks): %d", others))
	}
	return err
}

// mailClass says whether items of a class were sent by somebody.
func mailClass(class string) bool {
	class = strings.ToUpper(class)
	for _, prefix := range []string{"IPM.NOTE", "IPM.POST", "IPM.SCHEDULE", "REPORT.", "IPM.DISCUSSION", "IPM.SKYPETEAMS"} {
		if strings.HasPrefix(class, prefix) {
			return true
		}
	}
	return class == "IPM"
}

// pstHeap is the data of a node as a heap: pieces that are named by block and
// index.
type pstHeap struct{ blocks [][]byte }

// piece is the bytes of a heap id.
func (h pstHeap) piece(id uint32) ([]byte, error) {
	block, index := int(id>>16), int(id>>5&0x7ff)
	if id&0x1f != 0 || index == 0 || block >= len(h.blocks) {
		return nil, errPST
	}
	raw := h.blocks[block]
	if len(raw) < 2 {
		return nil, errPST
	}
	table := int(binary.LittleEndian.Uint16(raw))
	at := table + 4 + (index-1)*2
	if at+4 > len(raw) || index > int(binary.LittleEndian.Uint16(raw[min(table, len(raw)-2):])) {
		return nil, errPST
	}
	from, to := int(binary.LittleEndian.Uint16(raw[at:])), int(binary.LittleEndian.Uint16(raw[at+2:]))
	if from > to || to > len(raw) {
		return nil, errPST
	}
	return raw[from:to], nil
}

// properties reads the table of properties of a node.
func (p *pstFile) properties(n pstNode) (*msgFields, error) {
	blocks, err := p.data(n.data)
	if err != nil {
		return nil, err
	}
	if len(blocks) == 0 || len(blocks[0]) < 12 || blocks[0][2] != 0xec || blocks[0][3] != 0xbc {
		return nil, errPST
	}
	h := pstHeap{blocks}
	head, err := h.piece(binary.LittleEndian.Uint32(blocks[0][4:]))
	if err != nil || len(head) < 8 || head[0] != 0xb5 || head[1] != 2 || head[2] != 6 {
		return nil, errPST
	}
	fields := &msgFields{streams: map[string][]byte{}, times: map[uint32]int64{}, numbers: map[uint32]uint32{}}
	root := binary.LittleEndian.Uint32(head[4:])
	if root == 0 {
		return fields, nil
	}
	return fields, p.records(h, root, int(head[3]), func(record []byte) {
		p.property(h, n, record, fields)
	})
}

// records calls do for the records under a place of a tree in the heap.
func (p *pstFile) records(h pstHeap, id uint32, levels int, do func([]byte)) error {
	raw, err := h.piece(id)
	if err != nil || levels > 5 {
		return errPST
	}
	size := 8
	if levels > 0 {
		size = 6
	}
	for ; len(raw) >= size; raw = raw[size:] {
		if levels == 0 {
			do(raw[:size])
			continue
		}
		if err := p.records(h, binary.LittleEndian.Uint32(raw[2:]), levels-1, do); err != nil {
			return err
		}
	}
	return nil
}

// wantedProperty knows the properties that a mail is made of.
func wantedProperty(id uint16) bool {
	switch id {
	case 0x001a, 0x0037, 0x0039, 0x0042, 0x0065, 0x0c1a, 0x0c1f, 0x0e06, 0x1000, 0x1009, 0x1013, 0x1035, 0x1039, 0x1042, 0x3007, 0x3fde, 0x3ffd, 0x5d01, 0x0e04:
		return true
	}
	return false
}

// property reads the value of a record: within it, in the heap, or in a node
// of its own.
func (p *pstFile) property(h pstHeap, n pstNode, record []byte, fields *msgFields) {
	id, kind := binary.LittleEndian.Uint16(record), binary.LittleEndian.Uint16(record[2:])
	value := binary.LittleEndian.Uint32(record[4:])
	if !wantedProperty(id) {
		return
	}
	tag := uint32(id)<<16 | uint32(kind)
	if kind == 3 {
		fields.numbers[tag] = value
		return
	}
	if value == 0 {
		return
	}
	var raw []byte
	if value&0x1f == 0 {
		raw, _ = h.piece(value) // what is broken is left out
	} else if inner, err := p.subnode(n.sub, value); err == nil {
		blocks, err := p.data(inner.data)
		if err != nil {
			return
		}
		for _, block := range blocks {
			raw = append(raw, block...)
		}
	}
	switch {
	case kind == 0x40 && len(raw) >= 8:
		fields.times[tag] = int64(binary.LittleEndian.Uint64(raw))
	case kind == 0x1e || kind == 0x1f || kind == 0x102:
		fields.streams[fmt.Sprintf("%04X%04X", id, kind)] = raw
	}
}
