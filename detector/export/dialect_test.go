package export_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
)

// dialects are chats of two messages as programs and telephones of many
// countries write them: digits, calendars, halves of the day, orders. The
// first message of each was sent on 12 March 2026 at 14:02.
var dialects = map[string]struct{ format, text string }{
	"wa-bg":            {"whatsapp", "12.03.26 г., 14:02 - Ана: да\n13.03.26 г., 14:03 - Иво: не\n"},
	"wa-bn":            {"whatsapp", "১২/৩/২৬, ২:০২ PM - রিনা: হ্যালো\n১৩/৩/২৬, ২:০৩ PM - অমি: হাই\n"},
	"wa-cs":            {"whatsapp", "12. 3. 2026 14:02 - Jana: ahoj\n13. 3. 2026 14:03 - Petr: čau\n"},
	"wa-da":            {"whatsapp", "12.03.2026 14.02 - Eva: hej\n13.03.2026 14.03 - Bo: ja\n"},
	"wa-de":            {"whatsapp", "12.03.26 um 14:02 - Eva: hi\n13.03.26 um 14:03 - Bo: ja\n"},
	"wa-el":            {"whatsapp", "12/3/26, 2:02 μ.μ. - Νίκος: γεια\n13/3/26, 9:03 π.μ. - Άννα: ναι\n"},
	"wa-en-au":         {"whatsapp", "12/3/26, 2:02 pm - Eva: hi\n13/3/26, 2:03 pm - Bo: yes\n"},
	"wa-en-us":         {"whatsapp", "3/12/26, 2:02\u202fPM - Eva: hi\n3/13/26, 2:03\u202fPM - Bo: yes\n"},
	"wa-en-za":         {"whatsapp", "2026/03/12, 14:02 - Eva: hi\n2026/03/13, 14:03 - Bo: yes\n"},
	"wa-es-mx":         {"whatsapp", "12/3/2026, 2:02 p. m. - Ana: hola\n13/3/2026, 2:03 a. m. - Beto: sí\n"},
	"wa-fa":            {"whatsapp", "۱۲/۳/۲۰۲۶،\u200f ۱۴:۰۲ - سارا: سلام\n۱۳/۳/۲۰۲۶،\u200f ۱۴:۰۳ - علی: بله\n"},
	"wa-fr":            {"whatsapp", "12/03/2026, 14:02 - Luc: allo\n13/03/2026, 14:03 - Zoé: oui\n"},
	"wa-fr-ca":         {"whatsapp", "2026-03-12 14 h 02 - Luc: allo\n2026-03-13 14 h 03 - Zoé: oui\n"},
	"wa-he":            {"whatsapp", "12.3.2026, 14:02 - דנה: שלום\n13.3.2026, 14:03 - יוסי: כן\n"},
	"wa-hi":            {"whatsapp", "12/03/26, 2:02 pm - आशा: नमस्ते\n13/03/26, 2:03 pm - रवि: हाँ\n"},
	"wa-hr":            {"whatsapp", "12. 03. 2026. 14:02 - Ana: bok\n13. 03. 2026. 14:03 - Ivo: da\n"},
	"wa-ms":            {"whatsapp", "12/03/2026, 2:02 PTG - Ali: hai\n13/03/2026, 9:03 PG - Abu: ya\n"},
	"wa-nl":            {"whatsapp", "12-03-2026 14:02 - Jan: hoi\n13-03-2026 14:03 - Piet: ja\n"},
	"wa-ru":            {"whatsapp", "12.03.2026, 14:02 - Оля: привет\n13.03.2026, 14:03 - Ира: да\n"},
	"wa-sq":            {"whatsapp", "12.3.2026, 2:02 e pasdites - Eva: hi\n13.3.2026, 9:03 e paradites - Bo: yes\n"},
	"wa-sv":            {"whatsapp", "2026-03-12 14:02 - Eva: hej\n2026-03-13 14:03 - Bo: ja\n"},
	"wa-ta":            {"whatsapp", "12/3/26, பிற்பகல் 2:02 - Eva: hi\n13/3/26, முற்பகல் 9:03 - Bo: yes\n"},
	"wa-tr":            {"whatsapp", "12.03.2026 14:02 - Ali: selam\n13.03.2026 14:03 - Can: iyi\n"},
	"wa-vi":            {"whatsapp", "14:02, 12/03/2026 - Lan: chào\n14:03, 13/03/2026 - Huy: ừ\n"},
	"wa-zh-cn":         {"whatsapp", "2026/3/12 14:02 - 小红: 你好\n2026/3/13 14:03 - 小明: 好\n"},
	"wa-zh-hk":         {"whatsapp", "12/3/2026 下午2:02 - 小紅: 你好\n13/3/2026 下午2:03 - 小明: 好\n"},
	"line-zh":          {"line", "[LINE] 與小美的聊天記錄\n儲存日期：2026/03/15 10:00\n\n2026/03/12（四）\n下午02:02\t小美\t嗨\n下午02:03\t阿明\t好\n"},
	"line-id":          {"line", "[LINE] Riwayat obrolan dengan Sari\nDisimpan pada: 15/03/2026 10.00\n\nKam, 12/03/2026\n14:02\tSari\thai\n14:03\tBudi\tya\n"},
	"line-us":          {"line", "[LINE] Chat history with Sari\nSaved on: 3/15/2026, 10:00\n\nThu, 3/12/2026\n2:02 PM\tSari\thi\n2:03 PM\tBudi\tyes\n"},
	"kakao-en":         {"kakaotalk", "KakaoTalk Chats with Kim\nDate Saved : 2026-03-15 10:44:52\n\n--------------- Thursday, March 12, 2026 ---------------\n[Kim] [2:02 PM] hi\n[me] [2:03 PM] yes\n"},
	"viber-sr":         {"viber", "[ 12. март 2026. 14:02 ] \u2068Иван\u2069: здраво\n[ 12. март 2026. 14:03 ] \u2068Ана\u2069: да\n"},
	"mail-style":       {"csv", "date,from,body\n\"Thu, 12 Mar 2026 14:02\",a,hi\n2026-03-12 14:03,b,yes\n"},
	"wa-ar":            {"whatsapp", "١٢\u200f/٣\u200f/٢٠٢٦، ٢:٠٢ م - Eva: hi there\n١٣\u200f/٣\u200f/٢٠٢٦، ٢:٠٣ م - Bo: yes\n"},
	"wa-ar-ios":        {"whatsapp", "[١٢\u200f/٣\u200f/٢٠٢٦، ٢:٠٢:٠٥ م] Eva: hi there\n[١٣\u200f/٣\u200f/٢٠٢٦، ٢:٠٣:٠٥ م] Bo: yes\n"},
	"wa-fa-jalali":     {"whatsapp", "۱۴۰۴/۱۲/۲۱،\u200f ۱۴:۰۲ - Eva: hi there\n۱۴۰۴/۱۲/۲۲،\u200f ۱۴:۰۳ - Bo: yes\n"},
	"wa-fa-jalali-ios": {"whatsapp", "[۱۴۰۴/۱۲/۲۱، ۱۴:۰۲:۰۵] Eva: hi there\n[۱۴۰۴/۱۲/۲۲، ۱۴:۰۳:۰۵] Bo: yes\n"},
	"wa-sa-hijri":      {"whatsapp", "23/9/1447, 2:02 م - Eva: hi there\n24/9/1447, 2:03 م - Bo: yes\n"},
	"wa-th":            {"whatsapp", "12/3/2569, 14:02 - Eva: hi there\n13/3/2569, 14:03 - Bo: yes\n"},
	"wa-th-yy":         {"whatsapp", "12/3/69 14:02 - Eva: hi there\n13/3/69 14:03 - Bo: yes\n"},
	"wa-th-ios":        {"whatsapp", "[12/3/2569 BE 14:02:05] Eva: hi there\n[13/3/2569 BE 14:03:05] Bo: yes\n"},
	"wa-th-ios2":       {"whatsapp", "[12/3/2569 14:02:05] Eva: hi there\n[13/3/2569 14:03:05] Bo: yes\n"},
	"wa-hi-deva":       {"whatsapp", "१२/३/२६, २:०२ अपराह्न - Eva: hi there\n१३/३/२६, २:०३ अपराह्न - Bo: yes\n"},
	"wa-my":            {"whatsapp", "၁၂/၃/၂၆ ၁၄:၀၂ - Eva: hi there\n၁၃/၃/၂၆ ၁၄:၀၃ - Bo: yes\n"},
	"wa-my2":           {"whatsapp", "၁၂-၃-၂၆ ၁၄:၀၂ - Eva: hi there\n၁၃-၃-၂၆ ၁၄:၀၃ - Bo: yes\n"},
	"wa-te":            {"whatsapp", "12-03-26 2:02 PM - Eva: hi there\n13-03-26 2:03 PM - Bo: yes\n"},
	"wa-ur":            {"whatsapp", "12/3/26، 2:02 PM - Eva: hi there\n13/3/26، 2:03 PM - Bo: yes\n"},
	"wa-hu":            {"whatsapp", "2026. 03. 12. 14:02 - Eva: hi there\n2026. 03. 13. 14:03 - Bo: yes\n"},
	"wa-hu-ios":        {"whatsapp", "[2026. 03. 12. 14:02:05] Eva: hi there\n[2026. 03. 13. 14:03:05] Bo: yes\n"},
	"wa-hu-12":         {"whatsapp", "2026. 03. 12. du. 2:02 - Eva: hi there\n2026. 03. 13. de. 9:03 - Bo: yes\n"},
	"wa-ro":            {"whatsapp", "12.03.2026, 14:02 - Eva: hi there\n13.03.2026, 14:03 - Bo: yes\n"},
	"wa-sl":            {"whatsapp", "12. 03. 26 14:02 - Eva: hi there\n13. 03. 26 14:03 - Bo: yes\n"},
	"wa-lt":            {"whatsapp", "2026-03-12, 14:02 - Eva: hi there\n2026-03-13, 14:03 - Bo: yes\n"},
	"wa-fi":            {"whatsapp", "12.3.2026 klo 14.02 - Eva: hi there\n13.3.2026 klo 14.03 - Bo: yes\n"},
	"wa-fi-ios":        {"whatsapp", "[12.3.2026 klo 14.02.05] Eva: hi there\n[13.3.2026 klo 14.03.05] Bo: yes\n"},
	"wa-nb":            {"whatsapp", "12.03.2026 kl. 14:02 - Eva: hi there\n13.03.2026 kl. 14:03 - Bo: yes\n"},
	"wa-da-ios":        {"whatsapp", "[12.03.2026 14.02.05] Eva: hi there\n[13.03.2026 14.03.05] Bo: yes\n"},
	"wa-ja":            {"whatsapp", "2026/03/12 14:02 - Eva: hi there\n2026/03/13 14:03 - Bo: yes\n"},
	"wa-ko":            {"whatsapp", "2026. 3. 12. 오후 2:02 - Eva: hi there\n2026. 3. 13. 오전 9:03 - Bo: yes\n"},
	"wa-ko2":           {"whatsapp", "2026년 3월 12일 오후 2:02 - Eva: hi there\n2026년 3월 13일 오전 9:03 - Bo: yes\n"},
	"wa-ko-ios":        {"whatsapp", "[2026. 3. 12. 오후 2:02:05] Eva: hi there\n[2026. 3. 13. 오전 9:03:05] Bo: yes\n"},
	"wa-zh-tw":         {"whatsapp", "2026/3/12 下午2:02 - Eva: hi there\n2026/3/13 上午9:03 - Bo: yes\n"},
	"wa-zh-cn-ios":     {"whatsapp", "[2026/3/12 14:02:05] Eva: hi there\n[2026/3/13 14:03:05] Bo: yes\n"},
	"wa-zh-hk-ios":     {"whatsapp", "[12/3/2026 下午2:02:05] Eva: hi there\n[13/3/2026 上午9:03:05] Bo: yes\n"},
	"wa-id":            {"whatsapp", "12/03/26 14.02 - Eva: hi there\n13/03/26 14.03 - Bo: yes\n"},
	"wa-tl":            {"whatsapp", "3/12/26, 2:02 PM - Eva: hi there\n3/13/26, 2:03 PM - Bo: yes\n"},
	"wa-en-us-ios":     {"whatsapp", "[3/12/26, 2:02:05\u202fPM] Eva: hi there\n[3/13/26, 2:03:05\u202fPM] Bo: yes\n"},
	"wa-fr-ios":        {"whatsapp", "[12/03/2026 à 14:02:05] Eva: hi there\n[13/03/2026 à 14:03:05] Bo: yes\n"},
	"wa-vi-ios":        {"whatsapp", "[14:02:05 12/3/26] Eva: hi there\n[14:03:05 13/3/26] Bo: yes\n"},
	"wa-el-ios":        {"whatsapp", "[12/3/26, 2:02:05 μ.μ.] Eva: hi there\n[13/3/26, 9:03:05 π.μ.] Bo: yes\n"},
	"wa-es-419-ios":    {"whatsapp", "[12/3/26, 2:02:05 p.m.] Eva: hi there\n[13/3/26, 9:03:05 a.m.] Bo: yes\n"},
	"wa-es-nbsp":       {"whatsapp", "12/3/26, 2:02 p.\u00a0m. - Eva: hi there\n13/3/26, 9:03 a.\u00a0m. - Bo: yes\n"},
	"wa-bg-12":         {"whatsapp", "12.03.26 г., 2:02 сл.об. - Eva: hi there\n13.03.26 г., 9:03 пр.об. - Bo: yes\n"},
	"wa-he-12":         {"whatsapp", "12.3.2026, 2:02 אחה״צ - Eva: hi there\n13.3.2026, 9:03 לפנה״צ - Bo: yes\n"},
	"wa-uk-12":         {"whatsapp", "12.03.26, 2:02 пп - Eva: hi there\n13.03.26, 9:03 дп - Bo: yes\n"},
	"wa-fi-12":         {"whatsapp", "12.3.2026 klo 2.02 ip. - Eva: hi there\n13.3.2026 klo 9.03 ap. - Bo: yes\n"},
	"wa-sv-12":         {"whatsapp", "2026-03-12 2:02 em - Eva: hi there\n2026-03-13 9:03 fm - Bo: yes\n"},
	"wa-lv-12":         {"whatsapp", "12.03.2026 2:02 pēcp. - Eva: hi there\n13.03.2026 9:03 priekšp. - Bo: yes\n"},
	"wa-lt-12":         {"whatsapp", "2026-03-12 2:02 popiet - Eva: hi there\n2026-03-13 9:03 priešpiet - Bo: yes\n"},
	"wa-tr-12":         {"whatsapp", "12.03.2026 ÖS 2:02 - Eva: hi there\n13.03.2026 ÖÖ 9:03 - Bo: yes\n"},
	"wa-cs-12":         {"whatsapp", "12.03.26 2:02 odp. - Eva: hi there\n13.03.26 9:03 dop. - Bo: yes\n"},
	"wa-vi-12":         {"whatsapp", "12/03/2026, 2:02 CH - Eva: hi there\n13/03/2026, 9:03 SA - Bo: yes\n"},
	"wa-sk":            {"whatsapp", "12. 3. 2026 14:02 - Eva: hi there\n13. 3. 2026 14:03 - Bo: yes\n"},
	"wa-pt-br":         {"whatsapp", "12/03/2026 14:02 - Eva: hi there\n13/03/2026 14:03 - Bo: yes\n"},
	"wa-ps-12":         {"whatsapp", "12/3/2026, 2:02 غ.و. - Eva: hi there\n13/3/2026, 9:03 غ.م. - Bo: yes\n"},
	"wa-ml":            {"whatsapp", "12/3/26 2:02 PM - Eva: hi there\n13/3/26 2:03 PM - Bo: yes\n"},
	"wa-kn":            {"whatsapp", "12/3/26, 2:02 ಅಪರಾಹ್ನ - Eva: hi there\n13/3/26, 9:03 ಪೂರ್ವಾಹ್ನ - Bo: yes\n"},
	"wa-km":            {"whatsapp", "12/3/26, 2:02 ល្ងាច - Eva: hi there\n13/3/26, 9:03 ព្រឹក - Bo: yes\n"},
	"wa-lo":            {"whatsapp", "12/3/2026, 14:02 - Eva: hi there\n13/3/2026, 14:03 - Bo: yes\n"},
	"wa-am":            {"whatsapp", "12/03/2026 2:02 ከሰዓት - Eva: hi there\n13/03/2026 9:03 ጥዋት - Bo: yes\n"},
	"wa-mn":            {"whatsapp", "2026.03.12 14:02 - Eva: hi there\n2026.03.13 14:03 - Bo: yes\n"},
	"wa-ka":            {"whatsapp", "12.03.26, 14:02 - Eva: hi there\n13.03.26, 14:03 - Bo: yes\n"},
	"wa-en-in-old":     {"whatsapp", "12/03/26, 14:02 - Eva: hi there\n13/03/26, 14:03 - Bo: yes\n"},
	"wa-en-ca":         {"whatsapp", "2026-03-12, 2:02 p.m. - Eva: hi there\n2026-03-13, 9:03 a.m. - Bo: yes\n"},
	"wa-zh-noon":       {"whatsapp", "2026/3/12 下午2:02 - Eva: hi there\n2026/3/13 半夜12:03 - Bo: yes\n"},
	"wa-gu":            {"whatsapp", "12/3/26, 02:02 PM - Eva: hi there\n13/3/26, 02:03 PM - Bo: yes\n"},
	"wa-lrm-ios":       {"whatsapp", "[12/03/2026, 14:02:05] Eva: hi there\n[13/03/2026, 14:03:05] Bo: yes\n"},
	"wa-lrm-start":     {"whatsapp", "\u200e[12/03/2026, 14:02:05] Eva: hi there\r\n\u200e[13/03/2026, 14:03:05] Bo: yes\r\n"},
	"wa-tilde":         {"whatsapp", "[12/03/2026, 14:02:05] ~\u202fEva: hi there\n[13/03/2026, 14:03:05] ~ Bo: yes\n"},
	"line-ja":          {"line", "[LINE] さくらとのトーク履歴\n保存日時：2026/03/15 10:00\n\n2026/03/12(木)\n14:02\tさくら\thi there\n14:03\tken\tyes\n"},
	"line-ja-gogo":     {"line", "[LINE] さくらとのトーク履歴\n保存日時：2026/03/15 10:00\n\n2026/03/12(木)\n午後2:02\tさくら\thi there\n午後2:03\tken\tyes\n"},
	"line-zh-tw":       {"line", "[LINE] 與小美的聊天記錄\n儲存日期：2026/03/15 10:00\n\n2026/03/12（四）\n下午02:02\t小美\thi there\n下午02:03\t阿明\tyes\n"},
	"line-zh-tw2":      {"line", "[LINE] 與小美的聊天\n儲存日期： 2026/03/15 10:00\n\n2026/03/12（週四）\n14:02\t小美\thi there\n14:03\t阿明\tyes\n"},
	"line-th":          {"line", "[LINE] ประวัติการแชทกับ Som\nบันทึกเมื่อ: 15/3/2569 10:00\n\nพฤ. 12/3/2569\n14:02\tSom\thi there\n14:03\tKay\tyes\n"},
	"line-th2":         {"line", "[LINE] ประวัติการแชทกับ Som\nบันทึกเมื่อ: 15/03/2026 10:00\n\nวันพฤหัสบดีที่ 12 มีนาคม 2569\n14:02 น.\tSom\thi there\n14:03 น.\tKay\tyes\n"},
	"line-th3":         {"line", "[LINE] ประวัติการแชทกับ Som\nบันทึกเมื่อ: 15/03/2026 10:00\n\nพฤ., 12/03/2026\n14:02\tSom\thi there\n14:03\tKay\tyes\n"},
	"line-en":          {"line", "[LINE] Chat history with Som\nSaved on: 15/03/2026, 10:00\n\nThu, 12/03/2026\n14:02\tSom\thi there\n14:03\tKay\tyes\n"},
	"line-en-pc":       {"line", "2026.03.12 Thursday\n14:02 Som hi there\n14:03 Kay yes\n"},
	"line-ko":          {"line", "[LINE] 김철수님과의 대화\n저장한 날짜 : 2026/03/15 10:00\n\n2026/03/12(목)\n오후 2:02\t김철수\thi there\n오후 2:03\t영희\tyes\n"},
	"line-ko2":         {"line", "[LINE] 김철수 님과의 대화내용\n저장 날짜: 2026.03.15 10:00\n\n2026.03.12 목요일\n오후 02:02\t김철수\thi there\n오후 02:03\t영희\tyes\n"},
	"line-ja-pc":       {"line", "2026.03.12 木曜日\n14:02 さくら hi there\n14:03 ken yes\n"},
	"line-es":          {"line", "[LINE] Historial de chat con Som\nGuardado el: 15/03/2026 10:00\n\njue, 12/03/2026\n14:02\tSom\thi there\n14:03\tKay\tyes\n"},
	"line-en-12":       {"line", "[LINE] Chat history with Som\nSaved on: 3/15/2026, 10:00 AM\n\nThu, 3/12/2026\n2:02 PM\tSom\thi there\n2:03 PM\tKay\tyes\n"},
	"kakao-pc-ko":      {"kakaotalk", "김철수 님과 카카오톡 대화\n저장한 날짜 : 2026-03-15 10:44:52\n\n--------------- 2026년 3월 12일 목요일 ---------------\n[김철수] [오후 2:02] hi there\n[영희] [오후 2:03] yes\n"},
	"kakao-pc-en":      {"kakaotalk", "KakaoTalk Chats with Kim\nDate Saved : 2026-03-15 10:44:52\n\n--------------- Thursday, March 12, 2026 ---------------\n[Kim] [2:02 PM] hi there\n[me] [2:03 PM] yes\n"},
	"kakao-android-ko": {"kakaotalk", "영희 님과 카카오톡 대화\n저장한 날짜 : 2026년 3월 15일 오후 1:00\n\n\n2026년 3월 12일 오후 2:02\n2026년 3월 12일 오후 2:02, 영희 : hi there\n2026년 3월 12일 오후 2:03, 회원님 : yes\n"},
	"kakao-android-en": {"kakaotalk", "KakaoTalk Chats with Kim\nDate Saved : Mar 15, 2026, 1:00 PM\n\n\nMarch 12, 2026 at 2:02 PM\nMarch 12, 2026 at 2:02 PM, Kim : hi there\nMarch 12, 2026 at 2:03 PM, me : yes\n"},
	"kakao-ios-ko":     {"kakaotalk", "영희 님과 카카오톡 대화\n저장한 날짜: 2026. 3. 15. 오후 1:00\n\n\n2026년 3월 12일 목요일\n2026. 3. 12. 오후 2:02, 영희 : hi there\n2026. 3. 12. 오후 2:03, 나 : yes\n"},
	"kakao-ios-en":     {"kakaotalk", "Talk_2026.3.15 13:00-1.txt\nDate Saved : Mar 15, 2026 at 13:00\n\n\nThursday, March 12, 2026\nMar 12, 2026 at 14:02, Kim : hi there\nMar 12, 2026 at 14:03, me : yes\n"},
	"kakao-mac-csv":    {"csv", "Date,User,Message\n2026-03-12 14:02:00,\"Kim\",\"hi there\"\n2026-03-12 14:03:00,\"me\",\"yes\"\n"},
	"viber-en":         {"viber", "[ 12 March 2026 14:02 ] \u2068Eva\u2069: hi there\n[ 12 March 2026 14:03 ] \u2068Bo\u2069: yes\n"},
	"viber-en-us":      {"viber", "[ March 12, 2026 2:02 PM ] \u2068Eva\u2069: hi there\n[ March 12, 2026 2:03 PM ] \u2068Bo\u2069: yes\n"},
	"viber-ru":         {"viber", "[ 12 марта 2026 г. 14:02 ] \u2068Eva\u2069: hi there\n[ 12 марта 2026 г. 14:03 ] \u2068Bo\u2069: yes\n"},
	"viber-bg":         {"viber", "[ 12 март 2026 г. 14:02 ] \u2068Eva\u2069: hi there\n[ 12 март 2026 г. 14:03 ] \u2068Bo\u2069: yes\n"},
	"viber-el":         {"viber", "[ 12 Μαρτίου 2026 2:02 μ.μ. ] \u2068Eva\u2069: hi there\n[ 12 Μαρτίου 2026 2:03 μ.μ. ] \u2068Bo\u2069: yes\n"},
	"viber-hu":         {"viber", "[ 2026. március 12. 14:02 ] \u2068Eva\u2069: hi there\n[ 2026. március 12. 14:03 ] \u2068Bo\u2069: yes\n"},
	"viber-pl":         {"viber", "[ 12 marca 2026 14:02 ] \u2068Eva\u2069: hi there\n[ 12 marca 2026 14:03 ] \u2068Bo\u2069: yes\n"},
	"viber-vi":         {"viber", "[ 12 tháng 3, 2026 14:02 ] \u2068Eva\u2069: hi there\n[ 12 tháng 3, 2026 14:03 ] \u2068Bo\u2069: yes\n"},
	"viber-de":         {"viber", "[ 12. März 2026 14:02 ] \u2068Eva\u2069: hi there\n[ 12. März 2026 14:03 ] \u2068Bo\u2069: yes\n"},
	"tg-copy":          {"telegram-text", "Eva, [12.03.2026 14:02]\nhi there\n\nBo, [12.03.2026 14:03]\nyes\n"},
	"tg-copy-us":       {"telegram-text", "Eva, [3/12/2026 2:02 PM]\nhi there\n\nBo, [3/12/2026 2:03 PM]\nyes\n"},
	"tg-copy-mon":      {"telegram-text", "Eva, [Mar 12, 2026 at 2:02:05 PM]:\nhi there\n\nBo, [Mar 12, 2026 at 2:03:05 PM]:\nyes\n"},
}

func TestDialects(t *testing.T) {
	for name, dialect := range dialects {
		t.Run(name, func(t *testing.T) {
			got := readString(t, dialect.text, export.Options{})
			require.NoError(t, got.err)
			require.Empty(t, got.faults)
			require.Equal(t, []string{dialect.format + " -"}, got.sources)
			require.Len(t, got.texts(), 2)
			for _, m := range got.messages {
				if !m.System {
					require.Equal(t, "2026-03-12T14:02", m.Sent.String()[:16])
					require.NotEmpty(t, m.Sender)
					break
				}
			}
		})
	}
}

// TestYearFirst reads two-digit years that stand first where the words say so
// or enough days do, and no birthdays as such.
func TestYearFirst(t *testing.T) {
	for text, want := range map[string]string{
		"26. 3. 12. 오후 2:02 - Eva: a\n26. 3. 13. 오전 9:03 - Bo: b\n":                                                            "2026-03-12",
		"26/3/12 下午2:02 - Eva: a\n26/3/12 下午2:03 - Bo: b\n":                                                                    "2026-03-12",
		"26/3/12 14:02 - Eva: a\n26/3/13 14:02 - Bo: b\n26/3/14 14:02 - Bo: b\n26/3/15 14:02 - Bo: b\n26/3/16 14:02 - Bo: b\n": "2026-03-12",
		"12/3/24, 14:02 - Eva: a\n12/3/25, 14:02 - Bo: b\n12/3/26, 14:02 - Eva: c\n":                                           "2024-03-12",
	} {
		got := readString(t, text, export.Options{})
		require.Equal(t, want, got.messages[0].Sent.String()[:10], text)
	}
}
