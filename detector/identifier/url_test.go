package identifier_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/identifier"
)

func TestURL(t *testing.T) {
	for _, c := range []struct{ text, value, covers string }{
		{"see https://Shop.Example/A/b?c=D#e.", "https://shop.example/A/b?c=D#e", "https://Shop.Example/A/b?c=D#e"},
		{"see http://shop.example/", "http://shop.example", "http://shop.example/"},
		{"visit www.golden-mine.com/join now", "www.golden-mine.com/join", "www.golden-mine.com/join"},
		{"golden-mine.com", "golden-mine.com", "golden-mine.com"},
		{"GOLDEN-MINE.COM", "golden-mine.com", "GOLDEN-MINE.COM"},
		{"请访问golden-mine.com领取", "golden-mine.com", "golden-mine.com"},
		{"http://golden-mine.com，请", "http://golden-mine.com", "http://golden-mine.com"},
		{"(see golden-mine.com/a_(b)).", "golden-mine.com/a_(b)", "golden-mine.com/a_(b)"},
		{"https://mine.example:8443/x", "https://mine.example:8443/x", "https://mine.example:8443/x"},
		{"http://192.0.2.7/pay", "http://192.0.2.7/pay", "http://192.0.2.7/pay"},
		{"192.0.2.7:8080", "192.0.2.7:8080", "192.0.2.7:8080"},
		{"evil.co.uk.Thanks", "evil.co.uk", "evil.co.uk"},
		{"now.www.mine7.com", "www.mine7.com", "www.mine7.com"},
		{"http://pay.example/us(Please reply", "http://pay.example/us", "http://pay.example/us"},
		// refanged
		{"hxxps://mine[.]example[.]com/a", "https://mine.example.com/a", "hxxps://mine[.]example[.]com/a"},
		{"h**p://mine.example", "http://mine.example", "h**p://mine.example"},
		{"mine[.]example", "mine.example", "mine[.]example"},
		{"mine(.)example", "mine.example", "mine(.)example"},
		{"mine{.}example", "mine.example", "mine{.}example"},
		{"mine[dot]example", "mine.example", "mine[dot]example"},
		{"mine (dot) example", "mine.example", "mine (dot) example"},
		{"vip dot mine dot example/x", "vip.mine.example/x", "vip dot mine dot example/x"},
		{"usdt-mining。vip", "usdt-mining.vip", "usdt-mining。vip"},
		{"usdt-mining．vip", "usdt-mining.vip", ""},
		{"https：//mine．example/abc", "https://mine.example/abc", ""},
		// names beyond ASCII
		{"https://аррӏе.com", "https://xn--80ak6aa92e.com", "https://аррӏе.com"},
		{"münzen-börse.de", "xn--mnzen-brse-kcb9d.de", "münzen-börse.de"},
		// words as top-level domains need a hint
		{"register on the site goldfx.today", "goldfx.today", "goldfx.today"},
		{"register at coin88.live", "coin88.live", "coin88.live"},
	} {
		t.Run(c.text, func(t *testing.T) {
			ids, covered := find(c.text, "")
			require.Len(t, ids, 1)
			require.Equal(t, identifier.URL, ids[0].Kind)
			require.Equal(t, c.value, ids[0].Value)
			require.True(t, ids[0].Valid)
			if c.covers != "" {
				require.Equal(t, c.covers, covered[0])
			}
		})
	}
}

func TestNoURL(t *testing.T) {
	for _, text := range []string{
		"end.The", "e.g.", "i.e. this", "U.S.A", "Ph.D. thesis", "a.m. or p.m.", "ok.no", "thanks.me", "home.call me",
		"wait.so what", "report.pdf", "setup.exe", "main.py", "README.md", "ASP.NET", "12.in", "...", "a..b", ".com", "3.14",
		"polka dot dress", "the dot is red", "Mr.Smith", "No.of items", "etc.and so on", "yes.It works", "done.Is it?",
		"23:00.info", "and/or", "tl;dr", "http://", "://x",
	} {
		t.Run(text, func(t *testing.T) { check(t, text, "", nil) })
	}
}

func TestEmail(t *testing.T) {
	for _, c := range []struct{ text, value, covers string }{
		{"write to Sam.Lee+jobs@Mail.Example today", "sam.lee+jobs@mail.example", "Sam.Lee+jobs@Mail.Example"},
		{"sam(at)mail.example", "sam@mail.example", "sam(at)mail.example"},
		{"sam [at] mail [dot] example", "sam@mail.example", ""},
		{"<sam_lee@jobs.co.uk>", "sam_lee@jobs.co.uk", "sam_lee@jobs.co.uk"},
		{"邮箱sam@mail.example。", "sam@mail.example", "sam@mail.example"},
	} {
		t.Run(c.text, func(t *testing.T) {
			want := is{"email", c.value, c.covers}
			check(t, c.text, "", []is{want})
		})
	}
	check(t, "at @mail.example", "", nil)
}

func TestDefang(t *testing.T) {
	for value, want := range map[string]string{
		"https://host.example/path.html?a=b.c": "hxxps://host[.]example/path.html?a=b.c",
		"http://host.example":                  "hxxp://host[.]example",
		"www.host.example/a.b":                 "www[.]host[.]example/a.b",
		"host.example":                         "host[.]example",
		"sam@host.example":                     "sam@host[.]example",
		"tg://resolve?domain=sunny":            "tg://resolve?domain=sunny",
		"":                                     "",
	} {
		require.Equal(t, want, identifier.Defang(value))
	}
}

func TestMask(t *testing.T) {
	for value, want := range map[string]string{
		"4111111111111111":       "************1111",
		"GB82WEST12345698765432": "******************5432",
		"sam@bank":               "***@**nk",
		"12345":                  "***45",
		"12":                     "*2",
		"":                       "",
	} {
		require.Equal(t, want, identifier.Mask(value))
	}
}
