package export

import (
	"path"
	"strings"
)

// mimeOf is the type of a file by its extension; empty if it has none that
// chats carry. The system's tables differ by machine and are not asked.
func mimeOf(name string) string {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png", ".gif", ".webp", ".heic", ".bmp", ".tiff":
		return "image/" + ext[1:]
	case ".mp4", ".webm", ".mpeg", ".avi":
		return "video/" + ext[1:]
	case ".mov":
		return "video/quicktime"
	case ".3gp":
		return "video/3gpp"
	case ".mkv":
		return "video/x-matroska"
	case ".opus", ".ogg", ".oga":
		return "audio/ogg"
	case ".mp3":
		return "audio/mpeg"
	case ".m4a", ".aac", ".amr", ".wav", ".flac":
		return "audio/" + ext[1:]
	case ".pdf", ".zip", ".rar", ".7z", ".json", ".xml", ".rtf":
		return "application/" + ext[1:]
	case ".doc", ".docx":
		return "application/msword"
	case ".xls", ".xlsx":
		return "application/vnd.ms-excel"
	case ".ppt", ".pptx":
		return "application/vnd.ms-powerpoint"
	case ".apk":
		return "application/vnd.android.package-archive"
	case ".tgs":
		return "application/x-tgsticker"
	case ".vcf":
		return "text/vcard"
	case ".txt", ".md":
		return "text/plain"
	case ".csv":
		return "text/csv"
	case ".html", ".htm":
		return "text/html"
	case ".bin", ".dat", ".exe", ".ipa", ".eml", ".ics":
		return "application/octet-stream"
	}
	return ""
}
