package pack

import (
	"cmp"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/rule"
)

// Options of Load.
type Options struct {
	Engine string // version of the program
	// Keys, where there are any, are those one of which must have signed every
	// folder that is not trusted.
	Keys     []ed25519.PublicKey
	Untested bool // see rule.Folder
	// Known returns the Brief of a set that was loaded before: see rule.LoadKnown.
	Known func(key string) []byte
}

// Folder is one rule folder.
type Folder struct {
	FS      fs.FS
	Name    string // before file names in faults
	Version string // where there is no pack.yaml
	Trusted bool   // part of the program: needs no signature, and does not change
}

// Load joins folders into one set, later ones over earlier ones.
func Load(folders []Folder, o Options) (*rule.Set, error) {
	joined := make([]rule.Folder, 0, len(folders))
	for _, f := range folders {
		m, packed, err := readManifest(f.FS, f.Name)
		if err != nil {
			return nil, err
		}
		version := f.Version
		if packed {
			if o.Engine != "" && olderThan(o.Engine, m.Engine) {
				return nil, fmt.Errorf("%s needs hookline %s; this is %s", path.Join(f.Name, ManifestName), m.Engine, o.Engine)
			}
			version = m.Name + "-" + m.Version
		}
		if len(o.Keys) > 0 && !f.Trusted {
			if err := verify(f.FS, o.Keys); err != nil {
				return nil, fmt.Errorf("%s: %w", f.Name, err)
			}
		}
		for _, id := range m.Overrides {
			if err := override(joined, id); err != nil {
				return nil, fmt.Errorf("%s: %w", path.Join(f.Name, ManifestName), err)
			}
		}
		joined = append(joined, rule.Folder{FS: f.FS, Name: f.Name, Version: version, Untested: o.Untested, Fixed: f.Trusted})
	}
	set, err := rule.LoadKnown(o.Known, joined...)
	return set, conflicts(err, joined)
}

// override takes the file of an id out of the folders so far.
func override(folders []rule.Folder, id string) error {
	file := strings.ReplaceAll(id, ".", "/") + ".yaml"
	found := false
	for i := range folders {
		f := &folders[i]
		if info, err := fs.Stat(f.FS, file); err == nil && !info.IsDir() && !slices.Contains(f.Without, file) {
			f.Without, found = append(f.Without, file), true
		}
	}
	if !found {
		return fmt.Errorf("overrides %q, which no earlier folder has", id)
	}
	return nil
}

// conflicts tells at each id that two folders define what to do about it.
func conflicts(err error, folders []rule.Folder) error {
	var faults rule.ErrorList
	if !errors.As(err, &faults) {
		return err
	}
	folderOf := func(file string) (name string) {
		for _, f := range folders {
			if strings.HasPrefix(file, f.Name+"/") && len(f.Name) > len(name) {
				name = f.Name
			}
		}
		return name
	}
	for _, e := range faults {
		if e.Other != nil && folderOf(e.Pos.File) != folderOf(e.Other.Pos.File) {
			e.Hint = cmp.Or(e.Hint, "to take its place, name it under overrides in pack.yaml")
		}
	}
	return faults
}
