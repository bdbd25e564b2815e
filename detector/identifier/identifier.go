package identifier

import (
	"cmp"
	"slices"

	"github.com/hookline/hookline/detector/source"
)

// Kind is the sort of an identifier.
type Kind uint8

// The kinds. Percent, Money and Duration are quantities rather than
// identifiers, but are found by the same scan.
const (
	Wallet   Kind = iota // address on a chain
	URL                  // link or bare domain
	Handle               // name, number or invite on a messenger
	Phone                // telephone number
	Email                // mail address
	Account              // bank account, card, payment address, memo of a transfer
	Money                // amount with a currency or a wage period
	Percent              // "3 %"
	Duration             // "24 hours"
	Place                // latitude and longitude
	Secret               // seed phrase or private key; the value is never kept
)

var kindNames = [...]string{
	"wallet", "url", "handle", "phone", "email", "account",
	"money", "percent", "duration", "place", "secret",
}

// String is the lower-case name of the kind.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Identifier is one thing found in a text.
type Identifier struct {
	Kind Kind
	// Type is the finer sort: wallet.tron, handle.telegram, handle (platform
	// unknown), phone, iban, card, bank_account, money, url, secret.seed, …
	Type string
	// Value is the canonical form: E.164, lower-case host, checksum form of a
	// wallet, "500-800 USD/week"; masked for cards and secrets.
	Value string
	Span  source.Span // bytes of fold.Text.Body
	Valid bool        // checksum, library or complete parse; see the package comment

	Amount   float64 // Money, Percent: the amount, of a range the upper end
	Currency string  // Money: ISO 4217 or ticker; a word where several share it ("peso"); may be empty
	Period   string  // Money, Percent: minute, hour, day, week, month, year, task; may be empty
}

// order sorts by start, the longer first, then by kind and type.
func order(a, b Identifier) int {
	return cmp.Or(
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(b.Span.End, a.Span.End),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Type, b.Type),
	)
}

// Twins returns pairs of positions in ids: wallets of one type with different
// values whose first four and last four characters agree, as in address
// poisoning. Of many alike each is paired with the first.
func Twins(ids []Identifier) [][2]int {
	var pairs [][2]int
	first := map[string]int{}
	seen := map[string]bool{}
	for i, id := range ids {
		if id.Kind != Wallet || len(id.Value) < 16 || seen[id.Type+id.Value] {
			continue
		}
		seen[id.Type+id.Value] = true
		key := ends(id)
		if j, ok := first[key]; ok {
			pairs = append(pairs, [2]int{j, i})
		} else {
			first[key] = i
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return pairs
}

// ends is the type and the eight characters that a reader compares; those of a
// hexadecimal address without its 0x and its letter case.
func ends(id Identifier) string {
	value := id.Value
	if id.Type == evmType {
		value = lower(value[2:])
	}
	return id.Type + ":" + value[:4] + value[len(value)-4:]
}
