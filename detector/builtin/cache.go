package builtin

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/blevesearch/mmap-go"

	"github.com/hookline/hookline/detector"
)

// What compiling the rules comes to is kept in files of a folder, one for each
// set of rules and build of the program: the next start of the same program
// with the same rules reads it. A file is the CRC-32C of a snapshot, and the
// snapshot.

const (
	cachePrefix = "rules-"
	cacheFiles  = 6 // kept; the oldest go
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Keep keeps what the next New of the same rules can use, unless it is there.
// Where there is no such folder it is made, for its owner alone.
func Keep(d *detector.Detector, folder string) error {
	path := cachePath(folder, d.Set().Hash)
	if path == "" {
		return nil
	}
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, cachePrefix+"*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	snapshot := d.Snapshot()
	sum := binary.LittleEndian.AppendUint32(nil, crc32.Checksum(snapshot, castagnoli))
	_, err = io.Copy(file, io.MultiReader(bytes.NewReader(sum), bytes.NewReader(snapshot)))
	if err = cmp.Or(err, file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	return prune(folder)
}

// prune removes all files but the newest.
func prune(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	age := map[string]int64{}
	var names []string
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && len(e.Name()) > len(cachePrefix) && e.Name()[:len(cachePrefix)] == cachePrefix {
			names, age[e.Name()] = append(names, e.Name()), info.ModTime().UnixNano()
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(age[b], age[a]) })
	for _, name := range names[min(len(names), cacheFiles):] {
		if err := os.Remove(filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	return nil
}

// kept is the snapshot of rules with a hash; nil where there is none, or where
// it is not as it was written. It is the file itself, mapped: most of it is
// never read, and files are only ever replaced as a whole.
func kept(folder, hash string) []byte {
	path := cachePath(folder, hash)
	if path == "" {
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	body, err := mmap.Map(file, mmap.RDONLY, 0)
	if err != nil {
		return nil
	}
	if len(body) < 4 || crc32.Checksum(body[4:], castagnoli) != binary.LittleEndian.Uint32(body) {
		_ = body.Unmap()
		return nil
	}
	return body[4:]
}

// cachePath is empty where there is no folder, or where the build is unknown.
func cachePath(folder, hash string) string {
	id := buildID()
	if folder == "" || id == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(id + " " + hash))
	return filepath.Join(folder, cachePrefix+hex.EncodeToString(sum[:12]))
}

// buildID is what the linker wrote into the program that runs: the same for the
// same code and no other. It stands at the beginning of the file, in a note of
// ELF or, in other formats, in the text.
var buildID = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	head, err := io.ReadAll(io.LimitReader(file, 64<<10))
	if err != nil {
		return ""
	}
	if _, rest, ok := bytes.Cut(head, []byte("Go build ID: \"")); ok {
		if id, _, ok := bytes.Cut(rest, []byte{'"'}); ok {
			return string(id)
		}
	}
	// The size of the text stands before the type of the note, 4, and its name.
	const size = 4
	if at := bytes.Index(head, []byte("\x04\x00\x00\x00Go\x00\x00")); at >= size {
		length, note := int(binary.LittleEndian.Uint32(head[at-size:])), head[at+8:]
		if length <= len(note) {
			return string(note[:length])
		}
	}
	return ""
})
