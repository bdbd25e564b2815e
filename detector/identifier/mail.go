package identifier

// local returns where the name of a mail address begins whose host begins at i:
// before "@" or "(at)"; i if there is none.
func (f *Finder) local(i int) int {
	b := f.body
	end := i
	switch {
	case byteAt(b, i-1) == '@':
		end = i - 1
	default:
		end = backBlanks(b, i, 1) - len("(at)")
		if !hasPrefix(b, end, "(at)") && !hasPrefix(b, end, "[at]") && !hasPrefix(b, end, "{at}") {
			return i
		}
		end = backBlanks(b, end, 1)
	}
	start := end
	for start > 0 && end-start < 64 && isLocal(b[start-1]) {
		start--
	}
	for start < end && (b[start] == '.' || b[start] == '-') {
		start++
	}
	if start == end {
		return i
	}
	return start
}

func isLocal(c byte) bool {
	return isAlnum(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%'
}

// mail reports the mail address [start,end) whose host has been read, in lower
// case, and the PIX key that it may be.
func (f *Finder) mail(start, end int) int {
	h := &f.host
	stop := start
	for stop < h.start() && isLocal(f.body[stop]) {
		stop++
	}
	name, valid := h.ascii(f)
	value := string(f.body[start:stop]) + "@" + name
	if !f.free(start, end) {
		return end
	}
	f.add(Identifier{Kind: Email, Type: "email", Value: value, Span: span(start, end), Valid: valid})
	if f.hintsIn(start-hintBefore, start)&pixHint != 0 {
		f.account("pix", value, start, end, valid)
	}
	return end
}

// mentions finds handles with an @ before them, and payment addresses of the
// form name@provider.
func (f *Finder) mentions() {
	if f.seen&at == 0 {
		return
	}
	b := f.body
	for i := range b {
		if b[i] != '@' || !f.free(i, i+1) {
			continue
		}
		if i > 0 && (isAlnum(b[i-1]) || b[i-1] == '_') {
			f.paymentAddress(i)
			continue
		}
		f.mention(i)
	}
}

// mention reads the handle at b[i], an @. Next to the name of a platform it may
// begin with a digit, and a blank may follow the @.
func (f *Finder) mention(i int) {
	b := f.body
	platform := f.platformAround(i)
	start := i + 1
	if platform != "" {
		start = skipBlanks(b, start, 1)
	}
	end := start
	for end < len(b) && end-start <= 33 && (isAlnum(b[end]) || b[end] == '_' || b[end] == '.') {
		end++
	}
	for end > start && b[end-1] == '.' {
		end--
	}
	switch {
	case end-start < 3 || end-start > 32 || byteAt(b, end) == '@' || hasPrefix(b, end, "::"):
		return
	case !isLetter(b[start]) && platform == "":
		return
	case digitsEnd(b, start) == end && platform != "line":
		return
	}
	if platform == "" && f.domainLike(b[start:end]) {
		return
	}
	if _, n := f.words.mentions.at(b, start); n == end-start && platform == "" {
		return
	}
	value := string(b[start:end])
	if platform == "line" {
		value = "@" + value // official accounts have it in their name
	}
	f.handle(platform, value, i, end, false)
}

// providerRows are the suffixes of UPI addresses.
var providerRows = []row[struct{}]{{struct{}{},
	`upi ybl ibl axl apl paytm ptyes ptaxis pthdfc ptsbi oksbi okaxis okicici okhdfcbank sbi icici hdfcbank axisbank kotak barodampay pnb idfcbank idbi indus federal yesbank yapl rapl waaxis wahdfcbank waicici wasbi axisb jupiteraxis freecharge airtel postbank cnrb unionbank`}}

// paymentAddress reads name@provider around the @ at b[i]: one of a known
// provider, or any next to a word for UPI.
func (f *Finder) paymentAddress(i int) {
	b := f.body
	end := i + 1
	for end < len(b) && isAlnum(b[end]) {
		end++
	}
	start := i
	for start > 0 && i-start < 64 && isLocal(b[start-1]) {
		start--
	}
	if end-i < 3 || end-i > 21 || byteAt(b, end) == '@' || byteAt(b, end) == '.' && isAlnum(byteAt(b, end+1)) {
		return
	}
	_, n := f.words.providers.at(b, i+1)
	known := n == end-i-1
	if (known || f.hints(start, end)&upiHint != 0) && f.free(start, end) {
		f.account("upi", string(b[start:end]), start, end, known)
	}
}
