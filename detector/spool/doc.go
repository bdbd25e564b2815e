// Package spool keeps on disk what is too much for memory and is of no use to
// anybody afterwards.
//
//	s := spool.File{For: "open threads"}
//	s.WriteAt(record, at)
//	s.ReadAt(buffer, at)
//	s.Close()
//
// The file is made when something is first written. It has no name, so that a
// kill leaves nothing of it behind and no other program finds it; where a
// system does not let go of a name in use, the name goes at Close. Only its
// owner can read it. Reading and writing at different places is safe side by
// side once something has been written.
package spool
