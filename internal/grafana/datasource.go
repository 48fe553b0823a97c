package grafana

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// skip returns why a query is not for Prometheus, or an empty text. The query's data source counts before the
// panel's. Where neither has a type, a query with an expr is taken for PromQL.
func (r reader) skip(target, panel Node, expr string) string {
	kind := r.kind(target.At("datasource"))
	if kind == "" {
		kind = r.kind(panel.At("datasource"))
	}
	switch {
	case strings.Contains(kind, "prometheus"), kind == "" && expr != "":
		if strings.TrimSpace(expr) == "" {
			return "it is empty"
		}
		return ""
	case kind == "":
		return "its data source is unknown"
	case kind == expressions:
		return "Grafana computes it from other queries"
	}
	return fmt.Sprintf("its data source is %s, not Prometheus", kind)
}

// expressions is the pseudo data source for what Grafana's server computes.
const expressions = "__expr__"

// mark finds the queries that Grafana's own expressions use: $A + $B, or A alone, or a parameter in classic
// conditions.
func (r reader) mark(targets []Target, panel Node) {
	for _, n := range panel.At("targets").List() {
		if r.kind(n.At("datasource")) != expressions {
			continue
		}
		text := n.At("expression").Text()
		for _, condition := range n.At("conditions").List() {
			text += " ${" + strings.Join(condition.At("query", "params").Texts(), "} ${") + "}"
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

// kind returns the type of a data source, such as prometheus or loki; empty where the file does not give it. A data
// source is an object with type and uid or, in old boards, a name. Both can be a variable.
func (r reader) kind(n Node) string {
	if n.Object() != nil {
		kind, uid := n.At("type").Text(), n.At("uid").Text()
		if kind != "" && kind != "datasource" {
			return kind
		}
		return r.named(uid)
	}
	return r.named(n.Text())
}

var sourceVariable = regexp.MustCompile(`^(?:\$(\w+)|\$\{(\w+)[^}]*\}|\[\[(\w+)\]\])$`)

// otherSources are words in names that identify other data sources than Prometheus, where the type is missing.
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
