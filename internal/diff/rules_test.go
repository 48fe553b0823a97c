package diff

import (
	"strings"
	"testing"
)

func TestIsWeaker(t *testing.T) {
	for _, c := range []struct {
		old, new string
		want     bool
	}{
		{"a > 1", "a > 2", true},
		{"a > 2", "a > 1", false},
		{"a < 2", "a < 1", true},
		{"1 < a", "2 < a", true},
		{"a > 1 and b > 1", "a > 2 and b > 2", true},
		{"a > 1 and b > 1", "a > 2 and b > 0", false},
		{"(a > 1) or b", "(a > 2) or b", true},
		{"a > 1", "b > 2", false},
		{"rate(a[5m]) > 1", "rate(a[1m]) > 2", false},
		{"a * 2 > 1", "a * 3 > 1", false},
		{"a > 1 unless b > 1", "a > 2 unless b > 1", true},
		{"a > 1 unless b > 1", "a > 1 unless b > 2", false}, // less is left out
		{"a > 1 unless b > 2", "a > 1 unless b > 1", true},
		{"a >= 1", "a > 1", true},
		{"a > 1", "a >= 1", false},
		{"a <= 1", "a == 1", true},
		{"1 < a", "a > 1", false}, // the same
		{"a > 1 or b", "a > 1", true},
		{"a > 1 or b", "b", true},
		{"(a or b) > 1", "b > 1", false}, // b may be above where a is not
		{"(a or on (job) b) > 1", "b", false},
		{"up == 0", `up{job="x"} == 0`, true},
		{`up{job="x"} == 0`, "up == 0", false},
		{`up{env=~"live|test"} == 0`, `up{env="live"} == 0`, true},
		{`up{env!="test"} == 0`, `up{env="live"} == 0`, true},
		{`up{env="test"} == 0`, `up{env="live"} == 0`, false},
		{"rate(a[5m]) / b > 1", `rate(a{job="x"}[5m]) / b > 1`, true},
		{"b - a > 1", `b - a{job="x"} > 1`, false},
		{"rate(a[5m]) > 1", `rate(a{job="x"}[1m]) > 1`, false},
		{"a > 1", `a{job="x"} offset 5m > 1`, false},
		{"sum(a) > 1", `sum(a{job="x"}) > 1`, false}, // others may be below zero
		{"absent(a)", `absent(a{job="x"})`, false},
		{"absent_over_time(a[5m])", `absent_over_time(a{job="x"}[5m])`, false},
		{"max_over_time((a > 1)[5m:])", "max_over_time((a > 2)[5m:])", false},
		{"a > 1 and b", "a > 1 and b > 2", true},
		{`a{job="$job"} > 1`, `a{job="x"} > 1`, false},
		{"count(a > 1) < 3", "count(a > 2) < 3", false}, // fewer are counted
		{"absent(a > 1)", "absent(a > 2)", false},
		{"(a > bool 1) == 0", "(a > bool 2) == 0", false},
		{"a > $limit", "a > 2", false},
		{"a == 1", "a == 2", false},
		{strings.Repeat("(a or ", 240) + "a" + strings.Repeat(")", 240), strings.Repeat("(b or ", 240) + "b" + strings.Repeat(")", 240), false},

		{"a", "a > 1", true},
		{"a > bool 1", "(a > bool 1) and b", true},
		{"a > 1", "a > 1 and on (job) b > 0", true},
		{"a > 1", "a > 1 unless b", true},
		{"a or b", "(a or b) unless c", true},
		{"a", "a > bool 1", false},
		{"a > 1", "b unless a > 1", false},
		{"a > 1 and b", "a > 1", false},
		{"a > 1 and b > 1 unless c", "a > 2 and b > 1", false},
		{"a > 1", "a > 1 and b or c", false},
	} {
		if got := isWeaker(c.old, c.new); got != c.want {
			t.Errorf("%s → %s: %v", c.old, c.new, got)
		}
	}
}

func TestIsMilder(t *testing.T) {
	for _, c := range []struct {
		old, new string
		want     bool
	}{
		{"critical", "warning", true},
		{"warning", "critical", false},
		{"warning", "", true},
		{"", "warning", false},
		{"p1", "critical", false}, // nobody knows
		{"critical", "p1", false},
	} {
		if got := isMilder(c.old, c.new); got != c.want {
			t.Errorf("%q → %q: %v", c.old, c.new, got)
		}
	}
}
