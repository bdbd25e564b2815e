package export

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// maxDepth is how deep archives may nest: an archive in an archive, whose
// members may be compressed.
const maxDepth = 3

var (
	errRatio = errors.New("it unpacks to far more than a message export does: left off")
	errTotal = errors.New("it unpacks to more than the limit: left off")
)

// isHolder knows archives and compressed files by their magic bytes.
func isHolder(s *sample) bool {
	return holderKind(s.raw) != ""
}

func holderKind(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return "zip"
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return "gzip"
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		return "zstd"
	case bytes.HasPrefix(head, []byte("BZh")) && len(head) > 10 && (string(head[4:10]) == "1AY&SY" || string(head[4:10]) == "\x17\x72\x45\x38\x50\x90"):
		return "bzip2"
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return "tar"
	}
	return ""
}

// isMedia knows pictures, sound and films, which exports carry along.
func isMedia(s *sample) bool {
	for _, magic := range []string{"\xff\xd8\xff", "\x89PNG", "GIF8", "OggS", "ID3", "\xff\xfb", "\xff\xf1", "\x1aE\xdf\xa3", "%PDF", "#!AMR", "caff", "II*\x00", "MM\x00*"} {
		if s.magic(magic) {
			return true
		}
	}
	return len(s.raw) > 12 && (string(s.raw[4:8]) == "ftyp" || string(s.raw[:4]) == "RIFF")
}

// guard bounds what an archive unpacks to.
type guard struct {
	limits Limits
	packed int64 // bytes of the archive, or of it that were read so far
	spent  int64
}

// counted counts the packed bytes that are read.
type counted struct {
	in    io.Reader
	guard *guard
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.guard.packed += int64(n)
	return n, err
}

// freeBytes may be unpacked at any ratio.
const freeBytes = 16 << 20

func (g *guard) take(n int) error {
	g.spent += int64(n)
	switch {
	case g.spent > g.limits.Total:
		return errTotal
	case g.packed > 0 && g.spent > freeBytes && g.spent/g.packed > g.limits.Ratio:
		return errRatio
	}
	return nil
}

// guarded is a stream out of an archive.
type guarded struct {
	in    io.Reader
	close func() error
	guard *guard
}

func (g *guarded) Read(p []byte) (int, error) {
	n, err := g.in.Read(p)
	if over := g.guard.take(n); over != nil {
		return 0, over
	}
	return n, err
}

func (g *guarded) Close() error {
	if g.close == nil {
		return nil
	}
	return g.close()
}

// readHolder reads what is in an archive or a compressed file.
func (r *Reader) readHolder(ctx context.Context, f *file, depth int) error {
	if depth >= maxDepth {
		return r.fail(Fault{File: f.name, Text: "archives nest too deep"})
	}
	head, err := f.peek()
	if err != nil {
		return r.fail(Fault{File: f.name, Text: faultText(err)})
	}
	switch kind := holderKind(head); kind {
	case "zip":
		return r.readZip(ctx, f, depth)
	case "tar":
		return r.readTar(ctx, f, depth)
	default:
		return r.readPacked(ctx, f, kind, depth)
	}
}

// readPacked reads a compressed file, which may be an archive in turn.
func (r *Reader) readPacked(ctx context.Context, f *file, kind string, depth int) error {
	inner := &file{name: f.name, path: strings.TrimSuffix(f.path, path.Ext(f.path)), size: -1, once: f.once}
	inner.open = func() (io.ReadCloser, error) {
		in, err := f.open()
		if err != nil {
			return nil, err
		}
		g := &guard{limits: r.limits}
		out, err := unpacker(&counted{in, g}, kind)
		if err != nil {
			in.Close()
			return nil, err
		}
		return &guarded{in: out, close: in.Close, guard: g}, nil
	}
	if f.once {
		in, err := inner.open()
		if err == nil {
			inner, err = newStream(f.name, in)
		}
		if err != nil {
			return r.fail(Fault{File: f.name, Text: faultText(err)})
		}
		inner.path = f.path
	}
	return r.readTree(ctx, []*file{inner}, depth+1)
}

func unpacker(in io.Reader, kind string) (io.Reader, error) {
	switch kind {
	case "gzip":
		return gzip.NewReader(in)
	case "zstd":
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(128<<20))
		if err != nil {
			return nil, err
		}
		return z.IOReadCloser(), nil
	default:
		return bzip2.NewReader(in), nil
	}
}

// readZip reads the members of a zip. A zip whose directory is lost (a copy
// that was cut off) is a fault.
func (r *Reader) readZip(ctx context.Context, f *file, depth int) error {
	disk, err := f.onDisk(&r.temp)
	if err != nil {
		return r.fail(Fault{File: f.name, Text: faultText(err)})
	}
	defer disk.Close()
	archive, err := zip.NewReader(disk, f.size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return r.fail(Fault{File: f.name, Text: "zip: " + faultText(err)})
	}
	if len(archive.File) > r.limits.Entries {
		return r.fail(Fault{File: f.name, Text: fmt.Sprintf("zip of %d members is above the limit", len(archive.File))})
	}
	g := &guard{limits: r.limits, packed: f.size}
	var members []*file
	for _, entry := range archive.File {
		if entry.FileInfo().IsDir() {
			continue
		}
		if entry.Flags&1 != 0 {
			if err := r.fail(Fault{File: f.name + "/" + shownPath(entry.Name), Text: "encrypted: unpack it with its password first"}); err != nil {
				return err
			}
			continue
		}
		members = append(members, zipMember(f, entry, g))
	}
	return r.readTree(ctx, members, depth+1)
}

func zipMember(f *file, entry *zip.File, g *guard) *file {
	inside := shownPath(entry.Name)
	return &file{name: f.name + "/" + inside, path: inside, size: int64(entry.UncompressedSize64), open: func() (io.ReadCloser, error) {
		in, err := entry.Open()
		if err != nil {
			return nil, err
		}
		return &guarded{in: in, close: in.Close, guard: g}, nil
	}}
}

// shownPath is a member's path without what could lead out of a folder. It is
// only ever shown and compared.
func shownPath(name string) string {
	name = path.Clean("/" + strings.ReplaceAll(validText(name), "\\", "/"))
	return strings.TrimPrefix(name, "/")
}

// readTar reads the members of a tar; what was read before a fault is kept.
func (r *Reader) readTar(ctx context.Context, f *file, depth int) error {
	disk, err := f.onDisk(&r.temp)
	if err != nil {
		return r.fail(Fault{File: f.name, Text: faultText(err)})
	}
	defer disk.Close()
	var members []*file
	archive := tar.NewReader(disk)
	for {
		header, err := archive.Next()
		if err == io.EOF {
			break
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			if err := r.fail(Fault{File: f.name, Text: "tar: " + faultText(err)}); err != nil {
				return err
			}
			break
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		if len(members) >= r.limits.Entries {
			return r.fail(Fault{File: f.name, Text: "tar: more members than the limit"})
		}
		at, err := disk.Seek(0, io.SeekCurrent)
		if err != nil {
			return r.fail(Fault{File: f.name, Text: faultText(err)})
		}
		members = append(members, tarMember(f, disk, header, at))
	}
	return r.readTree(ctx, members, depth+1)
}

func tarMember(f *file, disk *os.File, header *tar.Header, at int64) *file {
	inside := shownPath(header.Name)
	return &file{name: f.name + "/" + inside, path: inside, size: header.Size, open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.NewSectionReader(disk, at, header.Size)), nil
	}}
}
