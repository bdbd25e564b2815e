package export

import (
	"github.com/hookline/hookline/detector/message"
)

var sigexportFormat = format{
	Format: Format{
		Name: "sigexport", Title: "Signal Desktop by way of sigexport (chat.md)",
		Recognised: "lines begin “[YYYY-MM-DD, HH:MM] Name: ”",
		Kinds:      []message.Kind{message.Chat},
	},
	chat: true, twice: true,
	sniff: sniffSigexport,
	read:  readWhatsApp,
}

var sigexportLine = linePattern(`^\[\d{4}-\d{2}-\d{2},? \d{2}:\d{2}\] [^:]{1,80}: `)

func sniffSigexport(s *sample) int {
	count := 0
	for i, line := range s.lines() {
		if i >= 100 || len(line) > 64<<10 {
			break
		}
		if sigexportLine().Match(line) {
			count++
		}
	}
	if count >= 2 || count == 1 && sigexportLine().Match(s.firstLine()) {
		return likely + 5
	}
	return 0
}
