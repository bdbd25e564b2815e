package main

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows a person that work goes on: only on a terminal, only once it
// has taken a second, never in a pipe.
type progress struct {
	bar   *progressbar.ProgressBar
	count int
}

// progressEvery is how many messages lie between two looks at the clock.
const progressEvery = 256

func newProgress(s streams, mode string, paths []string) *progress {
	if mode == "never" || !isTerminal(s.err) {
		return &progress{}
	}
	return &progress{bar: progressbar.NewOptions64(-1,
		progressbar.OptionSetWriter(s.err),
		progressbar.OptionSetDescription("scanning "+size(paths)),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("messages"),
		progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionSpinnerType(14),
		progressbar.OptionClearOnFinish(), progressbar.OptionSetElapsedTime(true),
	)}
}

func (p *progress) add() {
	if p.count++; p.bar != nil && p.count%progressEvery == 0 && p.bar.State().SecondsSince > 1 {
		_ = p.bar.Add(progressEvery)
	}
}

func (p *progress) close() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

// size names how much there is to read.
func size(paths []string) string {
	total := int64(0)
	for _, path := range paths {
		_ = filepath.WalkDir(path, func(_ string, entry fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
				total += info.Size()
			}
			return nil
		})
	}
	if total == 0 {
		if len(paths) == 1 && paths[0] == "-" {
			return "standard input"
		}
		return "…"
	}
	return bytesText(total)
}

func bytesText(n int64) string {
	const units = "kMGT"
	if n < 1000 {
		return "a few bytes"
	}
	value, unit := float64(n)/1000, 0
	for value >= 1000 && unit < len(units)-1 {
		value, unit = value/1000, unit+1
	}
	return fmt.Sprintf("%.1f %cB", value, units[unit])
}
