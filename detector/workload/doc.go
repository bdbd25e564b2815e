// Package workload makes messages and rules to measure speed with: seeded, of
// made-up words, with the word frequencies of real text.
//
//	g := workload.New(1)
//	g.Message(workload.English)   // one SMS
//	g.Advert(workload.English)    // 3 kB
//	workload.Rules(1000, 5)       // a rule folder of 1,000 rules × 5 phrases
//
// Words are drawn by Zipf's law from a few thousand: the frequent ones are
// function words of the language, the rest are made of its syllables. Some
// messages carry phrases of the rules, links, amounts and emoji.
package workload
