package workload

import (
	"math"
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
	English: {"you to i the a and it is me in my of for that on u so have at just be your but not up get we are do will ok no can what with go now if all when out like know good was got come this time day love",
		"ba den ing ter mo sha lo ver pi cle ran tu sel ock fi nd ga per con ta re mil ste ion th ack oo br est oun gr ay pl ee chi kno wa joy hu zi ve", true, ". "},
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

// Parameters of a language: the most frequent word is one in 22, as "you" and
// "to" are in chats, and half of what is said is two hundred words.
const (
	vocabularySize = 120_000
	exponent       = 1.12
	flatness       = 4
)

// vocabularySeed makes the words of a language the same for every generator.
const vocabularySeed = 7

// vocabulary is the words of a language by falling frequency, and who draws
// them.
type vocabulary struct {
	language
	words []string
	zipf  *rand.Zipf
}

func newVocabulary(s Script, draw *rand.Rand) *vocabulary {
	l := languages[s]
	v := &vocabulary{language: l, words: strings.Fields(l.function), zipf: rand.NewZipf(draw, exponent, flatness, vocabularySize-1)}
	syllables, r := strings.Fields(l.syllables), rand.New(rand.NewPCG(vocabularySeed, 0))
	made := make(map[string]bool, vocabularySize)
	for _, word := range v.words {
		made[word] = true
	}
	var word []byte
	for len(v.words) < vocabularySize {
		word = word[:0]
		for more := 1 + int(math.Log10(float64(len(v.words))))/2 + r.IntN(2); more > 0 || made[string(word)]; more-- {
			word = append(word, syllables[r.IntN(len(syllables))]...)
		}
		made[string(word)] = true
		v.words = append(v.words, string(word))
	}
	return v
}

func (v *vocabulary) word() string { return v.words[v.zipf.Uint64()] }

// between is what stands between two words.
func (v *vocabulary) between(r *rand.Rand) string {
	switch p := r.IntN(14); {
	case p == 0:
		return v.stop
	case p == 1 && v.spaced:
		return ", "
	case v.spaced:
		return " "
	default:
		return ""
	}
}
