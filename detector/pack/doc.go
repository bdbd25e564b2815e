// Package pack reads rule folders that somebody hands on: who made them, for
// which engine, under which licence, and signed by whom.
//
//	mypack/pack.yaml      name, version, engine, licence, overrides
//	mypack/pack.sig       ed25519 signature over every rule file and pack.yaml
//	mypack/fake_job/…     rules, lists, scripts as in any rule folder
//
// [Load] joins folders into one set. The built-in rules come first; a later
// folder adds to the earlier ones and takes the place only of what its
// pack.yaml names under overrides. Anything else that two folders define is a
// conflict, reported with both places. A folder at fault is refused with the
// whole set: it never takes the built-in rules away silently.
//
// [Live] keeps the last good value of something that is loaded again while in
// use.
package pack
