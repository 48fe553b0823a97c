package verify

import (
	"fmt"
	"slices"
	"strings"
)

// trials make the trial of each thing, by its kind and name.
var trials = map[string]func(name string) (trial, bool){
	"panel types":                   panelTrial,
	"variables":                     variableTrial,
	"variable formats":              formatTrial,
	"global variables":              globalTrial,
	"transformations":               transformationTrial,
	"matchers of overrides":         matcherTrial,
	"query options":                 optionTrial,
	"options of a Prometheus query": targetTrial,
	"conditional rendering":         conditionTrial,
}

// onePanel is a board with a panel that has these members.
func onePanel(members string) string {
	return `{"title": "Shop", "uid": "shop", "panels": [{"title": "Orders", ` + members + `}]}`
}

func oneQuery(expr string) string {
	return onePanel(fmt.Sprintf(`"type": "timeseries", "targets": [{"expr": %q}]`, expr))
}

// panelTrial: the query of every type that runs one is judged; a mistake in the unit is for those that have one for all
// their values.
func panelTrial(name string) (trial, bool) {
	with := func(expr, unit string) string {
		return onePanel(fmt.Sprintf(`"type": %q, "targets": [{"expr": %q}], "fieldConfig": {"defaults": {"unit": %q}}`, name, expr, unit))
	}
	tr := trial{living: with("shop_open_seconds", "s"), mistake: with("shop_open_seconds", "bytes"),
		effect: with("shop_gone", ""), kind: wrongUnit}
	if slices.Contains(queryless, name) {
		tr.living = with("shop_gone", "bytes")
	}
	return tr, true
}

// variableTrial: what a variable stands for is what the query asks for.
func variableTrial(name string) (trial, bool) {
	with := func(members, query string) string {
		return fmt.Sprintf(`{"templating": {"list": [{"name": "x", "type": %q, %s}]}, "panels": [{"title": "P", "targets": [{"expr": %q}]}]}`,
			name, members, query)
	}
	text := func(format string) trial {
		return trial{living: with(fmt.Sprintf(format, "shop_orders_total"), "$x"), effect: with(fmt.Sprintf(format, "shop_gone"), "$x")}
	}
	switch name {
	case "query":
		return trial{living: with(`"query": "label_values(shop_orders_total, code)"`, `shop_orders_total{code="$x"}`),
			mistake: with(`"query": "label_values(shop_gone, code)"`, `shop_orders_total{code="$x"}`), kind: variable}, true
	case "custom", "constant", "textbox":
		return text(`"query": "%s"`), true
	case "interval":
		return trial{living: with(`"query": "1m,5m"`, "rate(shop_orders_total[$x])"), effect: with(`"query": "fast"`, "rate(shop_orders_total[$x])")}, true
	case "datasource":
		ask := func(kind string) string {
			return fmt.Sprintf(`{"templating": {"list": [{"name": "x", "type": "datasource", "query": %q}]}, "panels": [{"title": "P",
				"datasource": {"uid": "$x"}, "targets": [{"expr": "shop_gone"}]}]}`, kind)
		}
		return trial{living: ask("loki"), effect: ask("prometheus")}, true
	case "switch", "snapshot", "system":
		return text(`"current": {"value": "%s"}`), true
	case "adhoc", "groupby":
		return trial{living: with(`"filters": [{"key": "code", "operator": "=", "value": "404"}]`, "shop_orders_total"), names: "variable x"}, true
	}
	return trial{}, false
}

// formatTrial: the variable is the name of a metric, so a format that wrote something else would find nothing.
func formatTrial(name string) (trial, bool) {
	with := func(format string) trial {
		board := func(value string) string {
			return fmt.Sprintf(`{"templating": {"list": [{"name": "x", "type": "custom", "query": %q}]}, "panels": [{"title": "P",
				"targets": [{"expr": %q}]}]}`, value, strings.ReplaceAll(format, "VALUE", value))
		}
		return trial{living: board("shop_orders_total"), effect: board("shop_gone")}
	}
	switch name {
	case "date":
		return with("VALUE * (${__from:date:seconds} > bool 1000000000)"), true
	case "doublequote", "singlequote", "sqlstring":
		return with("{__name__=${x:" + name + "}}"), true
	case "queryparam":
		return with(`label_replace(VALUE, "a", "${x:queryparam}", "", "") and on (a) label_replace(VALUE, "a", "var-x=VALUE", "", "")`), true
	case "customqueryparam":
		return with(`label_replace(VALUE, "a", "${x:customqueryparam}", "", "") and on (a) label_replace(VALUE, "a", "x=VALUE", "", "")`), true
	}
	return with("${x:" + name + "}"), true
}

// globalTrial: what Grafana alone knows is not judged, even in a query that is dead.
func globalTrial(name string) (trial, bool) {
	numbers := []string{"__interval_ms", "__rate_interval_ms", "__range_s", "__range_ms", "__from", "__to"}
	with := func(metric string) string {
		switch {
		case slices.Contains(numbers, name):
			return fmt.Sprintf("%s * ($%s > bool 9)", metric, name)
		case strings.HasSuffix(name, "_interval") || name == "__range":
			return fmt.Sprintf("last_over_time(%s[$%s])", metric, name)
		case name == "__dashboard":
			return fmt.Sprintf(`label_replace(%s, "a", "$%s", "", "") and on (a) label_replace(%s, "a", "Shop", "", "")`, metric, name, metric)
		}
		return fmt.Sprintf(`%s{code!="$%s"}`, metric, name)
	}
	living := with("shop_orders_total")
	if strings.HasSuffix(living, `"}`) {
		living = with("shop_gone")
	}
	return trial{living: oneQuery(living), effect: oneQuery(with("shop_gone"))}, true
}

// matcherTrial: each living override finds a field, each mistake finds none.
func matcherTrial(name string) (trial, bool) {
	options, ok := map[string][2]string{
		"numeric": {"null", "null"}, "time": {"null", "null"}, "first": {"null", "null"}, "firstTimeField": {"null", "null"},
		"byType": {`"number"`, `"boolean"`}, "byTypes": {`["number", "enum"]`, `["boolean"]`},
		"byName": {`"200"`, `"404"`}, "byNames": {`{"names": ["200"]}`, `{"names": ["404"]}`}, "byRegexp": {`"/^5/"`, `"/^4/"`},
		"byRegexpOrNames": {`{"pattern": "/^5/"}`, `{"pattern": "/^4/", "names": ["404"]}`}, "byFrameRefID": {`"A"`, `"C"`},
		"byValue": {`{"reducer": "max", "op": "gte", "value": 1}`, `{"reducer": "max", "op": "gte", "value": -1}`},
	}[name]
	only := map[string]string{ // so that the fields without an option have one that they do not find
		"numeric": `{"include": {"id": "byName", "options": "Time"}}`, "time": `{"include": {"id": "byType", "options": "number"}}`,
		"firstTimeField": `{"include": {"id": "byType", "options": "number"}}`, "first": `{"exclude": {"id": "byTypes", "options": ["time", "number"]}}`,
	}
	with := func(options, filter string) string {
		change := ""
		if filter != "" {
			change = `{"id": "filterFields", "options": ` + filter + `}`
		}
		return onePanel(fmt.Sprintf(`"targets": [{"refId": "A", "expr": "shop_orders_total{code=\"200\"}", "legendFormat": "200"}, {"refId": "B", "expr": "shop_orders_total{code=\"500\"}", "legendFormat": "500"}], "transformations": [%s],
			"fieldConfig": {"overrides": [{"matcher": {"id": %q, "options": %s}, "properties": [{"id": "unit", "value": "short"}]}]}`, change, name, options))
	}
	return trial{living: with(options[0], ""), mistake: with(options[1], only[name]), kind: override}, ok
}

// optionTrial: with a step of at least a minute the rate has values; without, the window holds one sample.
func optionTrial(name string) (trial, bool) {
	const rate = `"targets": [{"expr": "rate(shop_orders_total[$__interval])"}]`
	const plain = `"targets": [{"expr": "shop_orders_total"}]`
	read := func(value, other string) (trial, bool) {
		return trial{living: onePanel(fmt.Sprintf(`%q: %s, %s`, name, value, rate)), effect: onePanel(fmt.Sprintf(`%q: %s, %s`, name, other, rate))}, true
	}
	switch name {
	case "interval":
		return read(`"1m"`, `"10s"`)
	case "maxDataPoints":
		return read("5", "500")
	case "timeFrom":
		return read(`"2d"`, `"5m"`)
	}
	value := map[string]string{"timeShift": `"1d"`, "timeCompare": `"1d"`, "hideTimeOverride": "true", "cacheTimeout": `"60"`, "queryCachingTTL": "60000"}[name]
	return trial{living: onePanel(fmt.Sprintf(`%q: %s, %s`, name, value, plain))}, value != ""
}

func targetTrial(name string) (trial, bool) {
	with := func(expr, members, override string) string {
		return onePanel(fmt.Sprintf(`"targets": [{"refId": "A", "expr": %q, %s}], "fieldConfig": {"overrides": [%s]}`, expr, members, override))
	}
	const code = `{"matcher": {"id": "byName", "options": "code"}, "properties": []}`
	const rate = "rate(shop_orders_total[$__interval])"
	switch name {
	case "format":
		return trial{living: with("shop_orders_total", `"format": "table"`, code), effect: with("shop_orders_total", `"format": "time_series", "legendFormat": "x"`, code)}, true
	case "instant", "range":
		return trial{living: with("shop_orders_total[1m]", `"instant": true`, ""), effect: with("shop_orders_total[1m]", `"instant": true, "range": true`, "")}, true
	case "exemplar":
		return trial{living: with("shop_orders_total", `"exemplar": true`, "")}, true
	case "legendFormat":
		return trial{living: with("shop_orders_total", `"legendFormat": "{{code}}"`, ""), mistake: with("shop_orders_total", `"legendFormat": "{{room}}"`, ""), kind: legend}, true
	case "intervalFactor":
		return trial{living: with(rate, `"intervalFactor": 6`, ""), effect: with(rate, `"intervalFactor": 1`, "")}, true
	case "hide":
		return trial{living: with("shop_gone", `"hide": true`, ""), effect: with("shop_gone", `"hide": false`, "")}, true
	}
	return trial{}, false
}

// conditionTrial: a panel without series is not dead while its condition may hide it.
func conditionTrial(name string) (trial, bool) {
	return trial{names: "shown only under a condition", living: fmt.Sprintf(`{"apiVersion": "dashboard.grafana.app/v2", "kind": "Dashboard", "spec": {
		"elements": {"p": {"kind": "Panel", "spec": {"title": "P", "data": {"spec": {"queries": [{"kind": "PanelQuery", "spec": {
			"query": {"kind": "DataQuery", "group": "prometheus", "spec": {"expr": "shop_gone"}}}}]}}}}},
		"layout": {"kind": "AutoGridLayout", "spec": {"items": [{"spec": {"element": {"name": "p"}, "conditionalRendering": {
			"spec": {"visibility": "show", "condition": "and", "items": [{"kind": %q, "spec": {}}]}}}}]}}}}`, name)}, true
}
