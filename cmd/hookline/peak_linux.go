package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// peakMemory is the most memory that the process had at once, in bytes.
func peakMemory() (int64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if size, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			var kilobytes int64
			_, err := fmt.Sscanf(strings.TrimSpace(size), "%d kB", &kilobytes)
			return kilobytes << 10, err
		}
	}
	return 0, errors.New("the kernel does not say")
}

// forgetPeak lets the peak begin with what the process has now; where that is
// not allowed, it is that of the whole run.
func forgetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }
