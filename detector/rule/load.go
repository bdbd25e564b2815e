package rule

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector/source"
)

// Folder is a rule folder and how positions name it.
type Folder struct {
	FS      fs.FS  // its root holds the categories, lists, …
	Name    string // put before file names, as in "rules"; may be empty
	Version string // as verdicts name it, "builtin-1.0"; "local" if empty

	// Untested leaves the rules' tests unread: they are most of a rule file,
	// and scanning needs none.
	Untested bool
	// Fixed says that the files do not change, as those that are part of the
	// program: they are read only where their text is needed.
	Fixed bool
	// Without are the paths of files that are passed over.
	Without []string

	number int // among the folders of a set
}

// Load reads a rule folder. Its error is an ErrorList, or says why a file
// could not be read at all.
func Load(fsys fs.FS) (*Set, error) { return LoadFolders(Folder{FS: fsys}) }

// LoadFolders reads several rule folders as one set. No id may come twice; of
// weights.yaml files the later ones win, weight by weight.
func LoadFolders(folders ...Folder) (*Set, error) { return LoadKnown(nil, folders...) }

// LoadKnown is LoadFolders of what may have been loaded before: known is asked,
// by the Key of the set, for its Brief. Where there is one, nothing is checked
// again, and the patterns of a rule or list are read when they are first asked
// for.
func LoadKnown(known func(key string) []byte, folders ...Folder) (*Set, error) {
	folders = slices.Clone(folders)
	var versions []string
	read := make([][]*file, len(folders))
	for i := range folders {
		folders[i].number = i
		versions = append(versions, cmp.Or(folders[i].Version, "local"))
		if known != nil && folders[i].Fixed {
			continue
		}
		if err := readFolder(&folders[i], &read[i]); err != nil {
			return nil, err
		}
	}
	b := builder{set: &Set{}}
	if known != nil {
		b.set.Key = keyOf(folders, read)
		if kept := known(b.set.Key); kept != nil {
			b.restore(kept, folders, read)
		}
	}
	if !b.known {
		for i := range folders {
			if err := readFolder(&folders[i], &read[i]); err != nil {
				return nil, err
			}
		}
		b.set.files = slices.Concat(read...)
		b.set.Hash = "sha256:" + hashOf(b.set.files)
	}
	b.set.Version = strings.Join(versions, ",") + "+" + b.set.Hash
	files := b.set.files
	parsed := parseAll(files)
	b.build(files, parsed)
	var faults ErrorList
	for _, f := range files {
		for _, e := range f.faults {
			e.Rule = f.id
		}
		faults = append(faults, f.faults...)
	}
	if len(faults) > 0 {
		faults.sort()
		return nil, faults
	}
	return b.set, nil
}

// hashOf identifies files by their paths and contents.
func hashOf(files []*file) string {
	digest := sha256.New()
	for _, f := range files {
		fmt.Fprintf(digest, "%s\x00%d\x00", f.path, len(f.text.Body))
		_, _ = io.WriteString(digest, f.text.Body) // a hash takes everything
	}
	return hex.EncodeToString(digest.Sum(nil))
}

// keyOf identifies what folders hold without reading those that are fixed.
func keyOf(folders []Folder, read [][]*file) string {
	digest := sha256.New()
	for i, f := range folders {
		fmt.Fprintf(digest, "%q %t %t %q %s\n", f.Name, f.Untested, f.Fixed, f.Without, hashOf(read[i]))
	}
	return hex.EncodeToString(digest.Sum(nil))
}

// packFile tells who made a folder; it holds no rule and does not count for
// the hash.
const packFile = "pack.yaml"

// readFolder reads the YAML files of a folder in the order of their paths,
// unless it has.
func readFolder(folder *Folder, files *[]*file) error {
	if *files != nil {
		return nil
	}
	total := 0
	err := fs.WalkDir(folder.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(path.Base(name), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir() || name == packFile || path.Ext(name) != ".yaml" && path.Ext(name) != ".yml",
			slices.Contains(folder.Without, name):
			return nil
		case len(*files) == maxFiles:
			return fmt.Errorf("more than %d rule files", maxFiles)
		}
		f := newFile(folder, name)
		if f.text.Body, err = f.content(); err != nil {
			return err
		}
		*files = append(*files, f)
		if total += len(f.text.Body); total > maxFolder {
			return fmt.Errorf("rule folder larger than %d MB", maxFolder>>20)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read rules: %w", err)
	}
	return nil
}

// content reads a file, its line ends unified. One that is too large gets a
// fault and has none.
func (f *file) content() (string, error) {
	r, err := f.folder.FS.Open(f.path)
	if err != nil {
		return "", err
	}
	defer r.Close()
	var content strings.Builder
	if info, err := r.Stat(); err == nil {
		content.Grow(int(min(info.Size(), maxFileBytes)) + bytes.MinRead)
	}
	if _, err := io.Copy(&content, io.LimitReader(r, maxFileBytes+1)); err != nil {
		return "", fmt.Errorf("%s: %w", f.path, err)
	}
	if content.Len() > maxFileBytes {
		f.faults = append(f.faults, &Error{Pos: source.Position{File: f.text.Name},
			Text: fmt.Sprintf("file larger than %d MB", maxFileBytes>>20)})
		return "", nil
	}
	return strings.ReplaceAll(strings.TrimPrefix(content.String(), "\ufeff"), "\r\n", "\n"), nil
}

// parsedFile is what one file defines; at most one field is set.
type parsedFile struct {
	rule       *Rule
	list       *List
	script     *Script
	composites []*Composite
	weights    *weightsFile
	references map[string]string
}

// parseAll parses files side by side; each touches only its own file.
func parseAll(files []*file) []parsedFile {
	parsed := make([]parsedFile, len(files))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(len(files), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			work := newWorkspace()
			for i := range next {
				files[i].work = work
				parsed[i] = files[i].parse()
				files[i].work = nil
			}
		})
	}
	for i := range files {
		next <- i
	}
	close(next)
	workers.Wait()
	return parsed
}

// parse reads the file as what its place in the folder says it is.
func (f *file) parse() parsedFile {
	f.countLines()
	if len(f.faults) > 0 || !f.brief && !f.checkBytes() {
		return parsedFile{}
	}
	root, ok := f.yaml()
	if !ok {
		return parsedFile{}
	}
	if path.Ext(f.path) == ".yml" {
		f.fault(0, 0, "rule files end in .yaml").Hint = "rename it"
		return parsedFile{}
	}
	parts := strings.Split(f.path, "/")
	switch {
	case f.path == "weights.yaml":
		return parsedFile{weights: f.readWeights(root)}
	case f.path == "references.yaml":
		return parsedFile{references: f.readReferences(root)}
	case len(parts) == 2 && parts[0] == "lists":
		return parsedFile{list: f.readList(root)}
	case len(parts) == 2 && parts[0] == "scripts":
		script, composites := f.readScript(root)
		return parsedFile{script: script, composites: composites}
	case len(parts) == 2 && parts[0] == contextCategory, len(parts) == 3:
		return parsedFile{rule: f.readRule(root)}
	default:
		f.fault(0, 0, "no rule belongs here").Hint =
			"a rule is <category>/<family>/<indicator>.yaml or context/<name>.yaml"
		return parsedFile{}
	}
}

// checkBytes refuses what YAML and this package would count lines differently
// in, or cannot read at all.
func (f *file) checkBytes() bool {
	for at, r := range f.text.Body {
		switch r {
		case '\u0085', '\u2028', '\u2029', '\r':
			f.fault(at, at+1, "line separator %U in the file", r).Hint = `write it as an escape in "…"`
			return false
		case utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(f.text.Body[at:]); size == 1 {
				f.fault(at, at+1, "not UTF-8")
				return false
			}
		}
	}
	return true
}

// yaml parses the file to its root node, refusing what rule files do not use.
func (f *file) yaml() (*yaml.Node, bool) {
	body := f.text.Body
	if f.folder.Untested && !f.brief {
		body = withoutTests(body)
	}
	if root := f.work.yaml.read(body); root != nil {
		return root, true
	}
	decoder := yaml.NewDecoder(strings.NewReader(body))
	var doc, more yaml.Node
	err := decoder.Decode(&doc)
	if errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0 {
		f.fault(0, 0, "file is empty")
		return nil, false
	}
	if err != nil {
		f.syntax(err)
		return nil, false
	}
	if err := decoder.Decode(&more); !errors.Is(err, io.EOF) {
		if err != nil {
			f.syntax(err)
			return nil, false
		}
		f.wrong(&more, "a second document").Hint = "one file, one rule"
		return nil, false
	}
	return doc.Content[0], f.checkPlain(doc.Content[0])
}

// checkPlain refuses anchors, and so aliases, and tags.
func (f *file) checkPlain(n *yaml.Node) bool {
	ok := true
	switch {
	case n.Kind == yaml.AliasNode:
		return false // its anchor is at fault
	case n.Anchor != "":
		f.fault(f.start(n), f.start(n)+1+len(n.Anchor), "anchors are not allowed").Hint = "write it out"
		ok = false
	case n.Style&yaml.TaggedStyle != 0:
		f.fault(f.start(n), f.start(n)+1, "tags are not allowed")
		ok = false
	}
	for _, child := range n.Content {
		ok = f.checkPlain(child) && ok
	}
	return ok
}

// syntax turns the YAML parser's error into a fault. It names a line at best.
func (f *file) syntax(err error) {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if _, name, ok := strings.Cut(text, "unknown anchor '"); ok { // the only fault that names no line
		name, _, _ = strings.Cut(name, "'")
		at := max(0, strings.Index(f.text.Body, "*"+name))
		f.fault(at, at+1+len(name), "aliases are not allowed").Hint = "write it out, or quote it"
		return
	}
	line := 1
	if n, _ := fmt.Sscanf(text, "line %d:", &line); n == 1 {
		_, text, _ = strings.Cut(text, ": ")
	}
	line = max(1, min(line, len(f.lines)))
	start := f.lines[line-1]
	content := f.text.Line(line)
	start += len(content) - len(strings.TrimLeft(content, " \t"))
	e := f.fault(start, f.lines[line-1]+len(content), "not YAML: %s", text)
	if strings.Contains(text, "cannot start any token") {
		e.Hint = "put a text that begins with @ or a tab in quotes"
	}
}
