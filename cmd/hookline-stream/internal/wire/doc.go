// Package wire makes messages of what queues carry: contract JSONL, one object
// or several lines of them a payload, under their own or mapped names, bare or
// in Osprey's envelope.
package wire
