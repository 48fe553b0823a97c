package grafana

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// skip is why a query is not one for Prometheus, or empty. The data source of a query counts before that of its panel.
// Where neither says of what type it is, a query with an expr is taken for PromQL.
func (r reader) skip(target, panel node, expr string) string {
	kind := r.kind(target.at("datasource"))
	if kind == "" {
		kind = r.kind(panel.at("datasource"))
	}
	switch {
	case strings.Contains(kind, "prometheus"), kind == "" && expr != "":
		if strings.TrimSpace(expr) == "" {
			return "it is empty"
		}
		return ""
	case kind == "":
		return "its data source is not known"
	case kind == expressions:
		return "Grafana computes it from other queries"
	}
	return fmt.Sprintf("its data source is %s, not Prometheus", kind)
}

// expressions is the pseudo data source of what Grafana's server computes.
const expressions = "__expr__"

// mark finds out which queries Grafana's own expressions are computed from: $A + $B, or A alone, or, in classic
// conditions, a parameter.
func (r reader) mark(targets []Target, panel node) {
	for _, n := range panel.at("targets").list() {
		if r.kind(n.at("datasource")) != expressions {
			continue
		}
		text := n.at("expression").text()
		for _, condition := range n.at("conditions").list() {
			text += " ${" + strings.Join(condition.at("query", "params").texts(), "} ${") + "}"
		}
		words := refWord.FindAllString(text, -1)
		for i, t := range targets {
			if slices.Contains(words, t.RefID) || strings.Contains(text, "${"+t.RefID+"}") {
				targets[i].Needed = true
			}
		}
	}
}

var refWord = regexp.MustCompile(`\w+`)

// kind is the type of a data source as far as the file tells it: prometheus, loki; empty where it does not. A data
// source is an object with type and uid, or a name, in old boards; both can be a variable.
func (r reader) kind(n node) string {
	if n.object() != nil {
		kind, uid := n.at("type").text(), n.at("uid").text()
		if kind != "" && kind != "datasource" {
			return kind
		}
		return r.named(uid)
	}
	return r.named(n.text())
}

var sourceVariable = regexp.MustCompile(`^(?:\$(\w+)|\$\{(\w+)[^}]*\}|\[\[(\w+)\]\])$`)

// otherSources are words in names by which data sources other than Prometheus are recognised, where nothing else tells.
var otherSources = []string{"loki", "tempo", "influx", "elastic", "graphite", "cloudwatch", "postgres", "mysql"}

func (r reader) named(name string) string {
	switch name {
	case "-- Mixed --", "default", "":
		return ""
	case "-- Grafana --", "grafana":
		return "grafana"
	case "-- Dashboard --":
		return "another panel"
	case expressions:
		return expressions
	}
	if m := sourceVariable.FindStringSubmatch(name); m != nil {
		return r.sources[m[1]+m[2]+m[3]]
	}
	for _, other := range otherSources {
		if strings.Contains(strings.ToLower(name), other) {
			return other
		}
	}
	return ""
}
