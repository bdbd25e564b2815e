package export

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

// tree is the files of one folder or archive, in the order of their paths,
// while it is decided which format reads which of them.
type tree struct {
	r     *Reader
	files []*candidate
	units []plannedUnit
}

// candidate is a file of a tree and what is known of it.
type candidate struct {
	file   *file
	format *format // nil: not recognised
	taken  bool    // belongs to a unit, or is the companion of one
	holder bool    // an archive or a compressed file
	media  bool
	err    error
}

// plannedUnit is a unit and its place in the order of the tree.
type plannedUnit struct {
	at     int // index of its first file
	format *format
	files  []*file
}

// openPath lists what is under a path. Symbolic links inside a folder are not
// followed.
func (r *Reader) openPath(root string) ([]*file, error) {
	info, err := os.Stat(root)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []*file{diskFile(root, filepath.Base(root), root, info.Size())}, nil
	}
	var files []*file
	err = filepath.WalkDir(root, func(disk string, entry os.DirEntry, err error) error {
		if err != nil {
			return r.fail(Fault{File: disk, Text: faultText(err)})
		}
		if entry.IsDir() || !entry.Type().IsRegular() {
			return nil
		}
		if len(files) >= r.limits.Entries {
			return fmt.Errorf("%s: more than %d files", root, r.limits.Entries)
		}
		inside, err := filepath.Rel(root, disk)
		if err != nil {
			return err
		}
		size := int64(-1)
		if info, err := entry.Info(); err == nil {
			size = info.Size()
		}
		files = append(files, diskFile(disk, filepath.ToSlash(inside), disk, size))
		return nil
	})
	return files, err
}

// readFiles reads an input: a file, or the files of a folder.
func (r *Reader) readFiles(ctx context.Context, files []*file) error {
	before := r.counts
	if err := r.readTree(ctx, files, 0); err != nil {
		return err
	}
	if r.counts.Sources == before.Sources && len(files) > 0 {
		return fmt.Errorf("%s: %w", files[0].name, ErrNothing)
	}
	return nil
}

// readTree recognises the files, joins those that belong together and reads
// the units and archives in the order of their first files.
func (r *Reader) readTree(ctx context.Context, files []*file, depth int) error {
	t := &tree{r: r}
	sort.SliceStable(files, func(i, j int) bool { return naturalLess(files[i].path, files[j].path) })
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return r.stop(err)
		}
		if !hiddenFile(f.path) {
			t.files = append(t.files, r.recognise(f))
		}
	}
	t.dropMedia()
	t.plan()
	next := 0
	for i, c := range t.files {
		for next < len(t.units) && t.units[next].at <= i {
			if err := r.readUnit(ctx, t.units[next]); err != nil {
				return err
			}
			next++
		}
		if err := r.readRest(ctx, c, depth, len(t.files) == 1); err != nil {
			return err
		}
		if errors.Is(c.err, errRatio) || errors.Is(c.err, errTotal) {
			return nil // what is left of the archive would only say it again
		}
		c.file.head = nil
	}
	return nil
}

// dropMedia takes files named as pictures, sound or films for such, where they
// lie beside others and could be read only as plain text.
func (t *tree) dropMedia() {
	for _, c := range t.files {
		kind, _, _ := strings.Cut(mimeOf(c.file.path), "/")
		if c.is("text") && len(t.files) > 1 && (kind == "image" || kind == "video" || kind == "audio") && t.r.opts.Input == "" {
			c.format, c.media = nil, true
		}
	}
}

// plan makes units: first the formats that gather several files, then each
// file by itself.
func (t *tree) plan() {
	for _, f := range formats() {
		if f.gather != nil {
			f.gather(t, f)
		}
	}
	for i, c := range t.files {
		if c.format != nil && !c.taken {
			t.unit(c.format, i)
		}
	}
	sort.SliceStable(t.units, func(i, j int) bool { return t.units[i].at < t.units[j].at })
}

// unit makes a unit of files of the tree.
func (t *tree) unit(f *format, at ...int) {
	u := plannedUnit{at: at[0], format: f}
	for _, i := range at {
		u.at = min(u.at, i)
		t.files[i].taken = true
		u.files = append(u.files, t.files[i].file)
	}
	t.units = append(t.units, u)
}

func (r *Reader) readUnit(ctx context.Context, p plannedUnit) error {
	u := &unit{r: r, ctx: ctx, format: p.format, files: p.files}
	if p.format.twice {
		for _, f := range p.files {
			if !f.once {
				continue
			}
			if err := f.settle(&r.temp); err != nil {
				return err
			}
		}
	}
	return u.read()
}

// readRest deals with a file that is in no unit: an archive is read in its
// turn, anything else is told.
func (r *Reader) readRest(ctx context.Context, c *candidate, depth int, alone bool) error {
	switch {
	case c.taken:
		return nil
	case c.err != nil:
		return r.fail(Fault{File: c.file.name, Text: faultText(c.err)})
	case c.holder:
		return r.readHolder(ctx, c.file, depth)
	case c.media && !alone:
		r.counts.Ignored++
		return nil
	default:
		return r.fail(Fault{File: c.file.name, Text: unknownText(c.file)})
	}
}

// recognise finds the format of a file by its content.
func (r *Reader) recognise(f *file) *candidate {
	c := &candidate{file: f}
	head, err := f.peek()
	if err != nil {
		c.err = err
		return c
	}
	s := newSample(f.name, head)
	c.holder = isHolder(s)
	if c.holder {
		return c
	}
	if c.media = isMedia(s); c.media {
		return c
	}
	if r.opts.Input != "" {
		c.format = formatNamed(r.opts.Input)
		return c
	}
	if len(strings.TrimSpace(string(head))) == 0 {
		c.err = errEmpty
		return c
	}
	best := 0
	for _, format := range formats() {
		if n := format.sniff(s); n > best {
			best, c.format = n, format
		}
	}
	if !f.once {
		f.head = nil // a folder may have many files
	}
	return c
}

var errEmpty = errors.New("the file is empty")

// unknownText says what was looked for in a file that was not recognised.
func unknownText(f *file) string {
	base := strings.ToLower(f.base())
	switch {
	case strings.HasPrefix(path.Ext(base), ".crypt"):
		return "an encrypted backup of WhatsApp: export the chat from the app instead (Export chat)"
	case strings.HasSuffix(base, ".backup") || base == "db.sqlite":
		return "an encrypted database, perhaps Signal's: export the chats as text from the app instead"
	case strings.HasPrefix(strings.TrimLeft(string(f.first()), " \t\r\n\ufeff"), "{"):
		return "begins like JSON, but has no key that is known, or is broken (see hookline formats; --field text=NAME)"
	}
	return "not recognised: no known magic bytes, JSON keys, XML elements, mail header, column names or chat lines (see hookline formats; --input FORMAT, --field text=NAME)"
}

// hiddenFile says whether a path holds what systems leave behind.
func hiddenFile(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == "__MACOSX" || part == ".DS_Store" || part == "Thumbs.db" || part == ".git" || strings.HasPrefix(part, "._") {
			return true
		}
	}
	return false
}

// naturalLess orders paths so that message_2 stands before message_10.
func naturalLess(a, b string) bool {
	for a != "" && b != "" {
		n, m := digits(a), digits(b)
		if n > 0 && m > 0 {
			x, y := strings.TrimLeft(a[:n], "0"), strings.TrimLeft(b[:m], "0")
			if len(x) != len(y) {
				return len(x) < len(y)
			}
			if x != y {
				return x < y
			}
			a, b = a[n:], b[m:]
			continue
		}
		if a[0] != b[0] {
			// A folder's own files stand before those of its folders.
			return a[0] < b[0]
		}
		a, b = a[1:], b[1:]
	}
	return len(a) < len(b)
}
