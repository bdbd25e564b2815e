package export

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// A PST file is, from the bottom up ([MS-PST]): pages of two B-trees (nodes:
// what there is; blocks: where its bytes are), blocks of data, heaps in the
// data of nodes, and in the heaps tables of properties. Old files (ANSI) have
// numbers of 32 bits, newer ones (Unicode) of 64.

// pstFile reads nodes and blocks. It reads only forward in depth, so that no
// loop in the file can hold it.
type pstFile struct {
	in      io.ReaderAt
	wide    bool // Unicode
	mixed   bool // bytes are substituted
	limit   int  // bytes of a node's data
	nodes   pstRoot
	blocks  pstRoot
	pages   map[int64][]byte
	decoded [256]byte
}

// pstRoot is the place of the top page of a tree.
type pstRoot struct{ offset int64 }

// pstNode is a node: its data, and the nodes within it.
type pstNode struct {
	id        uint32
	data, sub uint64
}

var errPST = errors.New("the structure of the PST is broken")

// pstDecode undoes the substitution of bytes that Outlook calls compressible
// encryption ([MS-PST] 5.1).
const pstDecode = "47f1b4e60b6a7248854e9eebe2f89453e0bba002e85a09abdbe3bac67cc310dd39059630f53760828cc9134a6b1df3fb" +
	"8f2697ca911701c4322d6e3195ffd923d1005e79dc443b1a28c5615720903d83b943be67d2464276c06d5b7eb20f1629" +
	"3ca903540dda5ddff6b7c762cd8d06d3695c86d614f7a56675acb1e94521700c879f74a4224c6fbf1f56aa2eb3783350" +
	"b0a392bccf191ca763cb1e4d3e4b1b9b4fe7f0eead3ab55904ea40552551e57a893868527bfc27aed7bdfa07f4cc8e5f" +
	"ef359c842b15d5773449b6120a7f7188fd9d18417d93d8582ccefe24afdeb836c8a180a69998a82f0e816573e4c2a28a" +
	"d4e111d0088b2af2ed9a643fc16cf9ec"

func openPST(in io.ReaderAt, limit int) (*pstFile, error) {
	head := make([]byte, 564)
	if _, err := in.ReadAt(head, 0); err != nil {
		return nil, err
	}
	p := &pstFile{in: in, limit: limit, pages: map[int64][]byte{}}
	crypt := head[461]
	switch version := binary.LittleEndian.Uint16(head[10:]); {
	case version == 14 || version == 15:
		p.nodes.offset = int64(binary.LittleEndian.Uint32(head[188:]))
		p.blocks.offset = int64(binary.LittleEndian.Uint32(head[196:]))
	case version >= 36:
		return nil, fmt.Errorf("an OST of Outlook 2013 or later: export it from Outlook as PST")
	default:
		p.wide = true
		p.nodes.offset = int64(binary.LittleEndian.Uint64(head[224:]))
		p.blocks.offset = int64(binary.LittleEndian.Uint64(head[240:]))
		crypt = head[513]
	}
	if crypt > 1 {
		return nil, fmt.Errorf("the PST has high encryption: export it from Outlook without")
	}
	p.mixed = crypt == 1
	if _, err := hex.Decode(p.decoded[:], []byte(pstDecode)); err != nil {
		return nil, err
	}
	return p, nil
}

// number reads an id or an offset of the width of the file.
func (p *pstFile) number(raw []byte) uint64 {
	if p.wide {
		return binary.LittleEndian.Uint64(raw)
	}
	return uint64(binary.LittleEndian.Uint32(raw))
}

func (p *pstFile) width() int {
	if p.wide {
		return 8
	}
	return 4
}

// page reads a page of 512 bytes and what its end says: how many entries, of
// what size, and its level above the leaves.
func (p *pstFile) page(offset int64) (entries []byte, count, size, level int, err error) {
	raw, known := p.pages[offset]
	if !known {
		raw = make([]byte, 512)
		if offset <= 0 {
			return nil, 0, 0, 0, errPST
		}
		if _, err := p.in.ReadAt(raw, offset); err != nil {
			return nil, 0, 0, 0, err
		}
		if len(p.pages) > 8192 {
			clear(p.pages)
		}
		p.pages[offset] = raw
	}
	at := 496
	if p.wide {
		at = 488
	}
	count, size, level = int(raw[at]), int(raw[at+2]), int(raw[at+3])
	if count*size > at || size < 3*p.width() || level > 12 {
		return nil, 0, 0, 0, errPST
	}
	return raw[:at], count, size, level, nil
}

// eachNode calls do for the nodes of the file in the order of their ids. A
// broken page is told by fault, and its nodes are passed over.
func (p *pstFile) eachNode(do func(pstNode) error, fault func(error) error) error {
	return p.nodesUnder(p.nodes.offset, 13, do, fault)
}

func (p *pstFile) nodesUnder(offset int64, above int, do func(pstNode) error, fault func(error) error) error {
	entries, count, size, level, err := p.page(offset)
	if err == nil && level >= above {
		err = errPST
	}
	if err != nil {
		return fault(err)
	}
	w := p.width()
	for i := range count {
		e := entries[i*size:]
		if level == 0 {
			if size < 4*w && size < 3*w+4 {
				return fault(errPST)
			}
			err = do(pstNode{id: uint32(p.number(e)), data: p.number(e[w:]), sub: p.number(e[2*w:])})
		} else {
			err = p.nodesUnder(int64(p.number(e[2*w:])), level, do, fault)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// block finds a block by its id and reads it.
func (p *pstFile) block(id uint64) ([]byte, error) {
	id &^= 1
	w := p.width()
	offset, above := p.blocks.offset, 13
	for {
		entries, count, size, level, err := p.page(offset)
		if err != nil {
			return nil, err
		}
		if level >= above {
			return nil, errPST
		}
		found := -1
		for i := range count {
			key := p.number(entries[i*size:]) &^ 1
			if level > 0 && key <= id || level == 0 && key == id {
				found = i
			}
		}
		if found < 0 {
			return nil, errPST
		}
		e := entries[found*size:]
		if level > 0 {
			offset, above = int64(p.number(e[2*w:])), level
			continue
		}
		raw := make([]byte, binary.LittleEndian.Uint16(e[2*w:]))
		if _, err := p.in.ReadAt(raw, int64(p.number(e[w:]))); err != nil {
			return nil, err
		}
		if p.mixed && id&2 == 0 {
			for i, c := range raw {
				raw[i] = p.decoded[c]
			}
		}
		return raw, nil
	}
}

// data reads the blocks of a node, up to the limit.
func (p *pstFile) data(id uint64) ([][]byte, error) {
	left := p.limit
	return p.dataUnder(id, 3, &left)
}

func (p *pstFile) dataUnder(id uint64, above int, left *int) (blocks [][]byte, err error) {
	if id == 0 {
		return nil, nil
	}
	raw, err := p.block(id)
	if err != nil {
		return nil, err
	}
	if *left -= len(raw) + 64; *left < 0 {
		return nil, fmt.Errorf("an item is above the limit")
	}
	if id&2 == 0 {
		return [][]byte{raw}, nil
	}
	if len(raw) < 8 || raw[0] != 1 || int(raw[1]) >= above {
		return nil, errPST
	}
	w := p.width()
	for i := range int(binary.LittleEndian.Uint16(raw[2:])) {
		at := 8 + i*w
		if at+w > len(raw) {
			return nil, errPST
		}
		more, err := p.dataUnder(p.number(raw[at:]), int(raw[1]), left)
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, more...)
	}
	return blocks, nil
}

// subnode finds a node within a node.
func (p *pstFile) subnode(tree uint64, want uint32) (pstNode, error) {
	w := p.width()
	for above := 3; tree != 0; {
		raw, err := p.block(tree)
		if err != nil {
			return pstNode{}, err
		}
		if len(raw) < 4 || raw[0] != 2 || int(raw[1]) >= above {
			return pstNode{}, errPST
		}
		above = int(raw[1])
		start, size := 4, 3*w
		if p.wide {
			start = 8
		}
		if above > 0 {
			size = 2 * w
		}
		tree = 0
		for i := range int(binary.LittleEndian.Uint16(raw[2:])) {
			at := start + i*size
			if at+size > len(raw) {
				return pstNode{}, errPST
			}
			key := uint32(p.number(raw[at:]))
			switch {
			case above > 0 && key <= want:
				tree = p.number(raw[at+w:])
			case above == 0 && key == want:
				return pstNode{id: key, data: p.number(raw[at+w:]), sub: p.number(raw[at+2*w:])}, nil
			}
		}
	}
	return pstNode{}, errPST
}
