package identifier_test

import (
	"testing"

	"github.com/hookline/hookline/detector/identifier"
)

func TestLinksOfMessengers(t *testing.T) {
	for _, c := range []struct{ text, kind, value string }{
		{"t.me/Sunny_Gold", "handle.telegram", "sunny_gold"},
		{"https://telegram.me/sunny_gold?start=7", "handle.telegram", "sunny_gold"},
		{"t.me/s/sunny_gold", "handle.telegram", "sunny_gold"},
		{"sunny.t.me", "handle.telegram", "sunny"},
		{"t.me/+AbCdEf123456", "handle.telegram", "+AbCdEf123456"},
		{"t.me/joinchat/AbCdEf123456", "handle.telegram", "+AbCdEf123456"},
		{"tg://resolve?domain=Sunny_Gold", "handle.telegram", "sunny_gold"},
		{"tg://join?invite=AbCdEf123456", "handle.telegram", "+AbCdEf123456"},
		{"chat.whatsapp.com/AbCdEf123456", "handle.whatsapp", "AbCdEf123456"},
		{"wa.me/message/ABC123", "handle.whatsapp", "ABC123"},
		{"https://whatsapp.com/channel/ABC123", "handle.whatsapp", "ABC123"},
		{"line.me/R/ti/p/@sunny", "handle.line", "@sunny"},
		{"https://line.me/ti/p/~Sunny99", "handle.line", "sunny99"},
		{"https://line.me/ti/g2/AbC-12", "handle.line", "AbC-12"},
		{"lin.ee/AbC12", "handle.line", "AbC12"},
		{"u.wechat.com/AbC12", "handle.wechat", "AbC12"},
		{"zalo.me/sunny", "handle.zalo", "sunny"},
		{"https://open.kakao.com/o/sAbC12", "handle.kakao", "sAbC12"},
		{"https://signal.me/#eu/AbC12", "handle.signal", "AbC12"},
		{"https://signal.group/#AbC12", "handle.signal", "AbC12"},
		{"discord.gg/AbC12", "handle.discord", "AbC12"},
		{"discord.com/invite/AbC12", "handle.discord", "AbC12"},
		{"m.me/sunny.gold", "handle.messenger", "sunny.gold"},
		{"instagram.com/Sunny.Gold/", "handle.instagram", "sunny.gold"},
		{"https://www.tiktok.com/@sunny", "handle.tiktok", "sunny"},
		{"https://join.skype.com/AbC12", "handle.skype", "AbC12"},
	} {
		t.Run(c.text, func(t *testing.T) {
			check(t, "join "+c.text+" now", "", []is{{c.kind, c.value, c.text}}, identifier.Handle)
		})
	}
	for _, text := range []string{"t.me/addstickers/Cats", "https://t.me/share/url?url=x", "instagram.com/p/AbC12", "https://x.com/i/status/1"} {
		t.Run(text, func(t *testing.T) { check(t, text, "", nil, identifier.Handle) })
	}
}

// A link to a number is a URL, a handle and a phone.
func TestLinksToNumbers(t *testing.T) {
	for _, text := range []string{
		"https://wa.me/6591234567?text=hi", "wa.me/+6591234567", "https://api.whatsapp.com/send?phone=6591234567&text=a", "whatsapp://send?phone=+6591234567",
	} {
		t.Run(text, func(t *testing.T) {
			check(t, text, "", []is{{"handle.whatsapp", "+6591234567", text}, {"phone", "+6591234567", text}}, identifier.Handle, identifier.Phone)
			ids, _ := find(text, "")
			if len(ids) != 3 || ids[0].Kind != identifier.URL {
				t.Fatal(ids)
			}
		})
	}
	check(t, "viber://chat?number=%2B6591234567", "", []is{{"handle.viber", "+6591234567", ""}}, identifier.Handle)
	check(t, "https://signal.me/#p/+6591234567", "", []is{{"handle.signal", "+6591234567", ""}}, identifier.Handle)
	check(t, "t.me/+6591234567", "", []is{{"handle.telegram", "+6591234567", ""}}, identifier.Handle)
}

func TestHandles(t *testing.T) {
	for _, c := range []struct{ text, kind, value, covers string }{
		{"write @Sunny_Gold", "handle", "sunny_gold", "@Sunny_Gold"},
		{"Telegram: @Sunny_Gold", "handle.telegram", "sunny_gold", "@Sunny_Gold"},
		{"@sunny_gold on telegram", "handle.telegram", "sunny_gold", "@sunny_gold"},
		{"tele @sunnyx", "handle.telegram", "sunnyx", "@sunnyx"},
		{"follow my IG @sunny.gold", "handle.instagram", "sunny.gold", "@sunny.gold"},
		{"LINE @747abcde", "handle.line", "@747abcde", "@747abcde"},
		{"TG: sunny_gold", "handle.telegram", "sunny_gold", "sunny_gold"},
		{"telegram - sunny_gold", "handle.telegram", "sunny_gold", "sunny_gold"},
		{"Telegram id sunnygold", "handle.telegram", "sunnygold", "sunnygold"},
		{"Telegram: sunnygold", "handle.telegram", "sunnygold", "sunnygold"},
		{"телеграм: sunny_gold", "handle.telegram", "sunny_gold", "sunny_gold"},
		{"пиши в тг: sunny_gold", "handle.telegram", "sunny_gold", "sunny_gold"},
		{"텔레그램 sunny99", "handle.telegram", "sunny99", "sunny99"},
		{"飞机号：sunny99", "handle.telegram", "sunny99", "sunny99"},
		{"加飞机 sunny99", "handle.telegram", "sunny99", "sunny99"},
		{"تلجرام: sunny_gold", "handle.telegram", "sunny_gold", "sunny_gold"},
		{"加微信 abc12345", "handle.wechat", "abc12345", "abc12345"},
		{"加微信abcdefg", "handle.wechat", "abcdefg", "abcdefg"},
		{"V信：Lily-2020", "handle.wechat", "lily-2020", "Lily-2020"},
		{"加V lily2020", "handle.wechat", "lily2020", "lily2020"},
		{"+vx: lily2020", "handle.wechat", "lily2020", "lily2020"},
		{"wechat id lily2020", "handle.wechat", "lily2020", "lily2020"},
		{"QQ 12345678", "handle.qq", "12345678", "12345678"},
		{"加扣扣：123456", "handle.qq", "123456", "123456"},
		{"企鹅号12345678901", "handle.qq", "12345678901", "12345678901"},
		{"请加企业微信123456789", "handle.wechat", "123456789", "123456789"},
		{"LINE ID: lily99", "handle.line", "lily99", "lily99"},
		{"my line id lilyrose", "handle.line", "lilyrose", "lilyrose"},
		{"加賴: lily99", "handle.line", "lily99", "lily99"},
		{"ไลน์ไอดี lily99", "handle.line", "lily99", "lily99"},
		{"카톡 아이디 lily99", "handle.kakao", "lily99", "lily99"},
		{"discord: lily_99", "handle.discord", "lily_99", "lily_99"},
		{"skype live:.cid.abc123", "handle.skype", "live:.cid.abc123", "live:.cid.abc123"},
		{"Signal: lily.42", "handle.signal", "lily.42", "lily.42"},
		{"Snapchat lily_99", "handle.snapchat", "lily_99", "lily_99"},
	} {
		t.Run(c.text, func(t *testing.T) {
			check(t, c.text, "", []is{{c.kind, c.value, c.covers}})
		})
	}
}

func TestNoHandles(t *testing.T) {
	for _, text := range []string{
		"Telegram: join our group", "the telegram channel is open", "WhatsApp me", "add me on LINE please", "line 12 of the file",
		"the line: nothing new", "face-to-face", "signal lost", "wechat pay is accepted", "QQ music", "email me @ 5pm", "@all @here",
		"telegram group only", "my line is busy", "from the command line.\nThanks", "Line Number, Item, Price", "article Q172668", "signal: strength", "CfRB+V T67XLOPP4v", "instagram story today", "Qatar 12345", "v 1.2.3", "微信支付", "打开微信搜索", "the wa 98020-4205",
	} {
		t.Run(text, func(t *testing.T) { check(t, text, "", nil, identifier.Handle) })
	}
}
