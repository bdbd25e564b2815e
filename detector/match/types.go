package match

import "github.com/hookline/hookline/detector/identifier"

// typ is a placeholder of the pattern grammar: <money>, <wallet>, …
type typ uint8

const (
	noType typ = iota
	money
	wallet
	url
	handle
	phone
	duration
	percent
	gain
	yield
	tiers
	numTypes
)

var typeNames = [numTypes]string{
	money: "money", wallet: "wallet", url: "url", handle: "handle",
	phone: "phone", duration: "duration", percent: "percent",
	gain: "gain", yield: "yield", tiers: "tiers",
}

func typeNamed(name string) (typ, bool) {
	for t := noType + 1; t < numTypes; t++ {
		if typeNames[t] == name {
			return t, true
		}
	}
	return noType, false
}

// typeOf is the placeholder that an identifier of this kind fills: an e-mail
// address is a handle, an account number none.
func typeOf(kind identifier.Kind) typ {
	switch kind {
	case identifier.Money:
		return money
	case identifier.Wallet:
		return wallet
	case identifier.URL:
		return url
	case identifier.Handle, identifier.Email:
		return handle
	case identifier.Phone:
		return phone
	case identifier.Duration:
		return duration
	case identifier.Percent:
		return percent
	default:
		return noType
	}
}
