package main

import "syscall"

// peakMemory is the most memory that the process had at once, in bytes.
func peakMemory() (int64, error) {
	var u syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u.Maxrss, err
}

// forgetPeak cannot be done here: the peak is that of the whole run.
func forgetPeak() {}
