// Package report prints verdicts: a table for people, JSONL for programs, CSV
// for spreadsheets, one HTML page that needs nothing else, and SARIF for tools
// that show findings. Whatever a message says, it cannot steer the terminal, run
// as a formula or as a script, or pass for another text: control and
// bidirectional characters are shown, not obeyed.
package report
