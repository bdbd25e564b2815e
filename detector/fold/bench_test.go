package fold_test

import (
	"strings"
	"testing"

	"github.com/hookline/hookline/detector/fold"
)

func BenchmarkFold(b *testing.B) {
	for name, line := range map[string]string{
		"ascii":      "Good morning, are you still looking for a flat near the station? ",
		"chinese":    "早上好，你还在找车站附近的房子吗？今天下午有空看看。",
		"thai":       "สวัสดีตอนเช้า คุณยังหาห้องใกล้สถานีอยู่ไหม ",
		"russian":    "Доброе утро, вы ещё ищете квартиру рядом с вокзалом? ",
		"obfuscated": "Jоin ｏｕｒ T e l e g r a m gr\u200bоup 𝐭𝐨𝐝𝐚𝐲 ➕ ",
	} {
		text := strings.Repeat(line, 8)
		b.Run(name, func(b *testing.B) {
			var f fold.Folder
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				f.Fold(text)
			}
		})
	}
}
