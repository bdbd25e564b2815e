package identifier

// number is a decimal number as people write it.
type number struct {
	start, end int
	value      float64
	zero       bool // leading zero of a code or a phone number: "007"
	spaced     bool // groups of digits set apart by blanks
}

// maxGroups bounds the groups of digits of one number.
const maxGroups = 6

// maxDigits bounds the digits of a number that counts something.
const maxDigits = 15

type group struct {
	start, length int
	mark          byte // what stands before the group
}

// readNumber reads the number at b[i], a digit. Marks between groups of digits
// are told apart by their order and the length of the groups:
//
//	1,500  1.500  1'500  1 500   thousands      1,00,000   Indian grouping
//	1.5  1,5  0.500              decimals       1.500,25   the last mark is the point
//	1.2.3  12.05.2024            no number
//
// Groups set apart by blanks are read only if spaces is true. Where there is no
// number, end is still the end of all the digits and marks.
func readNumber(b []byte, i int, spaces bool) (n number, ok bool) {
	var room [maxGroups]group
	groups := room[:0]
	n = number{start: i, end: i}
	mark := byte(0)
	for p := i; ; p++ {
		start := p
		for p < len(b) && isDigit(b[p]) {
			p++
		}
		groups = append(groups, group{start, p - start, mark})
		n.end = p
		if len(groups) == maxGroups || p+1 >= len(b) || !isDigit(b[p+1]) {
			break
		}
		mark = b[p]
		if mark == ' ' && !(spaces && threeMore(b, groups, p+1)) || !isMark(mark) {
			break
		}
		n.spaced = n.spaced || mark == ' '
	}
	n.zero = groups[0].length > 1 && b[i] == '0'
	whole := integerGroups(b, groups)
	if whole == 0 || whole < len(groups)-1 {
		return n, false
	}
	return n.sum(b, groups, whole)
}

func isMark(c byte) bool { return c == '.' || c == ',' || c == '\'' || c == ' ' }

// threeMore says whether exactly three digits begin at b[i], after groups that
// are themselves fit for thousands set apart by blanks.
func threeMore(b []byte, groups []group, i int) bool {
	for k, g := range groups {
		if k == 0 && g.length > 3 || k > 0 && (g.mark != ' ' || g.length != 3) {
			return false
		}
	}
	return i+3 <= len(b) && isDigit(b[i+1]) && isDigit(b[i+2]) && !isDigit(byteAt(b, i+3))
}

// integerGroups returns how many groups make up the integer part.
func integerGroups(b []byte, groups []group) int {
	last := len(groups) - 1
	if last == 0 {
		return 1
	}
	zero := groups[0].length == 1 && b[groups[0].start] == '0'
	if last == 1 && groups[1].mark != ' ' && (groups[1].length != 3 || groups[0].length > 3 || zero) {
		if groups[1].mark == '\'' {
			return 0
		}
		return 1
	}
	if grouped(groups) {
		return last + 1
	}
	if final := groups[last].mark; final != groups[last-1].mark && (final == '.' || final == ',') && grouped(groups[:last]) {
		return last
	}
	return 0
}

// grouped says whether the groups are thousands, or lakhs and crores, with one
// and the same mark between them.
func grouped(groups []group) bool {
	last := len(groups) - 1
	if last == 0 || groups[0].length > 3 || groups[last].length != 3 {
		return false
	}
	indian := groups[0].length <= 2 && groups[1].mark == ','
	western := true
	for k, g := range groups[1:] {
		if g.mark != groups[1].mark {
			return false
		}
		western = western && g.length == 3
		if k < last-1 {
			indian = indian && g.length == 2
		}
	}
	return western || indian
}

// sum works out the value of whole groups and a fraction.
func (n number) sum(b []byte, groups []group, whole int) (number, bool) {
	digits, unit := 0, 1.0
	for k, g := range groups {
		digits += g.length
		if digits > maxDigits {
			return n, false
		}
		for _, c := range b[g.start : g.start+g.length] {
			n.value = n.value*10 + float64(c-'0')
			if k >= whole {
				unit *= 10
			}
		}
	}
	n.value /= unit
	return n, true
}
