package fold

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// latinTwins are letters of other scripts, each with the Latin letter that it is
// used for: the look-alikes of UTS #39, and what spam filters saw. A small letter
// stands for its capital, too ("нh" is for Н), unless that is listed.
const latinTwins = "Ηh Νn Υy ёe " +
	"аa ԁd еe ԍg һh іi їi јj кk ӏl мm оo рp ԛq ѕs тt ѵv ѡw шw хx уy вb нh сc пn гr иu яr ьb ъb єe ґr фo зe ԝw ҡk қk " +
	"οo αa νv εe ρp τt υu κk ιi χx ηn βb γy ωw σo δd λl μu ζz θo ϲc ϳj " +
	"ոn սu հh օo ցg զq տs ւl աw ձd ьb գq " +
	"ꭰd ꭱr ꭲt ꭵi ꭹy ꭺa ꭻj ꭼe ꮃw ꮇm ꮋh ꮍy ꮐg ꮒh ꮓz ꮞr ꮟb ꮢr ꮤw ꮥs ꮩv ꮪs ꮮl ꮯc ꮲp ꮶk ꮷd ꮾb ᏻg ᏼb " +
	"ᗩa ᗷb ᑕc ᗪd ᖴf ᕼh ᒍj ᛕk ᒪl ᗰm ᑎn ᑭp ᑫq ᖇr ᔕs ᑌu ᐯv ᗯw ᙭x ᘔz ᗅa ᗞd ᒿz " +
	"ꓮa ꓐb ꓚc ꓓd ꓰe ꓝf ꓖg ꓧh ꓲi ꓙj ꓗk ꓡl ꓟm ꓠn ꓳo ꓑp ꓣr ꓢs ꓔt ꓴu ꓦv ꓪw ꓫx ꓬy ꓜz " +
	"ⲟo ⲣp ⲥc ⲁa ⲕk ⲧt ⲏh ⲭx ⲩy ⲃb " +
	"ɑa ɓb ɔc ɖd ɛe ɡg ɠg ɦh ɩi ɨi ɫl ɭl ɱm ɳn ɲn ɵo ɾr ɽr ʂs ƚl ʇt ʋv ɯm ʐz ƶz ƒf ƙk ƥp ƭt ƴy ɋq ǫq ʟl ᴢz ꝑp ᴉi"

// latinCapitals are capitals of other scripts that look the same as a Latin
// one, and small letters that do.
const latinCapitals = "Аa Вb Еe Ѕs Іi Јj Кk Мm Нh Оo Рp Сc Тt Уy Хx Ԛq Ԝw аa еe оo рp сc уy хx ѕs іi јj һh ԁd ԛq ԝw ӏl " +
	"Αa Βb Εe Ζz Ηh Ιi Κk Μm Νn Οo Ρp Τt Υy Χx οo νv ρp"

// cyrillicTwins are what is written for letters in Russian words, each with the
// letter that it is used for: Latin and Greek letters, phonetic signs, digits.
const cyrillicTwins = "Ηн aа bв cс dд eе gд hн iі kк mм nп oо pр rг tт uи vв wш xх yу zз " +
	"3з 6б 0о 4ч @а $с €е " +
	"αа βв γу εе ηп ιі κк νу οо πп ρр σо τт υу φф χх ωш λл μм " +
	"ᴧл ᴨп ᴩр ʍм ɯш ɜз ɸф ʌл ɴн ᴦг ʜн ʁя ʏу ʙв ɔс ǝе ꭲт ꭼе ꭺа ꮇм ꮋн ꮯс ꮲр ꮶк ꮓз օо սи ɑа"

// cyrillicOthers are second choices.
const cyrillicOthers = "bь iи nи uц gг rя ηн"

// twins are the look-alikes, for look-up.
type twins struct{ latin, capital, cyrillic, other *letters }

// letters is a table of letters: an array for those up to Armenian.
type letters struct {
	low  [0x590]uint16
	high map[rune]rune
}

func newLetters(list string) *letters {
	l := &letters{high: pairs(list)}
	for from, to := range l.high {
		l.set(from, to)
	}
	return l
}

func (l *letters) set(from, to rune) {
	if from < rune(len(l.low)) {
		l.low[from] = uint16(to)
	} else {
		l.high[from] = to
	}
}

// of is what the table has for r, 0 for nothing.
func (l *letters) of(r rune) rune {
	if r < rune(len(l.low)) {
		return rune(l.low[r])
	}
	return l.high[r]
}

// either is what the table has for r, or for r in lower case.
func (l *letters) either(r rune) rune {
	if to := l.of(r); to != 0 {
		return to
	}
	return l.of(unicode.ToLower(r))
}

var sharedTwins = sync.OnceValue(func() *twins {
	t := &twins{newLetters(latinTwins), newLetters(latinCapitals), newLetters(cyrillicTwins), newLetters(cyrillicOthers)}
	for _, part := range [][2]rune{{0xC0, 0x24F}, {0x1E00, 0x1EFF}} {
		for r := part[0]; r <= part[1]; r++ {
			if base := plainOf(r); base != 0 && t.latin.of(r) == 0 {
				t.latin.set(r, base)
			}
		}
	}
	return t
})

// plainOf is the ASCII letter under the accents of a small letter, 0 if there
// is none.
func plainOf(r rune) rune {
	switch r {
	case 'đ', 'ɗ', 'ƌ':
		return 'd'
	case 'ł':
		return 'l'
	case 'ø':
		return 'o'
	case 'ħ':
		return 'h'
	case 'ŧ':
		return 't'
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	if 'a' <= base && base <= 'z' {
		return base
	}
	return 0
}

// pairs reads a list of two-letter words: a letter and what it stands for.
func pairs(list string) map[rune]rune {
	table := map[rune]rune{}
	for pair := range strings.FieldsSeq(list) {
		from, size := utf8.DecodeRuneInString(pair)
		table[from], _ = utf8.DecodeRuneInString(pair[size:])
	}
	return table
}

// Latin appends a word of Clean or Body with look-alikes of other scripts, and
// letters with accents, read as plain Latin letters, in lower case; ok is false,
// and nothing appended, where a letter looks like none.
func Latin(dst, word []byte) (out []byte, ok bool) {
	return sharedTwins().read(dst, word, (*twins).asLatin)
}

func (t *twins) asLatin(r rune) rune {
	if r < utf8.RuneSelf {
		return rune(lowerByte(byte(r)))
	}
	return t.latin.either(r)
}

// LatinCapitals is Latin of a word of Clean, of which every letter has to look
// like a Latin one as it stands: ВТС, but not втс. What is appended is in lower
// case.
func LatinCapitals(dst, word []byte) (out []byte, ok bool) {
	return sharedTwins().read(dst, word, (*twins).asCapital)
}

func (t *twins) asCapital(r rune) rune {
	if r < utf8.RuneSelf {
		return rune(lowerByte(byte(r)))
	}
	return t.capital.of(r)
}

// Cyrillic appends a word of Clean or Body with look-alike letters and digits read as
// Cyrillic letters, in lower case; ok is false, and nothing appended, where one
// looks like none.
func Cyrillic(dst, word []byte) (out []byte, ok bool) {
	return sharedTwins().read(dst, word, (*twins).asCyrillic)
}

// asCyrillic is the Cyrillic letter that r is or is used for.
func (t *twins) asCyrillic(r rune) rune {
	if isCyrillic(r) {
		return bodyOf(r)
	}
	if to := t.cyrillic.either(r); to != 0 || r < 0xC0 {
		return to
	}
	if 0x250 <= r && r < 0x1E00 || r > 0x1EFF {
		return 0
	}
	return t.cyrillic.of(t.latin.either(r)) // a Latin letter with an accent
}

// CyrillicOther is Cyrillic with the second choice for letters that are used
// for two (b for ь, u for ц); ok is false where that changes nothing.
func CyrillicOther(dst, word []byte) (out []byte, ok bool) {
	t := sharedTwins()
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		if t.other.either(r) != 0 {
			return t.read(dst, word, (*twins).asCyrillicOther)
		}
		i += size
	}
	return dst, false
}

func (t *twins) asCyrillicOther(r rune) rune {
	if other := t.other.either(r); other != 0 {
		return other
	}
	return t.asCyrillic(r)
}

// bodyOf is what Body has for a rune of Clean.
func bodyOf(r rune) rune { return Table().entry(r).body(r) }

func isCyrillic(r rune) bool { return 0x400 <= r && r < 0x530 }

// read appends what of makes of each letter, unless it makes nothing of one.
func (t *twins) read(dst, word []byte, of func(t *twins, r rune) rune) ([]byte, bool) {
	out := dst
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		i += size
		if r == '\'' {
			continue
		}
		to := of(t, r)
		if to == 0 {
			return out[:len(dst)], false
		}
		out = utf8.AppendRune(out, to)
	}
	return out, true
}

// turned are the letters of upside-down writing that are no others, with what
// they are; letters that are others when turned are in turnedPlain.
const (
	turned      = "ɐa ɔc ǝe ɟf ƃg ɥh ᴉi ɾj ʞk ɯm ɹr ʇt ʌv ʍw ʎy ɓg ſj ʃl"
	turnedPlain = "qb pd dp bq nu un ll oo ss xx zz ii 0o"
)

var sharedTurned = sync.OnceValue(func() *[2]map[rune]rune {
	return &[2]map[rune]rune{pairs(turned), pairs(turnedPlain)}
})

// Turned appends a folded word that is written upside down, from right to left,
// the way it is read; ok is false if fewer than two letters are turned.
func Turned(dst, word []byte) (out []byte, ok bool) {
	tables := sharedTurned()
	out = dst
	count := 0
	for i := len(word); i > 0; {
		r, size := utf8.DecodeLastRune(word[:i])
		i -= size
		to := tables[0][r]
		if to != 0 {
			count++
		} else if to = tables[1][r]; to == 0 {
			return out[:len(dst)], false
		}
		out = utf8.AppendRune(out, to)
	}
	if count < 2 {
		return out[:len(dst)], false
	}
	return out, true
}
