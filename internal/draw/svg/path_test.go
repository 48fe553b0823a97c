package svg

import "testing"

// TestPath: straight steps are as short as SVG lets them be, and stay apart.
func TestPath(t *testing.T) {
	for _, test := range []struct {
		name   string
		points []Point
		want   string
	}{
		{"a sign or a point parts numbers", []Point{{1, 2}, {1.5, 2.5}, {2.7, 1.9}}, "M1 2l.5.5 1.2-.6"},
		{"whole numbers need a space before a point", []Point{{0, 0}, {3, .5}, {6, 1.5}}, "M0 0l3 .5 3 1"},
		{"level and upright steps have one number", []Point{{0, 0}, {.5, 0}, {1.2, 0}, {1.2, .4}}, "M0 0h.5.7v.4"},
		{"a step of less than a tenth is left out", []Point{{0, 0}, {1, 1}, {1.04, 1}, {2, 1}}, "M0 0l1 1h1"},
	} {
		var d Path
		for i, p := range test.points {
			if i == 0 {
				d.Move(p)
			} else {
				d.Line(p)
			}
		}
		if got := d.b.String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}
