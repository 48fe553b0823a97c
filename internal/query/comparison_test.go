package query

import (
	"fmt"
	"testing"
)

func TestComparisons(t *testing.T) {
	for text, want := range map[string]string{
		"up":                                  "[]",
		"up == 0":                             "[{up == 0}]",
		"0.5 < (sum(up))":                     "[{(sum(up)) > 0.5}]",
		"up >= bool -(1e3) and on () up != 2": "[{up >= -1000} {up != 2}]",
		"a > b":                               "[]",
		"a + 1":                               "[]",
		"(a > 1) * 2 >= 3":                    "[{(a > 1) * 2 >= 3} {a > 1}]",
	} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(q.Comparisons()); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestIsQuantile(t *testing.T) {
	for text, want := range map[string]bool{
		"histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))": true,
		"max by (job) ((histogram_quantile(0.9, a_bucket)))":        true,
		"sum(histogram_quantile(0.9, a_bucket))":                    false,
		"histogram_quantile(0.9, a_bucket) * 1000":                  false,
		"histogram_sum(a)": false,
		"a":                false,
	} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.IsQuantile(); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
