// Package rules holds the built-in rule set as data: one YAML file an
// indicator, lists, scripts and weights.
package rules

import "embed"

// Version of the built-in rules, printed with their hash.
const Version = "1.0"

// FS is the rule folder.
//
//go:embed weights.yaml references.yaml all:context all:lists all:scripts all:romance_investment all:crypto_fraud all:fraud_site all:fake_job all:trafficked_distress all:victim_side all:cross_cutting
var FS embed.FS
