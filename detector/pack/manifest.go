package pack

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector/rule"
)

// ManifestName is the file that makes a rule folder a pack.
const ManifestName = "pack.yaml"

// Manifest is pack.yaml.
type Manifest struct {
	Name        string `yaml:"name"`    // lower-case letters, digits, - and _
	Version     string `yaml:"version"` // of the pack, as in 1.4 or 1.4.2
	Engine      string `yaml:"engine"`  // the least version of hookline that it needs
	Licence     string `yaml:"licence"` // SPDX, as in Apache-2.0
	Description string `yaml:"description"`
	// Overrides are the ids of rules, lists and scripts of earlier folders
	// whose place this pack takes.
	Overrides []string `yaml:"overrides"`
}

// maxManifest bounds pack.yaml and pack.sig.
const maxManifest = 64 << 10

// readManifest reads pack.yaml of a folder; ok is false where there is none.
func readManifest(folder fs.FS, name string) (m Manifest, ok bool, err error) {
	body, err := readSmall(folder, ManifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return m, false, nil
	}
	where := path.Join(name, ManifestName)
	if err != nil {
		return m, false, fmt.Errorf("%s: %w", where, err)
	}
	decoder := yaml.NewDecoder(strings.NewReader(string(body)))
	decoder.KnownFields(true)
	if err := decoder.Decode(&m); err != nil {
		return m, false, fmt.Errorf("%s: %s", where, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := m.check(); err != nil {
		return m, false, fmt.Errorf("%s: %w", where, err)
	}
	return m, true, nil
}

func (m *Manifest) check() error {
	nameSyntax, versionSyntax := regexp.MustCompile(rule.PackName), regexp.MustCompile(rule.PackVersion)
	switch {
	case !nameSyntax.MatchString(m.Name):
		return fmt.Errorf("name %q: want a lower-case letter, then letters, digits, - and _", m.Name)
	case !versionSyntax.MatchString(m.Version):
		return fmt.Errorf(`version %q: want numbers with dots, in quotes, as in "1.4"`, m.Version)
	case !versionSyntax.MatchString(m.Engine):
		return fmt.Errorf(`engine %q: want the least version of hookline, in quotes, as in "0.1"`, m.Engine)
	case strings.TrimSpace(m.Licence) == "":
		return errors.New("no licence: say under which one others may use the pack, as in Apache-2.0")
	}
	return nil
}

// olderThan compares versions number by number.
func olderThan(version, least string) bool {
	numbers := func(v string) (all []int) {
		for part := range strings.SplitSeq(v, ".") {
			n, _ := strconv.Atoi(part)
			all = append(all, n)
		}
		return append(all, 0, 0)[:3]
	}
	return slices.Compare(numbers(version), numbers(least)) < 0
}

func readSmall(folder fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(folder, name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxManifest {
		return nil, fmt.Errorf("larger than %d kB", maxManifest>>10)
	}
	return fs.ReadFile(folder, name)
}
