package fold

import (
	"sort"
	"unicode"
)

const byteOrderMark = '\uFEFF'

// emojiParts are the ranges of pictures, beside the letters and digits among
// them that fold to plain ones.
var emojiParts = [][2]rune{
	{0xA9, 0xA9}, {0xAE, 0xAE}, {0x203C, 0x203C}, {0x2049, 0x2049}, {0x2122, 0x2122}, {0x2190, 0x21FF},
	{0x2300, 0x23FF}, {0x25A0, 0x27BF}, {0x2934, 0x2935}, {0x2B00, 0x2BFF}, {0x3030, 0x3030}, {0x303D, 0x303D},
	{0x1F000, 0x1FAFF},
}

// vanishing says whether a rune is stripped, and how; keep if it is not. The
// invisible ones are those of UTS #39 and what else shows nothing: fillers of
// Hangul, the Braille blank.
func vanishing(r rune) kind {
	switch {
	case r == 0x00AD, r == 0x034F, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, r == 0x2800,
		r == 0x17B4, r == 0x17B5, r == 0x200B, 0x2060 <= r && r <= 0x2064, 0x206A <= r && r <= 0x206F,
		0x202A <= r && r <= 0x202E, r == byteOrderMark, 0xFFF9 <= r && r <= 0xFFFB, 0x1D173 <= r && r <= 0x1D17A:
		return hidden
	case r == 0x061C, 0x200C <= r && r <= 0x200F, 0x2066 <= r && r <= 0x2069, r == 0x2065,
		0x180B <= r && r <= 0x180F, 0xFE00 <= r && r <= 0xFE0F:
		return weak
	case r == 0x0640, 0x0610 <= r && r <= 0x061A, 0x064B <= r && r <= 0x065F, r == 0x0670, r == 0x093C, r == 0x09BC, 0x06D6 <= r && r <= 0x06ED && unicode.Is(unicode.M, r), 0x08D3 <= r && r <= 0x08FF,
		0x0591 <= r && r <= 0x05C7 && unicode.Is(unicode.M, r): // tatweel, harakat, nukta, niqqud
		return drop
	}
	return keep
}

// keepsForm says whether r stays although it has a compatibility equivalent,
// because that would run into the word beside it (Telegram™, 5½, №1) or take a
// Thai vowel or a Korean letter apart.
func keepsForm(r rune) bool {
	switch r {
	case '™', '℠', '©', '®', '№', 'ำ', 'ຳ':
		return true
	}
	return 0x3131 <= r && r <= 0x318E || 0xBC <= r && r <= 0xBE || 0x2150 <= r && r <= 0x215F || r == 0x2189
}

// symbolTable is what runes stand for that compatibility equivalence leaves
// alone, or folds otherwise than readers do.
func symbolTable() map[rune]string {
	m := map[rune]string{
		0x85: "\n", 0x2028: "\n", 0x2029: "\n", 0x1680: " ",
		'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '«': `"`, '»': `"`, '‹': `"`, '›': `"`, '〝': `"`, '〞': `"`, '〟': `"`,
		'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-", '⁃': "-", '﹘': "-", '﹣': "-", '－': "-", '➖': "-",
		'〜': "~", '⁄': "/", '∕': "/", '⧸': "/", '∶': ":", 'ː': ":", '꞉': ":", '｡': "。", '¨': " ", '¯': " ", '¸': " ",
		'˘': " ", '˙': " ", '˚': " ", '˛': " ", '˜': "~", '˝': " ", '➕': "+",
		0x1F51F: "10", 0x1F18A: "P", 0x24FF: "0", 0x24EA: "0", 0x1F10B: "0", 0x1F10C: "0",
		0x066A: "%", 0x066B: ".", 0x066C: ",", 0x309B: "\u3099", 0x309C: "\u309A",
	}
	for _, r := range "’‘‛´ʼʹʻʽˈ′＇｀ꞌ‵\u1FFD\u1FEF" {
		m[r] = "'"
	}
	for i := range rune(26) {
		letter := string('A' + i)
		m[0x1F150+i], m[0x1F170+i], m[0x1F130+i], m[0x1F110+i] = letter, letter, letter, letter
	}
	for i := range rune(10) {
		number := string('1' + i)
		if i == 9 {
			number = "10"
		}
		for _, first := range []rune{0x2776, 0x2780, 0x278A, 0x24F5} {
			m[first+i] = number
		}
		m[0x24EB+i] = "1" + string('1'+i)
	}
	m[0x24F4] = "20"
	small := map[rune]rune{}
	parallel(small, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz")
	for r, plain := range small {
		m[r] = string(plain)
	}
	for i, r := range []rune("ㄱㄲㄳㄴㄵㄶㄷㄸㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅃㅄㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ") {
		m[0xFFA1+rune(i)] = string(r) // half-width Hangul
	}
	return m
}

// variantTable is the unification of letters in Body: Traditional Han, forms
// of alef, yeh, heh and kaf, ё, the final sigma. Both sides have the same length
// in UTF-8, but for the dotless i.
func variantTable() map[rune]rune {
	m := pairs("ёе ςσ ıi أا إا آا ٱا ىي ئي یي ېي ےي ةه ہه ۀه ۂه ۃه ھه ەه ؤو کك ڪك")
	parallel(m, traditional, simplified)
	for from, to := range pairs("著着 妳你 瞭了 祇只 衹只 牠它 帐账 巿市") { // used for each other
		m[from] = to
	}
	return m
}

// parallel enters the runes of from with those of to at the same places.
func parallel(m map[rune]rune, from, to string) {
	target := []rune(to)
	for i, r := range []rune(from) {
		m[r] = target[i]
	}
}

const (
	firstFlag = 0x1F1E6 // regional indicator A
	lastFlag  = 0x1F1FF
)

// regions are the codes that have a flag, sorted.
const regions = "ACADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZ" +
	"CACCCDCFCGCHCICKCLCMCNCOCPCRCUCVCWCXCYCZDEDGDJDKDMDODZEAECEEEGEHERESETEUFIFJFKFMFOFR" +
	"GAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUICIDIEILIMINIOIQIRISITJEJMJOJP" +
	"KEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZ" +
	"NANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZ" +
	"TATCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUNUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW"

// isRegion says whether two regional indicators are a flag.
func isRegion(a, b rune) bool {
	i := sort.Search(len(regions)/2, func(i int) bool {
		return rune(regions[2*i]) > a-firstFlag+'A' || rune(regions[2*i]) == a-firstFlag+'A' && rune(regions[2*i+1]) >= b-firstFlag+'A'
	})
	return i < len(regions)/2 && rune(regions[2*i]) == a-firstFlag+'A' && rune(regions[2*i+1]) == b-firstFlag+'A'
}
