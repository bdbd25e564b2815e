package report

import "github.com/hookline/hookline/detector/rule"

// ANSI select graphic rendition codes (ECMA-48).
const (
	bold   = "1"
	dim    = "2"
	mark   = "1;33"
	red    = "1;37;41"
	orange = "1;31"
	yellow = "1;33"
	cyan   = "36"
)

func bandColor(b rule.Band) string {
	switch b {
	case rule.P0:
		return red
	case rule.P1:
		return orange
	case rule.P2:
		return yellow
	default:
		return cyan
	}
}

func (t *Table) paint(code, text string) string {
	if !t.color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
