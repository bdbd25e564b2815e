// Package triage is the page at which people work through the alerts of a
// casebook, and the HTTP interface that programs ask for scores.
//
//	casebook ─ Sync ─► Store (SQLite): cases, decisions, audit
//	                     ▲
//	browser ─ Server ────┘   queue, case, search, upload, export
//	program ─ Server ─► Detector    /v1/score, /v1/cases, /v1/rules
//
// A decision is acknowledged once it is on the disk. It names the version of
// the case that the reviewer saw: of two at once, the later gets an error and
// sees what the other did. Cases of the band P0, and referrals to somebody
// outside, take a second person. Every decision and every look at text that is
// hidden at first is written down.
//
// Every message is taken for hostile. Pages carry a Content-Security-Policy
// without inline script, templates escape, control and bidirectional
// characters are shown by name, links are defanged, and a request from another
// site or under another host name is refused.
package triage
