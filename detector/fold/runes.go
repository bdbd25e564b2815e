package fold

import "unicode"

// drop is what particular makes of a rune that leaves no trace.
const drop = rune(-1)

// invisible says whether a rune is not seen at all: zero-width, bidirectional,
// fillers, tags. Their number is reported.
func invisible(r rune) bool {
	switch {
	case r < 0x180:
		return r == 0xad
	case r < 0x2000:
		return r == 0x34f || r == 0x61c || r == 0x115f || r == 0x1160 || r == 0x17b4 || r == 0x17b5 || r == 0x180e
	case r <= 0x206f:
		return 0x200b <= r && r <= 0x200f || 0x202a <= r && r <= 0x202e || r >= 0x2060
	case r == 0x2800 || r == 0x3164 || r == 0xfeff || r == 0xffa0:
		return true
	default:
		return 0xe0000 <= r && r <= 0xe01ef
	}
}

// ignored says whether a rune is dropped without being counted, because
// ordinary text has it: emoji variations, keycap frames, tatweel and harakat,
// the nukta of Indic letters.
func ignored(r rune) bool {
	switch {
	case r < 0x640:
		return false
	case r <= 0x670:
		return r == 0x640 || 0x64b <= r && r <= 0x65f || r == 0x670
	case r < 0x2000:
		return r == 0x93c || r == 0x9bc
	default:
		return r == 0x20e3 || 0xfe00 <= r && r <= 0xfe0f
	}
}

// composes says whether a rune may join the one before it: combining marks of
// the Latin block, kana voicing, conjoining Hangul.
func composes(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36f:
		return true
	default:
		return r == 0x3099 || r == 0x309a || r == 0xff9e || r == 0xff9f || 0x1161 <= r && r <= 0x11ff ||
			0x1ab0 <= r && r <= 0x1aff || 0x20d0 <= r && r <= 0x20e2
	}
}

// plain says whether a rune is its own compatibility form and needs none of
// the tables: most letters of running text.
func plain(r rune) bool {
	switch {
	case r < 0xa0:
		return true
	case r < 0x250:
		return r >= 0xc0 && r < 0x132 || r > 0x140 && r != 0x149 && r < 0x17f || r >= 0x180 && r < 0x1c4 || r >= 0x1cd
	case r < 0x2b0:
		return false // phonetic letters: small capitals among them
	case r >= 0x400 && r < 0x530, r >= 0x391 && r < 0x3d0:
		return true
	case r >= 0x620 && r < 0x660, r >= 0x670 && r < 0x675, r >= 0x679 && r < 0x6f0:
		return true
	case r >= 0x900 && r < 0x958, r >= 0x960 && r < 0x966:
		return true
	case r >= 0xe01 && r < 0xe33, r >= 0xe34 && r < 0xe40, r >= 0xe41 && r < 0xe50:
		return true
	case r >= 0x1ea0 && r < 0x1f00:
		return true
	case r >= 0x3041 && r < 0x3097, r >= 0x30a1 && r < 0x30ff, r >= 0x4e00 && r <= 0x9fff, r >= 0xac00 && r < 0xd7a4:
		return true
	default:
		return r == 0x3002 || r == 0x3001
	}
}

// unify makes spaces, quotes, dashes and digits of all kinds the plain ones.
func unify(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		return '\n'
	case unicode.Is(unicode.Zs, r):
		return ' '
	case r == '‘' || r == '’' || r == 'ʼ' || r == '´' || r == '′' || r == '‛' || r == 'ʻ' || r == '＇':
		return '\''
	case r == '“' || r == '”' || r == '„' || r == '«' || r == '»' || r == '″' || r == '‟':
		return '"'
	case 0x2010 <= r && r <= 0x2015 || r == 0x2212 || r == 0xfe63 || r == 0x2043:
		return '-'
	case r == '⁄' || r == '∕':
		return '/'
	case unicode.Is(unicode.Nd, r):
		return digit(r)
	default:
		return r
	}
}

// digit is the ASCII digit of a decimal digit: Unicode keeps them in runs of
// ten from zero up.
func digit(r rune) rune {
	zero := r
	for zero > r-9 && unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	// Several runs may touch (mathematical digits): they begin at a multiple
	// of ten from the first.
	for unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return '0' + (r-zero)%10
}

// particular folds what the writers of one script vary: forms of alef, yeh and
// heh, Traditional Han, ё, the final sigma, the dotless i.
func particular(r rune) rune {
	switch {
	case r < 0x100:
		return r
	case r >= firstHan && r <= lastHan:
		return simplify(r)
	case r >= 0x622 && r <= 0x6d5:
		return arabic(r)
	case r >= 0x660 && r < 0xa00 && unicode.Is(unicode.Nd, r):
		return digit(r)
	}
	switch r {
	case 'ё':
		return 'е'
	case 'ς':
		return 'σ'
	case 'ʀ': // lower case of Ʀ, and a small capital
		return 'r'
	case 'ı':
		return 'i'
	case 'ヶ', 'ヵ':
		return r
	case '\u0307': // what lower-casing leaves of İ
		return drop
	}
	return r
}

func arabic(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ئ', 'ی', 'ے':
		return 'ي'
	case 'ة', 'ہ', 'ھ', 'ۀ', 'ە':
		return 'ه'
	case 'ؤ':
		return 'و'
	case 'ک':
		return 'ك'
	}
	if r >= 0x660 && r <= 0x669 {
		return '0' + r - 0x660
	}
	return r
}

// smallCaps and their letters, in parallel.
const (
	smallCaps   = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ"
	smallLatins = "abcdefghijklmnopqrstuvwyz"
)

// letterSymbols are the runs of styled letters that Unicode's compatibility
// forms leave alone: their first and last rune, standing for A to Z.
var letterSymbols = [][2]rune{{0x1f150, 0x1f169}, {0x1f170, 0x1f189}, {0x1f130, 0x1f149}}

// digitSymbols are runs of dingbat digits, standing for 1 to 10.
var digitSymbols = [][2]rune{{0x2776, 0x277f}, {0x2780, 0x2789}, {0x278a, 0x2793}, {0x24f5, 0x24fe}}

var smallCapitals = func() map[rune]string {
	table := map[rune]string{}
	latin := []rune(smallLatins)
	i := 0
	for _, r := range smallCaps {
		table[r] = string(latin[i])
		i++
	}
	table['⓿'] = "0"
	return table
}()

// symbol is what a styled letter or digit stands for; "" for any other rune.
func symbol(r rune) string {
	if r < 0x250 {
		return ""
	}
	for _, run := range letterSymbols {
		if run[0] <= r && r <= run[1] {
			return string('A' + r - run[0])
		}
	}
	for _, run := range digitSymbols {
		if run[0] <= r && r <= run[1] {
			if n := r - run[0] + 1; n == 10 {
				return "10"
			} else {
				return string('0' + n)
			}
		}
	}
	return smallCapitals[r]
}
