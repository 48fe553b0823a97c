package query

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The names of selectors say what is known about them: found_a, later_b, absent_c, gone_d. Those named gone are
// missing.
func TestNeeded(t *testing.T) {
	for text, want := range map[string]string{
		"found": "", "later": "", "absent(absent)": "",
		"gone":                             "gone",
		"found + gone":                     "gone",
		"sum(rate(gone[5m])) / sum(found)": "gone",
		"found and gone_a and gone_b":      "gone_a gone_b",
		"gone or found":                    "",
		"found or gone":                    "",
		"gone or later":                    "",
		"gone_a or gone_b":                 "gone_a gone_b",
		"gone_a or (gone_b or found)":      "",
		"gone or found and gone_b":         "gone gone_b",
		"(gone_a or found) + gone_b":       "gone_b",
		"gone or vector(0)":                "gone",
		"gone or absent(absent)":           "gone",
		"gone or absent(gone)":             "",
		"sum(gone == 0) or absent(gone)":   "",
		"gone{a=\"b\"} or absent(gone)":    "gone",

		"gone{a=~\"$a\"} or absent(gone{a=~\"$a\"})":                 "",
		"gone{a=~\"$a\"} or absent(gone{a=~\"$b\"})":                 "gone",
		"gone or found * 0":                                          "gone",
		"gone or 0 * sum(found)":                                     "gone",
		"gone or sum by (job) ((found * 0))":                         "gone",
		"gone or label_replace(found * 0, \"a\", \"b\", \"\", \"\")": "gone",
		"gone or found + 0":                                          "",
		"found or gone * 0":                                          "",
		"found unless gone":                                          "",
		"gone_a unless gone_b":                                       "gone_a",
		"gone or (found unless gone_b)":                              "",
		"max_over_time((gone > 1)[1h:5m])":                           "gone",

		"sum(rate(gone[5m]) or rate(found[5m]))":                       "",
		"sum(rate(gone_a[5m]) or rate(gone_b[5m]))":                    "gone_a gone_b",
		"(gone_a or found) / (gone_b or found)":                        "",
		"(gone_a or found) / (gone_b or gone_c)":                       "gone_b gone_c",
		"gone_a or gone_b or found":                                    "",
		"gone or on (job) found":                                       "",
		"label_replace(gone, \"a\", \"$1\", \"b\", \"(.*)\") or found": "",
		"topk(3, gone or found)":                                       "",
		"absent(absent_a or absent_b)":                                 "",
		"gone or quiet":                                                "",
		"found * on (job) group_left (version) gone":                   "gone",
		"found > gone":                                                 "gone",
		"found * scalar(gone)":                                         "gone",
		"gone or on () vector(0)":                                      "gone",
		"gone or -(found * 0)":                                         "gone",
		"gone or 0 / found":                                            "gone",
		"gone or vector(0) * on () group_right () found":               "gone",
		"gone or count(found * 0)":                                     "",
		"gone or found > 1000":                                         "",
		"absent(absent) and on () gone":                                "",
		"(absent(absent) == 1) and on () gone":                         "",
		"found and on () absent(absent)":                               "",
		"gone and on () absent(absent)":                                "gone",
		"found unless on () (gone_a > 0 or gone_b)":                    "",
		"found and on () (gone == 0 or absent(absent))":                "",
		"found and on () (gone or vector(1))":                          "",
		"found and on () (gone_a or gone_b)":                           "gone_a gone_b",
		"(gone or vector(0)) and on () found":                          "gone",
		"found + fill_right(0) gone":                                   "",
		"gone + fill_right(0) found":                                   "gone",
		"gone + fill_left(0) found":                                    "",
		"gone + fill(0) found":                                         "",
		"gone_a + fill(0) gone_b":                                      "gone_a gone_b",
		"info(found, {__name__=\"gone\",version=~\".+\"})":             "",
		"info(gone)":      "gone",
		"limitk(2, gone)": "gone",
		"rate(gone[5m] anchored) or increase(found[$__range] smoothed)": "",
		"rate(gone[step() * 2]) or max_over_time(found[1h:] @ start())": "",
		"topk(3, gone @ end()) > 1":                                     "gone",
	} {
		q, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		known := map[string]Presence{"found": Found, "later": Expected, "absent": Absent, "gone": Missing}
		var presence []Presence
		for _, s := range q.Selectors() {
			kind, _, _ := strings.Cut(s.Metric, "_")
			if kind == "gone" && slices.Contains(s.Within, "absent") {
				kind = "absent"
			}
			presence = append(presence, known[kind])
		}
		var names []string
		for _, i := range q.Needed(presence) {
			names = append(names, q.Selectors()[i].Metric)
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: needs %q, want %q", text, got, want)
		}
	}
}

// ExampleQuery_Needed: a missing error counter does not matter while the other spelling has series.
func ExampleQuery_Needed() {
	q, _ := Parse("rate(old_total[5m]) or rate(new_total[5m])")
	fmt.Println(q.Needed([]Presence{Missing, Found}), q.Needed([]Presence{Missing, Missing}))
	// Output: [] [0 1]
}
