package pack

import (
	"fmt"
	"hash/fnv"
	"io/fs"
)

// Mark changes when a file of the folders is added, removed, resized or
// written. It reads no file.
func Mark(folders ...fs.FS) string {
	sum := fnv.New64a()
	for _, folder := range folders {
		err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			info, err := entry.Info()
			if err == nil {
				fmt.Fprintf(sum, "%s\x00%d\x00%d\x00", name, info.Size(), info.ModTime().UnixNano())
			}
			return err
		})
		fmt.Fprint(sum, err)
	}
	return fmt.Sprintf("%x", sum.Sum64())
}
