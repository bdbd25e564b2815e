package export

import (
	"encoding/json"
	"strings"
)

// richText joins a text that is an array of strings and of objects with a
// text, as Telegram writes it. The address of a link with other words follows
// it in brackets.
func richText(raw []byte) (string, bool) {
	var parts []json.RawMessage
	if json.Unmarshal(raw, &parts) != nil {
		return "", false
	}
	var out strings.Builder
	for _, part := range parts {
		var plain string
		if json.Unmarshal(part, &plain) == nil {
			out.WriteString(plain)
			continue
		}
		var entity struct{ Text, Href string }
		if json.Unmarshal(part, &entity) != nil {
			return "", false
		}
		out.WriteString(entity.Text)
		if entity.Href != "" && entity.Href != entity.Text {
			out.WriteString(" (" + entity.Href + ")")
		}
	}
	return out.String(), true
}
