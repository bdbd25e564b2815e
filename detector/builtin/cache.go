package builtin

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/mmap-go"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/snapshot"
)

// What compiling the rules comes to is kept in files of a folder, one for each
// set of rules and build of the program: the next start of the same program
// with the same rules reads it. A file is the brief of the rules and the fold
// table, checked, and the snapshot of the detector, which checks itself. Beside
// them is the index of the known scripts, one for each build.

const (
	rulesPrefix   = "rules-"
	scriptsPrefix = "scripts-"
	rulesKept     = 3 // the newest; the others go
	scriptsKept   = 2
)

// CacheVariable is the environment variable of [CacheFolder].
const CacheVariable = "HOOKLINE_CACHE"

// CacheFolder is where the programs keep it: the folder that the environment
// names, none where that is "off", else one in the user's cache.
func CacheFolder() string {
	switch folder := os.Getenv(CacheVariable); folder {
	case "off":
		return ""
	case "":
		if folder, err := os.UserCacheDir(); err == nil {
			return filepath.Join(folder, "hookline")
		}
		return ""
	default:
		return folder
	}
}

// Keep keeps what the next New of the same rules can use, unless it is there.
// Where there is no such folder it is made, for its owner alone.
func Keep(d *detector.Detector, folder string) error {
	path := cachePath(folder, rulesPrefix, d.Set().Key)
	if path == "" || d.Set().Key == "" {
		return nil
	}
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, rulesPrefix+"*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	var w snapshot.Writer
	w.Checked(func() {
		snapshot.Put(&w, d.Set().Brief())
		fold.Snapshot(&w)
	})
	snapshot.Put(&w, d.Snapshot())
	_, err = file.Write(w.Bytes)
	if err = cmp.Or(err, file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	return errors.Join(prune(folder, rulesPrefix, rulesKept), prune(folder, scriptsPrefix, scriptsKept))
}

// prune removes what has a prefix but the newest.
func prune(folder, prefix string, keep int) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	var ours []fs.FileInfo
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && strings.HasPrefix(entry.Name(), prefix) {
			ours = append(ours, info)
		}
	}
	slices.SortFunc(ours, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for _, info := range ours[min(len(ours), keep):] {
		err = errors.Join(err, os.RemoveAll(filepath.Join(folder, info.Name())))
	}
	return err
}

// kept is what is kept of rules with a key.
type kept struct{ brief, compiled []byte }

// keptOf is what a folder keeps of rules with a key: nothing where it has none.
// It is the file itself, mapped: most of it is never read, and files are only ever
// replaced as a whole. One that is not as it was written is removed, so that Keep
// writes it anew.
func keptOf(folder, key string) (k kept) {
	path := cachePath(folder, rulesPrefix, key)
	if path == "" {
		return k
	}
	file, err := os.Open(path)
	if err != nil {
		return k
	}
	body, err := mmap.Map(file, mmap.RDONLY, 0)
	_ = file.Close()
	all := &snapshot.Reader{Bytes: body}
	head := all.Checked()
	compiled := snapshot.Get[byte](all)
	if err != nil || all.Failed || !head.Valid() {
		_ = body.Unmap()
		_ = os.Remove(path)
		return k
	}
	r := &snapshot.Reader{Bytes: head.Bytes}
	k = kept{snapshot.Get[byte](r), compiled}
	fold.Restore(r)
	return k
}

// cachePath is empty where there is no folder, or where the build is unknown.
func cachePath(folder, prefix, hash string) string {
	id := buildID()
	if folder == "" || id == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(id + " " + hash))
	return filepath.Join(folder, prefix+hex.EncodeToString(sum[:12]))
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
