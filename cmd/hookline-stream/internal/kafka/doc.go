// Package kafka takes messages from a Kafka topic and sends verdicts, dead
// letters and files there. It is a plain consumer group: offsets are committed
// after the database is, delivery is at least once, and the sink absorbs what
// comes twice, so that no transactions of Kafka are needed.
package kafka
