package identifier

import "strings"

// target is what a link of a messenger leads to.
type target struct {
	platform string
	id       string // name in lower case, or an invite code as written; of a phone its digits
	phone    bool
}

// linkHosts maps the hosts of messengers and networks to a reader of their
// paths. The forms are those of the platforms' own documentation of deep links.
var linkHosts = map[string]func(path, query string) (target, bool){
	"t.me": telegramPath, "telegram.me": telegramPath, "telegram.dog": telegramPath,
	"wa.me": whatsappPath, "api.whatsapp.com": whatsappPath, "web.whatsapp.com": whatsappPath,
	"whatsapp.com": whatsappPath, "www.whatsapp.com": whatsappPath,
	"chat.whatsapp.com": code("whatsapp"),
	"line.me":           linePath, "lin.ee": code("line"), "liff.line.me": code("line"), "page.line.me": name("line"),
	"u.wechat.com": code("wechat"), "work.weixin.qq.com": code("wechat"), "weixin.qq.com": code("wechat"),
	"qm.qq.com": code("qq"), "jq.qq.com": code("qq"),
	"zalo.me":        zaloPath,
	"open.kakao.com": code("kakao"), "pf.kakao.com": code("kakao"), "qr.kakao.com": code("kakao"),
	"signal.me": signalPath, "signal.group": code("signal"),
	"discord.gg": code("discord"), "discord.com": discordPath, "discordapp.com": discordPath,
	"m.me": name("messenger"), "ig.me": name("instagram"),
	"instagram.com": name("instagram"), "facebook.com": name("facebook"), "m.facebook.com": name("facebook"), "fb.com": name("facebook"),
	"tiktok.com": name("tiktok"), "x.com": name("x"), "twitter.com": name("x"), "vk.com": name("vk"),
	"snapchat.com": name("snapchat"), "join.skype.com": code("skype"), "invite.viber.com": code("viber"), "viber.me": code("viber"),
}

// readLink reads the link of host, in lower case, and rest: path, query and
// fragment.
func readLink(host, rest string) (target, bool) {
	path, query := cutQuery(rest)
	host = strings.TrimPrefix(host, "www.")
	if read, ok := linkHosts[host]; ok {
		return read(path, query)
	}
	if user, ok := strings.CutSuffix(host, ".t.me"); ok {
		return telegramName(user)
	}
	return target{}, false
}

// payLink reads the link of a payment service: its name and the account.
func payLink(host, rest string) (kind, id string) {
	path, _ := cutQuery(rest)
	first, second := segments(path)
	switch strings.TrimPrefix(host, "www.") {
	case "paypal.me":
		return "paypal", lower(first)
	case "paypal.com":
		if first == "paypalme" {
			return "paypal", lower(second)
		}
	case "cash.app":
		if strings.HasPrefix(first, "$") {
			return "cashapp", lower(first)
		}
	case "venmo.com":
		if first == "u" {
			return "venmo", lower(second)
		}
	case "revolut.me":
		return "revolut", lower(first)
	}
	return "", ""
}

// readScheme reads the link of an app: the scheme and what follows "://". A
// known scheme whose target is unclear gives no platform.
func readScheme(scheme, rest string) (target, bool) {
	path, query := cutQuery(rest)
	first, second := segments(path)
	switch scheme {
	case "tg":
		switch first {
		case "resolve":
			if digits := parameter(query, "phone"); allDigits(digits) {
				return target{"telegram", digits, true}, true
			}
			if t, ok := telegramName(parameter(query, "domain")); ok {
				return t, true
			}
		case "join":
			if hash := parameter(query, "invite"); hash != "" {
				return target{"telegram", "+" + hash, false}, true
			}
		}
		return target{}, true
	case "whatsapp", "viber":
		number := parameter(query, "phone")
		if number == "" {
			number = parameter(query, "number")
		}
		if digits := plainDigits(number); digits != "" {
			return target{scheme, digits, true}, true
		}
		return target{}, true
	case "line":
		if t, ok := linePath("/R/"+path, query); ok {
			return t, true
		}
		return target{}, true
	case "weixin":
		return target{}, true
	case "sgnl":
		if digits := plainDigits(second); digits != "" {
			return target{"signal", digits, true}, true
		}
		return target{}, true
	}
	return target{}, false
}

// appScheme says whether readScheme knows the scheme.
func appScheme(s string) bool {
	switch s {
	case "tg", "whatsapp", "viber", "line", "weixin", "sgnl":
		return true
	}
	return false
}

// cutQuery splits what follows a host. A fragment belongs to the path: some
// messengers keep the name there.
func cutQuery(rest string) (path, query string) {
	path, query, _ = strings.Cut(rest, "?")
	return strings.Trim(path, "/"), query
}

func segments(path string) (first, second string) {
	first, rest, _ := strings.Cut(path, "/")
	second, _, _ = strings.Cut(rest, "/")
	return first, second
}

// parameter returns the value of key in a query, with %2B read as a plus.
func parameter(query, key string) string {
	for pair := range strings.SplitSeq(query, "&") {
		if name, value, _ := strings.Cut(pair, "="); strings.EqualFold(name, key) {
			return strings.NewReplacer("%2B", "+", "%2b", "+", "%20", "").Replace(value)
		}
	}
	return ""
}

func allDigits(s string) bool {
	return len(s) >= 7 && len(s) <= 15 && strings.Trim(s, "0123456789") == ""
}

// plainDigits returns the digits of a phone number without plus and marks; ""
// if it is none.
func plainDigits(s string) string {
	s = strings.NewReplacer("+", "", "-", "", "(", "", ")", "", ".", "").Replace(s)
	if allDigits(s) {
		return s
	}
	return ""
}

// code reads the last part of the path as an invite code, whose letter case
// counts.
func code(platform string) func(path, query string) (target, bool) {
	return func(path, query string) (target, bool) {
		id := path[strings.LastIndexAny(path, "/#")+1:]
		if id == "" {
			id = parameter(query, "g2")
		}
		return target{platform, id, false}, len(id) >= 3
	}
}

// name reads the first part of the path as a user name.
func name(platform string) func(path, query string) (target, bool) {
	return func(path, query string) (target, bool) {
		first, second := segments(path)
		switch first {
		case "m", "add", "u", "groups", "invite", "channel":
			first = second
		case "profile.php":
			first = parameter(query, "id")
		case "p", "reel", "reels", "explore", "stories", "accounts", "tv", "i", "home", "search", "intent", "share", "sharer",
			"hashtag", "watch", "events", "pages", "photo", "photos", "permalink.php", "login", "dialog", "video", "tag", "discover", "sharer.php", "story.php":
			return target{}, false
		}
		id := lower(strings.TrimPrefix(first, "@"))
		return target{platform, id, false}, len(id) >= 2 && len(id) <= 50
	}
}

func telegramPath(path, query string) (target, bool) {
	first, second := segments(path)
	switch {
	case strings.HasPrefix(first, "+"):
		if allDigits(first[1:]) {
			return target{"telegram", first[1:], true}, true
		}
		return target{"telegram", first, false}, len(first) > 4
	case first == "joinchat":
		return target{"telegram", "+" + second, false}, len(second) > 4
	case first == "s":
		return telegramName(second)
	}
	return telegramName(first)
}

// telegramName reads a user name; the first parts of other links are none.
func telegramName(s string) (target, bool) {
	s = lower(strings.TrimPrefix(s, "@"))
	switch s {
	case "addlist", "addstickers", "addemoji", "addtheme", "share", "proxy", "socks", "login", "boost", "nft", "invoice",
		"contact", "setlanguage", "confirmphone", "giftcode", "iv", "bg", "www", "web", "blog":
		return target{}, false
	}
	if len(s) < 4 || len(s) > 32 || !isLetter(s[0]) {
		return target{}, false
	}
	for i := range len(s) {
		if !isAlnum(s[i]) && s[i] != '_' {
			return target{}, false
		}
	}
	return target{"telegram", s, false}, true
}

func whatsappPath(path, query string) (target, bool) {
	first, second := segments(path)
	for _, number := range []string{first, parameter(query, "phone")} {
		if digits := plainDigits(number); digits != "" {
			return target{"whatsapp", digits, true}, true
		}
	}
	switch first {
	case "message", "qr", "channel", "catalog":
		return target{"whatsapp", second, false}, second != ""
	}
	return target{}, false
}

// linePath reads line.me/R/ti/p/@id, /ti/p/~id, /ti/p/TOKEN and /ti/g/TOKEN.
func linePath(path, _ string) (target, bool) {
	path = strings.TrimPrefix(strings.Trim(path, "/"), "R/")
	rest, ok := strings.CutPrefix(path, "ti/")
	if !ok {
		return target{}, false
	}
	kind, id := segments(rest)
	id = strings.NewReplacer("%40", "@", "%7E", "~", "%7e", "~").Replace(id)
	switch {
	case kind != "p" && kind != "g" && kind != "g2", len(id) < 2:
		return target{}, false
	case id[0] == '~':
		return target{"line", lower(id[1:]), false}, true
	case id[0] == '@':
		return target{"line", lower(id), false}, true
	}
	return target{"line", id, false}, true
}

func zaloPath(path, _ string) (target, bool) {
	first, second := segments(path)
	switch {
	case first == "g" || first == "s":
		return target{"zalo", second, false}, second != ""
	case plainDigits(first) != "":
		return target{"zalo", lower(first), false}, true
	}
	return target{"zalo", lower(first), false}, len(first) >= 3
}

// signalPath reads signal.me/#p/+number and signal.me/#eu/CODE.
func signalPath(path, _ string) (target, bool) {
	kind, id := segments(strings.TrimPrefix(path, "#"))
	if kind == "p" {
		digits := plainDigits(id)
		return target{"signal", digits, true}, digits != ""
	}
	return target{"signal", id, false}, id != ""
}

func discordPath(path, _ string) (target, bool) {
	first, second := segments(path)
	if first == "invite" || first == "users" {
		return target{"discord", second, false}, second != ""
	}
	return target{}, false
}
