package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gaugewright/internal/report"
)

// placed are boards with a mark «kind» in each line that a finding, or a note, is about. The marks are taken out before
// the board is read.
var placed = map[string]string{
	"v2 in JSON": jsonBoard,
	"v2 in YAML, the second of two documents": "title: First\npanels: [{title: Fine, targets: [{expr: shop_orders_total}]}]\n---\n" + yamlBoard,
	"v2 in JSON in a ConfigMap":               "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: boards}\ndata:\n  b.json: |\n    " + strings.ReplaceAll(strings.TrimSpace(jsonBoard), "\n", "\n    ") + "\n",
	"classic in YAML": `
title: Classic
panels:
- title: One «override»
  fieldConfig: {overrides: [{matcher: {id: byName, options: Gone}, properties: []}]}
  targets:
  - expr: shop_orders_total
    legendFormat: fine
- title: Two
  targets:
  - expr: >- «dead»
      sum(
        shop_gone)
annotations:
  list:
  - name: Marks «dead»
    enable: true
    expr: shop_gone > 0
`,
}

const jsonBoard = `{"apiVersion": "dashboard.grafana.app/v2", "kind": "Dashboard", "metadata": {"name": "b"}, "spec": {"title": "B",
  "variables": [
    {"kind": "CustomVariable", "spec": {"name": "fine", "query": "200"}},
    {"kind": "QueryVariable", "spec": {"name": "none", "query": {"kind": "DataQuery", "group": "prometheus", "spec": {"query": "label_values(shop_gone, code)"}}}},«variable»
    {"kind": "AdhocVariable", "group": "prometheus", "spec": {"name": "filters"}}«note»
  ],
  "elements": {
    "a": {"kind": "Panel",«transformation»
      "spec": {"id": 1, "title": "A", "data": {"kind": "QueryGroup", "spec": {"queries": [
          {"kind": "PanelQuery", "spec": {"refId": "A", "query": {"kind": "DataQuery", "group": "prometheus", "spec": {"expr": "shop_orders_total"}}}},
          {"kind": "PanelQuery", "spec": {"refId": "B", "query": {"kind": "DataQuery", "group": "prometheus", "spec": {«dead»
            "expr": "shop_gone"}}}},
          {"kind": "PanelQuery", "spec": {"refId": "C", "query": {"kind": "DataQuery", "group": "loki", "spec": {"expr": "{}"}}}}«note»
        ], "transformations": [{"kind": "Transformation", "group": "reduce", "spec": {"options": {"reducers": ["max"], "fields": {"id": "byFrameRefID", "options": "Z"}}}}]}},
        "vizConfig": {"kind": "VizConfig", "group": "table", "spec": {}}}},
    "b": {"kind": "Panel",«override»
      "spec": {"id": 2, "title": "B", "data": {"kind": "QueryGroup", "spec": {"queries": [
          {"kind": "PanelQuery", "spec": {"refId": "A", "query": {"kind": "DataQuery", "group": "prometheus", "spec": {"expr": "shop_orders_total", "legendFormat": "{{room}}"}}}}«legend»
        ]}}, "vizConfig": {"kind": "VizConfig", "group": "timeseries", "spec": {"fieldConfig": {"overrides": [
          {"matcher": {"id": "byName", "options": "Gone"}, "properties": []}]}}}}}
  },
  "layout": {"kind": "GridLayout", "spec": {"items": [
    {"kind": "GridLayoutItem", "spec": {"x": 0, "y": 0, "width": 12, "height": 8, "element": {"kind": "ElementReference", "name": "a"}}},
    {"kind": "GridLayoutItem", "spec": {"x": 12, "y": 0, "width": 12, "height": 8, "element": {"kind": "ElementReference", "name": "b"}}}]}}}}
`

const yamlBoard = `
apiVersion: dashboard.grafana.app/v2beta1
kind: Dashboard
metadata:
  name: b
spec:
  title: B
  variables:
  - kind: GroupByVariable «note»
    group: prometheus
    spec: {name: by}
  elements:
    one:
      kind: Panel
      spec:
        id: 1
        title: One
        data:
          kind: QueryGroup
          spec:
            queries:
            - kind: PanelQuery
              spec: {refId: A, query: {kind: DataQuery, group: prometheus, spec: {expr: shop_orders_total}}}
            - kind: PanelQuery «dead»
              spec:
                refId: B
                query: {kind: DataQuery, group: prometheus, spec: {expr: "shop_gone"}}
        vizConfig: {kind: VizConfig, group: timeseries, spec: {}}
  layout:
    kind: GridLayout
    spec: {items: [{kind: GridLayoutItem, spec: {element: {kind: ElementReference, name: one}}}]}
`

var mark = regexp.MustCompile(` ?«([a-z-]+)»`)

// TestPlaces: findings and notes name the line that they are about, in v2 and YAML, too.
func TestPlaces(t *testing.T) {
	for name, text := range placed {
		var want, got []string
		for i, line := range strings.Split(text, "\n") {
			for _, m := range mark.FindAllStringSubmatch(line, -1) {
				want = append(want, fmt.Sprintf("%d %s", i+1, m[1]))
			}
		}
		r := judgedBoard(t, mark.ReplaceAllString(text, ""))
		for _, f := range slices.Concat(r.Findings, r.Notes, r.Errors) {
			if f.Kind == "" {
				f.Kind = "note"
			}
			got = append(got, fmt.Sprintf("%d %s", f.Line, f.Kind))
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
			for _, f := range slices.Concat[[]report.Finding](r.Findings, r.Notes) {
				t.Log(f)
			}
		}
	}
}
