// Package rules holds the built-in rule set as data: one YAML file an
// indicator, lists, scripts and weights.
package rules

import "embed"

// Version of the built-in rules, printed with their hash.
const Version = "1.0"

// FS is the rule folder.
//
//go:embed *.md context lists romance_investment crypto_fraud fake_job
var FS embed.FS
