package identifier

// manner says how a short or everyday word must be written to count.
type manner uint8

const (
	tight   manner = 1 << iota // touching the number
	capital                    // in capital letters
	either                     // touching the number or in capital letters
	after                      // after the number only
)

// scale multiplies a number. A scale that people use for one currency only
// implies it.
type scale struct {
	factor  float64
	implies string
	manner  manner
}

var scaleRows = []row[scale]{
	{scale{1e2, "", 0}, `百 ร้อย 백 सौ hundred`},
	{scale{1e3, "", tight}, `k к`},
	{scale{1e3, "RUB", 0}, `т.р т.р. тр т.руб`},
	{scale{1e3, "", 0}, `千 仟 천 พัน ພັນ ពាន់ thousand thousands thou grand тыс тыс. тысяч* mil mille ألف الف آلاف الاف tsd tsd. tausend hazaar hazar hajar हज़ार हजार হাজার ہزار libo libong bin mila тис тис. тисяч* tys tys. tysiąc* tysięc* هزار`},
	{scale{1e3, "RUB", 0}, `косар*`},
	{scale{1e3, "peso", after}, `lucas`},
	{scale{1e3, "IDR", 0}, `ribu rb rbu`},
	{scale{1e3, "VND", 0}, `nghìn ngàn`},
	{scale{1e4, "", tight}, `w`},
	{scale{1e4, "", 0}, `万 萬 만 หมื่น ໝື່ນ ម៉ឺន`},
	{scale{1e5, "", 0}, `แสน ແສນ សែន`},
	{scale{1e4, "MMK", 0}, `သောင်း`},
	{scale{1e5, "MMK", 0}, `သိန်း`},
	{scale{1e6, "MMK", 0}, `သန်း`},
	{scale{1e5, "INR", 0}, `lakh* lac lacs लाख`},
	{scale{1e5, "BDT", 0}, `লাখ লক্ষ`},
	{scale{1e5, "", 0}, `لاکھ`},
	{scale{1e6, "", tight}, `m mm kk кк`},
	{scale{1e6, "", 0}, `mn mln mio mio. million* млн млн. миллион* лям* millón millones milhão milhões mi ล้าน ລ້ານ លាន 백만 مليون ملايين milyon milyong मिलियन milion* мільйон* میلیون`},
	{scale{1e6, "IDR", 0}, `juta jt jta`},
	{scale{1e6, "VND", 0}, `triệu củ`},
	{scale{1e6, "VND", tight}, `tr`},
	{scale{1e7, "INR", 0}, `crore* करोड़ करोड`},
	{scale{1e7, "BDT", 0}, `কোটি`},
	{scale{1e7, "", 0}, `کروڑ`},
	{scale{1e7, "INR", tight}, `cr`},
	{scale{1e8, "", 0}, `亿 億 억`},
	{scale{1e9, "", 0}, `billion* bn млрд млрд. миллиард* mrd mrd. milliarde* milliard* miliar milyar tỷ tỉ bilhão bilhões mil_millones مليار miliard* мільярд* میلیارد`},
}

// currency is what an amount is counted in. The code is ISO 4217 or a ticker; a
// word that several countries use stays that word.
type currency struct {
	code   string
	least  float64 // smaller amounts are something else: "4 u", "2 won"
	manner manner
}

var currencyRows = []row[currency]{
	{currency{"USD", 0, 0}, `$ us$ usd usd$ $us u$s dollar* dolar dólar dólares dolares доллар* долар* бакс* дол. 美元 美金 美刀 ドル 米ドル 달러 불 دولار* ដុល្លារ ဒေါ်လာ ໂດລາ ดอลลาร์ ดอลล่าร์ ดอลล่า เหรียญสหรัฐ डॉलर dolyar bucks 💲 💵 зелен* đô đô_la đôla`},
	{currency{"USD", 0, after}, `刀 buck`},
	{currency{"EUR", 0, 0}, `€ eur euro* евро يورو ยูโร यूरो 欧元 ユーロ 유로`},
	{currency{"EUR", 10, after}, `pavos balles`},
	{currency{"GBP", 0, 0}, `£ gbp pound pounds quid sterling 英镑 ポンド 파운드 фунт*`},
	{currency{"CNY", 0, 0}, `rmb cny cn¥ 人民币 yuan юан* 위안 หยวน`},
	{currency{"CNY", 0, after}, `元 块 块钱 元钱 圆`},
	{currency{"JPY", 0, 0}, `¥ jpy yen 엔 日元 日币 йен* เยน`},
	{currency{"JPY", 0, after}, `円`},
	{currency{"KRW", 0, 0}, `₩ krw 韩元 韩币`},
	{currency{"KRW", 0, after}, `원`},
	{currency{"KRW", 100, after}, `won`},
	{currency{"VND", 0, 0}, `₫ vnd vnđ đồng 越南盾`},
	{currency{"VND", 0, after | tight}, `đ`},
	{currency{"IDR", 0, 0}, `rp rp. idr rupiah`},
	{currency{"MYR", 0, 0}, `rm myr ringgit 令吉 马币`},
	{currency{"SGD", 0, 0}, `s$ sg$ sgd 新币 坡币`},
	{currency{"HKD", 0, 0}, `hk$ hkd 港币 港元`},
	{currency{"HKD", 0, after}, `蚊`},
	{currency{"TWD", 0, 0}, `nt$ ntd twd 台币 新台币`},
	{currency{"AUD", 0, 0}, `a$ au$ aud 澳元 澳币`},
	{currency{"CAD", 0, 0}, `c$ ca$ cad 加元 加币`},
	{currency{"NZD", 0, 0}, `nz$ nzd`},
	{currency{"THB", 0, 0}, `฿ thb baht บาท ບາດ បាត ဘတ် 泰铢`},
	{currency{"PHP", 0, 0}, `₱ php piso`},
	{currency{"peso", 0, 0}, `peso* песо`},
	{currency{"peso", 10, after}, `varos mangos`},
	{currency{"MXN", 0, 0}, `mxn mx$ mex$`},
	{currency{"ARS", 0, 0}, `ars ar$`},
	{currency{"COP", 0, capital}, `cop`},
	{currency{"CLP", 0, 0}, `clp`},
	{currency{"PEN", 0, 0}, `s/. s/ soles`},
	{currency{"PEN", 0, capital}, `pen`},
	{currency{"INR", 0, 0}, `₹ rs rs. inr rupee* rupay* rupya* रुपये रुपए रुपया रुपैया रुपयों रु रु. रू рупи* 卢比`},
	{currency{"PKR", 0, 0}, `pkr`},
	{currency{"rupee", 0, 0}, `روپے روپیہ روپیے روپئے`},
	{currency{"NPR", 0, 0}, `npr रुपैयाँ रुपैंया रुपियाँ rupaiya*`},
	{currency{"BDT", 0, 0}, `৳ bdt taka tk tk. টাকা*`},
	{currency{"RUB", 0, 0}, `₽ rub rur руб руб. рубл*`},
	{currency{"RUB", 5, after}, `р р. деревянных`},
	{currency{"UAH", 0, 0}, `₴ uah грн грн. гривен* гривн*`},
	{currency{"KZT", 0, 0}, `₸ kzt тенге`},
	{currency{"BRL", 0, 0}, `r$ brl reais`},
	{currency{"BRL", 10, after}, `contos paus`},
	{currency{"AED", 0, 0}, `aed dirham* درهم دراهم dhs`},
	{currency{"SAR", 0, 0}, `riyal* ريال ريالات ر.س`},
	{currency{"SAR", 0, capital}, `sar`},
	{currency{"EGP", 0, 0}, `egp جنيه جنيهات ج.م`},
	{currency{"dinar", 0, 0}, `dinar* kwd دينار دنانير`},
	{currency{"DZD", 0, 0}, `dzd دج`},
	{currency{"MAD", 0, capital}, `mad`},
	{currency{"MAD", 10, after}, `dh`},
	{currency{"TRY", 0, 0}, `₺ lira*`},
	{currency{"TRY", 0, capital}, `try`},
	{currency{"TRY", 10, after}, `tl`},
	{currency{"NGN", 0, 0}, `₦ ngn naira`},
	{currency{"KES", 0, 0}, `kes ksh kshs ksh. shilling* shilingi`},
	{currency{"KES", 0, after}, `/=`},
	{currency{"TZS", 0, 0}, `tzs tsh tshs`},
	{currency{"UGX", 0, 0}, `ugx ush ushs`},
	{currency{"GHS", 0, 0}, `ghs cedi*`},
	{currency{"ZAR", 0, 0}, `zar`},
	{currency{"ZAR", 0, after}, `rand`},
	{currency{"CHF", 0, 0}, `chf sfr franken`},
	{currency{"XOF", 0, 0}, `fcfa xof`},
	{currency{"XOF", 1000, after}, `f`},
	{currency{"AOA", 0, 0}, `aoa kz kwanza*`},
	{currency{"franc", 0, after}, `francs`},
	{currency{"PLN", 0, 0}, `pln zł złot*`},
	{currency{"PLN", 10, after}, `zl`},
	{currency{"CZK", 0, 0}, `czk kč korun*`},
	{currency{"HUF", 0, 0}, `huf forint*`},
	{currency{"HUF", 100, after}, `ft`},
	{currency{"RON", 0, 0}, `ron`},
	{currency{"RON", 10, after}, `lei`},
	{currency{"BGN", 0, 0}, `bgn лв лв. лева`},
	{currency{"SEK", 10, after}, `kr kronor kroner sek dkk nok`},
	{currency{"IRR", 0, 0}, `تومان تومن ریال`},
	{currency{"ILS", 0, 0}, `₪ ils`},
	{currency{"LAK", 0, 0}, `₭ ກີບ กีบ kip`},
	{currency{"KHR", 0, 0}, `៛ រៀល khr riel`},
	{currency{"MMK", 0, 0}, `mmk kyat* ကျပ်`},
	{currency{"USDT", 0, 0}, `usdt usd₮ ₮ tether тезер* юсдт усдт 泰达币 يو_اس_دي_تي تتر ยูเอสดีที यूएसडीटी テザー 테더`},
	{currency{"USDT", 5, either | after}, `u`},
	{currency{"USDC", 0, 0}, `usdc`},
	{currency{"BTC", 0, 0}, `btc ₿ xbt bitcoin* биткоин* биткойн* 比特币 ビットコイン 비트코인 บิตคอยน์ बिटकॉइन بيتكوين`},
	{currency{"ETH", 0, 0}, `eth ether ethereum эфир* 以太坊 以太币 이더리움 イーサリアム`},
	{currency{"BNB", 0, 0}, `bnb`},
	{currency{"TRX", 0, 0}, `trx`},
	{currency{"SOL", 0, capital}, `sol`},
	{currency{"TON", 0, capital}, `ton`},
	{currency{"XRP", 0, 0}, `xrp`},
	{currency{"LTC", 0, 0}, `ltc litecoin`},
	{currency{"DOGE", 0, 0}, `doge dogecoin`},
	{currency{"BUSD", 0, 0}, `busd`},
	{currency{"DAI", 0, capital}, `dai`},
}

// signRows are letters that stand for a currency before the number only: a
// 720P video costs nothing. The least amounts spare a parking level and a mask.
var signRows = []row[currency]{
	{currency{"PHP", 50, capital | tight}, `p`},
	{currency{"NGN", 100, capital | tight}, `n`},
}

// rangeRows join the ends of a range: "200 to 500".
var rangeRows = []row[struct{}]{
	{struct{}{}, `- ~ to 至 到 до a hasta até ate à s/d sd sampai hingga - đến ถึง hanggang से से_लेकर から 부터 에서 bis إلى الى — 〜`},
}

// ofRows may stand between a scale and a currency: "5 millones de pesos".
var ofRows = []row[struct{}]{{struct{}{}, `de of d'`}}
