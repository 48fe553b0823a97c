package draw

import (
	"strings"
	"testing"
)

// TestNoValue: the text of a panel without data is whole where it has room in lines, and else cut.
func TestNoValue(t *testing.T) {
	b := openPanel(t, `{"type": "stat", "fieldConfig": {"defaults": {"noValue": "GOMEMLIMIT is not set"}}, "targets": [{"refId": "A", "expr": "a"}]}`, "")
	for _, test := range []struct {
		size Size
		want string
	}{
		{Size{300, 120}, "GOMEMLIMIT is not set"},
		{Size{140, 120}, "GOMEMLIMIT|is not set"},
		{Size{110, 120}, "GOMEMLIMIT|is not set"},
		{Size{140, 40}, "GOMEMLIMIT is not|set"},
		{Size{140, 24}, "GOMEMLIMIT…"},
	} {
		pic := Panel(b, b.Shown[0], test.size, Options{Bare: true})
		check(t, "no value", pic)
		var lines []string
		for _, box := range pic.Texts {
			lines = append(lines, box.Text)
		}
		if got := strings.Join(lines, "|"); got != test.want {
			t.Errorf("%v: %s, want %s", test.size, got, test.want)
		}
	}
}
