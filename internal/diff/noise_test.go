package diff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ours returns the boards of the repository, by file name, and those written in the manner of public ones.
func ours(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, pattern := range []string{"../../provisioning/grafana/dashboards/*.json", "testdata/boards/*.json"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all[filepath.Base(path)] = data
		}
	}
	for seed := range uint64(20) {
		all[fmt.Sprintf("public %d", seed)] = public(t, seed)
	}
	if len(all) < 28 {
		t.Fatal("no boards", len(all))
	}
	return all
}

// compareBoards compares two versions of a board.
func compareBoards(old, new []byte) *Result {
	return Compare([]File{{Path: "board.json", Data: old}}, []File{{Path: "board.json", Data: new}})
}

// told writes every change on a line: its level, its place, its sentence.
func told(r *Result) string {
	out := &strings.Builder{}
	for _, s := range r.Sections {
		for _, c := range s.Changes {
			about := c.about()
			if about == "" {
				about = "the " + s.Kind
			}
			fmt.Fprintf(out, "%s: %s: %s\n", c.Level, about, c.Text)
		}
	}
	for _, e := range r.Errors {
		fmt.Fprintf(out, "error: %s: %s\n", e.File, e.Text)
	}
	return out.String()
}

// TestNoise: what no viewer can see is no change, in any board.
func TestNoise(t *testing.T) {
	for _, noise := range []struct {
		name string
		make func(t testing.TB, data []byte) []byte
	}{
		{"the same", func(_ testing.TB, data []byte) []byte { return append(data, '\n') }},
		{"keys sorted, no indentation", func(t testing.TB, data []byte) []byte { return encode(t, decode(t, data)) }},
		{"other indentation", func(t testing.TB, data []byte) []byte {
			var out bytes.Buffer
			if err := json.Indent(&out, data, "\t", "       "); err != nil {
				t.Fatal(err)
			}
			return out.Bytes()
		}},
		{"saved once more", savedAgain},
		{"defaults spelt out", spelt},
		{"exported for others", exported},
		{"in the API's envelope", func(t testing.TB, data []byte) []byte {
			meta := object{"slug": "x", "version": 3, "created": "2026-01-01", "folderUid": "go-service", "folderTitle": "Go service"}
			return encode(t, object{"dashboard": decode(t, data), "meta": meta})
		}},
		{"as a resource from a server", asServed},
		{"v2", toV2},
	} {
		for name, data := range ours(t) {
			if noise.name == "v2" && decode(t, data)["rows"] != nil {
				continue // Grafana brings it up to date before
			}
			for _, r := range []*Result{compareBoards(data, noise.make(t, data)), compareBoards(noise.make(t, data), data)} {
				if got := told(r); got != "" {
					t.Errorf("%s, %s:\n%s", noise.name, name, got)
				}
			}
		}
	}
}

// savedAgain gives a board what a server gives.
func savedAgain(t testing.TB, data []byte) []byte {
	b := decode(t, data)
	b["id"], b["version"], b["iteration"], b["gnetId"] = 812, 44, 1700000000000, nil
	for _, v := range listOf(b, "templating") {
		if current, ok := v["current"].(object); ok {
			current["selected"] = true
		}
	}
	return encode(t, b)
}

// spelt gives a board its defaults, and empty things.
func spelt(t testing.TB, data []byte) []byte {
	b := decode(t, data)
	set := func(o object, name string, value any) {
		if _, ok := o[name]; !ok {
			o[name] = value
		}
	}
	for name, value := range (object{"editable": true, "liveNow": false, "preload": false, "graphTooltip": 0, "fiscalYearStartMonth": 0,
		"links": list{}, "tags": list{}, "weekStart": "", "timepicker": object{}}) {
		set(b, name, value)
	}
	hasBuiltIn := false
	for _, a := range listOf(b, "annotations") {
		set(a, "enable", true)
		hasBuiltIn = hasBuiltIn || a["builtIn"] == 1.0
	}
	if !hasBuiltIn {
		all := list{object{"builtIn": 1, "name": "Annotations & Alerts", "enable": true, "hide": true, "type": "dashboard",
			"iconColor": "rgba(0, 211, 255, 1)", "datasource": object{"type": "grafana", "uid": "-- Grafana --"}}}
		for _, a := range listOf(b, "annotations") {
			all = append(all, a)
		}
		b["annotations"] = object{"list": all}
	}
	for _, v := range listOf(b, "templating") {
		for name, value := range (object{"multi": false, "includeAll": false, "skipUrlSync": false, "hide": 0, "regex": "", "options": list{}}) {
			set(v, name, value)
		}
	}
	eachPanel(b, func(p object) {
		for name, value := range (object{"transparent": false, "description": "", "links": list{}, "transformations": list{}, "pluginVersion": "13.1.0"}) {
			set(p, name, value)
		}
		targets, _ := p["targets"].(list)
		for _, target := range targets {
			for name, value := range (object{"hide": false, "format": "time_series", "instant": false, "legendFormat": "",
				"editorMode": "code", "useBackend": false, "disableTextWrap": false, "fullMetaSearch": false, "includeNullMetadata": true}) {
				set(target.(object), name, value)
			}
		}
		spellOptions(p)
	})
	return encode(t, b)
}

// spellOptions gives a panel the options that Grafana 13 writes when somebody saves the board.
func spellOptions(p object) {
	below := func(o object, name string) object {
		inner, ok := o[name].(object)
		if !ok {
			inner = object{}
			o[name] = inner
		}
		return inner
	}
	fill := func(o object, values object) {
		for name, value := range values {
			if _, ok := o[name]; !ok {
				o[name] = value
			}
		}
	}
	defaults := below(below(p, "fieldConfig"), "defaults")
	switch p["type"] {
	case "timeseries":
		fill(below(defaults, "custom"), object{"axisBorderShow": false, "axisCenteredZero": false, "axisColorMode": "text", "axisLabel": "",
			"axisPlacement": "auto", "barAlignment": 0, "barWidthFactor": 0.6, "drawStyle": "line", "fillOpacity": 0, "gradientMode": "none",
			"insertNulls": false, "lineInterpolation": "linear", "lineWidth": 1, "pointSize": 5, "showPoints": "auto", "showValues": false,
			"spanNulls": false})
		for name, mode := range (object{"stacking": "none", "thresholdsStyle": "off"}) {
			fill(below(below(defaults, "custom"), name), object{"mode": mode})
		}
		fill(below(below(p, "options"), "legend"), object{"calcs": list{}, "displayMode": "list", "placement": "bottom", "showLegend": true})
		fill(below(below(p, "options"), "tooltip"), object{"hideZeros": false, "mode": "single", "sort": "none"})
	case "stat":
		fill(below(p, "options"), object{"colorMode": "value", "graphMode": "area", "justifyMode": "auto", "orientation": "auto",
			"percentChangeColorMode": "standard", "showPercentChange": false, "textMode": "auto", "wideLayout": true})
	case "table":
		fill(below(p, "options"), object{"cellHeight": "sm", "showHeader": true})
	default:
		return
	}
	fill(below(defaults, "thresholds"), object{"mode": "absolute", "steps": list{object{"color": "green", "value": 0}, object{"color": "red", "value": 80}}})
}

func eachPanel(b object, do func(object)) {
	var visit func(list)
	visit = func(panels list) {
		for _, p := range panels {
			p := p.(object)
			if p["type"] != "row" {
				do(p)
			}
			inner, _ := p["panels"].(list)
			visit(inner)
		}
	}
	panels, _ := b["panels"].(list)
	visit(panels)
	rows, _ := b["rows"].(list)
	for _, row := range rows {
		inner, _ := row.(object)["panels"].(list)
		visit(inner)
	}
}

// asServed writes a board as a server hands it out.
func asServed(t testing.TB, data []byte) []byte {
	b := decode(t, data)
	uid := b["uid"]
	delete(b, "uid")
	return encode(t, object{"apiVersion": "dashboard.grafana.app/v0alpha1", "kind": "Dashboard", "spec": b,
		"status": object{"conversion": object{"failed": false}},
		"metadata": object{
			"name": uid, "namespace": "org-2", "uid": "Cc7fA5", "resourceVersion": "17587", "generation": 3,
			"creationTimestamp": "2026-11-01T10:00:00Z",
			"labels":            object{"grafana.app/deprecatedInternalID": "11"},
			"annotations":       object{"grafana.app/folder": "go-service", "grafana.app/createdBy": "user:1", "grafana.app/managedBy": "classic-file-provisioning"},
		}})
}

// exported writes a board as Grafana exports it for others: data sources are asked for, choices forgotten.
func exported(t testing.TB, data []byte) []byte {
	b := decode(t, data)
	names := map[string]string{}
	var replace func(v any)
	replace = func(v any) {
		switch v := v.(type) {
		case list:
			for _, element := range v {
				replace(element)
			}
		case object:
			if source, ok := v["datasource"].(object); ok {
				uid, _ := source["uid"].(string)
				kind, _ := source["type"].(string)
				if uid != "" && kind != "" && !strings.HasPrefix(uid, "$") && !strings.HasPrefix(uid, "-- ") {
					names[uid] = "DS_" + strings.ToUpper(uid)
					source["uid"] = "${" + names[uid] + "}"
				}
			}
			for _, member := range v {
				replace(member)
			}
		}
	}
	replace(b)
	inputs := list{object{"name": "VAR_X", "type": "constant", "value": "x", "label": "x"}}
	for uid, name := range names {
		inputs = append(inputs, object{"name": name, "type": "datasource", "label": uid, "pluginId": "prometheus"})
	}
	for _, v := range listOf(b, "templating") {
		if v["type"] == "query" || v["type"] == "datasource" {
			v["current"] = object{}
			v["options"] = list{}
		}
	}
	b["__inputs"], b["__elements"], b["id"] = inputs, object{}, nil
	b["__requires"] = list{object{"type": "grafana", "id": "grafana", "name": "Grafana", "version": "13.0.0"}}
	return encode(t, b)
}
