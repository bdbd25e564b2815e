package langid_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/langid"
)

func TestGuess(t *testing.T) {
	for text, want := range map[string]string{
		"Good morning, are you coming to the market with us?":       "en",
		"Hola, ¿cómo estás? Quiero hablar contigo por la tarde":     "es",
		"Oi, você pode me ligar quando chegar em casa? Não esqueça": "pt",
		"我们明天去看电影吧":                                                 "zh",
		"明日は映画を見に行きましょう":                                            "ja",
		"오늘 저녁에 시간 있어요?":                                            "ko",
		"พรุ่งนี้ไปตลาดกันไหม":                                      "th",
		"Завтра идём в кино":                                        "ru",
		"Завтра підемо в кіно":                                      "uk",
		"هل أنت بخير؟":                                              "ar",
		"आज शाम को मिलते हैं":                                       "hi",
		"मलाई घर जान मन छ":                                          "ne",
		"ខ្ញុំចង់ទៅផ្ទះ":                                            "km",
		"Besok saya tidak bisa datang karena ada rapat":             "id",
		"Tôi không có tiền cho bạn mượn":                            "vi",
		"toi khong co nhieu tien cho ban dau":                       "vi",
		"Hindi po ako makakapunta sa bahay mo":                      "tl",
		"ok":                                                        langid.Undetermined,
		"":                                                          langid.Undetermined,
	} {
		require.Equal(t, want, langid.Guess(text), text)
	}
}

func TestIdentifyAsksLinguaLast(t *testing.T) {
	var i langid.Identifier
	require.Equal(t, "en", i.Identify("Where are you going with the dog?", true))
	require.False(t, i.Loaded())
	require.Equal(t, langid.Undetermined, i.Identify("zzz", true))
	require.False(t, i.Loaded())
	require.Equal(t, langid.Undetermined, i.Identify("Domani andiamo insieme al mercato vecchio?", false))
	require.False(t, i.Loaded())
	require.Equal(t, "it", i.Identify("Domani andiamo insieme al mercato vecchio?", true))
}

// Of words in several scripts, those in Latin letters decide, every time.
func TestIdentifySeveralScripts(t *testing.T) {
	var i langid.Identifier
	for range 50 {
		require.Equal(t, "it", i.Identify("Domani andiamo insieme al mercato vecchio 我 们 去 看 电 影 и", true))
	}
	require.True(t, i.Loaded())
}
