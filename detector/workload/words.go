package workload

import (
	"math/rand/v2"
	"strings"
)

// Script is a kind of text.
type Script string

// The scripts; Obfuscated is English hidden the way senders of scams do.
const (
	English    Script = "english"
	Spanish    Script = "spanish"
	Russian    Script = "russian"
	Arabic     Script = "arabic"
	Hindi      Script = "hindi"
	Chinese    Script = "chinese"
	Thai       Script = "thai"
	Obfuscated Script = "obfuscated"
)

// Scripts lists all scripts.
func Scripts() []Script {
	return []Script{English, Spanish, Russian, Arabic, Hindi, Chinese, Thai, Obfuscated}
}

// language is what the words of a script are made of.
type language struct {
	function  string // frequent words
	syllables string // of which the others are made
	spaced    bool
	stop      string
}

var languages = map[Script]language{
	English: {"the to you and i a is it of in for on me that my have be we are this so with at can do was not will your just if but what get know how out go up",
		"ba den ing ter mo sha lo ver pi cle ran tu sel ock fi nd ga per con ta re mil ste ion", true, ". "},
	Spanish: {"de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre",
		"ca mo ción res ta lu gar men te pá lla ber go se ño dor ti na", true, ". "},
	Russian: {"и в не на я что он с это как а то все она так его но ты к у же вы за бы по только ее мне было вот от меня еще нет о из",
		"ка мо ст пре во ли дер жа ни ще ра бо та го вор ск ой ть", true, ". "},
	Arabic: {"في من على أن إلى عن مع هذا التي كان الذي ما لا هو كل بين بعد قد ذلك أو هي لم أنا يا كيف هل نحن اليوم",
		"با مد سر كت عل حم را نو ست فر جد لة ين", true, "، "},
	Hindi: {"के है में की से को और का हैं यह पर कि नहीं भी एक हो कर था मैं आप तो ही अब क्या मुझे हम वह लिए",
		"का मन री ला शि पु ना दे र्म खा टी सो ब", true, "। "},
	Chinese: {"的 一 是 不 了 在 人 有 我 他 这 个 们 中 来 上 大 为 和 国 地 到 以 说 时 要 就 出 会 可 也 你 对 生 能 而 子 那 得 于",
		"着 下 自 之 年 过 发 后 作 里 用 道 行 所 然 家 种 事 成 方 多 经 么 去 法 学 如 都 同 现 当 没 动 面 起 看 定 天 分 还 进 好 小 部 其 些 主 样 理 心 本 前 开 但 因 只 从 想 实", false, "。"},
	Thai: {"ที่ การ เป็น และ ใน มี ของ ได้ ไม่ ว่า จะ ให้ ไป มา กับ แล้ว คน นี้ ก็ วัน ทำ คุณ เรา ผม ค่ะ ครับ",
		"กา รม ดี สุ ตา ลง เพื่ อ น้ำ บ้าน ใจ รัก งาน หา เงิน ยา ว", false, " "},
}

const vocabularySize = 4000

// vocabulary holds words by falling frequency.
type vocabulary struct {
	words  []string
	zipf   *rand.Zipf
	spaced bool
	stop   string
}

func newVocabulary(s Script, r *rand.Rand) *vocabulary {
	if s == Obfuscated {
		s = English
	}
	l := languages[s]
	v := &vocabulary{words: strings.Fields(l.function), spaced: l.spaced, stop: l.stop}
	syllables := strings.Fields(l.syllables)
	seen := map[string]bool{}
	for len(v.words) < vocabularySize {
		var word strings.Builder
		for range 1 + r.IntN(3) + len(v.words)/2000 {
			word.WriteString(syllables[r.IntN(len(syllables))])
		}
		if !seen[word.String()] || len(v.words) > vocabularySize/2 {
			seen[word.String()] = true
			v.words = append(v.words, word.String())
		}
	}
	v.zipf = rand.NewZipf(r, 1.1, 2.7, vocabularySize-1)
	return v
}

func (v *vocabulary) word() string { return v.words[v.zipf.Uint64()] }
