package identifier

import "bytes"

// runMin is the length of the shortest run of letters and digits worth a look:
// an old Bitcoin or a Ripple address.
const runMin = 25

// runMax bounds the runs that are looked into; longer ones are encoded data.
const runMax = 512

// chain says how the base58 addresses of a chain look.
type chain struct {
	kind     string
	digits   *base58
	first    string // possible first characters
	min, max int    // characters
	prefix   []string
	size     int // bytes of version and payload
	alone    bool
}

// chains in the order in which a run is tried. The version bytes are those of
// the chains' reference clients; X is XRP's address with a packed tag. A chain
// that stands alone is reported with a wrong checksum too, as nothing else
// looks like it; the others need a word for a wallet nearby.
var chains = []chain{
	{"wallet.tron", bitcoin, "T", 34, 34, []string{"\x41"}, 21, true},
	{"wallet.xrp", ripple, "r", 25, 35, []string{"\x00"}, 21, false},
	{"wallet.xrp", ripple, "X", 46, 48, []string{"\x05\x44"}, 31, false},
	{"wallet.btc", bitcoin, "13", 25, 35, []string{"\x00", "\x05"}, 21, false},
	{"wallet.ltc", bitcoin, "LM", 33, 34, []string{"\x30", "\x32"}, 21, false},
	{"wallet.doge", bitcoin, "D9A", 33, 34, []string{"\x1e", "\x16"}, 21, false},
	{keyType, bitcoin, "5KL", 51, 52, []string{"\x80"}, 0, false},
	{keyType, ripple, "s", 25, 31, []string{"\x21"}, 17, false},
}

// runs finds wallets and keys: it probes every 25th byte, and where that is a
// letter or digit, looks at the whole run around it.
func (f *Finder) runs() {
	b := f.clean
	for p, done := runMin-1, 0; p < len(b); p += runMin {
		if p < done || !isRun(b[p]) {
			continue
		}
		start, end := p, p+1
		for start > done && isRun(b[start-1]) {
			start--
		}
		for end < len(b) && isRun(b[end]) {
			end++
		}
		done = end
		if end-start >= runMin && end-start <= runMax {
			f.run(start, end)
		}
	}
}

// isRun: letters, digits and the other characters of base64.
func isRun(c byte) bool { return isAlnum(c) || c == '_' || c == '-' || c == '+' || c == '/' }

// run looks at the parts of a run between its marks.
func (f *Finder) run(start, end int) {
	for i := start; i < end; {
		if !isAlnum(f.clean[i]) {
			i++
			continue
		}
		part := i
		for i < end && isAlnum(f.clean[i]) {
			i++
		}
		if f.ton(part, start, end) {
			i = part + tonLength
		} else if i-part >= runMin {
			f.part(part, i)
		}
	}
}

// ton reads 48 characters of base64 that begin with the tag of an account.
func (f *Finder) ton(i, start, end int) bool {
	b := f.clean
	if end-i < tonLength || byteAt(b, i+1) != 'Q' || bytes.IndexByte([]byte("EUk0"), b[i]) < 0 {
		return false
	}
	last := i + tonLength
	if i > start && b[i-1] != '/' || last < end && b[last] != '/' {
		return false
	}
	value, valid := tonAddress(b[i:last])
	if value == "" || known(value) {
		return value != ""
	}
	if valid || shapely(b[i:last]) {
		f.add(Identifier{Kind: Wallet, Type: "wallet.ton", Value: value, Span: span(i, last), Valid: valid})
		return true
	}
	return false
}

// part reads an unbroken run of letters and digits as an address or a key.
func (f *Finder) part(start, end int) {
	b := f.clean[start:end]
	switch n := len(b); {
	case b[0] == '0' && b[1]|0x20 == 'x' && (n == 42 || n == 66) && allHex(b[2:]):
		f.hexadecimal(start, end)
	case n == 64 && allHex(b):
		f.hexadecimal(start, end)
	case f.witness(start, end):
	case n <= base58Max:
		f.chain(start, end)
	}
}

func (f *Finder) hexadecimal(start, end int) {
	b := f.clean[start:end]
	if len(b) == 42 {
		value, valid := evmAddress(b[2:])
		if !known(value) && !uniform(b[2:]) {
			f.add(Identifier{Kind: Wallet, Type: evmType, Value: value, Span: span(start, end), Valid: valid})
		}
		return
	}
	if value, from, ok := rawTON(f.clean, start, end); ok {
		f.add(Identifier{Kind: Wallet, Type: "wallet.ton", Value: value, Span: span(from, end)})
		return
	}
	if !uniform(b[len(b)-64:]) {
		f.secret(keyType, span(start, end), false)
	}
}

// witness reads a bech32 address. One with a wrong checksum is reported too.
func (f *Finder) witness(start, end int) bool {
	text := f.clean[start:end]
	for _, c := range [...]struct{ prefix, kind string }{{"bc", "wallet.btc"}, {"ltc", "wallet.ltc"}} {
		n := len(c.prefix)
		if len(text) < 26 || len(text) > 90 || text[n] != '1' || lower(string(text[:n])) != c.prefix {
			continue
		}
		low := bytes.ToLower(text)
		for _, c := range low[n+1:] {
			if bech32Values[c] == 0xFF {
				return false
			}
		}
		oneCase := bytes.Equal(low, text) || bytes.Equal(bytes.ToUpper(text), text)
		f.add(Identifier{Kind: Wallet, Type: c.kind, Value: string(low), Span: span(start, end),
			Valid: oneCase && segwit(low, c.prefix)})
		return true
	}
	return false
}

// chain reads a base58 address or key.
func (f *Finder) chain(start, end int) {
	var room [base58Max]byte
	text := f.clean[start:end]
	for i := range chains {
		c := &chains[i]
		if len(text) < c.min || len(text) > c.max || bytes.IndexByte([]byte(c.first), text[0]) < 0 {
			continue
		}
		if c.matches(c.digits.check(text, &room)) {
			f.address(c.kind, start, end, true)
			return
		}
		if c.kind != keyType && shapely(text) && c.digits.decode(text, &room) != nil &&
			(c.alone || f.hints(start, end)&(walletHint|memoHint) != 0) {
			f.address(c.kind, start, end, false)
			return
		}
	}
	if len(text) >= 32 && len(text) <= 44 && shapely(text) && len(bitcoin.decode(text, &room)) == 32 &&
		f.hints(start, end)&solanaHint != 0 {
		f.address("wallet.sol", start, end, false)
	}
}

func (c *chain) matches(data []byte) bool {
	if data == nil || c.size != 0 && len(data) != c.size || c.size == 0 && len(data) != 33 && len(data) != 34 {
		return false
	}
	for _, p := range c.prefix {
		if bytes.HasPrefix(data, []byte(p)) {
			return true
		}
	}
	return false
}

func (f *Finder) address(kind string, start, end int, valid bool) {
	if kind == keyType {
		f.secret(keyType, span(start, end), valid)
		return
	}
	if value := string(f.clean[start:end]); !known(value) {
		f.add(Identifier{Kind: Wallet, Type: kind, Value: value, Span: span(start, end), Valid: valid})
	}
}

// shapely says whether text mixes digits and both letter cases, as random
// base58 does and words do not.
func shapely(text []byte) bool {
	var digits, lowers, uppers int
	for _, c := range text {
		switch {
		case isDigit(c):
			digits++
		case isLower(c):
			lowers++
		case isUpper(c):
			uppers++
		}
	}
	return digits >= 1 && lowers >= 3 && uppers >= 3
}

// known says whether value is the contract of a common token, a program or a
// burn address: nobody's wallet.
func known(value string) bool {
	switch value {
	case "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", // USDT on TRON
		"TEkxiTehnzSmSe2XqrJ4w32RUN966rdz8",                // USDC on TRON
		"0xdAC17F958D2ee523a2206206994597C13D831ec7",       // USDT on Ethereum
		"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",       // USDC on Ethereum
		"0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",       // wrapped ether
		"0x55d398326f99059fF775485246999027B3197955",       // USDT on BNB Chain
		"0xc2132D05D31c914a87C6611C10748AEb04B58e8F",       // USDT on Polygon
		"0x000000000000000000000000000000000000dEaD",       // burn address
		"EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs", // USDT on TON
		"So11111111111111111111111111111111111111112",      // wrapped SOL
		"TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",      // SPL token program
		"EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",     // USDC on Solana
		"Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB":     // USDT on Solana
		return true
	}
	return false
}
