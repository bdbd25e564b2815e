// Package generate makes seeded message text for benchmarks and tests: words
// with the frequencies of real chats (Zipf–Mandelbrot), lengths of real
// messages, emoji, links, sums and phones where people put them. It says
// nothing that a person wrote.
package generate
