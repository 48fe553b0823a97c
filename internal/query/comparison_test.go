package query

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestComparisons(t *testing.T) {
	for text, want := range map[string]string{
		"up":                                  "",
		"up == 0":                             "up == 0",
		"0.5 < (sum(up))":                     "(sum(up)) > 0.5",
		"up >= bool -(1e3) and on () up != 2": "up >= bool -1000; up != 2",
		"a > b":                               "",
		"a + 1":                               "",
		"(a > 1) * 2 >= 3":                    "(a > 1) * 2 >= 3; a > 1",
		"a > $limit":                          "a > $limit",
		"a > 1 unless b > 2":                  "a > 1; b > 2",
		"(a > 1 or b > 2) and c":              "a > 1; b > 2",
		"count(a > 1)":                        "a > 1",
	} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range q.Comparisons() {
			words := []string{c.Of, c.Op, c.Limit}
			if c.Bool {
				words = slices.Insert(words, 2, "bool")
			}
			if isVariable := strings.Contains(c.Limit, "$"); isVariable != math.IsNaN(c.Number) {
				t.Errorf("%s: %v", text, c.Number)
			}
			got = append(got, strings.Join(words, " "))
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %s, want %s", text, strings.Join(got, "; "), want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"histogram_quantile(0.95, a)": "[0.95] [] []",
		"clamp(a, -1, $most)":         "[-1 $most] [] []",
		"topk(${n}, a)":               "[] [${n}] []",
		"100 * a / 1e3":               "[] [] [ / 1000 100 * ]",
		"count_values(\"v\", a)":      "[] [] []",
	} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		var calls, aggregations, operations []string
		for _, c := range q.Calls() {
			calls = append(calls, c.Numbers...)
		}
		for _, a := range q.Aggregations() {
			if a.Number != "" {
				aggregations = append(aggregations, a.Number)
			}
		}
		for _, o := range q.Operations() {
			operations = append(operations, o.Left+" "+o.Op+" "+o.Right)
		}
		if got := fmt.Sprint(calls, aggregations, operations); got != want {
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
