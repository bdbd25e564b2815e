// Package sink turns what was found in messages into verdicts that a database
// keeps, so that redelivery, reordering and a second worker change nothing.
//
// One transaction locks the touched threads in sorted order, inserts each
// message's matches once, merges them into the threads' states and writes the
// verdicts that follow; only then may a caller acknowledge. A state is a join
// of all that was ever delivered, so what arrives twice or late gives the same
// state, and a verdict is a function of the state alone.
//
// Messages in which nothing was found that counts by itself cost no row. What a
// rule over the whole thread needs of them is in the thread's state, and so is
// who takes part and in which order; a sink remembers what the database already
// knows of the threads seen last and writes only what is news.
package sink
