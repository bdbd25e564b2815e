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
	// program: of a set that is known to be valid, no text is kept.
	Fixed bool
}

// Load reads a rule folder. Its error is an ErrorList, or says why a file
// could not be read at all.
func Load(fsys fs.FS) (*Set, error) { return LoadFolders(Folder{FS: fsys}) }

// LoadFolders reads several rule folders as one set. No id may come twice; of
// weights.yaml files the later ones win, weight by weight.
func LoadFolders(folders ...Folder) (*Set, error) { return LoadKnown(nil, folders...) }

// LoadKnown is LoadFolders of what may have been read before: where known says
// of the Hash of the set that it was valid, it is not checked again, and the
// patterns of a rule or list are read when they are first asked for.
func LoadKnown(known func(hash string) bool, folders ...Folder) (*Set, error) {
	var files []*file
	var versions []string
	digest := sha256.New()
	for _, folder := range folders {
		versions = append(versions, cmp.Or(folder.Version, "local"))
		read, err := readFolder(&folder, digest)
		if err != nil {
			return nil, err
		}
		files = append(files, read...)
	}
	hash := "sha256:" + hex.EncodeToString(digest.Sum(nil))
	b := builder{known: known != nil && known(hash)}
	for _, f := range files {
		f.brief = b.known
	}
	parsed := parseAll(files)
	b.set = &Set{
		Version: strings.Join(versions, ",") + "+" + hash,
		Hash:    hash,
		files:   make(map[string]*file, len(files)),
	}
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

// packFile tells who made a folder; it holds no rule and does not count for
// the hash.
const packFile = "pack.yaml"

// readFolder reads the YAML files of a folder in the order of their paths, and
// adds them to a digest.
func readFolder(folder *Folder, digest io.Writer) ([]*file, error) {
	var files []*file
	var body bytes.Buffer // of one file after the other
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
		case entry.IsDir() || name == packFile || path.Ext(name) != ".yaml" && path.Ext(name) != ".yml":
			return nil
		case len(files) == maxFiles:
			return fmt.Errorf("more than %d rule files", maxFiles)
		}
		f := newFile(folder, name)
		content, err := f.content(&body)
		if err != nil {
			return err
		}
		files = append(files, f)
		fmt.Fprintf(digest, "%s\x00%d\x00", name, len(content))
		_, _ = digest.Write(content) // a hash takes everything
		if !folder.Fixed {
			f.original = string(content)
		}
		if total += len(content); total > maxFolder {
			return fmt.Errorf("rule folder larger than %d MB", maxFolder>>20)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read rules: %w", err)
	}
	return files, nil
}

// content reads a file into a buffer, its line ends unified. One that is too
// large gets a fault and has none.
func (f *file) content(buffer *bytes.Buffer) ([]byte, error) {
	r, err := f.folder.FS.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	buffer.Reset()
	if _, err := buffer.ReadFrom(io.LimitReader(r, maxFileBytes+1)); err != nil {
		return nil, fmt.Errorf("%s: %w", f.path, err)
	}
	if buffer.Len() > maxFileBytes {
		f.faults = append(f.faults, &Error{Pos: source.Position{File: f.text.Name},
			Text: fmt.Sprintf("file larger than %d MB", maxFileBytes>>20)})
		return nil, nil
	}
	content := bytes.TrimPrefix(buffer.Bytes(), []byte("\ufeff"))
	if bytes.IndexByte(content, '\r') < 0 {
		return content, nil
	}
	return bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")), nil
}

// open gets the text that is parsed: of a file that is known to be valid, if it
// can, without the patterns.
func (f *file) open() {
	content := []byte(f.original)
	if f.folder.Fixed {
		var err error
		if content, err = f.content(&f.work.body); err != nil {
			f.faults = append(f.faults, &Error{Pos: source.Position{File: f.text.Name}, Text: err.Error()})
			return
		}
	}
	text := ""
	if f.brief {
		text, f.brief = brief(content, f.folder.Untested)
	}
	if !f.brief {
		text = string(content)
	}
	f.setText(text)
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
	if len(f.faults) == 0 {
		f.open()
	}
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
