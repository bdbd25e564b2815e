// Package shard cuts files of JSON lines into byte ranges, so that many workers
// can read one file. A range holds the lines that begin in it.
package shard
