package rule_test

import (
	"fmt"
	"testing/fstest"

	"github.com/hookline/hookline/detector/rule"
)

func ExampleLoad() {
	_, err := rule.Load(fstest.MapFS{"fake_job/fee/check.yaml": {Data: []byte(`id: fake_job.fee.check
title: A cheque to cash
stage: extracton
weight: strong
patterns:
  check: {en: ["cash (the|this cheque"]}
`)}})
	fmt.Println(err)
	// Output:
	// fake_job/fee/check.yaml:3:8: unknown stage "extracton"
	//   3 | stage: extracton
	//     |        ^^^^^^^^^ did you mean "extraction"?
	// fake_job/fee/check.yaml:6:22: "(" is not closed
	//   6 |   check: {en: ["cash (the|this cheque"]}
	//     |                      ^ it needs a ")"
}
