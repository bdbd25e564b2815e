// Package sqlite keeps verdicts in a file: the store of one node. Several
// workers of that node may share it; they write one after the other.
package sqlite
