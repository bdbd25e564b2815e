// Package source says where things are: a named text, half-open byte spans of
// it, and positions as people read them (file:line:col, with a caret).
//
// Offsets are bytes and are kept as long as possible; lines and columns are
// resolved late, when something is printed.
package source
