package diff

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// public returns a board in the manner of public ones: open and collapsed rows or the rows of old schemas, repeats,
// library panels, data sources by name, several queries, overrides, transformations, links, variables of all kinds.
func public(t testing.TB, seed uint64) []byte {
	g := &generator{rand.New(rand.NewPCG(seed, 7)), 0}
	b := object{
		"uid": fmt.Sprintf("public-%d", seed), "title": g.pick("Node Exporter", "Kubernetes / Compute", "Loki & friends", "Π-метрики"),
		"schemaVersion": 16 + g.IntN(26), "version": g.IntN(90), "id": nil, "iteration": 1600000000, "style": "dark",
		"tags": list{"linux", g.pick("node", "k8s")}, "timezone": g.pick("browser", "utc", ""), "refresh": g.pick("", "30s", "1m"),
		"time": object{"from": g.pick("now-6h", "now-24h"), "to": "now"}, "timepicker": object{"refresh_intervals": list{"10s", "1m"}},
		"links":      list{object{"title": "Docs", "type": "link", "url": "https://example.test/a?b=c", "icon": "doc", "targetBlank": true}},
		"templating": object{"list": g.variables()},
		"annotations": object{"list": list{
			object{"builtIn": 1, "name": "Annotations & Alerts", "enable": true, "hide": true, "type": "dashboard",
				"iconColor": "rgba(0, 211, 255, 1)", "datasource": object{"type": "grafana", "uid": "-- Grafana --"}},
			object{"name": "Deploys", "enable": g.chance(), "expr": "changes(build_info[5m]) > 0", "iconColor": "red",
				"datasource": object{"type": "prometheus", "uid": "main"}, "titleFormat": "{{version}}"},
		}},
	}
	if g.IntN(4) == 0 {
		b["schemaVersion"] = 14
		b["rows"] = list{
			object{"title": "First", "height": "250px", "panels": list{g.panel(), g.panel()}, "showTitle": true},
			object{"title": "Second", "collapse": true, "repeat": "node", "panels": list{g.panel()}},
		}
		return encode(t, b)
	}
	b["panels"] = g.rows()
	return encode(t, b)
}

type generator struct {
	*rand.Rand
	last int // panel id
}

func (g *generator) pick(texts ...string) string { return texts[g.IntN(len(texts))] }
func (g *generator) chance() bool                { return g.IntN(2) == 0 }

func (g *generator) rows() list {
	var panels list
	y := 0.0
	line := func() list {
		var all list
		for x := 0; x < 24; x += 8 {
			p := g.panel()
			p["gridPos"] = object{"x": float64(x), "y": y, "w": 8.0, "h": 7.0}
			all = append(all, p)
		}
		y += 7
		return all
	}
	if g.chance() {
		panels = line()
	}
	for i := range g.IntN(4) {
		row := object{"type": "row", "title": fmt.Sprintf("Row %d", i), "id": float64(g.id()), "collapsed": g.chance(), "panels": list{},
			"gridPos": object{"x": 0.0, "y": y, "w": 24.0, "h": 1.0}}
		y++
		if g.IntN(3) == 0 {
			row["repeat"] = "node"
		}
		panels = append(panels, row)
		if row["collapsed"] == true {
			row["panels"] = line()
		} else {
			panels = append(panels, line()...)
		}
	}
	if panels == nil {
		panels = line()
	}
	return panels
}

func (g *generator) id() int {
	g.last++
	return g.last
}

func (g *generator) panel() object {
	id := g.id()
	p := object{
		"id": float64(id), "title": fmt.Sprintf("%s %d", g.pick("CPU", "Memory", "Disk", "Network"), id), "type": g.pick("timeseries", "stat", "graph", "table"),
		"datasource": object{"type": "prometheus", "uid": "main"}, "description": g.pick("", "What it shows"),
		"options": object{"legend": object{"showLegend": g.chance(), "placement": "bottom", "calcs": list{"max", "last"}},
			"sortBy": list{object{"displayName": "a", "desc": true}}},
		"pluginVersion": "10.4.1",
	}
	if g.IntN(8) == 0 {
		return object{"id": float64(id), "title": p["title"], "libraryPanel": object{"uid": "lib", "name": "Shared"}}
	}
	if g.IntN(5) == 0 {
		p["repeat"], p["repeatDirection"], p["maxPerRow"] = "node", g.pick("h", "v"), 4.0
	}
	var targets list
	for _, ref := range []string{"A", "B", "C"}[:1+g.IntN(3)] {
		target := object{"refId": ref, "expr": fmt.Sprintf(`sum by (mode) (rate(cpu_%d{instance=~"$node"}[5m]))`, id), "legendFormat": "{{mode}}"}
		if g.chance() {
			target["datasource"] = p["datasource"]
		}
		if g.IntN(3) == 0 {
			target["instant"], target["range"], target["format"] = true, false, "table"
		}
		targets = append(targets, target)
	}
	p["targets"] = targets
	p["fieldConfig"] = object{
		"defaults": object{"unit": g.pick("bytes", "s", "percentunit"), "min": 0.0, "decimals": 2.0, "custom": object{"lineWidth": 2.0, "drawStyle": "line"},
			"thresholds": object{"mode": "absolute", "steps": list{object{"color": "green", "value": nil}, object{"color": "red", "value": 80.0}}},
			"mappings":   list{object{"type": "value", "options": object{"0": object{"text": "down", "color": "red", "index": 0.0}}}}},
		"overrides": list{object{"matcher": object{"id": "byName", "options": "idle"}, "properties": list{
			object{"id": "unit", "value": "short"}, object{"id": "color", "value": object{"mode": "fixed", "fixedColor": "blue"}}}}},
	}
	if p["type"] == "table" {
		p["transformations"] = list{object{"id": "merge", "options": object{}},
			object{"id": "organize", "options": object{"renameByName": object{"Value #A": "Used"}, "excludeByName": object{"Time": true}}}}
	}
	return p
}

func (g *generator) variables() list {
	return list{
		object{"type": "datasource", "name": "ds", "query": "prometheus", "current": object{"text": "Main", "value": "main"}, "regex": "/m.*/"},
		object{"type": "query", "name": "node", "label": "Node", "datasource": object{"type": "prometheus", "uid": "main"}, "definition": "label_values(up, instance)",
			"query": object{"query": "label_values(up, instance)", "refId": "StandardVariableQuery"}, "refresh": 1.0, "sort": 1.0, "multi": g.chance(),
			"includeAll": true, "current": object{"selected": false, "text": list{"All"}, "value": list{"$__all"}}},
		object{"type": "custom", "name": "lane", "query": "a,b", "options": list{object{"text": "a", "value": "a", "selected": true},
			object{"text": "b", "value": "b", "selected": false}}, "current": object{"text": "a", "value": "a"}},
		object{"type": "interval", "name": "step", "query": "1m,5m", "auto": true, "auto_min": "10s", "auto_count": 30.0, "refresh": 2.0,
			"current": object{"text": "5m", "value": "5m"}},
		object{"type": "constant", "name": "fixed", "query": "x", "hide": 2.0},
		object{"type": "textbox", "name": "free", "query": ""},
	}
}
