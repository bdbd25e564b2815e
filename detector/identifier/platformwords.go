package identifier

// platform is a messenger or network that people move a talk to.
type platform struct {
	name string
	form form
}

// form says how telling a word for a platform is.
type form uint8

const (
	sure     form = iota // nothing else
	short                // two letters, a nickname ("wa", "飞机"): an id needs some sign
	everyday             // a word of any sentence ("line"): an id of letters needs the word id
)

var platformRows = []row[platform]{
	{platform{"telegram", sure}, `telegram* telegarm telgram telegrm telegran tlgrm  телеграм* телега телегу телеге телеги телеграф 电报 电报号 纸飞机 飞机号 小飞机 テレグラム 텔레그램* 텔래그램* 텔레 เทเลแกรม* تلجرام تليجرام تيليجرام تلغرام تليغرام تيليغرام टेलीग्राम* टेलिग्राम*`},
	{platform{"telegram", short}, `tg tele tgram тг 飞机 텔 تلي tl`},
	{platform{"whatsapp", sure}, `whatsapp* whatsap whats_app watsapp watsap whatsaap whatapp wassap wasap wasapp guasap whatsup wapp wsapp whatszap ватсап* вотсап* вацап* воцап* ватцап* 왓츠앱* 와츠앱* ワッツアップ วอทส์แอป* วอตส์แอป* व्हाट्सएप* व्हाट्सऐप* व्हाट्सअप* वाट्सऐप* वाट्सएप* واتساب واتس_اب واتس_آب وتساب واتسب واتس 瓦斯`},
	{platform{"whatsapp", short}, `wa ws whats wpp wsp zap zapzap wp`},
	{platform{"wechat", sure}, `wechat* we_chat weixin 微信 微信号 微信id 薇信 威信 维信 徽信 溦信 微亻言 v信 vx号 wx号 卫星号 企微 企业微信 ウィーチャット 위챗* вичат* วีแชท ويشات`},
	{platform{"wechat", short}, `vx wx v 微 薇 徽 溦 卫星`},
	{platform{"qq", sure}, `qq* q号 扣扣 扣扣号 企鹅号 企鹅 球球 qq群`},
	{platform{"qq", short}, `q`},
	{platform{"line", sure}, `line_id lineid line@ line_add line_account line_official line_user line_link add_line add_me_on_line 赖id ラインid ライン追加 ラインを追加 ライン交換 公式ライン lineを追加 line追加 line公式 라인_아이디* 라인아이디* 라인톡* ไลน์ไอดี ไอดีไลน์ แอดไลน์ เพิ่มเพื่อนไลน์ ทักไลน์ ไลน์_id ไลน์แอด`},
	{platform{"line", everyday}, `line 赖 ライン ไลน์ 라인 लाइन`},
	{platform{"signal", everyday}, `signal сигнал`},
	{platform{"instagram", sure}, `instagram* insta_id инстаграм* インスタ 인스타* انستقرام إنستغرام इंस्टाग्राम* อินสตาแกรม`},
	{platform{"instagram", short}, `ig insta инста`},
	{platform{"viber", sure}, `viber* вайбер* فايبر ไวเบอร์`},
	{platform{"zalo", sure}, `zalo*`},
	{platform{"zalo", short}, `zl`},
	{platform{"kakao", sure}, `kakaotalk kakao_talk kakao* 카카오톡* 카톡* 까톡* 오픈채팅* 오픈톡* 카카오* カカオ* カカオトーク カカオid`},
	{platform{"kakao", short}, `kkt 톡`},
	{platform{"discord", sure}, `discord* дискорд* 디스코드* ディスコード`},
	{platform{"messenger", sure}, `messenger* fb_messenger ماسنجر`},
	{platform{"facebook", short}, `facebook* fb фейсбук* फेसबुक* เฟส เฟสบุ๊ค 페이스북*`},
	{platform{"skype", sure}, `skype* скайп*`},
	{platform{"snapchat", sure}, `snapchat* سناب_شات سناب`},
	{platform{"snapchat", everyday}, `snap`},
	{platform{"vk", short}, `vk вк вконтакте`},
	{platform{"tiktok", sure}, `tiktok* tik_tok 抖音 抖音号 тикток*`},
	{platform{"x", short}, `twitter 推特 твиттер*`},
	{platform{"botim", sure}, `botim* بوتيم`},
	{platform{"imo", everyday}, `imo ايمو`},
	{platform{"batchat", sure}, `batchat 蝙蝠 蝙蝠号`},
}

// cue says how clearly the words before an id announce it. A connector is a word
// or mark between a platform and an id, with the cue that it is.
type cue uint8

const (
	none   cue = iota
	some       // "number", "is", a dash
	strong     // a colon, "id", "username"
)

var connectorRows = []row[cue]{
	{some, `is - number no. num nr nr. acc account contact name número numero tài_khoản số nomor nomer no номер เบอร์ ชื่อ رقم 번호 番号 नंबर है`},
	{strong, `: = @ -> > id ids id: user username user_name handle nick nickname 号 号码 账号 帐号 账户 号是 搜 搜索 アカウント 아이디 아이디는 ник юзер айди логин ไอดี usuario usuário usuario: آيدي معرف يوزر आईडी`},
	{none, `( [ " ' , # / ~ + * 👉 ➡ → ⬇ 👇 ： 、 me my her his our us at on to the add via through app link us: 加 我 添加 联系 咨询 是 为 在 请 私聊 群 公众号 を に で は の 追加 로 으로 는 은 추가 в на мой мне пиши: saya kami admin ke di com mi al meu no do nhé em anh mình qua kết_bạn add: ที่ นะ คือ على هو पर`},
}

// stopWords are words after the name of a platform that are no id.
var stopWordRows = []row[struct{}]{
	{struct{}{}, `http* https* www* com join* click* contact* group* channel* support* official* link* here* chat* call* text* message* and or the for with only now today
		please just from more info number* phone* web app apps bot* admin* team* user* username* download* account* send* write* reply* add* follow* open* start* save* name* below above this that your you they them then when where what who also
		available online service* business* customer* manager* teacher* assistant* room* community* marketing* shop store video* voice* call* status* premium* free* live* page* post* story* place digit cellphone url email decimal name grupo* canal* enlace* aquí grup* kanal* nhóm* kênh* groupe* gruppe* group*`},
}

// mentionStops are words after a bare @ that are no handle.
var mentionStopRows = []row[struct{}]{
	{struct{}{}, `all here everyone channel home work school office gmail yahoo hotmail outlook the that this night least about around once any noon midnight`},
}
