package export

import "time"

// buddhist is how many years the era of Thai exports is ahead.
const buddhist = 543

// gregorian turns a date of another calendar, told by its year, into one of
// the common calendar: the Buddhist era, the Persian years that chats can be
// of, and the Islamic ones. A date that its calendar lacks is month 0.
func gregorian(year, month, day int) (y, m, d int) {
	switch {
	case year >= 2400 && year <= 2700:
		return year - buddhist, month, day
	case year >= 1340 && year <= 1420:
		return persian(year, month, day)
	case year > 1420 && year <= 1500:
		return islamic(year, month, day)
	}
	return year, month, day
}

// persian counts from a new year that is known. Leap years follow the cycle of
// 33 years, which is that of the official calendar in this and the last century.
func persian(year, month, day int) (y, m, d int) {
	length := 31
	if month > 6 {
		length = 30
	}
	if month < 1 || month > 12 || day < 1 || day > length {
		return year, 0, day
	}
	days := (month-1)*length + day - 1
	if month > 6 {
		days += 6
	}
	for ; year < 1403; year++ {
		days -= persianLength(year)
	}
	for ; year > 1403; year-- {
		days += persianLength(year - 1)
	}
	return date(time.Date(2024, time.March, 20+days, 0, 0, 0, 0, time.UTC))
}

func persianLength(year int) int {
	if (year*8+29)%33 < 8 {
		return 366
	}
	return 365
}

// islamic follows the tabular calendar, from which the announced months differ
// by a day at times.
func islamic(year, month, day int) (y, m, d int) {
	if month < 1 || month > 12 || day < 1 || day > 30 {
		return year, 0, day
	}
	const epoch = 492148 // days from 1 Muharram 1 to the first of 1970
	days := day - 1 + (59*(month-1)+1)/2 + (year-1)*354 + (3+11*year)/30
	return date(time.Date(1970, time.January, 1+days-epoch, 0, 0, 0, 0, time.UTC))
}

func date(t time.Time) (y, m, d int) { return t.Year(), int(t.Month()), t.Day() }
