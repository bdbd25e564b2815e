package main

import (
	"syscall"
	"unsafe"
)

// memoryCounters are PROCESS_MEMORY_COUNTERS.
type memoryCounters struct {
	size           uint32
	faults         uint32
	peakWorkingSet uintptr
	_              [7]uintptr
}

var processMemory = syscall.NewLazyDLL("kernel32.dll").NewProc("K32GetProcessMemoryInfo")

// peakMemory is the most memory that the process had at once, in bytes.
func peakMemory() (int64, error) {
	process, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0, err
	}
	var c memoryCounters
	c.size = uint32(unsafe.Sizeof(c))
	if ok, _, err := processMemory.Call(uintptr(process), uintptr(unsafe.Pointer(&c)), uintptr(c.size)); ok == 0 {
		return 0, err
	}
	return int64(c.peakWorkingSet), nil
}

// forgetPeak cannot be done here: the peak is that of the whole run.
func forgetPeak() {}
