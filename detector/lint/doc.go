// Package lint finds what is wrong with a rule set although it loads: rules
// without look-alikes or tests, alternatives that another covers, clauses that
// can change nothing, lists that nobody uses.
//
//	fake_job/fee/check.yaml:6:25: warning: "cash*" covers "cash" (covered-alternative)
//	  6 |   check: {en: ["(cash*|cash) this"]}
//	    |                        ^^^^ take it away
//
// Each check is declared once, in [Checks], with its name, its severity and
// why it is made. Findings come in the order of the files.
package lint
