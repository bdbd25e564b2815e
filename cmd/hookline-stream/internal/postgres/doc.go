// Package postgres keeps verdicts in PostgreSQL: the store of teams, for any
// number of workers.
package postgres
