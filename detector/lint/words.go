package lint

import (
	"strings"
	"unicode"
)

// scripts are the scripts of each language beside Latin, which stands in texts
// of any.
var scripts = map[string][]*unicode.RangeTable{
	"en": nil, "es": nil, "pt": nil, "id": nil, "ms": nil, "vi": nil, "tl": nil, "fr": nil, "de": nil,
	"zh": {unicode.Han, unicode.Bopomofo},
	"ja": {unicode.Han, unicode.Hiragana, unicode.Katakana},
	"ko": {unicode.Hangul, unicode.Han},
	"th": {unicode.Thai},
	"hi": {unicode.Devanagari},
	"ru": {unicode.Cyrillic},
	"ar": {unicode.Arabic},
}

var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// unspacedOnly says whether a text ends in a script that needs no spaces and
// holds no letter of another.
func unspacedOnly(text string) bool {
	found := false
	for _, r := range text {
		switch {
		case unicode.In(r, unspaced...):
			found = true
		case unicode.IsLetter(r), unicode.IsNumber(r):
			return false
		}
	}
	return found
}

// stopWords are words that say nothing by themselves: articles, pronouns,
// prepositions, auxiliaries, of the languages that are written with spaces and
// the commonest particles of the others.
var stopWords = setOf(`
a an the and or but if of to in on at by for from with as is are was were be been am do does did have has had
i you he she it we they me him her us them my your his its our their this that these those there here not no yes
so very just can could will would shall should may might must what which who when where how why all any some
el la los las un una unos unas y o de del al en con por para que se me te lo le su sus mi tu es son está están
ser no sí más muy como pero ya si este esta esto
o os as um uma e ou do da dos das no na nos nas em com por para que se me te seu sua meu é são está não sim mais muito
le les une des et ou du au aux dans sur avec pour par que qui ne pas est sont il elle on nous vous ils elles je tu ce cette ces
der die das ein eine einen einem und oder zu zum zur im in auf mit für von ist sind war ich du er sie es wir ihr nicht kein ja nein
yang dan atau di ke dari untuk dengan ini itu adalah saya kamu anda dia kami kita tidak ya
và hoặc của là có cho với này đó tôi bạn anh chị không
ang mga ng sa na at o ay ko mo ka siya kami tayo ito iyan hindi po
и или в во на с со к по за от до из у о об не что это как я ты он она мы вы они да нет
और या का की के में से को पर है हैं था यह वह मैं आप हम नहीं
في من إلى على عن مع هذا هذه أن لا نعم أنا أنت هو هي
이 그 저 것 수 나 너 우리 는 은 가 을 를
的 了 是 在 我 你 他 她 它 们 这 那 不 就 和 也 都
の は が を に で と も です ます
ที่ และ ของ ใน ไม่ เป็น มี ได้ จะ
`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}
