// Package message holds what is scanned: a message, its place in a thread, the
// key that names it for ever, and the one order of messages that every other
// package uses.
//
// Order (least first): sent, if every message of the thread has a comparable
// time; then seq, if every one has it; then the position in the source; then
// the id. A key is a 128-bit hash of (namespace, thread, id), so the same
// message delivered twice is the same message.
package message
