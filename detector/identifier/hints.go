package identifier

// hint is a set of meanings that a word nearby lends to a number or an address.
type hint uint32

const (
	phoneHint   hint = 1 << iota // call, tel, WhatsApp
	numberHint                   // "no.": a phone if nothing else is said
	accountHint                  // bank account
	cardHint                     // bank card
	orderHint                    // order, tracking, ticket: the number is no phone
	memoHint                     // memo or tag of a transfer
	walletHint                   // wallet, coin, chain
	solanaHint
	siteHint // website, visit: what follows is a link
	earnHint // wages, profit, payment
	pixHint
	upiHint
	sortHint // sort code
	bsbHint
	clabeHint
	cbuHint
	ifscHint
)

// Words within this many bytes count as near.
const (
	hintBefore = 48
	hintAfter  = 32
)

// hints returns what the words around [start,end) mean.
func (f *Finder) hints(start, end int) hint {
	return f.hintsIn(start-hintBefore, start) | f.hintsIn(end, end+hintAfter)
}

// hintsIn returns what the words that begin in [from,to) mean, all together.
func (f *Finder) hintsIn(from, to int) (all hint) {
	b, l := f.body, f.words.hints
	from, to = max(0, from), min(len(b), to)
	for i := from; i < to; i++ {
		if l.begins(b, i) && !joined(b, i) {
			value, n := l.at(b, i)
			if n > 0 {
				all |= value
				i += n - 1
			}
		}
	}
	return all
}

// lastHint returns the meaning of the last word of the mask that begins in
// [from,to) and ends by to, so of two words the nearer counts.
func (f *Finder) lastHint(from, to int, mask hint) (last hint) {
	b, l := f.body, f.words.hints
	from = max(0, from)
	for i := from; i < to; i++ {
		if l.begins(b, i) && !joined(b, i) {
			value, n := l.at(b, i)
			if n > 0 && value&mask != 0 && i+n <= to {
				last = value & mask
			}
			i += max(0, n-1)
		}
	}
	return last
}

var hintRows = []row[hint]{
	{phoneHint, `call* phone* tel telephone* telefon* teléfono* telefone* mobile mob cell cellphone
		whatsapp* whats wa wsp zap zapzap viber zalo sms text txt dial ring hotline helpline landline ph hp contact*
		☎ 📞 📱 📲 tel. fon handy rufnummer llama* llame* llámame móvil movil celular cel ligue liga ligar ligação fone
		hub hubungi telp telpon telepon hp/wa sdt sđt đt điện_thoại dien_thoai gọi hotline* liên_hệ lien_he
		โทร* เบอร์* ติดต่อ* tawag* tumawag itext kontak* 电话 手机 手机号 致电 拨打 联系 联系电话 热线 来电 咨询
		電話 携帯 お電話 連絡先 전화* 연락* 휴대폰* 핸드폰* 문자* тел тел. телефон* звони* позвони* моб моб. ватсап* вотсап* вайбер*
		फोन* फ़ोन* मोबाइल* कॉल* संपर्क* व्हाट्सएप* व्हाट्सऐप* هاتف* اتصل* الهاتف جوال* موبايل واتس* واتساب* تواصل*
		appel* appelez tél tél. téléphone* portable* anruf* rufen`},
	{numberHint, `no. no num number* nomor nomer numero* número* nummer* số 号码 番号 번호* номер* नंबर* رقم* หมายเลข`},
	{accountHint, `account accounts acct acct. a/c acc. acc_no ac_no beneficiary payee bank_transfer konto kontonummer* kontonr* cuenta* conta ag. agencia agência
		rekening* rek rek. norek no._rek stk số_tài_khoản so_tai_khoan tài_khoản tai_khoan บัญชี* เลขบัญชี* เลขที่บัญชี*
		账号 账户 帐号 帐户 卡号 收款账号 银行卡 转账 开户行 户名 口座 口座番号 振込先 계좌* 입금* 입금계좌 счет* счёт* р/с реквизит* перевод_на
		खाता* खाते* अकाउंट* حساب* الحساب* رقم_الحساب compte* virement* gcash maya paymaya bdo bpi bkash nagad mpesa m-pesa paybill
		promptpay พร้อมเพย์ duitnow paynow payid bizum zelle interac uen`},
	{cardHint, `card* visa mastercard amex debit tarjeta* cartão cartao kartu thẻ บัตร* 卡号 银行卡 信用卡 储蓄卡 借记卡 カード 카드* карт* कार्ड* بطاقة* البطاقة carte* karte* kreditkarte*`},
	{orderHint, `order* ref ref. reference* tracking* track invoice* ticket* booking* flight* parcel* waybill* awb pnr isbn issn serial* sn imei vin
		version otp pin code* verification* passcode student matric* pedido* factura* guía rastreo código* codigo* pesanan resi kode mã_đơn mã_vận_đơn
		订单* 订单号 单号 运单 快递单号 验证码 校验码 编号 流水号 注文番号 追跡番号 認証コード 주문번호* 송장* 인증번호* заказ* трек* код* ऑर्डर* ओटीपी* कोड* طلب* رمز*
		commande* colis* bestellung* sendungsnummer* rechnung*`},
	{memoHint, `memo tag destination_tag dest_tag dt: 备注 标签 備註 メモ タグ 메모 태그 мемо тег`},
	{walletHint, `wallet* address* addr btc bitcoin* eth ethereum usdt usdc trc20 trc-20 trx tron erc20 erc-20 bep20 xrp ripple ltc litecoin* doge dogecoin* ton toncoin* crypto*
		钱包* 地址 比特币 泰达币 波场 币 充币 提币 ウォレット アドレス ビットコイン 지갑* 주소* 비트코인* кошел* адрес* биткоин* биткойн* billetera* dirección cartera* carteira* endereço
		dompet* alamat ví địa_chỉ_ví กระเป๋า* ที่อยู่* बिटकॉइन* वॉलेट* पता محفظ* عنوان* بيتكوين portefeuille* adresse*`},
	{solanaHint | walletHint, `sol solana phantom spl solflare raydium jup backpack 索拉纳 ソラナ 솔라나* солан* سولانا`},
	{siteHint, `site* website* web webpage link* url visit go_to goto log_in login log_on register* registration sign_up signup click* http* domain* www
		sitio* página* pagina* enlace* visita* ingresa* regístrate* acesse* acessar entre_em cadastr* situs* laman tautan* kunjungi* daftar* klik* truy_cập truy_cap đăng_ký vào_link bấm*
		เว็บ* ลิงก์* ลิ้งค์* ลิงค์* คลิก* สมัคร* เข้าไปที่* 网址* 网站* 网页 链接* 官网* 点击* 登录* 登陆* 登入* 注册* 访问* 打开* サイト* リンク* クリック* 登録* アクセス* 사이트* 링크* 접속* 클릭* 가입*
		сайт* ссылк* перейди* переходи* регистр* вебсайт* वेबसाइट* लिंक* क्लिक* موقع* رابط* الرابط* اضغط* سجل* lien* cliqu* inscri* seite* webseite* besuch* anmeld*`},
	{earnHint, `earn* make making get gets pay pays paid payment* salary* wage* income* profit* commission* bonus* deposit* invest* reward* cash refund* withdraw* payout* rate price* worth cost*
		gana* ganar* ganas* gane* sueldo* salario* ingreso* pago* pagan* comisión* comision* ganho* ganhar* ganhe* salário* renda* pagamento* pagamos comissão*
		gaji* penghasilan* pendapatan* upah komisi* untung* cuan dapat* bayar* dibayar lương* luong thu_nhập* thu_nhap kiếm* hoa_hồng* thưởng* trả
		รายได้* เงินเดือน* ค่าจ้าง* ค่าคอม* กำไร* ได้เงิน* รับเงิน* sahod* kita kumita* kikita* sweldo* bayad* तनख्वाह* वेतन* सैलरी* कमाई* कमाएं* कमाओ* कमा मुनाफा* kamai* kamao* kamaye*
		薪* 日薪 月薪 工资* 收入* 收益* 盈利* 利润* 佣金* 提成* 底薪* 日结* 月入* 日入* 日赚* 赚* 薪资* 待遇* 奖金* 返利* 充值* 押金* 投资* 报酬* 稿费* 給料* 給与* 収入* 月収* 日給* 時給* 報酬* 稼* 利益*
		급여* 월급* 수익* 수입* 일당* 시급* 페이* 수당* доход* заработ* зарплат* зп оплат* плач* платим* прибыл* выплат* комисси* получа*
		راتب* دخل* ربح* أرباح* اربح* الأرباح* اكسب* عمولة* أجر* الراتب gagne* gagner* salaire* revenu* paie* payé* rémunér* verdien* gehalt* lohn* einkommen* provision* bezahl*
		guadagn* stipendi* paga* zarob* zarab* wynagrodz* wypłat* kazan* maaş* ödeme* gelir* заробіт* заробля* зарплат* прибут* درآمد* حقوق* سود`},
	{pixHint, `pix chave_pix chave`},
	{upiHint, `upi vpa gpay phonepe paytm bhim यूपीआई`},
	{sortHint, `sort_code sortcode sort-code`},
	{bsbHint, `bsb`},
	{clabeHint, `clabe`},
	{cbuHint, `cbu cvu alias_cbu`},
	{ifscHint, `ifsc`},
}
