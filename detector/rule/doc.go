// Package rule reads a folder of YAML rules into a valid, immutable Set.
//
//	rules/<category>/<family>/<indicator>.yaml   one indicator each, id = path
//	rules/context/<name>.yaml                    warnings, negation, quotes, …
//	rules/lists/<name>.yaml                      words that patterns call by @name
//	rules/scripts/<category>.yaml                stages and composites
//	rules/weights.yaml                           fitted weights and thresholds
//
// [Load] reports every fault of the folder at once, in file order, each with
// its place, the line and a hint:
//
//	rules/fake_job/task_boost/like_rate_pay.yaml:3:8: unknown stage "contakt"
//	  3 | stage: contakt
//	    |        ^^^^^^^ did you mean "contact"?
//
// The set is refused as a whole: what Load returns is either valid or nil. A
// Set and all that it holds are read-only after Load and safe for concurrent
// use.
//
// Folders that were valid before need not be read again: [LoadKnown] makes their
// set of what [Set.Brief] kept of it, and leaves patterns for when somebody asks
// for them.
//
// The package knows nothing of folding, tokens or matching: words of a pattern
// are kept as their author wrote them.
package rule
