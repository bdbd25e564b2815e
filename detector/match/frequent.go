package match

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// How frequent words are decides which word of a pattern is looked for first:
// the rarest. A wrong guess costs time, never a match.

// frequentWords are the most frequent words of each language, by falling
// frequency: by Zipf's law, the share of the n-th is about a tenth of 1/n.
var frequentWords = []string{
	// English, with the short forms of messages
	`the to you i and a is it of in for that me my on have be we are this so with at can do was not will your just if but what get
	know how out go up no now like good time ok all or u one love when from there see they want here as he she am don't i'm it's got
	our us new today day need by going think then an more has about work come back him her his some who them free call make please
	text still had their would been did home only send were too well where tell take really much hi hey yes yeah oh lol im dont thanks
	thank sorry why way any ur 2 4 1 2 3 5 10 money next let should also could over other people very into job first give night
	because never great again week tomorrow after help off last than before phone sure look find should thing things things something`,
	// Spanish, Portuguese, French, German, Italian
	`de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya o este sí porque esta entre cuando
	muy sin sobre me te mi tu si yo qué hola está bien todo gracias día estoy tengo hay nos eso casa ser vamos quiero puedo hacer tiene`,
	`de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito
	há nos já está eu também só pelo pela até isso ela você vc me meu minha te bom dia tudo bem sim pra aqui hoje vou oi`,
	`de la le et les des en un une du que est pour qui dans a par plus pas au sur ne se ce il sont la avec je vous nous tu mon ma mes
	votre on c'est j'ai mais ou si tout bien bonjour merci être fait elle comme très moi te me y oui non à où`,
	`der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird
	bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man ich du wir ihr mir mich
	dir dich mein dein ja nein gut hallo danke bitte heute habe bin kann was wenn dann`,
	`di che è e la il un a per in una non sono mi ho si ma ti lo con le da se hai come no ha ci`,
	// Indonesian and Malay, Tagalog, Vietnamese with and without marks, Turkish, Swahili
	`yang dan di ini itu tidak dengan untuk dari saya kamu anda akan bisa ada sudah juga kami kita mereka atau tapi karena apa aku nya ke
	gak ga lagi aja sama kalau kalo ya mau bisa dapat hari info pada dalam orang lebih satu pak bu kak mas nak tak dah boleh awak la`,
	`ang ng mga sa na ay at ako ikaw ka siya kami tayo sila ko mo nya niya hindi di po opo lang din rin naman pa ba kung para may wala
	ito yan yung kasi si ni kay nang mag ang isa kayo namin natin`,
	`và là của không có cho với được này đã tôi bạn anh em mình những các một người trong khi đến nhé rất nhiều như thế gì đi lại
	va la cua khong co cho voi duoc nay da toi ban minh nhung cac mot nguoi trong khi den nhe rat nhieu nhu the gi di lai ngày ở về sẽ
	thì mà ra vào làm cũng nếu chị ạ ơi còn qua trên để từ`,
	`bir ve bu için ile çok ben sen biz da de ne mi var yok değil gibi daha kadar bana sana olarak`,
	`na ya wa kwa ni za la katika hii yangu yako wewe mimi sisi kama lakini sana hapa kuwa cha`,
	// Hindi, also in Latin letters
	`के है में की से को और का हैं यह पर कि नहीं भी एक हो कर था मैं आप तो ही अब क्या मुझे हम वह लिए ने गया रहा रहे करने साथ हूँ अपने जो कुछ`,
	`hai ke ka ki ko se me mein aur kya nahi nahin ho kar tha main aap to hi ab mujhe hum wo ye yeh bhi ek par liye`,
	// Russian, Arabic, Korean
	`и в не на я что он с это как а то все она так его но ты к у же вы за бы по только ее мне было вот от меня еще нет о из ему теперь
	когда даже ну вдруг ли если уже или ни быть был него до вас нибудь для мы тебя их чем была сам чтоб без будто чего раз тоже себя мой
	вам нас да очень можно день работа`,
	`في من على أن إلى عن مع هذا التي كان الذي ما لا هو كل بين بعد قد ذلك أو هي لم أنا يا كيف هل نحن اليوم ان الى و انا او على هذه`,
	`이 그 저 것 수 나 너 우리 안 더 잘 좀 다 한 또 및 등 제 내 왜 네 오늘 지금`,
	// Han, kana and Thai, of which every grapheme is a token
	`的 一 是 不 了 在 人 有 我 他 这 个 们 中 来 上 大 为 和 国 地 到 以 说 时 要 就 出 会 可 也 你 对 生 能 而 子 那 得 于 着 下 自 之 年 过 发
	后 作 里 用 道 行 所 然 家 种 事 成 方 多 经 么 去 法 学 如 都 同 现 当 没 动 面 起 看 定 天 分 还 进 好 小 部 其 些 主 样 理 心 本 前 开 但
	因 只 从 想 实 日 月 元 请 电 话 您 号 信 钱 金 加 工 万 公 司 点 业 新 回 老 最 高 长 手 机 无 意 情 物 客 全 位 二 三 十 百`,
	`の に は を た が で て と し れ さ い る な か ら も す こ そ り ま く う あ ん お っ だ き け せ よ や え み つ ょ わ ち め ー ン ス ト ル
	イ ラ ッ リ ク ア シ タ ド レ カ サ マ`,
	`า น ร อ ก เ ง ม ย ล ว ด ท ส ต ป บ ห แ จ พ ช ข ไ ค ใ ะ โ ผ ซ ถ นี้ ที่ ไม่ ได้ มี`,
	// Signs that are tokens, and digits
	`😊 😂 🔥 ❤ 👍`,
}

// shareOfFirst is the share of the most frequent word of a language.
const shareOfFirst = 0.05

type wordFrequency struct {
	word  string
	share float32
}

// frequencies are the frequent words, sorted.
var frequencies = sync.OnceValue(func() []wordFrequency {
	var all []wordFrequency
	for _, language := range frequentWords {
		for i, word := range strings.Fields(language) {
			all = append(all, wordFrequency{word, shareOfFirst / float32(1+i/2)})
		}
	}
	slices.SortStableFunc(all, func(a, b wordFrequency) int { return strings.Compare(a.word, b.word) })
	return all
})

// frequencyOf guesses the share of a text's tokens that satisfy a word.
func frequencyOf(word string, m marks) float32 {
	all := frequencies()
	at, _ := slices.BinarySearchFunc(all, word, func(f wordFrequency, word string) int { return strings.Compare(f.word, word) })
	share := float32(0)
	for ; at < len(all) && strings.HasPrefix(all[at].word, word); at++ {
		if m&prefix != 0 || all[at].word == word {
			share += all[at].share
		}
	}
	shares := [...]float32{1: 1. / 300, 2: 1. / 500, 3: 1. / 1500, 4: 1. / 4000, 5: 1. / 10_000}
	other := shares[max(1, min(utf8.RuneCountInString(word), len(shares)-1))]
	if m&prefix != 0 {
		other *= 3
	}
	return max(share, other)
}

// What is not a word, as a share of tokens.
const (
	typeShare  = 0.01
	regexShare = 0.001
)

// Words keep company: a run of them is a good deal more frequent than by chance,
// and costs a look at every place where its first word is.
const (
	company = 8
	runCost = 0.001
)
