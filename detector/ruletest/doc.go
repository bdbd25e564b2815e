// Package ruletest runs the tests that rules carry: texts that a rule must
// match, with the words marked that each pattern must hit, and look-alikes that
// it must leave alone.
//
// A test runs the whole rule, before any context is weighed. [Run] says what
// did not come out as its author said, with both places where spans differ:
//
//	fake_job/fee/check.yaml:12:14: fake_job.fee.check: check does not hit these words
//	  12 |   - "⟦check|cash⟧ this cheque and ⟦send|send the rest back⟧."
//	     |             ^^^^
//	fake_job/fee/check.yaml:12:14: it hits "cash this cheque"
//	  12 |   - "⟦check|cash⟧ this cheque and ⟦send|send the rest back⟧."
//	     |             ^^^^^^^^^^^^^^^^^
//
// [Cover] says what no test reaches, and which alternatives no text can match.
package ruletest
