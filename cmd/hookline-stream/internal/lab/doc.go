// Package lab starts real servers for tests, each a process that can be killed:
// NATS servers and workers are the test binary run again, PostgreSQL is what the
// system has installed.
package lab
