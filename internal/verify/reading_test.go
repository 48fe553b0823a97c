package verify

import "testing"

// TestMissing: what a query misses is named once. A reason stands beside its own selector.
func TestMissing(t *testing.T) {
	r := reading{
		noMetric:  []string{"b", "a", "b"},
		noMatch:   []string{`c{x="1"}`, `d{x="1"}`},
		explained: []string{`no series matches e{le="5"}: le has 1.0`, `no series matches e{le="5"}: le has 1.0`},
	}
	const want = `there is no metric a, b; no series matches c{x="1"}, d{x="1"}; no series matches e{le="5"}: le has 1.0`
	if got := r.missing(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
