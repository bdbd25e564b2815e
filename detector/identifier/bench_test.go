package identifier_test

import (
	"testing"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/identifier"
)

// ordinary are everyday messages; none holds an identifier.
var ordinary = map[string]string{
	"plain":   "Hey are you still coming over tonight? I can pick you up after work if that is easier for you",
	"dots":    "ok i will be there soon... just waiting for the bus. did you eat already. see you later then",
	"digits":  "See you at 7 then, table for 4 under my name, bring the 2 books and the red bag please ok",
	"emoji":   "haha yes 😂😂 that was so funny, tell your sister I said hello and see you both tomorrow ❤",
	"chinese": "今天下班以后我们一起去吃饭吧，我知道附近有一家新开的餐厅，味道很不错的，你几点有空",
	"russian": "привет, ты сегодня вечером свободен? давай встретимся после работы и погуляем в парке",
	"thai":    "วันนี้เลิกงานแล้วไปกินข้าวด้วยกันไหม ร้านใหม่แถวบ้านอร่อยมากเลยนะ",
}

// busy are messages that hold something.
var busy = map[string]string{
	"money":  "Earn $500-$800 per week from home, 2 hours a day, training is provided and paid on Friday",
	"wallet": "Send 500 USDT to TNPeeaaFB7K9cmo4uQpcU32zGK8G1NYqeL and tell me when it is done please",
	"link":   "Register at https://vip-mining.example/join?id=7 and message me on t.me/sunny_gold99 after",
	"phone":  "Please call me on +1 202-555-0123 when you get this, or WhatsApp the same number tonight ok",
}

func benchmarkFind(b *testing.B, texts map[string]string) {
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			folded := new(fold.Folder).Fold(text)
			finder := identifier.NewFinder("")
			var ids []identifier.Identifier
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				ids = finder.Find(folded, ids[:0])
			}
		})
	}
}

func BenchmarkFindOrdinary(b *testing.B) { benchmarkFind(b, ordinary) }

func BenchmarkFindBusy(b *testing.B) { benchmarkFind(b, busy) }
