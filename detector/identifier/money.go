package identifier

// leastBare is the smallest number that counts as money without a currency,
// next to words for a wage: below it, "2 a day" is about pills.
const leastBare = 20

// leastSalary is the same after a word such as salary that says no period.
const leastSalary = 100

// measure reports the quantity at b[i], a digit, and returns where it ends.
func (f *Finder) measure(i int) (end int, ok bool) {
	q, ok := f.quantity(i, true)
	if ok && f.report(&q) {
		return q.end, true
	}
	if q.spaced {
		if q, ok = f.quantity(i, false); ok && f.report(&q) {
			return q.end, true
		}
	}
	return i, false
}

// report adds q if it is money, a percentage or a length of time.
func (f *Finder) report(q *quantity) bool {
	switch {
	case q.unit == percentUnit:
		f.measured(Percent, "percent", "%", q)
	case q.currency != "":
		f.measured(Money, "money", q.currency, q)
	case q.implied != "":
		q.currency = q.implied
		f.measured(Money, "money", q.currency, q)
	case q.unit != "":
		f.measured(Duration, "duration", q.unit, q)
	case f.bare(q):
		f.measured(Money, "money", "", q)
	default:
		return false
	}
	return true
}

func (f *Finder) measured(kind Kind, name, word string, q *quantity) {
	period := f.period(q.end)
	if period == "" && kind != Duration {
		period = f.wage(q.start).period
	}
	var room [48]byte
	text := q.appendAmount(room[:0])
	if word != "" && kind != Percent {
		text = append(text, ' ')
	}
	text = append(text, word...)
	if period != "" {
		text = append(append(text, '/'), period...)
	}
	id := Identifier{Kind: kind, Type: name, Value: string(text), Span: span(q.start, q.end), Valid: true, Period: period}
	if kind != Duration {
		id.Amount = q.high
	}
	if kind == Money {
		id.Currency = q.currency
	}
	f.add(id)
}

// bare says whether a number without a currency is money: after a word such as
// 月薪, or with a period or a scale next to a word for pay.
func (f *Finder) bare(q *quantity) bool {
	if q.high < leastBare || q.high == 401e3 { // the pension plan is no money
		return false
	}
	switch w := f.wage(q.start); {
	case w.bare:
		return w.period != "" || q.high >= leastSalary
	case w.period != "":
		return f.hintsIn(q.start-hintBefore, q.start)&earnHint != 0
	}
	reach := hintBefore
	if f.period(q.end) == "" {
		if !q.scaled {
			return false
		}
		reach /= 2
	}
	return f.hintsIn(q.start-reach, q.start)&earnHint != 0
}

// period returns the period that stands after an amount: "a day", "/week", "日结".
func (f *Finder) period(i int) string {
	b := f.body
	at := f.more(i)
	if at >= len(b) {
		return ""
	}
	if name, length := f.words.periods.look(f, at); length > 0 {
		return name
	}
	_, length := f.words.per.look(f, at)
	if length == 0 {
		if b[at] < 0x80 { // Han and Thai may go without: 500元天
			return ""
		}
	}
	at = skipBlanks(b, at+length, 1)
	u, length := f.words.units.look(f, at)
	if length == 0 || u.name == percentUnit || u.only == asLength {
		return ""
	}
	return u.name
}

// wage returns what the words before an amount say of it: its period, and
// whether it is money anyhow. At most two fillers may stand between.
func (f *Finder) wage(i int) (w wage) {
	b := f.body
	for range 3 {
		i = backBlanks(b, i, 2)
		found, length := f.words.wages.before(b, i)
		if length > 0 {
			w.period, w.bare = found.period, w.bare || found.bare
			if w.period != "" {
				break
			}
		} else if _, length = f.words.fillers.before(b, i); length == 0 {
			break
		}
		i -= length
	}
	return w
}

// unit returns the length of time or the percent sign after a number, and where
// it ends; end 0 if there is none.
func (f *Finder) unit(n number, at int) (name string, end int) {
	u, length := f.words.units.look(f, at)
	if length == 0 || u.only == asPeriod || u.manner&tight != 0 && at != n.end || u.most > 0 && n.value > u.most {
		return "", 0
	}
	if at == n.end && n.value == 2 && string(f.body[at:at+length]) == "day" {
		return "", 0 // "2day" is today
	}
	return u.name, at + length
}
