package promqltest_test

import (
	"fmt"
	"testing"

	"gaugewright/dashboards/promql"
	"gaugewright/dashboards/promql/promqltest"
)

// A test of one's own checks all texts that the boards are built of.
func ExampleCheck() {
	board := func() promql.Expr { return promql.Text(`max by (queue) (jobs_waiting)`, promql.Plain, "queue") }
	_ = func(t *testing.T) { // TestTexts
		promqltest.Check(t, catalogue, target, func() { board() })
	}
	// Output:
}

// What is wrong is named with the file and line of the call.
func ExampleMistakes() {
	for _, err := range promqltest.Mistakes(catalogue, target, func() {
		promql.Text(`max by (queue) (jobs_waitin)`, promql.Plain, "queue")
	}) {
		fmt.Println(err.(*promql.Error).Reason)
	}
	// Output:
	// jobs_waitin is not in the catalogue: did you mean jobs_waiting?
}
