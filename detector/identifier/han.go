package identifier

// Amounts written in Han numerals: 三百元, 五万块, 月入过万, 百分之三十, 两小时.
//
// A run is read as Chinese and Japanese do: digits count the unit after them
// (五百 = 5 × 100), and 万 and 亿 multiply all before them.

// hanPercent stands before a percentage.
const hanPercent = "百分之"

// hanKeys holds the keys of the numerals below.
var hanKeys = func() *keySet {
	var s keySet
	for _, r := range "一壹过上数几近破二两贰三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿" {
		s.add(string(r), false)
	}
	return &s
}()

// hanDigit returns the value of a numeral at b[i], and the unit it is, 1 for a
// digit. "Over" and "several" count as one unit: 过万, 几百.
func hanDigit(b []byte, i int) (value, unit float64, ok bool) {
	if i+3 > len(b) || !hanKeys.forward(b, i) {
		return 0, 0, false
	}
	switch string(b[i : i+3]) {
	case "过", "上", "数", "几", "近", "破":
		return 0, 1, true
	case "一", "壹":
		return 1, 1, true
	case "二", "两", "贰":
		return 2, 1, true
	case "三", "叁":
		return 3, 1, true
	case "四", "肆":
		return 4, 1, true
	case "五", "伍":
		return 5, 1, true
	case "六", "陆":
		return 6, 1, true
	case "七", "柒":
		return 7, 1, true
	case "八", "捌":
		return 8, 1, true
	case "九", "玖":
		return 9, 1, true
	case "十", "拾":
		return 0, 10, true
	case "百", "佰":
		return 0, 100, true
	case "千", "仟":
		return 0, 1000, true
	case "万":
		return 0, 1e4, true
	case "亿":
		return 0, 1e8, true
	}
	return 0, 0, false
}

// readHan reads the numerals at b[i].
func readHan(b []byte, i int) (n number, units bool, ok bool) {
	n = number{start: i, end: i}
	var total, section, last float64
	for {
		value, unit, found := hanDigit(b, n.end)
		if !found {
			break
		}
		n.end += 3
		ok = true
		switch {
		case unit == 1:
			last = value
			continue
		case unit < 1e4:
			section += max(last, 1) * unit
		default:
			total = (total + max(section+last, 1)) * unit
			section = 0
		}
		last, units = 0, true
	}
	n.value = total + section + last
	return n, units, ok
}

// hanNumbers looks at every run of Han numerals.
func (f *Finder) hanNumbers() {
	b := f.body
	for i := 0; i+3 <= len(b); {
		if b[i] < 0xE4 || b[i] > 0xE9 {
			i++
			continue
		}
		if !hanKeys.forward(b, i) {
			i += 3
			continue
		}
		n, units, ok := readHan(b, i)
		if !ok {
			i += 3
			continue
		}
		i = max(n.end, f.hanNumber(n, units))
	}
}

// hanNumber reports the run if it measures something, and returns where it ends.
func (f *Finder) hanNumber(n number, units bool) int {
	follows := n.end < len(f.body) && f.words.following.forward(f.body, n.end)
	precedes := n.start > 0 && f.words.preceding.backward(f.body, n.start)
	if !follows && !precedes && !units && !hasBefore(f.body, n.start, hanPercent) {
		return n.end
	}
	if !f.free(n.start, n.end) || n.start > 0 && isDigit(f.body[n.start-1]) {
		return n.end
	}
	q := quantity{start: n.start, low: n.value, high: n.value, scaled: units}
	t := f.tail(n)
	q.low *= t.factor
	q.high *= t.factor
	q.take(t)
	if q.unit == "" && hasBefore(f.body, n.start, hanPercent) {
		q.start, q.unit, q.end = n.start-len(hanPercent), percentUnit, n.end
	}
	if n.value == 0 || q.unit == "" && q.currency == "" && (!units || n.end-n.start == 3) {
		return n.end
	}
	if !units && q.unit != "" && q.unit != percentUnit && q.unit != "hour" && q.unit != "minute" {
		return n.end // 一天, 三年: everyday words
	}
	if !f.report(&q) {
		return n.end
	}
	return q.end
}

func hasBefore(b []byte, i int, word string) bool {
	return i >= len(word) && string(b[i-len(word):i]) == word
}
