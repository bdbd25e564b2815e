// Package labelled reads the corpus: one YAML file a case, a conversation or an
// advert with its label, and marks that say which words are evidence of which
// rule.
package labelled
