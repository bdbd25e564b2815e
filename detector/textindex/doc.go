// Package textindex is the one place that knows bleve: an analyzer over the
// project's own tokens, and indexes that keep clear of bleve's traps.
//
//   - Terms are what the matcher sees: folded, script-aware, never stemmed.
//     bleve's own unicode tokenizer yields nothing for Thai, Lao, Khmer and
//     Burmese.
//   - Indexes are scorch, in memory too: the legacy in-memory index is three
//     to five times slower.
//   - The composite field _all is disabled; term vectors are on where phrases
//     are asked for, because without them phrase queries silently find nothing.
//   - A folder that another process holds is an error after two seconds, not
//     a hang.
package textindex
