package export

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// word reads a word of a date: a month, a weekday, a half of the day, a zone,
// or one that says nothing ("at", "de", "г.").
func (d *dateWords) word(text string) string {
	end := 0
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’' {
			break
		}
		end += size
	}
	word, rest := strings.ToLower(text[:end]), text[end:]
	if rest2, ok := d.half(word, rest); ok {
		return rest2
	}
	if month := monthNamed(word); month > 0 && d.month == 0 && len(d.numbers) < 3 {
		d.month, d.monthAt = month, len(d.numbers)
		return rest
	}
	if day, ok := weekdayNamed(word); ok {
		d.weekday, d.hasDay = day, true
		return rest
	}
	if minutes, ok := zoneNamed(word); ok && d.hasTime {
		if d.zone == nil { // "+0800 (CST)" has said it in numbers
			d.zone = fixedZone(minutes)
		}
		return rest
	}
	d.particle(word)
	return rest
}

// dayHalves are the names of the halves of the day that dates bear in the
// languages of telephones.
var dayHalves = []struct {
	pm    bool
	names []string
}{
	{false, []string{"am", "上午", "午前", "오전", "凌晨", "早上", "清晨", "vorm", "sáng", "sa", "dop", "π.μ", "πμ", "पूर्वाह्न", "म.पू", "ص", "ق.ظ", "öö", "pg",
		"முற்பகல்", "পূর্বাহ্ণ", "පෙ.ව", "ಪೂರ್ವಾಹ್ನ", "ਪੂ.ਦੁ", "ព្រឹក", "နံနက်", "ກ່ອນທ່ຽງ", "ก่อนเที่ยง", "paradites", "ጥዋት", "vm",
		"de.", "пр.об", "дп", "ap", "fm", "priekšp", "priešpiet", "לפנה״צ", "לפנה\"צ", "غ.م", "半夜", "ഉച്ചയ്ക്ക് മുമ്പ്"}},
	{true, []string{"pm", "下午", "午後", "오후", "晚上", "傍晚", "中午", "nachm", "chiều", "ch", "odp", "pop", "μ.μ", "μμ", "अपराह्न", "म.उ", "م", "ب.ظ", "ös", "ptg",
		"பிற்பகல்", "অপরাহ্ণ", "ප.ව", "ಅಪರಾಹ್ನ", "ਬਾ.ਦੁ", "ល្ងាច", "ညနေ", "ຫຼັງທ່ຽງ", "หลังเที่ยง", "pasdites", "ከሰዓት", "nm",
		"du.", "сл.об", "пп", "ip", "em", "pēcp", "popiet", "אחה״צ", "אחה\"צ", "غ.و", "ഉച്ചയ്ക്ക് ശേഷം"}},
}

// half reads AM and PM of many languages, which may be several words or have
// dots: "a. m.", "пр.об.".
func (d *dateWords) half(word, rest string) (string, bool) {
	for _, h := range dayHalves {
		for _, name := range h.names {
			more, ok := strings.CutPrefix(name, word)
			ok = ok && len(more) <= len(rest) && strings.EqualFold(rest[:len(more)], more)
			if after := rest[min(len(more), len(rest)):]; ok && (more == "" || !letterAfter(after)) && (d.hasTime || !onlyAfterClock(name)) {
				d.am, d.pm = d.am || !h.pm, d.pm || h.pm
				d.asian = d.asian || strings.ContainsAny(name, "午전후晚早清凌傍半")
				return strings.TrimPrefix(after, "."), true
			}
		}
	}
	if word == "a" || word == "p" {
		after := strings.TrimLeft(rest, ". \u00a0\u202f")
		if len(after) > 0 && (after[0] == 'm' || after[0] == 'M') && !letterAfter(after[1:]) {
			d.am, d.pm = d.am || word == "a", d.pm || word == "p"
			return strings.TrimPrefix(after[1:], "."), true
		}
	}
	return rest, false
}

// onlyAfterClock knows halves of the day that are small words elsewhere.
func onlyAfterClock(name string) bool {
	return name == "em" || name == "fm" || name == "ap" || name == "ip"
}

// particle notes the words that may stand in a date; any other makes the text
// none.
func (d *dateWords) particle(word string) {
	switch word {
	case "at", "on", "the", "of", "um", "uhr", "de", "del", "du", "le", "à", "a", "alle", "ore", "g", "г", "р", "года", "року",
		"в", "о", "t", "z", "h", "e", "om", "kl", "klo", "pukul", "jam", "lúc", "ngày", "tháng", "năm", "las", "às", "den", "w", "der",
		"be", "พ", "ศ", "เวลา", "น", "ที่", "วันที่", "هـ", "ه", "ب":
		if word == "z" {
			d.zone = time.UTC
		}
	default:
		d.leftover = true
	}
}

// monthStems begin the names of the months in the languages that exports are
// written in; the genitives of Slavic languages begin alike.
var monthStems = [12][]string{
	{"jan", "ene", "янв", "січ", "gen", "oca", "sty", "led", "มกราคม", "มค", "ม.ค", "يناير", "जनवरी", "janv", "ιαν",
		"ian", "tammi", "saus", "siječ", "jaan", "ינואר", "জানু", "فروردین"},
	{"feb", "fev", "fév", "февр", "фев", "лют", "şub", "lut", "úno", "กุมภาพันธ์", "فبراير", "फ़रवरी", "फरवरी", "φεβ", "peb",
		"helmi", "vas", "velj", "veeb", "פברואר", "ফেব্রু", "اردیبهشت"},
	{"mar", "mär", "mrz", "мар", "берез", "maa", "břez", "มีนาคม", "مارس", "मार्च", "μαρ", "mac", "mei-",
		"már", "maalis", "kov", "ožu", "märts", "מרץ", "মার্চ", "خرداد"},
	{"apr", "abr", "avr", "апр", "квіт", "nis", "kwie", "dub", "เมษายน", "أبريل", "إبريل", "अप्रैल", "απρ",
		"ápr", "huhti", "bal", "trav", "אפריל", "এপ্রিল", "تیر"},
	{"may", "mai", "mag", "мая", "май", "трав", "maj", "mei", "květ", "พฤษภาคม", "مايو", "मई", "μαΐ", "μαι",
		"máj", "touko", "geg", "svib", "מאי", "মে", "مرداد"},
	{"jun", "juin", "giu", "июн", "черв", "haz", "cze", "červn", "มิถุนายน", "يونيو", "जून", "ιουν",
		"jún", "iun", "kesä", "birž", "lipnja", "juuni", "hun", "יוני", "জুন", "شهریور"},
	{"jul", "juil", "lug", "июл", "лип", "tem", "lip", "červenc", "กรกฎาคม", "يوليو", "जुलाई", "ιουλ",
		"júl", "iul", "heinä", "liep", "srpnja", "juuli", "hul", "יולי", "জুলাই", "مهر"},
	{"aug", "ago", "aoû", "août", "авг", "серп", "ağu", "sie", "srp", "สิงหาคม", "أغسطس", "अगस्त", "αυγ", "agu", "ogo",
		"elo", "rugp", "kolov", "ag", "אוגוסט", "আগস্ট", "آبان"},
	{"sep", "set", "сен", "верес", "eyl", "wrz", "zář", "กันยายน", "سبتمبر", "सितंबर", "सितम्बर", "σεπ",
		"szep", "syys", "rugs", "ruj", "ספטמבר", "সেপ্টে", "آذر"},
	{"oct", "okt", "out", "ott", "окт", "жовт", "eki", "paź", "říj", "ตุลาคม", "أكتوبر", "अक्टूबर", "οκτ",
		"loka", "spal", "אוקטובר", "অক্টো", "دی"},
	{"nov", "noi", "ноя", "листоп", "kas", "lis", "พฤศจิกายน", "نوفمبر", "नवंबर", "नवम्बर", "νοε",
		"marras", "lapkr", "stud", "nob", "נובמבר", "নভে", "بهمن"},
	{"dec", "dez", "dic", "déc", "дек", "груд", "ara", "gru", "pros", "ธันวาคม", "ديسمبر", "दिसंबर", "दिसम्बर", "δεκ", "des", "dis",
		"joulu", "gruod", "דצמבר", "ডিসে", "اسفند"},
}

// monthNamed is the month whose name begins like one of the stems, the longest
// stem deciding (juin, juil); 0 if none.
func monthNamed(word string) int {
	best, length := 0, 0
	for i, stems := range monthStems {
		for _, stem := range stems {
			if len(stem) > length && strings.HasPrefix(word, stem) && plausibleMonth(word, stem) {
				best, length = i+1, len(stem)
			}
		}
	}
	return best
}

// plausibleMonth keeps "market" and "mardi" from being March: a short stem
// needs a short word or one that a month ends like.
func plausibleMonth(word, stem string) bool {
	switch word {
	case "mardi", "martes", "martedì", "market", "sept-", "sett", "mart", "sexta", "segunda", "maandag", "lis-", "arab":
		return word == "mart" || word == "sett"
	}
	return len([]rune(word)) <= 10 || strings.HasPrefix(word, "พฤ")
}

var weekdayStems = [7][]string{
	{"sun", "dom", "dim", "son", "вос", "вс", "нед", "нд", "日曜", "星期日", "星期天", "周日", "週日", "일요일", "min", "อาทิตย์", "วันอาทิตย์", "الأحد", "रवि", "zon", "chủ"},
	{"mon", "lun", "пон", "пн", "月曜", "星期一", "周一", "週一", "월요일", "sen", "จันทร์", "วันจันทร์", "الاثنين", "सोम", "seg", "maan"},
	{"tue", "mar", "die", "вто", "вт", "вів", "火曜", "星期二", "周二", "週二", "화요일", "sel", "อังคาร", "วันอังคาร", "الثلاثاء", "मंगल", "ter", "din"},
	{"wed", "mié", "mie", "mer", "mit", "сре", "ср", "сер", "水曜", "星期三", "周三", "週三", "수요일", "rab", "พุธ", "วันพุธ", "الأربعاء", "बुध", "qua", "woe"},
	{"thu", "jue", "jeu", "don", "gio", "чет", "чт", "木曜", "星期四", "周四", "週四", "목요일", "kam", "พฤหัส", "วันพฤหัส", "الخميس", "गुरु", "qui"},
	{"fri", "vie", "ven", "fre", "пят", "пт", "п'ят", "金曜", "星期五", "周五", "週五", "금요일", "jum", "ศุกร์", "วันศุกร์", "الجمعة", "शुक्र", "sex", "vri"},
	{"sat", "sáb", "sab", "sam", "суб", "сб", "土曜", "星期六", "周六", "週六", "토요일", "เสาร์", "วันเสาร์", "السبت", "शनि", "zat"},
}

// weekdayNamed knows weekdays; single Han and Hangul letters stand in brackets
// after a date.
func weekdayNamed(word string) (time.Weekday, bool) {
	if i := strings.Index("日一二三四五六", word); i >= 0 && len(word) == 3 {
		return time.Weekday(i / 3), true
	}
	if i := strings.Index("日月火水木金土", word); i >= 0 && len(word) == 3 && word != "日" && word != "月" {
		return time.Weekday(i / 3), true
	}
	if i := strings.Index("일월화수목금토", word); i >= 0 && len(word) == 3 && word != "일" && word != "월" {
		return time.Weekday(i / 3), true
	}
	for i, short := range []string{"อา", "จ", "อ", "พ", "พฤ", "ศ", "ส"} {
		if word == short {
			return time.Weekday(i), true
		}
	}
	for i, stems := range weekdayStems {
		for _, stem := range stems {
			if strings.HasPrefix(word, stem) {
				return time.Weekday(i), true
			}
		}
	}
	return 0, false
}

// zoneNamed gives the minutes east of Greenwich of the zones that RFC 822
// names and a few more. The library would read them as those of the host.
func zoneNamed(word string) (int, bool) {
	switch word {
	case "z", "utc", "gmt", "ut", "wet":
		return 0, true
	case "est", "cdt":
		return -5 * 60, true
	case "edt":
		return -4 * 60, true
	case "cst", "mdt":
		return -6 * 60, true
	case "mst", "pdt":
		return -7 * 60, true
	case "pst":
		return -8 * 60, true
	case "akdt":
		return -8 * 60, true
	case "akst":
		return -9 * 60, true
	case "hst":
		return -10 * 60, true
	case "bst", "cet", "met", "mez", "west":
		return 60, true
	case "cest", "eet", "sast", "mesz":
		return 120, true
	case "eest", "msk":
		return 180, true
	case "jst", "kst":
		return 540, true
	case "aest":
		return 600, true
	case "aedt":
		return 660, true
	}
	return 0, false
}
