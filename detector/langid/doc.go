// Package langid names the language of a text: by its script where that
// decides, by function words where those do, and by lingua-go, which costs a
// hundred times more, only where both are silent.
//
// Language never gates a rule. It fills the language fields of a verdict and
// the note that a language has no reviewed rules.
//
// It is the only package that imports lingua-go. Models are loaded at the
// first text that needs one.
package langid
