package draw

import (
	"fmt"
	"strings"
	"testing"
)

// With this width a column of the grid has 50 pixels.
const even = 2*edge + columns*50 - margin

const panelJSON = `{"type": "text", "options": {"content": "x"}, "title": %q, "gridPos": {"x": %d, "y": %d, "w": %d, "h": %d}%s}`

func textPanel(title string, x, y, w, h int, more string) string {
	return fmt.Sprintf(panelJSON, title, x, y, w, h, more)
}

func classic(panels ...string) string {
	return `{"title": "B", "schemaVersion": 41, "templating": {"list": [{"type": "custom", "name": "v", "multi": true, "query": "a,b,c",
		"current": {"value": ["a", "b", "c"], "text": ["a", "b", "c"]}}]}, "panels": [` + strings.Join(panels, ",") + `]}`
}

func v2(elements, layout string) string {
	var all []string
	for _, name := range strings.Fields(elements) {
		all = append(all, fmt.Sprintf(`%q: {"kind": "Panel", "spec": {"id": 1, "title": %q, "vizConfig": {"kind": "VizConfig", "group": "text",
			"spec": {"options": {"content": "x"}}}}}`, name, name))
	}
	return `{"apiVersion": "dashboard.grafana.app/v2", "kind": "Dashboard", "metadata": {"name": "b"}, "spec": {"title": "B",
		"variables": [{"kind": "CustomVariable", "spec": {"name": "v", "multi": true, "query": "a,b",
		"current": {"value": ["a", "b"], "text": ["a", "b"]}}}],
		"elements": {` + strings.Join(all, ",") + `}, "layout": ` + layout + `}}`
}

func gridOf(items string) string { return `{"kind": "GridLayout", "spec": {"items": [` + items + `]}}` }

func gridItem(name string, x, y, w, h int, more string) string {
	return fmt.Sprintf(`{"kind": "GridLayoutItem", "spec": {"x": %d, "y": %d, "width": %d, "height": %d%s,
		"element": {"kind": "ElementReference", "name": %q}}}`, x, y, w, h, more, name)
}

func autoItems(names string) string {
	var all []string
	for _, name := range strings.Fields(names) {
		all = append(all, fmt.Sprintf(`{"kind": "AutoGridLayoutItem", "spec": {"element": {"kind": "ElementReference", "name": %q}}}`, name))
	}
	return strings.Join(all, ",")
}

// TestLayout: each panel as its title, its left upper corner, its width and its height in pixels; titles of rows and
// tabs are in the order of the picture.
func TestLayout(t *testing.T) {
	for _, test := range []struct{ name, board, places, titles string }{
		{"a grid", classic(textPanel("1", 0, 0, 12, 4, ""), textPanel("2", 12, 0, 12, 8, ""), textPanel("3", 0, 4, 12, 4, "")),
			"1 16,48 592x144; 2 616,48 592x296; 3 16,200 592x144", ""},
		{"what has nothing above it moves up", classic(textPanel("1", 0, 7, 12, 4, ""), textPanel("2", 6, 30, 6, 2, "")),
			"1 16,48 592x144; 2 316,200 292x68", ""},
		{"what lies on another moves down", classic(textPanel("1", 0, 0, 12, 4, ""), textPanel("2", 6, 0, 12, 4, "")),
			"1 16,48 592x144; 2 316,200 592x144", ""},
		{"what reaches out of the grid moves in", classic(textPanel("1", 20, 0, 12, 4, "")), "1 616,48 592x144", ""},
		{"copies side by side, as many as the panel says", classic(textPanel("$v", 0, 0, 8, 2, `, "repeat": "v", "maxPerRow": 2`),
			textPanel("below", 0, 2, 4, 1, "")),
			"a 16,48 592x68; b 616,48 592x68; c 16,124 592x68; below 16,200 192x30", ""},
		{"copies one below the other", classic(textPanel("$v", 0, 0, 8, 2, `, "repeat": "v", "repeatDirection": "v"`)),
			"a 16,48 392x68; b 16,124 392x68; c 16,200 392x68", ""},
		{"rows", classic(textPanel("0", 0, 0, 4, 1, ""), `{"type": "row", "title": "first", "gridPos": {"x": 0, "y": 1, "w": 24, "h": 1}}`,
			textPanel("1", 0, 2, 4, 1, ""), `{"type": "row", "title": "closed", "collapsed": true, "gridPos": {"x": 0, "y": 3, "w": 24, "h": 1},
			"panels": [`+textPanel("2", 0, 4, 4, 1, "")+`]}`),
			"0 16,48 192x30; 1 16,124 192x30; 2 16,200 192x30", "first|closed|closed when the board opens"},
		{"a row for each value", classic(`{"type": "row", "title": "row $v", "repeat": "v", "gridPos": {"x": 0, "y": 0, "w": 24, "h": 1}}`,
			textPanel("in $v", 0, 1, 4, 1, "")),
			"in a 16,86 192x30; in b 16,162 192x30; in c 16,238 192x30", "row a|row b|row c"},
		{"tabs with rows stand one below the other", v2("p q", `{"kind": "TabsLayout", "spec": {"tabs": [
			{"kind": "TabsLayoutTab", "spec": {"title": "one", "layout": {"kind": "RowsLayout", "spec": {"rows": [
				{"kind": "RowsLayoutRow", "spec": {"title": "row", "layout": `+gridOf(gridItem("p", 0, 0, 12, 2, ""))+`}}]}}}},
			{"kind": "TabsLayoutTab", "spec": {"title": "two", "layout": `+gridOf(gridItem("q", 0, 0, 12, 2, ""))+`}}]}}`),
			"p 16,124 592x68; q 16,238 592x68", "one|row|two"},
		{"a tab for each value", v2("p", `{"kind": "TabsLayout", "spec": {"tabs": [{"kind": "TabsLayoutTab", "spec": {"title": "tab $v",
			"repeat": {"mode": "variable", "value": "v"}, "layout": `+gridOf(gridItem("p", 0, 0, 12, 2, ""))+`}}]}}`),
			"p 16,86 592x68; p 16,200 592x68", "tab a|tab b"},
		{"an auto grid has as many columns as have room", v2("p q r", `{"kind": "AutoGridLayout", "spec": {"maxColumnCount": 3,
			"columnWidthMode": "standard", "rowHeightMode": "short", "items": [`+autoItems("p q r")+`]}}`),
			"p 16,48 592x168; q 616,48 592x168; r 16,224 592x168", ""},
		{"an auto grid with few items stretches them", v2("p", `{"kind": "AutoGridLayout", "spec": {"columnWidthMode": "narrow",
			"rowHeightMode": "custom", "rowHeight": 100, "items": [`+autoItems("p")+`]}}`), "p 16,48 1192x100", ""},
	} {
		src, err := small()
		if err != nil {
			t.Fatal(err)
		}
		pic := Board(open(t, []byte(test.board), src, fuzzEnd), Options{Width: even})
		check(t, test.name, pic)
		var places []string
		for _, p := range pic.Panels {
			places = append(places, fmt.Sprintf("%s %.0f,%.0f %.0fx%.0f", p.Title, p.Frame.X, p.Frame.Y, p.Frame.W, p.Frame.H))
		}
		if got := strings.Join(places, "; "); got != test.places {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, test.places)
		}
		if got := strings.Join(outside(pic), "|"); got != test.titles {
			t.Errorf("%s: titles %q, want %q", test.name, got, test.titles)
		}
	}
}

// outside returns the texts that are below the board's title and in no panel.
func outside(pic Picture) (all []string) {
	for _, box := range pic.Texts {
		isIn := box.Y < head-10
		for _, p := range pic.Panels {
			isIn = isIn || box.Intersect(p.Frame).H > 0 && box.Intersect(p.Frame).W > 0
		}
		if !isIn {
			all = append(all, box.Text)
		}
	}
	return all
}
