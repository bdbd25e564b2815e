package identifier

// unit is a measure of time or, for wages, a piece of work.
type unit struct {
	name   string
	manner manner
	// only says where the word counts: everywhere, as a period of a wage
	// ("/日", "per task"), or as a length of time.
	only use
	most float64 // larger numbers are something else: "2024年"
}

type use uint8

const (
	anywhere use = iota
	asPeriod
	asLength
)

const percentUnit = "percent"

var unitRows = []row[unit]{
	{unit{name: percentUnit, only: asLength}, `% percent pct per_cent percentage 퍼센트 프로 パーセント persen phần_trăm เปอร์เซ็นต์ เปอร์เซ็น porsyento процент* por_ciento por_cento pour_cent prozent प्रतिशत परसेंट بالمئة بالمائة في_المئة في_المائة ٪`},
	{unit{name: "second", only: asLength}, `sec secs second* сек сек. секунд* segundo* detik giây วินาที सेकंड सेकेंड segundo 秒 초 ثانية seconde* sekunde*`},
	{unit{name: "second", only: asLength, manner: tight}, `s`},
	{unit{name: "minute"}, `min min. mins minute* мин мин. минут* minuto* menit minit phút นาที मिनट* 分钟 分间 분간 دقيقة دقائق دقيقه minuten minut* dakika хвилин*`},
	{unit{name: "minute", only: asLength}, `분 分で 分間 分ほど 分程度 分以内 分くらい 分後 分だけ 分の`},
	{unit{name: "hour"}, `hr hrs hour* час часа часов часу часик* hora horas jam giờ tiếng ชั่วโมง ชม ชม. घंटे घंटा घंटों घण्टे oras 小时 小時 个小时 个钟 个钟头 钟头 時間 시간 ساعة ساعات ساعه heure heures stunde* std. ghante ghanta ore godz. godzin* saat годин*`},
	{unit{name: "hour", manner: tight}, `h ч`},
	{unit{name: "day"}, `day days день дня дней дней. сутки суток día días dia dias hari ngày วัน दिन दिनों araw 天 日間 일간 يوم ايام أيام يوميا jour jours tag tage tagen din giorni giorno dni gün дні днів`},
	{unit{name: "day", only: asPeriod}, `日 일 d`},
	{unit{name: "day", only: asLength, manner: tight}, `d`},
	{unit{name: "week"}, `week* wk wks недел* semana* minggu tuần สัปดาห์ อาทิตย์ हफ्ते हफ़्ते हफ्ता सप्ताह linggo 周 星期 个星期 礼拜 週間 주일 주간 أسبوع اسبوع أسابيع اسابيع semaine* woche* hafte settiman* tydzień tygodni* hafta тижн* тиждень`},
	{unit{name: "week", only: asPeriod}, `週 주`},
	{unit{name: "year", only: asPeriod}, `周年`},
	{unit{name: "month"}, `month* mth mths месяц* мес мес. mês meses bulan bln tháng เดือน महीने महीना महीनों माह buwan 个月 ヶ月 か月 カ月 ヵ月 ケ月 개월 달 شهر أشهر اشهر شهور شهريا mois monat* mahine mahina mese mesi miesiąc* miesięcy ay місяц*`},
	{unit{name: "month", only: asPeriod}, `月 월 mes`},
	{unit{name: "month", only: asLength}, `mes`},
	{unit{name: "year", most: 100}, `year* yr yrs год года лет año años ano anos tahun thn năm ปี साल वर्ष taon 年 年間 년 سنة سنوات عام année* an ans jahr* saal anno anni yıl рік років`},
	{unit{name: "task", only: asPeriod}, `task* order* job gig item piece click* like* video* review* survey* rating* follow* app product* person referral* friend* 单 任务 件 次 个 人 条 задани* заказ* лайк* отзыв* смен* tarea* tarefa* pedido* curtida* tugas misi orderan nhiệm_vụ đơn_hàng đơn งาน ออเดอร์ คลิก タスク 件 작업 건 टास्क ऑर्डर مهمة طلب tâche* mission* auftrag* aufgabe*`},
}

// perRows come between an amount and its period: "500 a day".
var perRows = []row[struct{}]{
	{struct{}{}, `/ per a an each every for_each for_every por cada a_la al ao à_la à na no в за на pro par par_chaque je am im die der kada bawat sa isang mỗi một ต่อ ละ प्रति हर एक प्रत्येक 每 一 1 毎 per_1 se في في_ال لكل كل بال ال p/ x per.`},
}

// periodRows say the whole period after an amount.
var periodRows = []row[string]{
	{"hour", `في_الساعة بالساعة hourly p/h ph por_hora par_heure sejam perjam /jam stündlich 时薪 в_час per_hr all'ora na_godzinę za_godzinę saatlik saatte на_годину за_годину`},
	{"day", `في_اليوم باليوم daily everyday per_diem p/d pd al_día diarios diaria diarias diario diário diários ao_dia todo_dia ежедневн* в_день в_сутки sehari perhari harian quotidien* täglich am_tag 日结 日払い 日払 รายวัน araw-araw रोज रोज़ रोजाना प्रतिदिन roz rozana يوميا يومياً 매일 하루 ngày al_giorno giornalier* dziennie na_dzień günlük günde на_день щодня روزانه در_روز`},
	{"week", `في_الأسبوع بالأسبوع weekly p/w pw semanal* semanais еженедельн* в_неделю seminggu perminggu mingguan hebdomadaire* wöchentlich รายสัปดาห์ lingguhan साप्ताहिक أسبوعيا اسبوعيا 주급 tuần a_settimana alla_settimana settimanal* tygodniowo na_tydzień haftalık haftada на_тиждень щотижня هفتگی`},
	{"month", `في_الشهر بالشهر monthly p/m pcm al_mes mensual* mensuales mensal mensais ao_mês por_mês ежемесячн* в_месяц sebulan perbulan bulanan /bln mensuel* monatlich รายเดือน buwanan मासिक شهريا 월급 tháng al_mese mensil* miesięcznie na_miesiąc aylık ayda на_місяць щомісяця ماهانه در_ماه`},
	{"year", `yearly annually annual p.a. p.a per_annum anual* в_год setahun pertahun annuel* jährlich รายปี سنويا`},
}

// wage is a word before an amount: "日薪300", "salary 5000". It says a period,
// or is bare and makes money of a number without a currency, or both.
type wage struct {
	period string
	bare   bool
}

var wageRows = []row[wage]{
	{wage{"hour", true}, `时薪 時給 시급 ชั่วโมงละ ชม.ละ 시급은`},
	{wage{"day", true}, `日薪 日结 日入 日赚 日收 日收入 日给 日給 日払い 日収 日当 일당 일급 วันละ lương_ngày заработок_в_день`},
	{wage{"week", true}, `周薪 週給 주급 สัปดาห์ละ อาทิตย์ละ`},
	{wage{"month", true}, `月薪 月入 月收 月收入 月赚 底薪 月給 月収 월급 월수입 월급은 เดือนละ lương_tháng gaji_bulanan`},
	{wage{"year", true}, `年薪 年收入 年入 年収 年俸 연봉 ปีละ`},
	{wage{"task", true}, `每单 一单 单笔 每个任务 一个任务 单价 건당 งานละ ออเดอร์ละ คลิกละ`},
	{wage{"", true}, `salary salaries income wage wages sueldo salario ingresos salário gaji lương luong thu_nhập оклад зарплата зп з/п доход заработок оплата salaire gehalt lohn 薪资 薪水 薪酬 工资 收入 待遇 給与 給料 収入 급여 수입 페이 เงินเดือน รายได้ ค่าจ้าง sahod sweldo वेतन सैलरी तनख्वाह راتب الراتب`},
	{wage{"hour", false}, `hourly per_hour an_hour every_hour 每小时 一小时 小时 cada_hora por_hora в_час за_час par_heure pro_stunde per_jam sejam mỗi_giờ प्रति_घंटा`},
	{wage{"day", false}, `daily every_day each_day per_day a_day everyday 每天 一天 每日 天天 1日 一日 毎日 하루 하루에 매일 วันนึง ต่อวัน mỗi_ngày một_ngày ngày sehari per_hari setiap_hari tiap_hari harian в_день за_день в_сутки ежедневн* diario* cada_día al_día por_día por_dia todo_dia par_jour pro_tag am_tag täglich al_giorno dziennie günde günlük на_день kada_araw bawat_araw araw-araw प्रतिदिन रोज रोज़ रोजाना हर_दिन रोज_के يوميا في_اليوم كل_يوم`},
	{wage{"week", false}, `weekly every_week each_week per_week a_week 每周 一周 毎週 일주일에 매주 mỗi_tuần seminggu per_minggu в_неделю за_неделю cada_semana por_semana par_semaine pro_woche kada_linggo हर_हफ्ते في_الأسبوع`},
	{wage{"year", false}, `yearly annual annually per_year a_year anual anuel jährlich 每年 一年 в_год за_год`},
	{wage{"month", false}, `monthly every_month each_month per_month a_month 每月 每个月 一个月 1ヶ月 毎月 한달에 매달 월 mỗi_tháng tháng sebulan per_bulan setiap_bulan в_месяц за_месяц cada_mes al_mes por_mes ao_mês por_mês par_mois pro_monat im_monat kada_buwan हर_महीने महीने_में प्रति_माह شهريا في_الشهر`},
	{wage{"task", false}, `per_task each_task every_task each_order per_order per_click per_like за_задание por_tarea por_tarefa`},
}

// fillerRows may stand between a word of wageRows and its amount.
var fillerRows = []row[struct{}]{
	{struct{}{}, `: = ~ ≈ - from over around about approx up_to upto at_least of is to get earn make income profit salary 约 大约 可 可达 可以 能 能赚 赚 稳赚 至少 最少 最高 高达 起 收入 收益 从 在 有 为 是 到手 保底 元 от до около примерно de desde hasta até a partir_de ganar ganas ganha dari sampai hingga mulai dapat bisa lên_đến từ khoảng kiếm thu_nhập ประมาณ รายได้ ได้ ถึง 約 最大 最低 最高 で に は から 최대 최소 약 은 는 से तक jusqu'à environ bis_zu ab حتى من`},
}
