// Package jetstream takes messages from NATS JetStream and sends verdicts,
// dead letters and files there.
//
// Streams are made with three replicas and limits instead of a work queue, so
// that a database that was lost can be filled again from the stream. What is
// acknowledged is a payload whose matches are committed; delivery is at least
// once.
package jetstream
