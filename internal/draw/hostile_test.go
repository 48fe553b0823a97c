package draw

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
)

// hostile are texts that others put into titles and labels.
var hostile = []string{
	"", "</text><script>alert(1)</script>", "a\x00b\xff\x1b[31m", "]]>&amp;<!--", "\u202eabc\u2066", "👨‍👩‍👧 🇩🇪 漢字 العربية",
	`" onload="x`, "${__cell_0} $__all [[x]] {{job}}", strings.Repeat("W", 300), "\n\t  \u00a0", "%s%d%!", "-0", "1e999",
}

// panelOf returns a panel of a type with a text in each place that takes one.
func panelOf(t testing.TB, kind, text string) string {
	t.Helper()
	format := "time_series"
	switch kind {
	case "heatmap":
		format = "heatmap"
	case "table", "barchart":
		format = "table"
	}
	panel := map[string]any{
		"id": 1, "type": kind, "title": text, "description": text, "gridPos": map[string]any{"w": 12, "h": 8},
		"datasource": map[string]any{"type": "prometheus", "uid": "p"},
		"targets": []any{map[string]any{
			"refId": "A", "expr": "m", "legendFormat": "{{host}}" + text, "format": format, "instant": format == "table",
		}},
		"options": map[string]any{
			"showThresholdLabels": true, "displayLabels": []string{"name", "value", "percent"}, "stacking": "normal",
			"legend":    map[string]any{"showLegend": true, "displayMode": "table", "placement": "right", "values": []string{"value"}},
			"yAxis":     map[string]any{"unit": text},
			"color":     map[string]any{"scheme": text},
			"showValue": "always", "xField": "host", "content": text,
		},
		"fieldConfig": map[string]any{"defaults": map[string]any{
			"unit": text, "noValue": text,
			"color": map[string]any{"mode": "thresholds", "fixedColor": text},
			"thresholds": map[string]any{"mode": "absolute", "steps": []any{
				map[string]any{"value": nil, "color": text}, map[string]any{"value": 5, "color": "red"},
			}},
			"mappings": []any{map[string]any{"type": "value", "options": map[string]any{"7": map[string]any{"text": text, "color": text}}}},
			"custom":   map[string]any{"cellOptions": map[string]any{"type": "color-background"}},
		}},
	}
	out, err := json.Marshal(panel)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// checkHostile draws each type of panel with a text everywhere and a value, and looks at the elements and the texts.
func checkHostile(t *testing.T, text string, value float64, size Size) {
	t.Helper()
	number := strconv.FormatFloat(value, 'g', -1, 64)
	var data strings.Builder
	for _, host := range []string{text, text + "b", "0.5"} {
		label, err := json.Marshal(host)
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(host, "{}\n\r,=\\\"") || !json.Valid(label) {
			label = []byte(`"plain"`)
		}
		fmt.Fprintf(&data, "m{host=%s,le=%s} 7 %s 3\n", label, label, number)
	}
	for kind := range types {
		b := openPanel(t, panelOf(t, kind, text), data.String())
		picture := Panel(b, b.Shown[0], size, Options{})
		check(t, fmt.Sprintf("%s with %q and %v at %v", kind, text, value, size), picture)
		checkElements(t, kind, picture.SVG)
	}
}

// checkElements fails where a picture has an element or an attribute that could run or ask for something.
func checkElements(t *testing.T, kind string, picture []byte) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(string(picture))); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		const drawn = " svg title desc defs style g rect path line circle text clipPath linearGradient radialGradient stop "
		if !strings.Contains(drawn, " "+e.Name.Local+" ") {
			t.Errorf("%s: an element <%s>", kind, e.Name.Local)
		}
		for _, a := range e.Attr {
			if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || strings.Contains(a.Value, "javascript:") || a.Name.Local == "href" {
				t.Errorf("%s: an attribute %s=%q", kind, a.Name.Local, a.Value)
			}
		}
	}
}

func TestHostileTextsAreText(t *testing.T) {
	for _, text := range hostile {
		checkHostile(t, text, 42, Size{300, 200})
	}
	for _, v := range []float64{math.Inf(1), math.NaN(), -1e300, 5e-324, 0} {
		checkHostile(t, "plain", v, Size{500, 300})
	}
}

func FuzzPanel(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, 42.0, uint16(300), uint16(200))
	}
	f.Fuzz(func(t *testing.T, text string, value float64, w, h uint16) {
		checkHostile(t, text, value, Size{float64(w % 2000), float64(h % 1200)})
	})
}
