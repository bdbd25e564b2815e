package token_test

import (
	"strings"
	"testing"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/token"
)

// BenchmarkTokenize folds and tokenises, in bytes of the text as sent.
func BenchmarkTokenize(b *testing.B) {
	for _, test := range []struct{ name, line string }{
		{"ascii", "Good morning, are you still looking for a flat near the station? "},
		{"emoji", "Good morning 🌞 are you still looking for a flat near the station? 🏠🔑 "},
		{"chinese", "早上好，你还在找车站附近的房子吗？今天下午有空看看。"},
		{"thai", "สวัสดีตอนเช้า คุณยังหาห้องใกล้สถานีอยู่ไหม "},
		{"russian", "Доброе утро, вы ещё ищете квартиру рядом с вокзалом? "},
		{"arabic", "صباح الخير، هل ما زلت تبحث عن شقة قريبة من المحطة؟ "},
		{"vietnamese", "Chào buổi sáng, bạn vẫn đang tìm căn hộ gần nhà ga phải không? "},
		{"hindi", "सुप्रभात, क्या आप अभी भी स्टेशन के पास फ्लैट ढूंढ रहे हैं? "},
		{"obfuscated", "Jоin ｏｕｒ T e l e g r a m gr\u200bоup 𝐭𝐨𝐝𝐚𝐲, eаrn b1tc0in ➕ "},
	} {
		b.Run(test.name, func(b *testing.B) {
			var f fold.Folder
			var z token.Tokenizer
			text := strings.Repeat(test.line, 8)
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				z.Tokenize(f.Fold(text))
			}
		})
	}
}
