package identifier

// localAccounts are account numbers that mean something only next to their own
// word. The first that fits is taken.
var localAccounts = []struct {
	word     hint
	kind     string
	min, max int
	valid    func(digits []byte) bool
}{
	{pixHint, "pix", 11, 11, cpf},
	{pixHint, "pix", 14, 14, cnpj},
	{clabeHint | accountHint, "clabe", 18, 18, clabe},
	{cbuHint | accountHint, "cbu", 22, 22, cbu},
	{sortHint, "sort_code", 6, 6, nil},
	{bsbHint, "bsb", 6, 6, nil},
	{accountHint | cardHint, "bank_account", 6, 22, nil},
}

// accountReach is how far before a number its word may begin.
const accountReach = 32

// localAccount reports the cluster if the nearest word before it is one for an
// account. CLABE and CBU need their check digits unless their own word stands
// there. Value is the digits: mask it for show.
func (f *Finder) localAccount(c *cluster) bool {
	if c.count < 6 || c.plus || c.fraction() || c.blank(f.body) {
		return false
	}
	const words = pixHint | clabeHint | cbuHint | sortHint | bsbHint | accountHint | cardHint
	word := f.lastHint(c.start-accountReach, c.start, words|phoneHint|orderHint)
	if c.count < 12 {
		word &^= cardHint
	}
	if word&words == 0 || c.date() && word&(sortHint|bsbHint) == 0 {
		return false
	}
	var room [maxClusterDigits]byte
	digits := c.digits(f.body, &room)
	for _, a := range localAccounts {
		if word&a.word == 0 || len(digits) < a.min || len(digits) > a.max {
			continue
		}
		valid := a.valid != nil && a.valid(digits)
		if a.valid != nil && !valid && word&accountHint != 0 {
			continue
		}
		if a.kind == "pix" && !valid {
			return false // a phone number as a key
		}
		f.account(a.kind, string(digits), c.start, c.end, valid)
		return true
	}
	return false
}

// cpf checks the two check digits of a Brazilian person's number.
func cpf(d []byte) bool { return mod11(d[:9], 11) == d[9] && mod11(d[:10], 11) == d[10] }

// cnpj checks those of a Brazilian firm's.
func cnpj(d []byte) bool { return mod11(d[:12], 9) == d[12] && mod11(d[:13], 9) == d[13] }

// mod11 is the check digit after d: weights rise from 2 at the end and start
// over after most.
func mod11(d []byte, most int) byte {
	sum, weight := 0, 2
	for k := len(d) - 1; k >= 0; k-- {
		sum += int(d[k]-'0') * weight
		if weight++; weight > most {
			weight = 2
		}
	}
	rest := 11 - sum%11
	if rest >= 10 {
		rest = 0
	}
	return byte(rest) + '0'
}

// clabe checks the last digit of a Mexican account: weights 3, 7, 1.
func clabe(d []byte) bool {
	sum := 0
	for k, c := range d[:17] {
		sum += int(c-'0') * [...]int{3, 7, 1}[k%3] % 10
	}
	return byte((10-sum%10)%10)+'0' == d[17]
}

// cbu checks both blocks of an Argentine account: weights 3, 1, 7, 9 from the
// end.
func cbu(d []byte) bool { return cbuBlock(d[:8]) && cbuBlock(d[8:]) }

func cbuBlock(d []byte) bool {
	sum, last := 0, len(d)-1
	for k := range last {
		sum += int(d[last-1-k]-'0') * [...]int{3, 1, 7, 9}[k%4]
	}
	return byte((10-sum%10)%10)+'0' == d[last]
}

// memo reports the number that tells an exchange whose transfer it is: three to
// twelve digits at most six bytes after a word for it, in a message about
// wallets.
func (f *Finder) memo(c *cluster) bool {
	if c.plus || c.groups[0].length < 3 || c.groups[0].length > 12 ||
		f.lastHint(c.start-hintBefore, c.start, memoHint) == 0 || !f.memoTouches(c.start) {
		return false
	}
	start, end := c.groups[0].start, c.groups[0].start+c.groups[0].length
	if !f.wallets && f.hints(start, end)&walletHint == 0 {
		return false
	}
	f.account("memo", string(f.body[start:end]), start, end, false)
	return true
}

func (f *Finder) memoTouches(start int) bool {
	l := f.words.hints
	for i := max(0, start-24); i < start; i++ {
		if l.begins(f.body, i) && !joined(f.body, i) {
			if value, n := l.at(f.body, i); value&memoHint != 0 && i+n+6 >= start {
				return true
			}
		}
	}
	return false
}
