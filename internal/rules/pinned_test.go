package rules

import "testing"

// TestHaveOthers: two expressions whose results certainly are of different series, by a label that both still have.
func TestHaveOthers(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{`up{job="a"} == 0`, `up{job="b"} == 0`, true},
		{`up{job="a"} == 0`, `up{job!="a"} == 0`, true},
		{`up{job="a"} == 0`, `up{job=~"b|c"} == 0`, true},
		{`up{job="a"} == 0`, `up{job=~"a|b"} == 0`, false},
		{`up{job="a"} == 0`, `up == 0`, false},
		{`up{job=~"a.*"} == 0`, `up{job=~"b.*"} == 0`, false}, // perhaps, but patterns are not compared
		{`sum by (job) (up{job="a"}) > 1`, `sum by (job) (up{job="b"}) > 1`, true},
		{`sum(up{job="a"}) > 1`, `sum(up{job="b"}) > 1`, false},
		{`sum without (job) (up{job="a"}) > 1`, `sum without (job) (up{job="b"}) > 1`, false},
		{`rate(x{disk="a"}[5m]) > 1`, `increase(x{disk="b"}[5m]) > 1`, true},
		{`label_replace(up{job="a"}, "job", "c", "", "") > 1`, `up{job="b"} > 1`, false},
		{`up{job="a"} and on (instance) x > 1`, `up{job="b"} unless x > 1`, true},
		{`x{job="a"} / on (instance) y > 1`, `x{job="b"} / on (instance) y > 1`, false},
		{`x{job="a"} / ignoring (disk) y > 1`, `x{job="b"} / ignoring (disk) y > 1`, true},
		{`x{job="a"} or y > 1`, `x{job="b"} or y > 1`, false},
		{`1 < up{job="a"}`, `2 < up{job="b"}`, true},
		{`not (`, `up`, false},
	} {
		if got := areDisjoint(c.a, c.b); got != c.want {
			t.Errorf("%s, %s: %t", c.a, c.b, got)
		}
		if got := areDisjoint(c.b, c.a); got != c.want {
			t.Errorf("%s, %s: %t", c.b, c.a, got)
		}
	}
}
