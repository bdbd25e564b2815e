//go:build !linux && !darwin && !windows

package main

import "errors"

// peakMemory is not known here.
func peakMemory() (int64, error) { return 0, errors.ErrUnsupported }

func forgetPeak() {}
