package identifier_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/identifier"
)

// wallets makes the n-th address of each type.
func wallets(n int) map[string]string {
	payload := noise(n, 20)
	return map[string]string{
		"wallet.tron p2pkh": check58(bitcoinAlphabet, "\x41", payload),
		"wallet.xrp r":      check58(rippleAlphabet, "\x00", payload),
		"wallet.btc p2pkh":  check58(bitcoinAlphabet, "\x00", payload),
		"wallet.btc p2sh":   check58(bitcoinAlphabet, "\x05", payload),
		"wallet.btc v0":     segwit("bc", 0, payload),
		"wallet.btc v0-32":  segwit("bc", 0, noise(n, 32)),
		"wallet.btc v1":     segwit("bc", 1, noise(n, 32)),
		"wallet.ltc L":      check58(bitcoinAlphabet, "\x30", payload),
		"wallet.ltc M":      check58(bitcoinAlphabet, "\x32", payload),
		"wallet.ltc v0":     segwit("ltc", 0, payload),
		"wallet.doge D":     check58(bitcoinAlphabet, "\x1e", payload),
		"wallet.doge p2sh":  check58(bitcoinAlphabet, "\x16", payload),
		"wallet.ton EQ":     ton(0x11, noise(n, 32)),
		"wallet.ton UQ":     ton(0x51, noise(n, 32)),
	}
}

func only(t *testing.T, text string) (identifier.Identifier, string) {
	t.Helper()
	ids, covered := find(text, "")
	require.Len(t, ids, 1, "in %q", text)
	return ids[0], covered[0]
}

func TestWalletsOfEachChain(t *testing.T) {
	for n := range 200 {
		for name, address := range wallets(n) {
			kind, _, _ := strings.Cut(name, " ")
			id, covered := only(t, "send it to "+address+", please")
			require.Equal(t, identifier.Identifier{Kind: identifier.Wallet, Type: kind, Value: address,
				Span: id.Span, Valid: true}, id, name)
			require.Equal(t, address, covered)
		}
	}
}

// One changed character is never a valid address of the same type.
func TestWalletChecksums(t *testing.T) {
	for n := range 12 {
		for name, address := range wallets(n) {
			alphabet := bitcoinAlphabet
			switch {
			case strings.Contains(name, " v"):
				alphabet = bech32Alphabet
			case strings.Contains(name, "xrp"):
				alphabet = rippleAlphabet
			}
			for i := range len(address) {
				other := alphabet[(strings.IndexByte(alphabet, address[i])+1+n)%len(alphabet)]
				if other == address[i] {
					continue
				}
				changed := address[:i] + string(other) + address[i+1:]
				ids, _ := find("wallet "+changed+" usdt", "")
				for _, id := range ids {
					require.False(t, id.Valid, "%s: %s became %s", name, address, changed)
				}
			}
		}
	}
}

// The vectors of BIP-173 and BIP-350 that are long enough for an address.
func TestSegwitVectors(t *testing.T) {
	for _, address := range []string{
		"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
		"bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
		"bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
		"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
	} {
		id, _ := only(t, address)
		require.True(t, id.Valid, address)
		require.Equal(t, strings.ToLower(address), id.Value)
	}
	for _, address := range []string{
		"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",   // bech32 for version 1
		"BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",   // bech32 for version 16
		"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",                       // bech32m for version 0
		"bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",   // foreign character
		"BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",   // version 17
		"BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",                             // 16 bytes in version 0
		"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", // padding too long
		"bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",                       // mixed case
	} {
		ids, _ := find(address, "")
		for _, id := range ids {
			require.False(t, id.Valid, address)
		}
	}
}

// The vectors of EIP-55.
func TestEthereumVectors(t *testing.T) {
	for _, address := range []string{
		"0x52908400098527886E0F7030069857D2E4169EE7",
		"0x8617E340B3D01FA5F11F306F4090FD50E238070D",
		"0xde709f2102306220921060314715629080e2fb77",
		"0x27b1fdb04752bbc536007a920d24acb045561c26",
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
		"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
		"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
		"0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
	} {
		for _, form := range []string{address, "0x" + strings.ToLower(address[2:]), "0x" + strings.ToUpper(address[2:])} {
			id, _ := only(t, "eth:"+form+".")
			require.Equal(t, "wallet.evm", id.Type)
			require.Equal(t, address, id.Value)
			require.True(t, id.Valid, form)
		}
	}
	id, _ := only(t, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")
	require.False(t, id.Valid)
}

func TestXRPTaggedAddress(t *testing.T) {
	id, _ := only(t, "X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ")
	require.Equal(t, "wallet.xrp", id.Type)
	require.True(t, id.Valid)
}

func TestSolanaNeedsItsWord(t *testing.T) {
	address := encode58(bitcoinAlphabet, noise(7, 32))
	id, _ := only(t, "my Phantom wallet "+address)
	require.Equal(t, "wallet.sol", id.Type)
	require.False(t, id.Valid, "no checksum")
	ids, _ := find("session token "+address, "")
	require.Empty(t, ids)
}

func TestRawTON(t *testing.T) {
	raw := fmt.Sprintf("0:%x", noise(3, 32))
	id, covered := only(t, "ton account "+raw)
	require.Equal(t, "wallet.ton", id.Type)
	require.Equal(t, raw, id.Value)
	require.Equal(t, raw, covered)
}

// The contracts of tokens and other addresses of nobody are not reported; that
// they are listed rightly shows in their checksums.
func TestContractsAreNobodys(t *testing.T) {
	for _, address := range []string{
		"TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "TEkxiTehnzSmSe2XqrJ4w32RUN966rdz8",
		"0xdAC17F958D2ee523a2206206994597C13D831ec7", "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
		"0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2", "0x55d398326f99059fF775485246999027B3197955",
		"0xc2132D05D31c914a87C6611C10748AEb04B58e8F", "0x0000000000000000000000000000000000000000",
		"0x000000000000000000000000000000000000dEaD",
		"EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs",
		"So11111111111111111111111111111111111111112", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
		"EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB",
	} {
		ids, _ := find("Solana usdt wallet "+address, "")
		require.Empty(t, ids, address)
	}
}

func TestWalletsAmongOtherText(t *testing.T) {
	tron := wallets(1)["wallet.tron p2pkh"]
	for _, text := range []string{
		"地址" + tron + "请核对", "USDT-TRC20-" + tron, "address:" + tron + "\n", "(" + tron + ")", "https://scan.example/address/" + tron,
	} {
		ids, _ := find(text, "")
		require.NotEmpty(t, ids, text)
		found := false
		for _, id := range ids {
			found = found || id.Type == "wallet.tron" && id.Value == tron && id.Valid
		}
		require.True(t, found, text)
	}
	for _, text := range []string{
		"commit 9fceb02d0ae598e95dc970b74767f19372d61af8 broke it",
		"a-very-long-slug-of-a-page-that-nobody-reads-to-the-end",
		"VGhpcyBpcyBqdXN0IHNvbWUgYmFzZTY0IHRleHQgd2l0aG91dCBtZWFuaW5n",
		"THISISALLCAPITALSANDNOTANADDRESSATALL",
		strings.Repeat("A1b2C3d4", 1000),
	} {
		ids, _ := find(text, "")
		require.Empty(t, ids, text)
	}
}

func TestChainNames(t *testing.T) {
	check(t, "send to sunnygold.eth please", "", []is{{"wallet.ens", "sunnygold.eth", "sunnygold.eth"}})
	check(t, "my Solana wallet sunny.sol", "", []is{{"wallet.name", "sunny.sol", "sunny.sol"}})
	check(t, "hello.sol in summer", "", nil)
}

func TestTwins(t *testing.T) {
	wallet := func(value string) identifier.Identifier {
		return identifier.Identifier{Kind: identifier.Wallet, Type: "wallet.tron", Value: value}
	}
	evm := func(value string) identifier.Identifier {
		return identifier.Identifier{Kind: identifier.Wallet, Type: "wallet.evm", Value: value}
	}
	ids := []identifier.Identifier{
		wallet("TAbcXXXXXXXXXXXXXXXXXXXXXXXXXXwxyz"),
		wallet("TAbcYYYYYYYYYYYYYYYYYYYYYYYYYYwxyz"),
		wallet("TAbcXXXXXXXXXXXXXXXXXXXXXXXXXXwxyz"), // the first again
		wallet("TAbdXXXXXXXXXXXXXXXXXXXXXXXXXXwxyz"),
		wallet("TAbcZZZZZZZZZZZZZZZZZZZZZZZZZZwxyz"),
		evm("0xABcd000000000000000000000000000000001234"),
		evm("0xabCD111111111111111111111111111111111234"),
		{Kind: identifier.Phone, Value: "TAbcQQQQQQQQQQQQQQQQwxyz"},
	}
	require.Equal(t, [][2]int{{0, 1}, {0, 4}, {5, 6}}, identifier.Twins(ids))
	require.Empty(t, identifier.Twins(nil))
}
