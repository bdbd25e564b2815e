package identifier_test

import (
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/identifier"
)

func TestPhone(t *testing.T) {
	for _, c := range []struct {
		text, region, value, covers string
		valid                       bool
	}{
		{"+1 202-555-0123", "", "+12025550123", "+1 202-555-0123", true},
		{"+1 (202) 555-0123", "", "+12025550123", "+1 (202) 555-0123", true},
		{"(+44) 7700 900123", "", "+447700900123", "", false}, // reserved for drama
		{"0044 7700 900123", "", "+447700900123", "0044 7700 900123", false},
		{"+65 9123 4567 2 times", "", "+6591234567", "+65 9123 4567", true},
		{"call 555-0123 now", "", "5550123", "555-0123", false},
		{"(202) 555-0123", "", "2025550123", "(202) 555-0123", false},
		{"(202) 555-0123", "US", "+12025550123", "(202) 555-0123", true},
		{"202.555.0123", "US", "+12025550123", "202.555.0123", true},
		{"07700 900123", "", "07700900123", "07700 900123", false},
		{"my number is 91234567", "SG", "+6591234567", "91234567", true},
		{"hubungi 0812-3456-7890", "ID", "+6281234567890", "0812-3456-7890", true},
		{"手机13812345678", "", "+8613812345678", "13812345678", true},
		{"电话：138 1234 5678", "", "+8613812345678", "138 1234 5678", true},
		{"请联系我。手机13812345678。", "", "+8613812345678", "13812345678", true},
		{"お電話ください 090-1234-5678", "", "+819012345678", "090-1234-5678", true},
		{"โทร 081-234-5678", "", "+66812345678", "081-234-5678", true},
		{"gọi số 0912 345 678 nhé bạn ở", "", "+84912345678", "0912 345 678", true},
		{"फोन 98765 43210", "", "+919876543210", "98765 43210", true},
		{"연락 010-1234-5678", "", "+821012345678", "010-1234-5678", true},
		{"звони 8 912 345-67-89", "", "+79123456789", "8 912 345-67-89", true},
		{"โทร 081-234-5678", "TH", "+66812345678", "081-234-5678", true},
		{"+٩٧١ ٥٠ ١٢٣ ٤٥٦٧", "", "+971501234567", "", true},
	} {
		t.Run(c.text+" "+c.region, func(t *testing.T) {
			ids, covered := find(c.text, c.region)
			require.Len(t, ids, 1)
			require.Equal(t, identifier.Phone, ids[0].Kind)
			require.Equal(t, c.value, ids[0].Value)
			require.Equal(t, c.valid, ids[0].Valid)
			if c.covers != "" {
				require.Equal(t, c.covers, covered[0])
			}
		})
	}
}

func TestPhoneOnMessenger(t *testing.T) {
	for _, c := range []struct{ text, kind, value, covers string }{
		{"WhatsApp +1 202-555-0123", "handle.whatsapp", "+12025550123", "+1 202-555-0123"},
		{"WA: 0812-3456-7890", "handle.whatsapp", "081234567890", "0812-3456-7890"},
		{"WA081234567890", "handle.whatsapp", "081234567890", "081234567890"},
		{"zalo 0912 345 678", "handle.zalo", "0912345678", "0912 345 678"},
		{"微信同号13812345678", "handle.wechat", "+8613812345678", "13812345678"},
		{"Viber: +63 917 123 4567", "handle.viber", "+639171234567", "+63 917 123 4567"},
		{"Ватсап +7 912 345-67-89", "handle.whatsapp", "+79123456789", "+7 912 345-67-89"},
	} {
		t.Run(c.text, func(t *testing.T) {
			check(t, c.text, "", []is{{c.kind, c.value, c.covers}, {"phone", c.value, c.covers}})
		})
	}
}

func TestNoPhone(t *testing.T) {
	for _, text := range []string{
		"12/05/2024", "2024-05-12", "12.05.2024", "10:30", "2019-2020", "version 10.2.3.4", "ISBN 978-3-16-148410-0", "order 2025550123",
		"tracking no. 4201234567", "订单号 13812345678", "1234567.89", "3,141,592", "192.168.100.200", "#2025550123", "room 1234 5678",
		"8675309", "at 3:59 +0100 8/22/02", "+00 00 00 00 00", "account 364.84 20", "zip 98020-4205", "code: 12345678", "id_12345678", "abc12345678",
	} {
		t.Run(text, func(t *testing.T) { check(t, text, "", nil, identifier.Phone) })
	}
}

// An example number of every country is found, valid and in E.164.
func TestPhoneOfEveryCountry(t *testing.T) {
	for region := range phonenumbers.GetSupportedRegions() {
		example := phonenumbers.GetExampleNumber(region)
		for _, format := range []phonenumbers.PhoneNumberFormat{phonenumbers.E164, phonenumbers.INTERNATIONAL} {
			text := phonenumbers.Format(example, format)
			ids, _ := find("call "+text+" now", "")
			require.Len(t, ids, 1, text)
			require.Equal(t, phonenumbers.Format(example, phonenumbers.E164), ids[0].Value)
			require.True(t, ids[0].Valid, text)
		}
		national := phonenumbers.Format(example, phonenumbers.NATIONAL)
		if len(phonenumbers.GetNationalSignificantNumber(example)) < 7 {
			continue
		}
		ids, _ := find("call "+national+" now", region)
		require.Len(t, ids, 1, "%s in %s", national, region)
		require.Equal(t, phonenumbers.Format(example, phonenumbers.E164), ids[0].Value, national)
	}
}
