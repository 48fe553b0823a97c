package grafana

import (
	"fmt"
	"strings"
	"testing"
)

// readText reads a board that a test has written.
func readText(t *testing.T, text string) Board {
	t.Helper()
	b, err := Read([]byte(text))
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return b
}

// TestLibraryPanels: a library panel's content is in the panel, among the export's elements, or not in the file.
func TestLibraryPanels(t *testing.T) {
	const model = `{"type": "stat", "title": "Model", "id": 99, "targets": [{"expr": "up"}], "fieldConfig": {"defaults": {"unit": "s"}}}`
	for _, test := range []struct{ name, board, want string }{
		{"by uid", `{"panels": [{"id": 1, "libraryPanel": {"uid": "l"}}], "__elements": {"l": {"uid": "l", "model": ` + model + `}}}`, `1 stat "Model" s up l ""`},
		{"under another key", `{"panels": [{"id": 1, "libraryPanel": {"uid": "l"}}], "__elements": {"x": {"uid": "l", "model": ` + model + `}}}`, `1 stat "Model" s up l ""`},
		{"in a collapsed row", `{"panels": [{"type": "row", "panels": [{"id": 1, "libraryPanel": {"uid": "l"}}]}], "__elements": {"l": {"model": ` + model + `}}}`, `1 stat "Model" s up l ""`},
		{"in the panel", `{"panels": [{"id": 1, "libraryPanel": {"uid": "l", "model": ` + model + `}}]}`, `1 stat "Model" s up l ""`},
		{"in a board of v2", `{"elements": {"e": {"kind": "LibraryPanel", "spec": {"id": 1, "title": "Own", "libraryPanel": {"uid": "l", "name": "N"}}}}, "layout": {}, "__elements": {"l": {"model": ` + model + `}}}`, `1 stat "Model" s up l ""`},
		{"elsewhere", `{"panels": [{"id": 1, "libraryPanel": {"uid": "l", "name": "N"}}], "__elements": {"m": {"uid": "m", "model": ` + model + `}}}`, `1  "N"   l "N"`},
		{"in a list", `{"panels": [{"id": 1, "libraryPanel": {"uid": "l"}}], "__elements": [{"uid": "m"}, {"uid": "l", "model": ` + model + `}]}`, `1 stat "Model" s up l ""`},
		{"beside the board", `{"dashboard": {"panels": [{"id": 1, "libraryPanel": {"uid": "l"}}]}, "__elements": {"l": {"model": ` + model + `}}}`, `1 stat "Model" s up l ""`},
		{"elsewhere, in v2", `{"elements": {"e": {"kind": "LibraryPanel", "spec": {"id": 1, "title": "Own", "libraryPanel": {"uid": "l", "name": "N"}}}}, "layout": {}}`, `1  "Own"   l "N"`},
		{"no elements at all", `{"panels": [{"id": 1, "libraryPanel": {"uid": "l"}}], "__elements": []}`, `1  "l"   l "l"`},
	} {
		p := readText(t, test.board).Panels[0]
		expr := ""
		if len(p.Targets) > 0 {
			expr = p.Targets[0].Expr
		}
		got := fmt.Sprintf("%d %s %q %s %s %s %q", p.ID, p.Type, p.Title, p.Defaults.Unit, expr, p.LibraryUID, p.Library)
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// TestImport: a call of the import API has the values of the inputs beside the board.
func TestImport(t *testing.T) {
	b := readText(t, `{"dashboard": {"title": "${VAR_X} ${VAR_Y}", "panels": [], "__inputs": [{"name": "VAR_X", "type": "constant", "value": "a"}]},
		"inputs": [{"name": "VAR_X", "type": "constant", "value": "b"}, {"name": "VAR_Y", "type": "constant", "value": "c"}]}`)
	if b.Title != "b c" {
		t.Error(b.Title)
	}
}

// TestLibraryRepeat: a library panel is repeated as its place says, or else its model.
func TestLibraryRepeat(t *testing.T) {
	b := readText(t, `{"panels": [{"libraryPanel": {"uid": "l"}}, {"libraryPanel": {"uid": "l"}, "repeat": "own"}],
		"__elements": {"l": {"model": {"type": "stat", "repeat": "room"}}}}`)
	if b.Panels[0].Repeat.Variable != "room" || b.Panels[1].Repeat.Variable != "own" {
		t.Error(b.Panels[0].Repeat, b.Panels[1].Repeat)
	}
}

// TestInputs: a constant of the export is put in wherever import puts it in; others stay.
func TestInputs(t *testing.T) {
	const inputs = `"__inputs": [{"name": "VAR_ROOM", "type": "constant", "value": "north"}, {"name": "VAR_NONE", "type": "constant"}, {"name": "DS", "type": "datasource", "pluginId": "loki"}]`
	for _, test := range []struct{ name, part, want string }{
		{"a constant variable", `"templating": {"list": [{"type": "constant", "name": "x", "query": "${VAR_ROOM}", "current": {"value": "${VAR_ROOM}"}}]}`, "north [north] [] "},
		{"its options", `"templating": {"list": [{"type": "constant", "name": "x", "query": "a", "options": [{"value": "${VAR_ROOM}"}]}]}`, "a [] [north] "},
		{"a variable's query", `"templating": {"list": [{"type": "query", "name": "x", "query": "label_values(queue{room=\"${VAR_ROOM}\"}, lane)"}]}`, `label_values(queue{room="north"}, lane) [] [] `},
		{"a panel", `"panels": [{"title": "In ${VAR_ROOM}", "targets": [{"expr": "a{room=\"${VAR_ROOM}\"}", "legendFormat": "${VAR_ROOM} ${x}"}]}]`, `In north a{room="north"} north ${x}`},
		{"one without a value", `"panels": [{"title": "${VAR_NONE}", "targets": [{"expr": "a"}]}]`, `${VAR_NONE} a `},
		{"an unknown one", `"panels": [{"title": "${VAR_X}", "targets": [{"expr": "${VAR_X}"}]}]`, `${VAR_X} ${VAR_X} `},
		{"a data source", `"panels": [{"title": "T", "datasource": "${DS}", "targets": [{"expr": "${DS}"}]}]`, `T ${DS}  its data source is loki, not Prometheus`},
	} {
		b := readText(t, `{"schemaVersion": 41, `+inputs+`, `+test.part+`}`)
		got := ""
		for _, v := range b.Variables {
			var options []string
			for _, o := range v.Options {
				options = append(options, o.Value)
			}
			got += fmt.Sprint(v.Query, " ", v.Current, " ", options, " ")
		}
		for _, p := range b.Panels {
			target := p.Targets[0]
			got += strings.TrimSuffix(p.Title+" "+target.Expr+" "+target.Legend+" "+target.Skip, " ")
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if test.name == "a panel" && b.Panels[0].Targets[0].Node.At("legendFormat").Text() != "${VAR_ROOM} ${x}" {
			t.Error("the node is not what the file has")
		}
	}
}

// TestWhoseQuery: for which data source a query is. What is for another, or can only be LogQL, is not judged.
func TestWhoseQuery(t *testing.T) {
	const isLoki, isLogs = "its data source is loki, not Prometheus", "its text is LogQL, for Loki, not Prometheus"
	for _, test := range []struct{ name, panels, want string }{
		{"the uid has its type elsewhere", `[{"targets": [{"datasource": {"uid": "u"}, "expr": "a"}]}, {"datasource": {"type": "loki", "uid": "u"}, "targets": []}]`, isLoki},
		{"the uid has its type elsewhere: Prometheus", `[{"targets": [{"datasource": {"uid": "u"}, "expr": "a"}]}, {"targets": [{"datasource": {"type": "prometheus", "uid": "u"}, "expr": "b"}]}]`, ""},
		{"the uid is asked in LogQL elsewhere", `[{"datasource": {"uid": "u"}, "targets": [{"expr": "{a=\"b\"}"}]}, {"datasource": {"uid": "u"}, "targets": [{"expr": "{a=\"b\"} |= \"x\""}]}]`, isLoki},
		{"a line filter", `[{"datasource": {"uid": "u"}, "targets": [{"expr": "sum(count_over_time({a=\"b\"} |= \"x\" [5m]))"}]}]`, isLoki},
		{"without a data source", `[{"targets": [{"expr": "{a=\"b\"} != \"x\""}]}]`, isLogs},
		{"a parser", "[{\"targets\": [{\"expr\": \"{a=`b|c`} | json\"}]}]", isLogs},
		{"a panel of type mixed", `[{"datasource": {"type": "mixed", "uid": "-- Mixed --"}, "targets": [{"expr": "{a=\"b\"} |~ \"x\""}]}]`, isLogs},
		{"a panel of type mixed: PromQL", `[{"datasource": {"type": "mixed", "uid": "-- Mixed --"}, "targets": [{"expr": "up"}]}]`, ""},
		{"bytes", `[{"targets": [{"expr": "sum by (a) (bytes_rate({a=\"b\"}[5m]))"}]}]`, isLogs},
		{"the query has another one than the panel", `[{"datasource": {"type": "prometheus", "uid": "p"}, "targets": [{"datasource": {"uid": "$x"}, "expr": "{a=\"b\"} | json"}]}]`, isLogs},
		{"a pipe within a string is PromQL", `[{"targets": [{"expr": "a{b=~\"x|y\"} != 0"}]}]`, ""},
		{"Prometheus is said", `[{"datasource": {"type": "prometheus"}, "targets": [{"expr": "a | b"}]}]`, ""},
		{"old: by name", `[{"datasource": "Loki of the team", "targets": [{"expr": "a"}]}]`, isLoki},
	} {
		if got := readText(t, `{"panels": `+test.panels+`}`).Panels[0].Targets[0].Skip; got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestWhoseQueryV2: in v2 the type is the query's group, or that of the variable which the data source is.
func TestWhoseQueryV2(t *testing.T) {
	const isLoki = "its data source is loki, not Prometheus"
	for _, test := range []struct{ query, want string }{
		{`{"kind": "DataQuery", "group": "prometheus", "datasource": {"name": "p"}, "spec": {"expr": "a"}}`, ""},
		{`{"kind": "DataQuery", "group": "loki", "spec": {"expr": "a"}}`, isLoki},
		{`{"kind": "DataQuery", "group": "", "datasource": {"name": "${logs}"}, "spec": {"expr": "a"}}`, isLoki},
		{`{"kind": "DataQuery", "group": "", "datasource": {"name": "${inner}"}, "spec": {"expr": "a"}}`, isLoki},
		{`{"kind": "DataQuery", "group": "", "datasource": {"name": "${metrics}"}, "spec": {"expr": "a"}}`, ""},
		{`{"kind": "loki", "spec": {"expr": "a"}}`, isLoki},
		{`{"kind": "DataQuery", "group": "__expr__", "spec": {"expression": "$A"}}`, "Grafana computes it from other queries"},
	} {
		b := readText(t, `{"elements": {"e": {"kind": "Panel", "spec": {"data": {"spec": {"queries": [{"kind": "PanelQuery", "spec": {"query": `+test.query+`}}]}}}}},
			"variables": [{"kind": "DatasourceVariable", "spec": {"name": "logs", "pluginId": "loki"}}, {"kind": "DatasourceVariable", "spec": {"name": "metrics", "pluginId": "prometheus"}}],
			"layout": {"kind": "TabsLayout", "spec": {"tabs": [{"kind": "TabsLayoutTab", "spec": {"title": "T",
				"variables": [{"kind": "DatasourceVariable", "spec": {"name": "inner", "pluginId": "loki"}}],
				"layout": {"kind": "GridLayout", "spec": {"items": [{"spec": {"element": {"name": "e"}}}]}}}}]}}}`)
		if got := b.Panels[0].Targets[0].Skip; got != test.want {
			t.Errorf("%s: %q, want %q", test.query, got, test.want)
		}
	}
}

// TestFor: a panel sees the variables of its tabs and rows, and the board's where they have none of that name.
func TestFor(t *testing.T) {
	b := readText(t, `{"variables": [`+constant("x", "board")+`, `+constant("y", "board")+`],
		"elements": {"a": {"spec": {"title": "a"}}, "b": {"spec": {"title": "b"}}, "c": {"spec": {"title": "c"}}},
		"layout": {"kind": "TabsLayout", "spec": {"tabs": [
			{"spec": {"title": "T1", "variables": [`+constant("x", "T1")+`], "layout": {"kind": "RowsLayout", "spec": {"rows": [
				{"spec": {"title": "R1", "variables": [`+constant("x", "R1")+`], "repeat": {"mode": "variable", "value": "y"}, "layout": `+gridOf("a")+`}},
				{"spec": {"title": "R2", "collapse": true, "layout": `+gridOf("b")+`}}]}}}},
			{"spec": {"title": "T2", "variables": [`+constant("z", "T2")+`], "layout": {"kind": "AutoGridLayout", "spec": {"maxColumnCount": 3, "items": [{"spec": {"element": {"name": "c"}}}]}}}}]}}}`)
	for i, want := range []string{"T1 / R1: x=R1 y=board", "T1 / R2: x=T1 y=board", "T2: x=board y=board z=T2"} {
		p := b.Panels[i]
		values := map[string]string{}
		for _, v := range b.For(p).Variables {
			values[v.Name] = v.Query
		}
		got := strings.NewReplacer("map[", "", "]", "", ":", "=").Replace(fmt.Sprint(values))
		if got = p.Row + ": " + got; got != want {
			t.Errorf("%s: %s, want %s", p.Title, got, want)
		}
	}
	if within := b.Panels[0].Within; within[1].Repeat.Variable != "y" || b.Panels[2].Position != nil || b.Layout.Sections[1].Layout.Auto.Columns != 3 {
		t.Errorf("%+v", b.Layout)
	}
}

func constant(name, value string) string {
	return fmt.Sprintf(`{"kind": "ConstantVariable", "spec": {"name": %q, "query": %q}}`, name, value)
}

func gridOf(element string) string {
	return fmt.Sprintf(`{"kind": "GridLayout", "spec": {"items": [{"spec": {"x": 0, "y": 0, "width": 6, "height": 4, "element": {"name": %q}}}]}}`, element)
}
