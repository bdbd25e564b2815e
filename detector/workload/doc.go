// Package workload makes messages and rules to test and measure with: seeded,
// of made-up words, with the word frequencies, lengths and company of real
// chats. It says nothing that a person wrote.
//
//	g := workload.New(1)
//	g.Message(workload.English)         // an SMS
//	g.Thread(workload.English, "t1", 0) // a conversation of two people
//	g.Advert(workload.English)          // 3 kB
//	g.Each(n, workload.Traffic{Threads: 0.9, Open: 300}, do) // of many threads
//	workload.Rules(1000, 5)             // a rule folder of 1,000 rules × 5 phrases
//
// Words are drawn by the law of Zipf and Mandelbrot from 120,000: the most
// frequent are function words of the language, the rest are made of its
// syllables, the rarer the longer. One message in five carries an emoji, a sum,
// a link or an address; some carry a line of the caller's, such as what a rule
// looks for.
package workload
