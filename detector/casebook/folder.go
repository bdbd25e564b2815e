package casebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/textindex"
)

// The files of a casebook's folder.
const (
	general      = "messages" // index
	safety       = "safety"   // index of the safety queue
	settingsFile = "casebook.json"
)

// Settings are kept with a casebook.
type Settings struct {
	Version int    `json:"version"`
	Region  string `json:"region,omitempty"` // in which phone numbers were read
	// Retain is how many days threads of a queue are kept, by the queue's
	// name; a queue that is not named is kept until somebody removes it.
	Retain map[string]int `json:"retain,omitempty"`
}

const settingsVersion = 2 // 1 had no marks for sums that stand to each other

// ParseRetain reads none=30d,victim=180d.
func ParseRetain(text string) (map[string]int, error) {
	retain := map[string]int{}
	for _, part := range strings.Split(text, ",") {
		name, age, ok := strings.Cut(strings.TrimSpace(part), "=")
		var queue rule.Queue
		if !ok || queue.UnmarshalText([]byte(name)) != nil {
			return nil, fmt.Errorf("--retain %q: want QUEUE=DAYSd, as in none=30d,victim=180d", part)
		}
		days, err := strconv.Atoi(strings.TrimSuffix(age, "d"))
		if err != nil || days < 0 || !strings.HasSuffix(age, "d") {
			return nil, fmt.Errorf("--retain %s=%s: want a number of days, as in 30d", name, age)
		}
		retain[name] = days
	}
	return retain, nil
}

func readSettings(folder string) (s Settings, err error) {
	body, err := os.ReadFile(filepath.Join(folder, settingsFile))
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(body, &s); err != nil {
		return s, fmt.Errorf("%s: %w", filepath.Join(folder, settingsFile), err)
	}
	if s.Version != settingsVersion {
		return s, fmt.Errorf("casebook %s is of version %d: this hookline reads version %d", folder, s.Version, settingsVersion)
	}
	return s, nil
}

// writeSettings replaces the settings; a kill leaves the old or the new ones.
func writeSettings(folder string, s Settings) error {
	body, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	temporary := filepath.Join(folder, settingsFile+".new")
	if err := os.WriteFile(temporary, append(body, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(temporary, filepath.Join(folder, settingsFile))
}

// prepare makes the folder of a casebook, for its owner alone. It refuses a
// folder that holds something else.
func prepare(folder string) (made bool, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return false, err
	}
	_, err = os.Stat(filepath.Join(folder, settingsFile))
	if err == nil {
		return false, os.Chmod(folder, 0o700)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return false, err
	}
	for _, entry := range entries {
		if name := entry.Name(); name != settingsFile+".new" {
			return false, fmt.Errorf("%s is not empty and no casebook: it holds %s", folder, name)
		}
	}
	return true, os.Chmod(folder, 0o700)
}

// openStores opens the two indexes, both or none.
func openStores(folder string, open func(path string) (*textindex.Store, error)) (stores [2]*textindex.Store, err error) {
	for i, name := range []string{general, safety} {
		if stores[i], err = open(filepath.Join(folder, name)); err != nil {
			if i > 0 {
				err = errors.Join(err, stores[0].Close())
			}
			return stores, err
		}
	}
	return stores, nil
}
