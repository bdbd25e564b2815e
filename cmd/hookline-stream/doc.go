// Command hookline-stream finds scam scripts in a live stream of messages, on
// any number of machines: workers take messages from NATS JetStream or Kafka,
// and a database keeps one verdict for each conversation. See its README.
package main
