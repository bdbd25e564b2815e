package export

import "strings"

// is says whether the file was recognised as the format.
func (c *candidate) is(name string) bool { return c.format != nil && c.format.Name == name }

// byFolder lists the free files of a format, folder by folder, in order.
func (t *tree) byFolder(f *format) (groups [][]int) {
	at := map[string]int{}
	for i, c := range t.files {
		if c.format != f || c.taken {
			continue
		}
		dir := c.file.dir()
		k, known := at[dir]
		if !known {
			k = len(groups)
			at[dir] = k
			groups = append(groups, nil)
		}
		groups[k] = append(groups[k], i)
	}
	return groups
}

// leave takes files out that need not be read, and says why.
func (t *tree) leave(why string, files ...int) {
	for _, i := range files {
		if c := t.files[i]; !c.taken {
			c.taken = true
			t.r.counts.Ignored++
			t.r.note(c.file.name, "left out: "+why)
		}
	}
}

// companions takes the files that belong to an export and hold no messages,
// without a word.
func (t *tree) companions(is func(f *file) bool) {
	for _, c := range t.files {
		if !c.taken && !c.holder && is(c.file) {
			c.taken = true
			t.r.counts.Ignored++
		}
	}
}

// withBeside makes each file of a format a unit, to which those in its folder
// belong that hold no messages.
func withBeside(belongs func(other *file) bool) func(t *tree, f *format) {
	return func(t *tree, f *format) {
		for i, c := range t.files {
			if c.format == f && !c.taken {
				t.unit(f, i)
				t.companions(func(other *file) bool {
					return other != c.file && other.dir() == c.file.dir() && belongs(other)
				})
			}
		}
	}
}

// under says whether a path lies in a folder, or the folder is the top.
func under(path, dir string) bool { return dir == "." || dir == "" || strings.HasPrefix(path, dir+"/") }
