// Package telemetry shows how a worker does: counters for Prometheus, and
// whether it is well.
package telemetry
