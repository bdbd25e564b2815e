package export

// orderVotes gathers what the dates of a file say about the order of their
// numbers.
type orderVotes struct {
	dmy, mdy int // dates that allow only this order
	open     int // dates that allow both
	closed   int // dates that cannot be read year first
	steps    int // from one day to another
	asian    bool
	// Of the dates read day first, month first and year first:
	last [3]int
	back [3]int // steps back in time
	span [3]int // days walked
}

// add takes a date into account.
func (v *orderVotes) add(d *dateWords) {
	if len(d.numbers) != 3 || d.widths[0] == 4 || d.markers || d.numbers[0] > 31 {
		return
	}
	a, b, year := d.numbers[0], d.numbers[1], d.numbers[2]
	v.prove(d)
	if d.widths[0] != 2 || d.widths[2] > 2 || b > 12 || year > 31 {
		v.closed++
	}
	v.asian = v.asian || d.asian
	if v.last[0] != 0 && v.last[0] != (year*12+b)*31+a {
		v.steps++
	}
	for i, day := range [...]int{(year*12+b)*31 + a, (year*12+a)*31 + b, (a*12+b)*31 + year} {
		if v.last[i] != 0 {
			if day < v.last[i] {
				v.back[i]++
			}
			v.span[i] += max(day-v.last[i], v.last[i]-day)
		}
		v.last[i] = day
	}
}

// prove takes into account what a date says by itself.
func (v *orderVotes) prove(d *dateWords) {
	if len(d.numbers) != 3 || d.widths[0] == 4 || d.markers || d.numbers[0] > 31 {
		return
	}
	a, b := d.numbers[0], d.numbers[1]
	asDay, asMonth := d.weekdays()
	switch {
	case a > 12 && b <= 12, d.hasDay && asDay == d.weekday && asMonth != d.weekday:
		v.dmy++
	case b > 12 && a <= 12, d.hasDay && asMonth == d.weekday && asDay != d.weekday:
		v.mdy++
	default:
		v.open++
	}
}

// decide settles the order; sure is false where no date proves it. american
// says that the times have AM and PM in capitals, as they stand in exports
// that write the month first.
func (v *orderVotes) decide(american bool) (order dateOrder, sure bool) {
	switch {
	case v.dmy == 0 && v.mdy == 0 && v.open == 0:
		return yearFirst, true
	case v.closed == 0 && v.back[2] == 0 && (v.asian || v.steps >= 4 && min(v.span[0], v.span[1]) > 10*v.span[2]):
		return yearFirst, true // 26/3/12, 26/3/13, …: the day walks, the year stands
	case v.dmy > v.mdy:
		return dayFirst, true
	case v.mdy > v.dmy:
		return monthFirst, true
	case v.back[0] != v.back[1]:
		if v.back[0] < v.back[1] {
			return dayFirst, v.back[0] == 0
		}
		return monthFirst, v.back[1] == 0
	case v.span[0] > 3*v.span[1]:
		return monthFirst, false
	case v.span[1] > 3*v.span[0]:
		return dayFirst, false
	case american:
		return monthFirst, false
	default:
		return dayFirst, false
	}
}
