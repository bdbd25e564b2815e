package identifier_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/identifier"
)

func TestIBAN(t *testing.T) {
	for _, c := range []struct{ text, value, covers string }{
		{"IBAN GB82 WEST 1234 5698 7654 32.", "GB82WEST12345698765432", "GB82 WEST 1234 5698 7654 32"},
		{"de89370400440532013000", "DE89370400440532013000", "de89370400440532013000"},
		{"FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606", "FR14 2004 1010 0505 0001 3M02 606"},
		{"转到NO9386011117947", "NO9386011117947", "NO9386011117947"},
	} {
		t.Run(c.text, func(t *testing.T) {
			check(t, c.text, "", []is{{"iban", c.value, c.covers}})
			ids, _ := find(c.text, "")
			require.True(t, ids[0].Valid)
		})
	}
	check(t, "GB82 WEST 1234 5698 7654 33", "", nil, identifier.Account)
	check(t, "XX82 WEST 1234 5698 7654 32", "", nil, identifier.Account)
}

// One changed digit or two swapped neighbours are never a valid IBAN.
func TestIBANChecksum(t *testing.T) {
	const iban = "GB82WEST12345698765432"
	for i := range iban {
		changed := []byte(iban)
		if changed[i] >= 'A' {
			continue
		}
		changed[i] = '0' + (changed[i]-'0'+1)%10
		ids, _ := find("account "+string(changed), "")
		for _, id := range ids {
			require.False(t, id.Type == "iban" && id.Valid, string(changed))
		}
	}
}

func TestCard(t *testing.T) {
	for _, text := range []string{
		"4111 1111 1111 1111", "4111-1111-1111-1111", "4111111111111111", "5555555555554444", "3782 822463 10005", "6011111111111117", "6200000000000005",
	} {
		t.Run(text, func(t *testing.T) {
			id, covered := only(t, "pay with "+text+" today")
			require.Equal(t, "card", id.Type)
			require.True(t, id.Valid)
			require.Equal(t, text, covered)
			plain := strings.NewReplacer(" ", "", "-", "").Replace(text)
			require.Equal(t, strings.Repeat("*", len(plain)-4)+plain[len(plain)-4:], id.Value, "masked")
		})
	}
	check(t, "4111 1111 1111 1112", "", nil)
	check(t, "1234 5678 9012 3456", "", nil)
	check(t, "order 4111111111111111", "", nil)
	check(t, "my card is 4111 1111 1111 1112", "", []is{{"card", "************1112", ""}})
}

func TestLocalAccounts(t *testing.T) {
	for _, c := range []struct{ text, kind, value string }{
		{"a/c no 123456789012", "bank_account", "123456789012"},
		{"rekening BCA 123-456-7890 a.n. Budi", "bank_account", "1234567890"},
		{"số tài khoản: 0123456789", "bank_account", "0123456789"},
		{"so tai khoan 0123456789", "bank_account", "0123456789"},
		{"เลขบัญชี 123-4-56789-0", "bank_account", "1234567890"},
		{"계좌 110-123-456789", "bank_account", "110123456789"},
		{"账号：6217000012345", "bank_account", "6217000012345"},
		{"口座番号 1234567", "bank_account", "1234567"},
		{"CLABE 032180000118359719", "clabe", "032180000118359719"},
		{"CBU 0720590520000001183492", "cbu", "0720590520000001183492"},
		{"sort code 12-34-56", "sort_code", "123456"},
		{"BSB 123-456", "bsb", "123456"},
		{"IFSC: ABCD0123456", "ifsc", "ABCD0123456"},
		{"pix: 529.982.247-25", "pix", "52998224725"},
		{"chave pix 11.222.333/0001-81", "pix", "11222333000181"},
		{"pay ravi.k@ybl", "upi", "ravi.k@ybl"},
		{"https://paypal.me/SunnyGold/50", "paypal", "sunnygold"},
		{"cash.app/$sunny", "cashapp", "$sunny"},
		{"UPI: ravi@somebank", "upi", "ravi@somebank"},
	} {
		t.Run(c.text, func(t *testing.T) {
			check(t, c.text, "", []is{{c.kind, c.value, ""}}, identifier.Account)
		})
	}
	check(t, "pix: sam@mail.example", "", []is{{"email", "sam@mail.example", ""}, {"pix", "sam@mail.example", ""}})
	check(t, "pix 529.982.247-26", "", nil, identifier.Account)
	for _, text := range []string{"account 12", "create an account in 2024", "ravi@home", "order 123456789012", "his account of 1999", "account from 2002-10", "card declined of 364.84 20", "accounting (602) 555-0123", "account 000000000"} {
		t.Run(text, func(t *testing.T) { check(t, text, "", nil, identifier.Account) })
	}
}

func TestMemo(t *testing.T) {
	xrp := wallets(5)["wallet.xrp r"]
	check(t, xrp+" destination tag: 1234567", "", []is{{"wallet.xrp", xrp, xrp}, {"memo", "1234567", "1234567"}})
	check(t, "USDT 钱包地址 备注：123456", "", []is{{"memo", "123456", "123456"}}, identifier.Account)
	check(t, "name tag 1234567", "", nil, identifier.Account)
}

func TestSeedPhrase(t *testing.T) {
	for _, c := range []struct {
		phrase string
		valid  bool
	}{ // public test vectors of BIP-39
		{"abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about", true},
		{"legal winner thank year wave sausage worth useful legal winner thank yellow", true},
		{"letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter always", true},
		{"zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote", true},
		{"Letter Advice Cage Absurd Amount Doctor Acoustic Avoid Letter Advice Cage Above", true},
		{"legal winner thank year wave sausage worth useful legal winner thank thank", false},
	} {
		numbered := ""
		for i, word := range strings.Fields(c.phrase) {
			numbered += fmt.Sprintf("%d. %s\n", i+1, word)
		}
		for _, text := range []string{c.phrase, strings.ReplaceAll(c.phrase, " ", "\n"), strings.ReplaceAll(c.phrase, " ", ", "), numbered} {
			for _, around := range []string{"%s", "my words: %s ok?", "ok %s", strings.Repeat("x ", 40) + "%s"} {
				id, covered := only(t, fmt.Sprintf(around, text))
				require.Equal(t, identifier.Secret, id.Kind)
				require.Equal(t, "secret.seed", id.Type)
				require.Equal(t, "[seed phrase removed]", id.Value)
				require.Equal(t, c.valid, id.Valid)
				require.Contains(t, strings.TrimSpace(text), covered)
			}
		}
	}
	for _, text := range []string{
		"abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon",
		"the quick brown fox jumps over the lazy dog and runs away from all of the other animals in the forest at night",
	} {
		ids, _ := find(text, "")
		require.Empty(t, ids)
	}
}

func TestPrivateKeys(t *testing.T) {
	key := fmt.Sprintf("%x", noise(9, 32))
	wif := check58(bitcoinAlphabet, "\x80", append(noise(9, 32), 1))
	for _, text := range []string{key, "0x" + key, wif, check58(rippleAlphabet, "\x21", noise(9, 16))} {
		id, covered := only(t, "key "+text)
		require.Equal(t, identifier.Secret, id.Kind)
		require.Equal(t, "secret.key", id.Type)
		require.Equal(t, "[private key removed]", id.Value)
		require.Equal(t, text, covered)
	}
}
