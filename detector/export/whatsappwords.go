package export

import (
	"strings"
	"unicode/utf8"
)

// judgeWhatsApp decides what an entry with a sender is: words of a person, or
// what the program put in their place. Only whole, known sentences count, so
// that nobody can hide words behind a mark.
func judgeWhatsApp(e *entry, index int) {
	if e.system {
		e.lines[0] = trimMarks(e.lines[0])
		return
	}
	marked := strings.HasPrefix(strings.TrimLeft(e.lines[0], " "), "\u200e")
	e.lines[0] = strings.TrimLeft(e.lines[0], "\u200e\u200f")
	text := trimMarks(unmark(e.text()))
	switch {
	case deletedText(text):
		e.gone = true
	case systemText(text, marked || index == 0):
		e.system = true
	default:
		marked = marked || strings.Contains(e.lines[0], "\u200e<")
		e.media = omittedMedia(text, marked)
		dropEdited(e)
	}
}

// plainNotice says whether a text can be a sentence of the program at all: one
// line, no address, no long number.
func plainNotice(text string) bool {
	if len(text) > 400 || strings.ContainsAny(text, "\n@") || strings.Contains(text, "://") || strings.Contains(text, "www.") {
		return false
	}
	run := 0
	for i := range len(text) {
		if text[i]-'0' <= 9 {
			run++
		}
	}
	return run <= 15
}

// systemText knows notices that stand behind a name. marked says that the line
// bears the mark that the program sets before its own words.
func systemText(text string, marked bool) bool {
	if !plainNotice(text) {
		return false
	}
	for _, start := range encryptionNotices {
		if strings.HasPrefix(text, start) && !strings.ContainsAny(text, "0123456789$€£") {
			return true
		}
	}
	if !marked {
		return false
	}
	for _, start := range callNotices {
		if strings.HasPrefix(text, start) && utf8.RuneCountInString(text) <= utf8.RuneCountInString(start)+24 {
			return true
		}
	}
	for _, part := range groupNotices {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

var encryptionNotices = []string{
	"Messages and calls are end-to-end encrypted.", "Messages to this chat and calls are now secured with end-to-end encryption.",
	"Messages to this group are now secured with end-to-end encryption.", "Messages you send to this group are now secured",
	"Messages you send to this chat and calls are now secured", "Messages to yourself are end-to-end encrypted",
	"Los mensajes y las llamadas están cifrados de extremo a extremo", "Las llamadas y mensajes enviados a este chat ahora están protegidos",
	"As mensagens e as chamadas são protegidas com a criptografia de ponta a ponta", "As mensagens e ligações são protegidas com a criptografia",
	"As mensagens e chamadas são encriptadas ponta a ponta", "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt",
	"Les messages et les appels sont chiffrés de bout en bout", "I messaggi e le chiamate sono crittografati end-to-end",
	"Berichten en oproepen zijn end-to-end versleuteld", "Pesan dan panggilan terenkripsi secara end-to-end",
	"Mesej dan panggilan disulitkan dari hujung ke hujung", "Mesajlar ve aramalar uçtan uca şifrelidir", "Сообщения и звонки защищены сквозным шифрованием",
	"Повідомлення та дзвінки захищені наскрізним шифруванням", "Wiadomości i połączenia są w pełni zaszyfrowane",
	"消息和通话都进行端到端加密", "消息和通话已进行端到端加密", "訊息和通話經端對端加密", "訊息和通話受端對端加密", "メッセージと通話はエンドツーエンド",
	"메시지와 통화는 종단간 암호화", "Tin nhắn và cuộc gọi được mã hóa đầu cuối", "Các tin nhắn và cuộc gọi được mã hóa đầu cuối",
	"ข้อความและการโทรได้รับการเข้ารหัสจากต้นทางถึงปลายทาง", "الرسائل والمكالمات مشفرة تمامًا بين الطرفين", "मैसेज और कॉल एंड-टू-एंड एन्क्रिप्टेड हैं",
	"Ang mga mensahe at tawag ay end-to-end encrypted",
}

var callNotices = []string{
	"Missed voice call", "Missed video call", "Missed group voice call", "Missed group video call", "Voice call", "Video call",
	"Silenced voice call", "Silenced video call", "Group voice call", "Group video call",
	"Llamada perdida", "Videollamada perdida", "Llamada de voz", "Videollamada", "Chamada de voz", "Chamada de vídeo", "Ligação de voz", "Ligação de vídeo",
	"Verpasster Sprachanruf", "Verpasster Videoanruf", "Sprachanruf", "Videoanruf", "Appel vocal", "Appel vidéo", "Chiamata vocale", "Videochiamata",
	"Gemiste spraakoproep", "Gemiste video-oproep", "Spraakoproep", "Video-oproep", "Panggilan suara", "Panggilan video",
	"Cevapsız sesli arama", "Cevapsız görüntülü arama", "Пропущенный аудиозвонок", "Пропущенный видеозвонок", "Аудиозвонок", "Видеозвонок",
	"未接语音通话", "未接视频通话", "语音通话", "视频通话", "未接語音通話", "未接視訊通話", "語音通話", "視訊通話", "不在着信", "音声通話", "ビデオ通話",
	"부재중 음성통화", "부재중 영상통화", "음성통화", "영상통화", "Cuộc gọi thoại", "Cuộc gọi video", "สายที่ไม่ได้รับ", "การโทรด้วยเสียง", "วิดีโอคอล",
	"مكالمة صوتية", "مكالمة فيديو", "छूटी हुई वॉइस कॉल", "वॉइस कॉल", "वीडियो कॉल",
}

// groupNotices are parts of notices that no sentence of a person has by chance;
// they count only behind the program's mark.
var groupNotices = []string{
	" created group ", " created this group", " changed their phone number to a new number", " changed this group's ", " changed the group name",
	" changed the subject ", " changed the group description", " changed to +", " joined using this group's invite link", " joined using a group link",
	" was added", " added you", " removed you", " turned on disappearing messages", " turned off disappearing messages", " updated the message timer",
	" now an admin", " no longer an admin", "our security code with ", " security code changed", "This business ", "This chat is with a business account",
	"You blocked this contact", "You unblocked this contact", "ou left", " pinned a message", " is a contact.", " started a call", " deleted this group's icon",
	" creó el grupo ", " cambió su número de teléfono", " cambió el asunto", " te añadió", " criou o grupo", " mudou de número", " alterou o nome do grupo",
	" hat die Gruppe ", " hat die Telefonnummer ", " hat dich hinzugefügt", " a créé le groupe", " a changé de numéro", " vous a ajouté", " ha creato il gruppo",
	" ha cambiato il suo numero", " heeft de groep ", " membuat grup ", " mengubah nomor telepon", " создал группу", " создал(а) группу", " изменил(а) номер",
	"创建了群组", "更换了手机号码", "建立了群組", "變更了電話號碼", "がグループを作成しました", "님이 그룹을 만들었습니다", " grubunu oluşturdu", " đã tạo nhóm",
}

// deletedText knows the placeholders of removed messages.
func deletedText(text string) bool {
	text = strings.TrimRight(text, ".。 ")
	for _, whole := range deletedNotices {
		if strings.EqualFold(text, whole) {
			return true
		}
	}
	return false
}

var deletedNotices = []string{
	"This message was deleted", "You deleted this message", "This message was deleted by admin", "You deleted this message as admin",
	"Se eliminó este mensaje", "Eliminaste este mensaje", "Este mensaje fue eliminado", "Has eliminado este mensaje", "Mensaje eliminado",
	"Mensagem apagada", "Você apagou esta mensagem", "Apagou esta mensagem", "Esta mensagem foi apagada", "Eliminou esta mensagem", "Esta mensagem foi eliminada",
	"Diese Nachricht wurde gelöscht", "Du hast diese Nachricht gelöscht", "Ce message a été supprimé", "Vous avez supprimé ce message",
	"Questo messaggio è stato eliminato", "Hai eliminato questo messaggio", "Dit bericht is verwijderd", "U hebt dit bericht verwijderd", "Je hebt dit bericht verwijderd",
	"Pesan ini telah dihapus", "Anda telah menghapus pesan ini", "Anda menghapus pesan ini", "Mesej ini telah dipadam", "Anda telah memadam mesej ini",
	"Bu mesaj silindi", "Bu mesajı sildiniz", "Данное сообщение удалено", "Вы удалили данное сообщение", "Сообщение удалено", "Це повідомлення видалено",
	"Wiadomość została usunięta", "Usunięto tę wiadomość", "此消息已删除", "您删除了这条消息", "这条消息已被删除", "你删除了这条消息", "這則訊息已刪除", "您已刪除此訊息", "此訊息已被刪除", "你已刪除這則訊息",
	"このメッセージは削除されました", "メッセージは削除されました", "あなたはこのメッセージを削除しました", "삭제된 메시지입니다", "이 메시지는 삭제되었습니다", "이 메시지를 삭제했습니다",
	"Tin nhắn này đã bị xóa", "Bạn đã xóa tin nhắn này", "ข้อความนี้ถูกลบแล้ว", "คุณลบข้อความนี้", "คุณลบข้อความนี้แล้ว", "تم حذف هذه الرسالة", "حذفت هذه الرسالة", "لقد حذفت هذه الرسالة",
	"यह मैसेज हटा दिया गया", "यह संदेश मिटाया गया", "आपने यह मैसेज मिटाया", "Binura ang mensaheng ito", "Binura mo ang mensaheng ito",
}

// omittedMedia gives the type of an entry that stands for a file and has no
// words; empty for any other.
func omittedMedia(text string, marked bool) string {
	switch inside, ok := strings.CutPrefix(text, "<"); {
	case ok && strings.HasSuffix(inside, ">"):
		return bracketMedia(strings.TrimSuffix(inside, ">"))
	case strings.HasSuffix(text, ">") && marked && strings.Contains(text, " • ") && !strings.Contains(text, "\n"):
		return bracketMedia(strings.TrimSuffix(text[strings.LastIndexByte(text, '<')+1:], ">"))
	}
	if name, note, ok := strings.Cut(text, " ("); ok && strings.HasSuffix(note, ")") && !strings.ContainsAny(note, "\n0123456789/") && !strings.ContainsAny(name, " \n") {
		return mimeOf(name)
	}
	if marked && utf8.RuneCountInString(text) <= 48 && plainNotice(text) {
		for _, word := range omittedWords {
			if strings.Contains(strings.ToLower(text), word) {
				return mediaWord(text)
			}
		}
	}
	return ""
}

// bracketMedia reads <attached: FILE> and <Media omitted>.
func bracketMedia(inside string) string {
	if strings.ContainsAny(inside, "<>\n") || utf8.RuneCountInString(inside) > 120 {
		return ""
	}
	if _, name, ok := strings.Cut(inside, ": "); ok {
		return mimeOf(trimMarks(name))
	}
	if utf8.RuneCountInString(inside) <= 40 && !strings.ContainsAny(inside, "0123456789/@$€") {
		return mediaWord(inside)
	}
	return ""
}

var omittedWords = []string{
	"omitted", "omitid", "omess", "omis", "weggelassen", "ausgelassen", "weggelaten", "ocult", "не добавлен", "опущен", "пропущен",
	"tidak disertakan", "dihilangkan", "dikecualikan", "dahil edilmedi", "pominięto", "utelämna", "utelat", "udelad", "jätetty", "忽略", "省略", "除外", "含まれていません",
	"누락", "생략", "제외", "bỏ qua", "ละเว้น", "استبعاد", "محذوف", "छोड़", "inalis",
}

// mediaWord guesses the type by the word for it.
func mediaWord(text string) string {
	lower := strings.ToLower(text)
	for _, kind := range []struct{ mime, words string }{
		{"image/*", "image imagen imagem bild photo foto immagine afbeelding gambar изображение фото 图 圖 画像 이미지 사진 sticker figurinha 贴图 貼圖 스티커 ảnh รูป صورة"},
		{"video/*", "video vídeo vidéo видео gif 视频 影片 動画 비디오 동영상 วิดีโอ فيديو"},
		{"audio/*", "audio áudio аудио suara voice 音频 音訊 音声 오디오 เสียง صوت"},
		{"application/*", "document documento dokument контакт contact kontakt 文档 文件 文書 문서 tài เอกสาร"},
	} {
		for word := range strings.FieldsSeq(kind.words) {
			if strings.Contains(lower, word) {
				return kind.mime
			}
		}
	}
	return "application/octet-stream"
}

// dropEdited takes off the program's remark that a message was edited.
func dropEdited(e *entry) {
	last := len(e.lines) - 1
	line := e.lines[last]
	at := strings.LastIndex(line, "<")
	if at < 1 || !strings.HasSuffix(trimMarks(line), ">") {
		return
	}
	remark := strings.TrimRight(trimMarks(strings.TrimSuffix(trimMarks(line[at+1:]), ">")), ".")
	for _, known := range editedNotices {
		if strings.EqualFold(remark, known) {
			e.lines[last] = strings.TrimRight(line[:at], bidiMarks+" \u00a0")
			return
		}
	}
}

var editedNotices = []string{
	"This message was edited", "Se editó este mensaje", "Mensagem editada", "Esta mensagem foi editada", "Diese Nachricht wurde bearbeitet", "Ce message a été modifié",
	"Questo messaggio è stato modificato", "Dit bericht is bewerkt", "Pesan ini diedit", "Pesan ini telah diedit", "Mesej ini telah diedit", "Bu mesaj düzenlendi",
	"Сообщение изменено", "Данное сообщение изменено", "此消息已编辑", "此訊息已編輯", "このメッセージは編集されました", "수정된 메시지입니다", "Tin nhắn này đã được chỉnh sửa", "ข้อความนี้ถูกแก้ไข", "تم تعديل هذه الرسالة",
}
