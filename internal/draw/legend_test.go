package draw

import (
	"strings"
	"testing"
)

// TestLegendValues: a list cuts a name, and never a value, which would be another one. Where a value has no room, a code
// says so.
func TestLegendValues(t *testing.T) {
	b := openPanel(t, `{"type": "piechart", "title": "Paths", "targets": [{"refId": "A", "expr": "a", "legendFormat": "{{path}}"}],
		"options": {"legend": {"displayMode": "list", "placement": "bottom", "showLegend": true, "values": ["value", "percent"]}}}`,
		"a{path=\"/orders/{id}/items\"} 1234567\na{path=\"/search\"} 7654321")
	cut := false
	for width := 60.0; width < 500; width += 7 {
		pic := Panel(b, b.Shown[0], Size{width, 300}, Options{})
		check(t, "legend", pic)
		hasValues := true
		for _, box := range pic.Texts {
			if strings.HasPrefix(box.Text, "/") && box.Rect.Y > 150 {
				hasValues = hasValues && strings.Contains(box.Text, ": ")
			}
			name, values, ok := strings.Cut(box.Text, "\u00a0")
			cut = cut || ok && strings.HasSuffix(name, "…")
			if ok && strings.Contains(values, "…") {
				t.Errorf("at %.0f pixels %s has %q", width, name, values)
			}
		}
		hasCode := false
		for _, g := range pic.Gaps {
			hasCode = hasCode || g.Code == "legend-columns"
		}
		if !hasValues && !hasCode {
			t.Errorf("at %.0f pixels values are left out, and nothing says so", width)
		}
	}
	if !cut {
		t.Error("no name is cut")
	}
}
