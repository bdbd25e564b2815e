// Package export reads what people hand over: message exports and job adverts
// in some sixty formats, loose, in folders or in archives.
//
//	path ─ open ─► files ─ sniff ─► units ─ read ─► messages, faults, notes
//
// A file is recognised by its content, never by its name alone; Options.Input
// overrides. A unit is what one format reads together: mostly one file,
// sometimes several (the message_1…n.json of one conversation). Each format is
// one file of this package and one line of the table in format.go.
//
// # What is promised
//
//   - Nothing is lost silently. Each record ends as a message, a duplicate or
//     a fault, and each file that is not read is named in a fault or a note.
//   - The messages of a unit come in the order of its files; the same input
//     gives the same messages in the same order.
//   - Memory is bounded by Limits whatever the input holds. JSONL, CSV, mbox,
//     SMS XML and Telegram JSON are read as streams.
//   - Nothing is written outside the temporary folder, nothing is fetched, and
//     names of archive members are only ever shown.
//
// A Reader is not safe for concurrent use.
package export
