package export

import (
	"slices"
	"strings"
)

// columns says which field a column or a JSON path fills. The zero columns are
// those of message JSONL.
type columns struct {
	byPath map[string]field // nil: message JSONL
	parent []string         // paths that hold mapped ones, with a dot at the end
}

// noColumns fills nothing.
var noColumns = columns{byPath: map[string]field{}}

// newColumns maps paths; dots in them lead into objects.
func newColumns(byPath map[string]field) columns {
	c := columns{byPath: byPath}
	for path := range byPath {
		for i := range len(path) {
			if path[i] == '.' && !slices.Contains(c.parent, path[:i+1]) {
				c.parent = append(c.parent, path[:i+1])
			}
		}
	}
	return c
}

// field returns what the key of an object at path (with a dot at its end)
// fills.
func (c *columns) field(path, key string) field {
	if c.byPath == nil {
		if path == "" {
			return contractField(key)
		}
		return fieldNone
	}
	if path == "" {
		return c.byPath[key]
	}
	return c.byPath[path+key]
}

// inside says whether the object under key holds mapped paths.
func (c *columns) inside(path, key string) bool {
	return len(c.parent) > 0 && slices.Contains(c.parent, path+key+".")
}

// contractField is fieldNames for the hot path: a switch is quicker than a map.
func contractField(key string) field {
	switch key {
	case "id":
		return fieldID
	case "thread":
		return fieldThread
	case "seq", "turn":
		return fieldSeq
	case "sender":
		return fieldSender
	case "role":
		return fieldRole
	case "sent":
		return fieldSent
	case "text":
		return fieldText
	case "kind":
		return fieldKind
	case "source":
		return fieldSource
	case "label":
		return fieldLabel
	case "category":
		return fieldCategory
	case "lang":
		return fieldLang
	}
	return rareField(key)
}

func rareField(key string) field {
	switch key {
	case "namespace", "system", "media", "deleted", "title", "company", "location", "salary", "description",
		"requirements", "benefits", "apply", "stage", "asks_money", "cluster":
		return fieldNames[key]
	}
	return fieldNone
}

// guesses are the names that columns of a field have in the wild, best first.
// They are plain, as plainName makes them.
var guesses = []struct {
	field field
	names []string
}{
	{fieldText, []string{"text", "body", "content", "message", "msg", "messagetext", "messagebody", "textcontent", "smstext", "smsbody",
		"contents", "comment", "post", "caption", "rawtext", "fulltext", "mensaje", "texto", "nachricht", "contenu", "сообщение", "текст",
		"内容", "消息内容", "消息", "内容文本", "メッセージ", "내용", "메시지", "isi", "pesan", "nộidung"}},
	{fieldSender, []string{"sender", "from", "author", "user", "username", "sendername", "fromname", "name", "nickname", "authorname",
		"senderid", "userid", "fromid", "authorid", "contactname", "address", "phone", "phonenumber", "number", "remitente", "de", "von",
		"absender", "expéditeur", "отправитель", "发送者", "发送人", "发件人", "送信者", "보낸사람", "发言人", "pengirim", "ngườigửi"}},
	{fieldSent, []string{"sent", "timestamp", "time", "date", "datetime", "senttime", "sentat", "createdat", "created", "createtime",
		"creationtime", "createddate", "createdtime", "createdat", "messagetime", "messagedate", "receivedat", "fecha", "hora", "datum", "zeit", "дата",
		"时间", "发送时间", "日期", "日時", "時間", "시간", "날짜", "tanggal", "waktu", "thờigian"}},
	{fieldThread, []string{"thread", "threadid", "conversation", "conversationid", "chat", "chatid", "chatname", "channel", "channelid",
		"room", "roomid", "session", "sessionid", "dialogid", "peer", "group", "groupid", "chatsession", "conversationtitle"}},
	{fieldID, []string{"id", "messageid", "msgid", "uuid", "guid", "mid", "message.id"}},
	{fieldSeq, []string{"seq", "turn", "turnid", "sequence", "index", "position"}},
	{fieldRecipient, []string{"recipient", "to", "receiver", "recipientname"}},
	{fieldRole, []string{"role", "speaker"}},
	{fieldDirection, []string{"direction", "type"}},
	{fieldSubject, []string{"subject"}},
	{fieldKind, []string{"kind"}},
	{fieldSystem, []string{"system"}},
	{fieldMedia, []string{"media"}},
	{fieldDeleted, []string{"deleted"}},
	{fieldLabel, []string{"label"}},
	{fieldCategory, []string{"category"}},
	{fieldLang, []string{"lang", "language"}},
	{fieldStage, []string{"stage"}},
	{fieldAsksMoney, []string{"asksmoney"}},
	{fieldCluster, []string{"cluster"}},
	{fieldSource, []string{"source"}},
	{fieldNamespace, []string{"namespace"}},
}

// advertGuesses are those of tables of job adverts.
var advertGuesses = []struct {
	field field
	names []string
}{
	{fieldTitle, []string{"title", "jobtitle", "position", "positiontitle", "jobname", "职位名称", "职位", "puesto", "cargo"}},
	{fieldDescription, []string{"description", "jobdescription", "jobdesc", "details", "职位描述", "descripcion", "descripción"}},
	{fieldCompany, []string{"company", "companyname", "employer", "organization", "hiringorganization", "organisation", "公司", "公司名称", "empresa"}},
	{fieldAbout, []string{"about", "companyprofile", "companydescription", "aboutcompany"}},
	{fieldLocation, []string{"location", "joblocation", "city", "place", "工作地点", "地点", "ubicación", "ubicacion"}},
	{fieldSalary, []string{"salary", "salaryrange", "pay", "wage", "compensation", "薪资", "薪水", "salario"}},
	{fieldRequirements, []string{"requirements", "qualifications", "skills", "jobrequirements", "要求", "requisitos"}},
	{fieldBenefits, []string{"benefits", "perks", "福利", "beneficios"}},
	{fieldApply, []string{"apply", "applyurl", "howtoapply", "applicationurl", "url", "link", "contact"}},
	{fieldID, []string{"id", "jobid", "referencenumber", "reqid"}},
	{fieldSent, []string{"sent", "dateposted", "posteddate", "publishdate", "date", "createdat", "posted"}},
	{fieldLabel, []string{"label"}},
	{fieldCategory, []string{"category"}},
	{fieldLang, []string{"lang"}},
	{fieldCluster, []string{"cluster"}},
	{fieldKind, []string{"kind"}},
}

// plainName is a name without case, spaces, hyphens and underscores.
func plainName(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '_' || r == '-' || r == '\ufeff' {
			return -1
		}
		return r
	}, name))
}

// namedColumns are the columns of a table by plain name: the whole name, or
// its last part where it is a path. The first of equal ones counts.
type namedColumns map[string]string

func nameColumns(names []string) namedColumns {
	c := namedColumns{}
	for _, whole := range []bool{true, false} {
		for _, name := range names {
			plain := plainName(name)
			if !whole {
				plain = plain[strings.LastIndexByte(plain, '.')+1:]
			}
			if _, known := c[plain]; !known {
				c[plain] = name
			}
		}
	}
	return c
}

// first finds the column with the best of the wanted names that fills nothing
// yet.
func (c namedColumns) first(wanted []string, used map[string]field) (string, bool) {
	for _, want := range wanted {
		if name, found := c[want]; found {
			if _, taken := used[name]; !taken {
				return name, true
			}
		}
	}
	return "", false
}

// guessColumns maps the names of columns to fields: what the user says first,
// then the best guess for each field. ok is false where no column can be the
// text.
func guessColumns(names []string, said map[string]string) (byPath map[string]field, ok bool) {
	byPath = map[string]field{}
	taken := map[field]bool{}
	for name, column := range said {
		f := fieldNames[name]
		byPath[column] = f
		taken[f] = true
	}
	columns := nameColumns(names)
	table := guesses
	if columns.adverts() && !taken[fieldText] {
		table = advertGuesses
	}
	for _, g := range table {
		if taken[g.field] {
			continue
		}
		if name, found := columns.first(g.names, byPath); found {
			byPath[name] = g.field
			taken[g.field] = true
		}
	}
	return byPath, taken[fieldText] || taken[fieldDescription]
}

// adverts knows a table of job adverts by a title with a description and
// another field that chats have not.
func (c namedColumns) adverts() bool {
	if _, chat := c.first([]string{"sender", "from", "author", "text", "body", "message"}, nil); chat {
		return false
	}
	found := map[field]bool{}
	for _, g := range advertGuesses {
		_, found[g.field] = c.first(g.names, nil)
	}
	more := found[fieldCompany] || found[fieldLocation] || found[fieldSalary] || found[fieldRequirements] || found[fieldBenefits]
	return found[fieldTitle] && found[fieldDescription] && more
}

// describeColumns prints a mapping as people may type it, sorted.
func describeColumns(byPath map[string]field) string {
	var parts []string
	for column, f := range byPath {
		for name, g := range fieldNames {
			if f == g && name != "turn" {
				parts = append(parts, name+"="+column)
			}
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}
