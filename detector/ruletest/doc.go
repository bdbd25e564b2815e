// Package ruletest runs the tests that rules carry: texts that a rule must
// match, with the words marked that each pattern must hit, and look-alikes that
// it must leave alone.
package ruletest
