// Package builtin makes the detector that every program of this project runs:
// the built-in rules or those of folders, with the languages and the known
// scripts that can be plugged in. Programs that make it alike give the same
// verdicts.
//
// What compiling the rules comes to can be kept in a folder ([Keep]), for the
// next start of the same build with the same rules.
package builtin
