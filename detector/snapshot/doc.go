// Package snapshot writes what a program works out at its start, so that its
// next start can read it: numbers and texts, tables as they lie in memory, and
// checksums.
//
// What is written is for the same build of the program on the same kind of
// machine, for the layout of memory is that of the compiler. What keeps it must
// see to that. Damage is the reader's to find: a [Checked] part says whether it is
// as it was written, and a [Reader] of one that is not gives zeros, never panics.
package snapshot
