package diff

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

type (
	object = map[string]any
	list   = []any
)

func decode(t testing.TB, data []byte) object {
	t.Helper()
	var o object
	if err := json.Unmarshal(data, &o); err != nil {
		t.Fatal(err)
	}
	return o
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func kindOf(name string, spec any) object { return object{"kind": name, "spec": spec} }

// take removes members of an object and returns them under the names of v2: "old>new".
func take(from object, names ...string) object {
	to := object{}
	for _, name := range names {
		old, new, isRenamed := strings.Cut(name, ">")
		if !isRenamed {
			new = old
		}
		if value, ok := from[old]; ok {
			to[new] = value
			delete(from, old)
		}
	}
	return to
}

// toV2 writes a classic board as Grafana does when it saves it in v2: with the defaults spelt out, and what v2 does not
// know left out.
func toV2(t testing.TB, data []byte) []byte {
	b := decode(t, data)
	settings := take(b, "timezone", "weekStart", "refresh>autoRefresh", "fiscalYearStartMonth")
	span, _ := b["time"].(object)
	settings["from"], settings["to"] = "now-6h", "now"
	if span != nil {
		settings["from"], settings["to"] = span["from"], span["to"]
	}
	settings["hideTimepicker"] = false
	settings["autoRefreshIntervals"] = list{"5s", "10s", "30s", "1m", "5m", "15m", "30m", "1h", "2h", "1d"}
	if picker, ok := b["timepicker"].(object); ok && picker["refresh_intervals"] != nil {
		settings["autoRefreshIntervals"] = picker["refresh_intervals"]
	}
	spec := take(b, "title", "description", "tags", "editable", "links", "liveNow", "preload")
	for name, value := range map[string]any{"editable": true, "liveNow": false, "preload": false, "tags": list{}, "links": list{}} {
		if spec[name] == nil {
			spec[name] = value
		}
	}
	tooltip, _ := b["graphTooltip"].(float64)
	spec["cursorSync"] = []string{"Off", "Crosshair", "Tooltip"}[int(tooltip)]
	spec["timeSettings"] = settings
	elements := object{}
	panels, _ := b["panels"].(list)
	spec["layout"], spec["elements"] = layoutV2(panels, elements), elements
	spec["variables"], spec["annotations"] = list{}, list{}
	for _, v := range listOf(b, "templating") {
		spec["variables"] = append(spec["variables"].(list), variableV2(v))
	}
	for _, a := range listOf(b, "annotations") {
		own := take(a, "name", "enable", "hide", "iconColor", "filter")
		own["builtIn"] = a["builtIn"] == 1.0 || a["builtIn"] == true
		delete(a, "builtIn")
		source := a["datasource"]
		delete(a, "datasource")
		target, _ := a["target"].(object)
		delete(a, "target")
		own["query"], own["legacyOptions"] = queryV2(source, target), a
		spec["annotations"] = append(spec["annotations"].(list), kindOf("AnnotationQuery", own))
	}
	return encode(t, object{
		"apiVersion": "dashboard.grafana.app/v2beta1", "kind": "Dashboard", "spec": spec,
		"metadata": object{"name": b["uid"], "namespace": "default", "uid": "x", "resourceVersion": "7", "generation": 3,
			"creationTimestamp": "2026-01-01T00:00:00Z", "annotations": object{"grafana.app/createdBy": "user:1"}},
	})
}

func listOf(b object, name string) []object {
	var all []object
	holder, _ := b[name].(object)
	entries, _ := holder["list"].(list)
	for _, e := range entries {
		all = append(all, e.(object))
	}
	return all
}

func queryV2(source any, spec object) object {
	if spec == nil {
		spec = object{}
	}
	query := kindOf("DataQuery", spec)
	query["version"] = "v0"
	ds, _ := source.(object)
	if ds["type"] != nil {
		query["group"] = ds["type"]
	}
	if ds["uid"] != nil {
		query["datasource"] = object{"name": ds["uid"]}
	}
	return query
}

func layoutV2(panels list, elements object) object {
	var rows, items list
	row, top := object{"title": "", "hideHeader": true, "collapse": false}, 0.0
	hasRows := false
	flush := func() {
		row["layout"] = kindOf("GridLayout", object{"items": items})
		rows, items = append(rows, kindOf("RowsLayoutRow", row)), nil
	}
	for _, p := range panels {
		p := p.(object)
		if p["type"] != "row" {
			items = append(items, itemV2(p, top, elements))
			continue
		}
		if hasRows || items != nil {
			flush()
		}
		hasRows = true
		row = object{"title": p["title"], "collapse": p["collapsed"] == true, "hideHeader": false}
		top = 0
		if at, ok := p["gridPos"].(object); ok {
			top = at["y"].(float64) + 1
		}
		if p["repeat"] != nil {
			row["repeat"] = object{"mode": "variable", "value": p["repeat"]}
		}
		inner, _ := p["panels"].(list)
		for _, p := range inner {
			items = append(items, itemV2(p.(object), top, elements))
		}
	}
	if !hasRows {
		return kindOf("GridLayout", object{"items": items})
	}
	flush()
	return kindOf("RowsLayout", object{"rows": rows})
}

func itemV2(p object, top float64, elements object) object {
	name := fmt.Sprintf("panel-%v", p["id"])
	item := object{"element": object{"kind": "ElementReference", "name": name}}
	if at, ok := p["gridPos"].(object); ok {
		item["x"], item["y"], item["width"], item["height"] = at["x"], at["y"].(float64)-top, at["w"], at["h"]
	}
	if p["repeat"] != nil {
		item["repeat"] = object{"mode": "variable", "value": p["repeat"]}
		for from, to := range map[string]string{"repeatDirection": "direction", "maxPerRow": "maxPerRow"} {
			if p[from] != nil {
				item["repeat"].(object)[to] = p[from]
			}
		}
	}
	if library, ok := p["libraryPanel"]; ok {
		elements[name] = kindOf("LibraryPanel", object{"id": p["id"], "title": p["title"], "libraryPanel": library})
	} else {
		elements[name] = kindOf("Panel", panelV2(p))
	}
	return kindOf("GridLayoutItem", item)
}

func panelV2(p object) object {
	spec := take(p, "id", "title", "description", "links", "transparent")
	for name, value := range map[string]any{"description": "", "links": list{}, "transparent": false} {
		if spec[name] == nil {
			spec[name] = value
		}
	}
	queries, changes := list{}, list{}
	targets, _ := p["targets"].(list)
	for _, t := range targets {
		t := t.(object)
		own := take(t, "refId", "hide>hidden")
		if own["hidden"] == nil {
			own["hidden"] = false
		}
		source := t["datasource"]
		delete(t, "datasource")
		if source == nil {
			source = p["datasource"]
		}
		own["query"] = queryV2(source, t)
		queries = append(queries, kindOf("PanelQuery", own))
	}
	transformations, _ := p["transformations"].(list)
	for _, t := range transformations {
		t := t.(object)
		changes = append(changes, kindOf(t["id"].(string), t))
	}
	options := take(p, "interval", "maxDataPoints", "timeFrom", "timeShift", "hideTimeOverride", "cacheTimeout", "queryCachingTTL")
	spec["data"] = kindOf("QueryGroup", object{"queries": queries, "transformations": changes, "queryOptions": options})
	viz := kindOf("VizConfig", take(p, "options", "fieldConfig"))
	viz["group"], viz["version"] = p["type"], "13.0.0"
	spec["vizConfig"] = viz
	return spec
}

func variableV2(v object) object {
	name, _ := v["type"].(string)
	delete(v, "type")
	if name == "" {
		name = "query"
	}
	spec := v
	for path, names := range choices {
		if number, ok := v[path].(float64); ok {
			spec[path] = names[int(number)]
		}
	}
	if name != "interval" {
		take(spec, "auto", "auto_min", "auto_count")
	}
	for name, value := range map[string]any{"hide": "dontHide", "skipUrlSync": false, "multi": false, "includeAll": false, "allowCustomValue": true} {
		if spec[name] == nil {
			spec[name] = value
		}
	}
	switch name {
	case "datasource":
		spec["pluginId"] = v["query"]
		delete(spec, "query")
	case "query":
		query, isForm := v["query"].(object)
		if !isForm {
			query = object{"__legacyStringValue": v["query"]}
		}
		spec["query"] = queryV2(v["datasource"], query)
		delete(spec, "datasource")
		if spec["refresh"] == nil {
			spec["refresh"] = "never"
		}
		if spec["sort"] == nil {
			spec["sort"] = "disabled"
		}
	case "textbox":
		name = "text"
	}
	return kindOf(strings.ToUpper(name[:1])+name[1:]+"Variable", spec)
}
