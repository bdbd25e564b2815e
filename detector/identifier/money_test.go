package identifier_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/identifier"
)

// amounts hold one sum each: its value, and the text that it covers.
var amounts = []struct{ text, value, covers string }{
	// signs and codes on both sides
	{"it costs $500", "500 USD", "$500"},
	{"it costs 500$", "500 USD", "500$"},
	{"US$ 500 only", "500 USD", "US$ 500"},
	{"pay S$1,200.50 now", "1200.5 SGD", "S$1,200.50"},
	{"pay 1.200,50 € now", "1200.5 EUR", "1.200,50 €"},
	{"£1,000 prize", "1000 GBP", "£1,000"},
	{"RM500 je", "500 MYR", "RM500"},
	{"Rp 1.500.000", "1500000 IDR", "Rp 1.500.000"},
	{"Rp50.000/hari", "50000 IDR/day", "Rp50.000"},
	{"USD 2,500.00", "2500 USD", "USD 2,500.00"},
	{"R$ 2.000,00", "2000 BRL", "R$ 2.000,00"},
	{"₹1,00,000 per month", "100000 INR/month", "₹1,00,000"},
	{"Rs. 5,00,000/-", "500000 INR", "Rs. 5,00,000"},
	{"10 000 € par mois", "10000 EUR/month", "10 000 €"},
	{"CHF 1'500", "1500 CHF", "CHF 1'500"},
	{"¥3000", "3000 JPY", "¥3000"},
	{"₩50,000", "50000 KRW", "₩50,000"},
	{"KES 10,000 daily", "10000 KES/day", "KES 10,000"},
	{"฿300", "300 THB", "฿300"},
	{"₱1,500 a day", "1500 PHP/day", "₱1,500"},
	{"1000 TL yatir", "1000 TRY", "1000 TL"},
	{"25.000f tout de suite", "25000 XOF", "25.000f"},
	{"20 000 kz", "20000 AOA", "20 000 kz"},
	{"P200 per like", "200 PHP/task", "P200"},
	{"renta P1.5k weekly", "1500 PHP/week", "P1.5k"},
	{"pay N5,000 first", "5000 NGN", "N5,000"},
	{"ada 450/= tu", "450 KES", "450/="},
	{"TSh 20,000 leo", "20000 TZS", "TSh 20,000"},
	{"UGX 50,000", "50000 UGX", "UGX 50,000"},
	{"প্রতি রেটিং ১৫০ টাকা", "150 BDT", "150 টাকা"},
	{"500tk", "500 BDT", "500tk"},
	{"روزانہ 1200 روپے", "1200 rupee", "1200 روپے"},
	{"८५,००० रुपैयाँ", "85000 NPR", "85,000 रुपैयाँ"},
	{"unos 500 varos", "500 peso", "500 varos"},
	// coins
	{"300U", "300 USDT", "300U"},
	{"300 U daily", "300 USDT/day", "300 U"},
	{"500 USDT per day", "500 USDT/day", "500 USDT"},
	{"$500 USDT", "500 USDT", "$500 USDT"},
	{"0.015 BTC", "0.015 BTC", "0.015 BTC"},
	{"2 SOL each", "2 SOL", "2 SOL"},
	// ranges
	{"$500-$800/week", "500-800 USD/week", "$500-$800"},
	{"200-500元/天", "200-500 CNY/day", "200-500元"},
	{"from 200 to 500 euros a week", "200-500 EUR/week", "200 to 500 euros"},
	{"300-500k VND", "300000-500000 VND", "300-500k VND"},
	{"3-5万元", "30000-50000 CNY", "3-5万元"},
	{"500+ USDT", "500 USDT", "500+ USDT"},
	// scales
	{"win $1.5 million", "1500000 USD", "$1.5 million"},
	{"$30K a year", "30000 USD/year", "$30K"},
	{"2 lakh rupees", "200000 INR", "2 lakh rupees"},
	{"২ লাখ টাকা", "200000 BDT", "2 লাখ টাকা"},
	{"30 ہزار روپے", "30000 rupee", "30 ہزار روپے"},
	{"10 hajar taka", "10000 BDT", "10 hajar taka"},
	{"1.5 crore", "15000000 INR", "1.5 crore"},
	{"5 millones de pesos", "5000000 peso", "5 millones de pesos"},
	{"5 mil reais por mês", "5000 BRL/month", "5 mil reais"},
	{"3 Mio. €", "3000000 EUR", "3 Mio. €"},
	{"50 Tsd. Euro", "50000 EUR", "50 Tsd. Euro"},
	{"500rb", "500000 IDR", "500rb"},
	{"5jt per bulan", "5000000 IDR/month", "5jt"},
	{"5 triệu/tháng", "5000000 VND/month", "5 triệu"},
	{"500k đồng một ngày", "500000 VND/day", "500k đồng"},
	{"50 тыс. руб. в месяц", "50000 RUB/month", "50 тыс. руб."},
	{"от 500$ в неделю", "500 USD/week", "500$"},
	{"1 500 рублей", "1500 RUB", "1 500 рублей"},
	{"137.000p в нeдeлю", "137000 RUB/week", "137.000p"},
	{"3 หมื่นบาท", "30000 THB", "3 หมื่นบาท"},
	{"3,000 บาทต่อวัน", "3000 THB/day", "3,000 บาท"},
	{"วันละ 500 บาท", "500 THB/day", "500 บาท"},
	{"ເງິນເດືອນ 12 ລ້ານກີບ", "12000000 LAK", "12 ລ້ານກີບ"},
	{"3,500,000 ກີບ", "3500000 LAK", "3,500,000 ກີບ"},
	{"២០៨ ដុល្លារ", "208 USD", "208 ដុល្លារ"},
	{"80 ម៉ឺនរៀល", "800000 KHR", "80 ម៉ឺនរៀល"},
	{"လစာ ၁၅ သိန်း", "1500000 MMK", "15 သိန်း"},
	{"5000 ကျပ်", "5000 MMK", "5000 ကျပ်"},
	{"第一次試2000蚊", "2000 HKD", "2000蚊"},
	{"300만원", "3000000 KRW", "300만원"},
	{"하루 20만원", "200000 KRW/day", "20만원"},
	{"日給1万円", "10000 JPY/day", "1万円"},
	{"1億円", "100000000 JPY", "1億円"},
	{"500 دولار في اليوم", "500 USD/day", "500 دولار"},
	{"3 آلاف درهم", "3000 AED", "3 آلاف درهم"},
	{"रोज 500 रुपये", "500 INR/day", "500 रुपये"},
	{"500 piso kada araw", "500 PHP/day", "500 piso"},
	{"500 pesos al día", "500 peso/day", "500 pesos"},
	{"500 € par jour", "500 EUR/day", "500 €"},
	{"500 Euro pro Tag", "500 EUR/day", "500 Euro"},
	{"3000多元", "3000 CNY", "3000多元"},
	{"两千元", "2000 CNY", "两千元"},
	{"五万块", "50000 CNY", "五万块"},
	{"一单30元", "30 CNY/task", "30元"},
	{"30 USDT per task", "30 USDT/task", "30 USDT"},
	// no currency, but words for a wage
	{"日薪300", "300/day", "300"},
	{"日结300-500", "300-500/day", "300-500"},
	{"月入3万", "30000/month", "3万"},
	{"月入过万", "10000/month", "过万"},
	{"Earn 20,000 per day", "20000/day", "20,000"},
	{"get 50 per task", "50/task", "50"},
	{"salary 5k a week", "5000/week", "5k"},
	{"gaji 300 per hari", "300/day", "300"},
	{"工资8000-12000", "8000-12000", "8000-12000"},
	{"monthly income over 50,000", "50000/month", "50,000"},
	{"Annual salary of 150,000 to 300,000", "150000-300000/year", "150,000 to 300,000"},
	{"от 1000💵 и более", "1000 USD", "1000💵"},
	{"75 т.р. в неделю", "75000 RUB/week", "75 т.р."},
	{"5 bin liramı yatırdım", "5000 TRY", "5 bin lirami"},
	{"15 bin TL ile başla", "15000 TRY", "15 bin TL"},
	{"5mila euro di spese", "5000 EUR", "5mila euro"},
	{"nawet 11 000 złotych", "11000 PLN", "11 000 złotych"},
	{"3 tys. zł na start", "3000 PLN", "3 tys. zł"},
	{"5 тисяч гривень", "5000 UAH", "5 тисяч гривень"},
	{"10 косарей за смену", "10000 RUB/task", "10 косарей"},
	{"ganas 30 lucas", "30000 peso", "30 lucas"},
	{"300 euro al giorno", "300 EUR/day", "300 euro"},
	{"900 zł dziennie", "900 PLN/day", "900 zł"},
	{"günde 2.000 TL kazan", "2000 TRY/day", "2.000 TL"},
	{"700 грн на день", "700 UAH/day", "700 грн"},
	{"zarobki 4000 miesięcznie", "4000/month", "4000"},
	{"tengo 300 pavos", "300 EUR", "300 pavos"},
	{"perdi 50 contos", "50 BRL", "50 contos"},
	{"روزی 800 هزار تومان", "800000 IRR", "800 هزار تومان"},
	{"3000 dh par mois", "3000 MAD/month", "3000 dh"},
	{"S/ 2.800 al mes", "2800 PEN/month", "S/ 2.800"},
	{"120 000 Ft", "120000 HUF", "120 000 Ft"},
	{"оплата 3000 смена", "3000/task", "3000"},
	{"зарплата 5000 в день", "5000/day", "5000"},
}

func TestMoney(t *testing.T) {
	for _, c := range amounts {
		t.Run(c.text, func(t *testing.T) { check(t, c.text, "", []is{{"money", c.value, c.covers}}, identifier.Money) })
	}
}

func TestMoneyFields(t *testing.T) {
	ids, _ := find("earn $500-$800 per week", "")
	require.Len(t, ids, 1)
	require.Equal(t, 800.0, ids[0].Amount)
	require.Equal(t, "USD", ids[0].Currency)
	require.Equal(t, "week", ids[0].Period)
	require.True(t, ids[0].Valid)
}

func TestNoMoney(t *testing.T) {
	for _, text := range []string{
		"4 u and 2 u", "take 2 a day", "I won 5 times", "5 miles a day", "paid 401k plan", "salary talk 1700 - 1730 pm", "run 5k every morning", "2 million people",
		"5 real friends", "3G and 4G", "a 1080p video", "500 calories per day", "level 5 u know", "10 try again",
		"2024 was long", "6 ft tall", "3 paus", "ich bin 5 oder 6 bin ich", "call 2 500 people", "1.2.3", "5 ton of sand", "3人一组", "第3万",
		"parking level P2", "a 720P video", "P12 of the book", "an N95 mask", "exit N12",
	} {
		t.Run(text, func(t *testing.T) { check(t, text, "", nil, identifier.Money) })
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct{ text, value, covers string }{
		{"3% daily", "3%/day", "3%"},
		{"up to 15-20% a month", "15-20%/month", "15-20%"},
		{"2.5 percent", "2.5%", "2.5 percent"},
		{"每天3%", "3%/day", "3%"},
		{"百分之三十", "30%", "百分之三十"},
		{"百分之5", "5%", "百分之5"},
		{"13 процентов", "13%", "13 процентов"},
		{"2 persen per bulan", "2%/month", "2 persen"},
		{"10 por ciento mensual", "10%/month", "10 por ciento"},
		{"30 퍼센트", "30%", "30 퍼센트"},
		{"ได้ 5 เปอร์เซ็นต์ต่อวัน", "5%/day", "5 เปอร์เซ็นต์"},
		{"10 Prozent", "10%", "10 Prozent"},
		{"5 phần trăm", "5%", "5 phần trăm"},
	} {
		t.Run(c.text, func(t *testing.T) { check(t, c.text, "", []is{{"percent", c.value, c.covers}}) })
	}
}

func TestDuration(t *testing.T) {
	for _, c := range []struct{ text, value, covers string }{
		{"10-20 minutes a day", "10-20 minute/day", "10-20 minutes"},
		{"within 24 hours", "24 hour", "24 hours"},
		{"in 48h", "48 hour", "48h"},
		{"2小时", "2 hour", "2小时"},
		{"两小时", "2 hour", "两小时"},
		{"每天1-2个小时", "1-2 hour", "1-2个小时"},
		{"30 минут", "30 minute", "30 минут"},
		{"1-2 часа в день", "1-2 hour/day", "1-2 часа"},
		{"30 phút", "30 minute", "30 phút"},
		{"2 jam sehari", "2 hour/day", "2 jam"},
		{"3 ชั่วโมง", "3 hour", "3 ชั่วโมง"},
		{"30분", "30 minute", "30분"},
		{"2時間", "2 hour", "2時間"},
		{"30分で終わる", "30 minute", "30分で"},
		{"7 días", "7 day", "7 días"},
		{"5 dias úteis", "5 day", "5 dias"},
		{"24 ساعة", "24 hour", "24 ساعة"},
		{"2 घंटे", "2 hour", "2 घंटे"},
		{"30 minuto", "30 minute", "30 minuto"},
		{"3 Tage", "3 day", "3 Tage"},
		{"2 heures par jour", "2 hour/day", "2 heures"},
		{"3 weeks", "3 week", "3 weeks"},
		{"6个月", "6 month", "6个月"},
	} {
		t.Run(c.text, func(t *testing.T) { check(t, c.text, "", []is{{"duration", c.value, c.covers}}) })
	}
	for _, text := range []string{"2day", "5月", "3日", "2024年", "10分满意", "十分满意", "二十周年", "5m cable", "3D film"} {
		t.Run(text, func(t *testing.T) { check(t, text, "", nil) })
	}
}

func TestPlace(t *testing.T) {
	check(t, "come to 13.756331, 100.501762 now", "", []is{{"latlong", "13.756331,100.501762", "13.756331, 100.501762"}})
	check(t, "-8.65,115.2166 or -8.6500,-115.21667", "", []is{{"latlong", "-8.65,-115.21667", "-8.6500,-115.21667"}})
	check(t, "91.0000, 10.0000", "", nil)
	check(t, "3.141, 2.71", "", nil)
}
