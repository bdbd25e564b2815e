package identifier

import "strconv"

// place reads a latitude and a longitude at b[i], a digit: "13.7563, 100.5018".
// Both need three decimals or more.
func (f *Finder) place(i int) (end int, ok bool) {
	b := f.body
	if dotAt := byteAt(b, i+1) == '.' || byteAt(b, i+2) == '.'; !dotAt {
		return i, false
	}
	latitude, p, ok := coordinate(b, i, 90)
	if !ok {
		return i, false
	}
	p = skipBlanks(b, p, 1)
	if byteAt(b, p) != ',' {
		return i, false
	}
	p = skipBlanks(b, p+1, 2)
	minus := byteAt(b, p) == '-'
	if minus {
		p++
	}
	longitude, end, ok := coordinate(b, p, 180)
	if !ok || end-i < len("1.123,1.1234") || byteAt(b, end) == '.' && isDigit(byteAt(b, end+1)) {
		return i, false
	}
	start := i
	if byteAt(b, i-1) == '-' && !isAlnum(byteAt(b, i-2)) {
		start, latitude = i-1, -latitude
	}
	if minus {
		longitude = -longitude
	}
	value := strconv.FormatFloat(latitude, 'f', -1, 64) + "," + strconv.FormatFloat(longitude, 'f', -1, 64)
	f.add(Identifier{Kind: Place, Type: "latlong", Value: value, Span: span(start, end), Valid: true})
	return end, true
}

// coordinate reads up to three digits, a point and three decimals or more.
func coordinate(b []byte, i int, most float64) (value float64, end int, ok bool) {
	point := i
	for point < len(b) && point-i < 4 && isDigit(b[point]) {
		point++
	}
	if point == i || point-i > 3 || byteAt(b, point) != '.' {
		return 0, i, false
	}
	end = point + 1
	for end < len(b) && end-point <= 16 && isDigit(b[end]) {
		end++
	}
	if end-point-1 < 3 || isDigit(byteAt(b, end)) {
		return 0, i, false
	}
	value, err := strconv.ParseFloat(string(b[i:end]), 64)
	return value, end, err == nil && value <= most
}
