package export_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
)

// TestHeadsOfLocales reads the head of a line as telephones of many countries
// write it.
func TestHeadsOfLocales(t *testing.T) {
	const want = "2026-03-12T14:02:00"
	for locale, text := range map[string]string{
		"bg":         "12.03.26 г., 14:02 - Ана: да\n13.03.26 г., 14:03 - Иво: не\n",
		"bn":         "১২/৩/২৬, ২:০২ PM - রিনা: হ্যালো\n১৩/৩/২৬, ২:০৩ PM - অমি: হাই\n",
		"cs":         "12. 3. 2026 14:02 - Jana: ahoj\n13. 3. 2026 14:03 - Petr: čau\n",
		"da":         "12.03.2026 14.02 - Eva: hej\n13.03.2026 14.03 - Bo: ja\n",
		"de":         "12.03.26 um 14:02 - Eva: hi\n13.03.26 um 14:03 - Bo: ja\n",
		"el":         "12/3/26, 2:02 μ.μ. - Νίκος: γεια\n13/3/26, 9:03 π.μ. - Άννα: ναι\n",
		"en-au":      "12/3/26, 2:02 pm - Eva: hi\n13/3/26, 2:03 pm - Bo: yes\n",
		"en-us":      "3/12/26, 2:02\u202fPM - Eva: hi\n3/13/26, 2:03\u202fPM - Bo: yes\n",
		"en-za":      "2026/03/12, 14:02 - Eva: hi\n2026/03/13, 14:03 - Bo: yes\n",
		"es-mx":      "12/3/2026, 2:02 p. m. - Ana: hola\n13/3/2026, 2:03 a. m. - Beto: sí\n",
		"fa":         "۱۲/۳/۲۰۲۶،\u200f ۱۴:۰۲ - سارا: سلام\n۱۳/۳/۲۰۲۶،\u200f ۱۴:۰۳ - علی: بله\n",
		"fr":         "12/03/2026, 14:02 - Luc: allo\n13/03/2026, 14:03 - Zoé: oui\n",
		"fr-ca":      "2026-03-12 14 h 02 - Luc: allo\n2026-03-13 14 h 03 - Zoé: oui\n",
		"he":         "12.3.2026, 14:02 - דנה: שלום\n13.3.2026, 14:03 - יוסי: כן\n",
		"hi":         "12/03/26, 2:02 pm - आशा: नमस्ते\n13/03/26, 2:03 pm - रवि: हाँ\n",
		"hr":         "12. 03. 2026. 14:02 - Ana: bok\n13. 03. 2026. 14:03 - Ivo: da\n",
		"ms":         "12/03/2026, 2:02 PTG - Ali: hai\n13/03/2026, 9:03 PG - Abu: ya\n",
		"nl":         "12-03-2026 14:02 - Jan: hoi\n13-03-2026 14:03 - Piet: ja\n",
		"ru":         "12.03.2026, 14:02 - Оля: привет\n13.03.2026, 14:03 - Ира: да\n",
		"sq":         "12.3.2026, 2:02 e pasdites - Eva: hi\n13.3.2026, 9:03 e paradites - Bo: yes\n",
		"sv":         "2026-03-12 14:02 - Eva: hej\n2026-03-13 14:03 - Bo: ja\n",
		"ta":         "12/3/26, பிற்பகல் 2:02 - Eva: hi\n13/3/26, முற்பகல் 9:03 - Bo: yes\n",
		"tr":         "12.03.2026 14:02 - Ali: selam\n13.03.2026 14:03 - Can: iyi\n",
		"vi":         "14:02, 12/03/2026 - Lan: chào\n14:03, 13/03/2026 - Huy: ừ\n",
		"zh-cn":      "2026/3/12 14:02 - 小红: 你好\n2026/3/13 14:03 - 小明: 好\n",
		"zh-hk":      "12/3/2026 下午2:02 - 小紅: 你好\n13/3/2026 下午2:03 - 小明: 好\n",
		"line-zh":    "[LINE] 與小美的聊天記錄\n儲存日期：2026/03/15 10:00\n\n2026/03/12（四）\n下午02:02\t小美\t嗨\n下午02:03\t阿明\t好\n",
		"line-id":    "[LINE] Riwayat obrolan dengan Sari\nDisimpan pada: 15/03/2026 10.00\n\nKam, 12/03/2026\n14:02\tSari\thai\n14:03\tBudi\tya\n",
		"line-us":    "[LINE] Chat history with Sari\nSaved on: 3/15/2026, 10:00\n\nThu, 3/12/2026\n2:02 PM\tSari\thi\n2:03 PM\tBudi\tyes\n",
		"kakao-en":   "KakaoTalk Chats with Kim\nDate Saved : 2026-03-15 10:44:52\n\n--------------- Thursday, March 12, 2026 ---------------\n[Kim] [2:02 PM] hi\n[me] [2:03 PM] yes\n",
		"viber-sr":   "[ 12. март 2026. 14:02 ] \u2068Иван\u2069: здраво\n[ 12. март 2026. 14:03 ] \u2068Ана\u2069: да\n",
		"mail-style": "date,from,body\n\"Thu, 12 Mar 2026 14:02\",a,hi\n2026-03-12 14:03,b,yes\n",
	} {
		t.Run(locale, func(t *testing.T) {
			got := readString(t, text, export.Options{})
			require.NoError(t, got.err)
			require.Empty(t, got.faults)
			require.Len(t, got.messages, 2)
			require.Equal(t, want, got.messages[0].Sent.String())
		})
	}
}
