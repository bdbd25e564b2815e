package export

import (
	"encoding/json"
	"slices"
	"strconv"
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

// sortedKeys are the keys of an object in order, since maps have none.
func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// jsonNumber prints a number without exponent.
func jsonNumber(n float64) string { return strconv.FormatFloat(n, 'f', 2, 64) }
