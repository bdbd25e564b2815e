// Package report prints verdicts: a table for people, JSONL for programs, CSV
// for spreadsheets. Whatever a message says, it cannot steer the terminal, run
// as a formula, or pass for another text: control and bidirectional characters
// are shown, not obeyed.
package report
