package export

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var bomUTF8 = []byte("\xef\xbb\xbf")

// decodeText returns in as UTF-8, and the name of the encoding where it was
// another. head is the beginning of in, which is not read by this function.
// Text that is UTF-8 but for a few bytes is left as it is.
func decodeText(in io.Reader, head []byte) (io.Reader, string) {
	enc, name := textEncoding(head)
	switch {
	case enc != nil:
		return transform.NewReader(in, enc.NewDecoder()), name
	case bytes.HasPrefix(head, bomUTF8):
		return transform.NewReader(in, unicode.UTF8BOM.NewDecoder()), ""
	default:
		return in, ""
	}
}

// decodeHead is decodeText for the head alone; a character cut at its end is
// dropped.
func decodeHead(head []byte) []byte {
	enc, _ := textEncoding(head)
	if enc == nil {
		return bytes.TrimPrefix(head, bomUTF8)
	}
	out, _, _ := transform.Bytes(enc.NewDecoder(), head)
	return out
}

// textEncoding names the encoding of a text by its head; nil is UTF-8.
func textEncoding(head []byte) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16LE"
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "UTF-16BE"
	case bytes.HasPrefix(head, bomUTF8):
		return nil, ""
	}
	if enc, name := bareUTF16(head); enc != nil {
		return enc, name
	}
	multi, bad := countUTF8(head)
	if bad <= multi || bad < 3 {
		return nil, ""
	}
	return legacyEncoding(head)
}

// bareUTF16 knows UTF-16 without a mark by its zero bytes: text of any script
// has spaces and line ends.
func bareUTF16(head []byte) (encoding.Encoding, string) {
	if len(head) < 8 {
		return nil, ""
	}
	var even, odd int
	for i := 0; i+1 < len(head); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	units := len(head) / 2
	switch {
	case odd > units/8 && even == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16LE"
	case even > units/8 && odd == 0:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "UTF-16BE"
	}
	return nil, ""
}

// countUTF8 counts the characters of several bytes and the invalid bytes; one
// cut at the end is neither.
func countUTF8(text []byte) (multi, bad int) {
	for len(text) > 0 {
		if text[0] < utf8.RuneSelf {
			text = text[1:]
			continue
		}
		r, size := utf8.DecodeRune(text)
		switch {
		case r != utf8.RuneError || size > 1:
			multi++
		case len(text) < utf8.UTFMax && !utf8.FullRune(text):
			return multi, bad
		default:
			bad++
		}
		text = text[size:]
	}
	return multi, bad
}

// legacyEncoding chooses among the encodings that old telephones and desktop
// programs write: the one whose reading has most letters of its own script and
// fewest impossible bytes.
func legacyEncoding(head []byte) (encoding.Encoding, string) {
	candidates := []struct {
		name   string
		enc    encoding.Encoding
		common func(rune) bool
	}{
		{"CP949", korean.EUCKR, func(r rune) bool { return strings.ContainsRune(commonHangul, r) }},
		{"Shift_JIS", japanese.ShiftJIS, func(r rune) bool { return r >= 0x3041 && r <= 0x30ff }},
		{"GB18030", simplifiedchinese.GB18030, commonHan},
		{"Big5", traditionalchinese.Big5, commonHan},
		{"CP874", charmap.Windows874, func(r rune) bool { return r >= 0x0e01 && r <= 0x0e4e }},
		{"windows-1251", charmap.Windows1251, func(r rune) bool { return r >= 0x0430 && r <= 0x044f }},
		{"windows-1252", charmap.Windows1252, func(r rune) bool { return r >= 0xe0 && r <= 0xff }},
	}
	best, bestScore := -1, 0
	sample := head[:min(len(head), 16<<10)]
	for i, c := range candidates {
		text, _, _ := transform.Bytes(c.enc.NewDecoder(), sample)
		if score := scriptScore(text, c.common); best < 0 || score > bestScore {
			best, bestScore = i, score
		}
	}
	return candidates[best].enc, candidates[best].name
}

// scriptScore adds up how well a reading fits: letters that texts of the
// script are full of, letters of the script, and characters that cannot be.
func scriptScore(text []byte, common func(rune) bool) (score int) {
	before := ' '
	for _, r := range string(text) {
		switch {
		case r == utf8.RuneError:
			score -= 40
		case r < utf8.RuneSelf:
		case thaiMark(r) && (before < 0x0e01 || before > 0x0e4e):
			score -= 20 // a mark above no letter
		case common(r) && r < 0x1000:
			score += 4
		case common(r):
			score += 12 // two bytes
		case r >= 0xac00 && r <= 0xd7a3, r >= 0x4e00 && r <= 0x9fff:
			score += 3
		default:
			score -= 3
		}
		before = r
		if thaiMark(r) && r < 0x0e47 {
			before = 0x0e30 // a vowel takes a tone, which the range allows
		}
	}
	return score
}

// thaiMark knows the vowels and tones that stand above or below a letter.
func thaiMark(r rune) bool {
	return r == 0x0e31 || r >= 0x0e34 && r <= 0x0e3a || r >= 0x0e47 && r <= 0x0e4e
}

// commonHangul are the syllables that half of any Korean text is made of.
const commonHangul = "이다는을를에의가고하지네요아어해있나도서로한기사자은인리대시라그만일정수전보여주원오니안으면거게했무것들우내상장구성선부제신과어조세저적동진경소마없말연유실물비방안문합계생알월날님대화저장한날짜"

// commonHan holds the particles, pronouns and verbs that fill Chinese chats.
func commonHan(r rune) bool {
	switch r {
	case '的', '是', '了', '我', '你', '在', '不', '有', '好', '人', '這', '这', '們', '们', '他', '她', '來', '来',
		'到', '說', '说', '要', '會', '会', '一', '個', '个', '上', '下', '大', '天', '日', '月', '年', '期',
		'沒', '没', '就', '那', '可', '以', '去', '嗎', '吗', '吧', '啊', '什', '麼', '么', '時', '时', '聊', '錢', '钱':
		return true
	}
	return r >= '，' && r <= '？' || r == '。' || r == '：'
}
