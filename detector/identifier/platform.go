package identifier

// platformAround returns the name of the platform whose word stands nearest
// before b[i] on the way back to another @, else of one shortly after; "" if
// there is none.
func (f *Finder) platformAround(i int) string {
	b := f.body
	from := max(0, i-40)
	for p := i - 1; p >= from; p-- {
		if b[p] == '\n' && p < i-1 {
			from = p
			break
		}
	}
	if name := f.lastPlatform(from, i, true); name != "" {
		return name
	}
	name := i + 1
	for name < len(b) && name-i < 34 && (isAlnum(b[name]) || b[name] == '_') {
		name++
	}
	to := min(len(b), name+16)
	for p := name; p < to; p++ {
		if b[p] == '@' || b[p] == '\n' {
			to = p
		}
	}
	return f.firstPlatform(name, to)
}

// platformAt reads the name of a platform at b[i]. A single letter is one only
// among Han.
func (f *Finder) platformAt(i int) (platform, int) {
	p, n := f.words.platforms.at(f.body, i)
	if n == 1 && f.seen&han == 0 {
		return p, 0
	}
	return p, n
}

// lastPlatform returns the name of the last platform whose word lies in
// [from,to), shy ones only if asked for.
func (f *Finder) lastPlatform(from, to int, shy bool) (name string) {
	b, l := f.body, f.words.platforms
	for i := from; i < to; i++ {
		if l.begins(b, i) && !joined(b, i) {
			p, n := f.platformAt(i)
			if n > 0 && i+n <= to && (shy || p.form == sure) {
				name = p.name
			}
			i += max(0, n-1)
		}
	}
	return name
}

func (f *Finder) firstPlatform(from, to int) string {
	b, l := f.body, f.words.platforms
	for i := from; i < to; i++ {
		if l.begins(b, i) && !joined(b, i) {
			if p, n := f.platformAt(i); n > 0 && i+n <= to {
				return p.name
			}
		}
	}
	return ""
}

// platformBefore returns the platform whose word stands before the number at i
// with no other number, name or line between.
func (f *Finder) platformBefore(i int) string {
	b := f.body
	from := max(0, i-32)
	for p := i - 1; p >= from; p-- {
		if isDigit(b[p]) || b[p] == '@' || b[p] == '\n' && p < i-2 {
			from = p + 1
			break
		}
	}
	name := f.lastPlatform(max(from, i-12), i, true)
	if name == "line" && find(f.clean[max(from, i-12):i], "LINE", 0) < 0 {
		name = "" // "our help line 555…"
	}
	if name != "" {
		return name
	}
	return f.lastPlatform(from, i, false)
}
