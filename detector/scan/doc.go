// Package scan runs a detector over a stream of messages: it batches them to
// workers, gathers the matches of each thread, and gives out verdicts in the
// order of each thread's first message, the same at any number of workers.
//
//	Message ─► batch ─► workers (Match) ─► in order ─► threads (Merge) ─► Flush (Judge)
//
// Memory follows the threads that are open, not the messages: a message
// without a thread is judged and forgotten.
package scan
