package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/rule"
)

// sortTargets tells what rules test was given apart: names of rules and labelled
// cases. What names a rule of the set is never read as a case.
func sortTargets(set *rule.Set, args []string) (names []string, cases []labelled.Case, err error) {
	seen := map[string]bool{}
	for _, arg := range args {
		if slices.ContainsFunc(set.Rules, selector([]string{arg})) {
			names = append(names, arg)
			continue
		}
		if heldOut(arg) {
			return nil, nil, errors.New(arg + ": held-out cases measure, and are never shown")
		}
		found, err := readCases(arg)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, nil, fmt.Errorf("%s: no rule of the set has this name, and there is no such file", arg)
		case err != nil:
			return nil, nil, fmt.Errorf("no rule of the set is named %s, and no case: %w", arg, err)
		}
		for i := range found {
			if c := found[i]; !seen[c.Path] {
				seen[c.Path] = true
				cases = append(cases, c)
			}
		}
	}
	return names, cases, nil
}

// readCases reads a labelled case, or those of a folder without what it holds
// out. Their paths are as the user would name them.
func readCases(name string) (cases []labelled.Case, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	folder := filepath.ToSlash(filepath.Clean(name))
	add := func(c labelled.Case) error {
		c.Path = path.Join(folder, c.Path)
		cases = append(cases, c)
		return nil
	}
	if info.IsDir() {
		if err = labelled.Walk(os.DirFS(folder), add); err == nil && len(cases) == 0 {
			err = fmt.Errorf("%s holds no labelled case", name)
		}
		return cases, err
	}
	folder = path.Dir(folder)
	c, err := labelled.Read(os.DirFS(folder), filepath.Base(name))
	if err == nil {
		err = add(c)
	}
	return cases, err
}
