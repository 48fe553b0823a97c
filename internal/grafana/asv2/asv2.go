// Package asv2 writes classic boards in schema v2, as Grafana does when it saves one. It is for tests that hold the forms
// of a board against each other: it does what the repository's boards need, and no more.
package asv2

import (
	"fmt"
	"strings"
)

// Board returns a classic board as a resource of a version: v2, v2beta1 or v2alpha1.
func Board(classic map[string]any, version string) map[string]any {
	return converter(version).board(classic)
}

type (
	object = map[string]any
	list   = []any
)

// converter writes a classic board in a version of v2, as Grafana does when it saves one.
type converter string

func kind(name string, spec any) object { return object{"kind": name, "spec": spec} }

// pick returns some members of an object, those that are there.
func pick(from object, names ...string) object {
	to := object{}
	for _, name := range names {
		old, name, isRenamed := strings.Cut(name, ">")
		if !isRenamed {
			name = old
		}
		if value, ok := from[old]; ok {
			to[name] = value
		}
	}
	return to
}

func (c converter) board(b object) object {
	elements := object{}
	spec := pick(b, "title", "description", "tags", "editable", "links")
	spec["timeSettings"] = pick(b, "timezone", "weekStart", "refresh>autoRefresh")
	if span, ok := b["time"].(object); ok {
		spec["timeSettings"].(object)["from"], spec["timeSettings"].(object)["to"] = span["from"], span["to"]
	}
	spec["layout"] = c.layout(b["panels"].(list), elements)
	spec["elements"] = elements
	spec["variables"], spec["annotations"] = list{}, list{}
	for _, v := range entries(b, "templating") {
		spec["variables"] = append(spec["variables"].(list), c.variable(v))
	}
	for _, a := range entries(b, "annotations") {
		annotation := pick(a, "name", "enable", "hide", "iconColor", "builtIn")
		annotation["query"] = c.query(a["datasource"], pick(a, "expr"), annotation)
		spec["annotations"] = append(spec["annotations"].(list), kind("AnnotationQuery", annotation))
	}
	return object{
		"apiVersion": "dashboard.grafana.app/" + string(c), "kind": "Dashboard", "metadata": object{"name": b["uid"]}, "spec": spec,
	}
}

func entries(b object, name string) []object {
	var all []object
	holder, _ := b[name].(object)
	entries, _ := holder["list"].(list)
	for _, e := range entries {
		all = append(all, e.(object))
	}
	return all
}

// query writes a query; in v2alpha1 its data source is beside it.
func (c converter) query(source any, spec, beside object) object {
	ds, _ := source.(object)
	if c == "v2alpha1" {
		if ds != nil {
			beside["datasource"] = ds
		}
		name, _ := ds["type"].(string)
		return kind(name, spec)
	}
	query := kind("DataQuery", spec)
	query["group"], query["version"] = ds["type"], "v0"
	query["datasource"] = object{"name": ds["uid"]}
	return query
}

func (c converter) layout(panels list, elements object) object {
	var rows, items list
	title, row, top := "", object(nil), 0.0
	flush := func() {
		grid := kind("GridLayout", object{"items": items})
		if row == nil {
			row = object{"hideHeader": true}
		}
		row["title"], row["layout"] = title, grid
		rows, items = append(rows, kind("RowsLayoutRow", row)), nil
	}
	isOpen := false
	for _, p := range panels {
		p := p.(object)
		if p["type"] == "row" {
			if isOpen || items != nil {
				flush()
			}
			isOpen = true
			title, row = p["title"].(string), object{"collapse": p["collapsed"]}
			top = p["gridPos"].(object)["y"].(float64) + 1
			if p["repeat"] != nil {
				row["repeat"] = object{"mode": "variable", "value": p["repeat"]}
			}
			for _, inner := range p["panels"].(list) {
				items = append(items, c.item(inner.(object), top, elements))
			}
			continue
		}
		items = append(items, c.item(p, top, elements))
	}
	if !isOpen {
		return kind("GridLayout", object{"items": items})
	}
	flush()
	return kind("RowsLayout", object{"rows": rows})
}

func (c converter) item(p object, top float64, elements object) object {
	name := fmt.Sprintf("panel-%v", p["id"])
	elements[name] = kind("Panel", c.panel(p))
	at := p["gridPos"].(object)
	item := object{
		"x": at["x"], "y": at["y"].(float64) - top, "width": at["w"], "height": at["h"],
		"element": object{"kind": "ElementReference", "name": name},
	}
	if p["repeat"] != nil {
		item["repeat"] = object{"mode": "variable", "value": p["repeat"], "direction": p["repeatDirection"], "maxPerRow": p["maxPerRow"]}
	}
	return kind("GridLayoutItem", item)
}

func (c converter) panel(p object) object {
	spec := pick(p, "id", "title", "description", "links", "transparent")
	queries, changes := list{}, list{}
	targets, _ := p["targets"].(list)
	for _, t := range targets {
		t := t.(object)
		own := object{"refId": t["refId"], "hidden": t["hide"]}
		source := t["datasource"]
		if source == nil {
			source = p["datasource"]
		}
		inner := pick(t, "expr", "format", "instant", "range", "legendFormat", "interval", "editorMode")
		own["query"] = c.query(source, inner, own)
		queries = append(queries, kind("PanelQuery", own))
	}
	transformations, _ := p["transformations"].(list)
	for _, t := range transformations {
		t := t.(object)
		change := kind("Transformation", pick(t, "options", "disabled", "filter"))
		change["group"] = t["id"]
		if c != "v2" {
			change = kind(t["id"].(string), pick(t, "id", "options", "disabled", "filter"))
		}
		changes = append(changes, change)
	}
	spec["data"] = kind("QueryGroup", object{
		"queries": queries, "transformations": changes, "queryOptions": pick(p, "interval", "maxDataPoints", "timeFrom", "timeShift"),
	})
	viz := kind("VizConfig", pick(p, "options", "fieldConfig"))
	viz["group"], viz["version"] = p["type"], p["pluginVersion"]
	if c == "v2alpha1" {
		viz = kind(p["type"].(string), pick(p, "options", "fieldConfig", "pluginVersion"))
	}
	spec["vizConfig"] = viz
	return spec
}

func (c converter) variable(v object) object {
	name := v["type"].(string)
	spec := pick(v, "name", "label", "description", "multi", "includeAll", "allValue", "current", "options", "regex", "definition",
		"query", "auto", "auto_min", "auto_count", "valuesFormat")
	for from, names := range map[string][]string{"sort": sorts, "hide": hides, "refresh": refreshes} {
		if number, ok := v[from].(float64); ok {
			spec[from] = names[int(number)]
		}
	}
	switch name {
	case "datasource":
		spec["pluginId"] = v["query"]
		delete(spec, "query")
	case "query":
		spec["query"] = c.query(v["datasource"], object{"query": v["query"]}, spec)
	case "textbox":
		name = "text"
	}
	return kind(strings.ToUpper(name[:1])+name[1:]+"Variable", spec)
}

// The names that v2 has for the numbers of classic boards.
var (
	sorts = []string{
		"disabled", "alphabeticalAsc", "alphabeticalDesc", "numericalAsc", "numericalDesc",
		"alphabeticalCaseInsensitiveAsc", "alphabeticalCaseInsensitiveDesc", "naturalAsc", "naturalDesc",
	}
	hides     = []string{"dontHide", "hideLabel", "hideVariable", "inControlsMenu"}
	refreshes = []string{"never", "onDashboardLoad", "onTimeRangeChanged"}
)
