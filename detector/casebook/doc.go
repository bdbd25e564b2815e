// Package casebook keeps scanned messages and finds them again.
//
//	writer ─ Keep(thread) ─► batch ─► chunks ─► two indexes ─► Search, Thread, Threads
//
// A document of an index is up to 32 consecutive messages of a thread: their
// texts are indexed one by one, all else lies in one stored value. Indexing so
// costs half of what a document a message costs, and a hit still is a message:
// a posting says in which of a document's texts it stands.
//
// What is kept follows from the messages and their thread's verdict alone. A
// message is named by its key, so a second scan of the same export changes
// nothing, and a scan that was killed, done again, ends as if it had not been.
// A thread that comes again with more messages is judged anew as a whole.
//
// A casebook keeps all text, because hunting needs it. The folder is for its
// owner alone (0700, files 0600). Messages of the safety queue, written by
// people who may be held, lie in an index of their own that searches leave out
// unless asked. Forget removes for good: no file holds what was forgotten.
//
// One process may write a casebook, or several may read it; whoever comes at
// the wrong time gets an error after two seconds, not a hang.
package casebook
