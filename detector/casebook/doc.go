// Package casebook keeps scanned messages findable: a folder with a bleve index
// of every message, its thread's verdict and its identifiers.
//
// A casebook keeps all text, because searching needs it. The folder is for its
// owner alone (0700). Messages of the safety queue, written by people who may
// be held, lie in an index of their own that a search leaves out unless asked.
package casebook
