package grafana

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Source is a data source as a board names it.
type Source struct {
	Type string // prometheus, loki; empty where the file does not show it
	UID  string // or, in old boards, its name; it may be a variable
}

// source returns the data source of a panel, a query, a variable or an annotation. Its datasource is an object with
// type and uid or, in old boards, a name. In v2 the type is in the query, and the name beside it.
func (r *reader) source(n *Node) Source {
	own, query := n.At("datasource"), n.At("query")
	s := Source{Type: own.At("type").Text(), UID: first(own.At("uid"), own.At("name"), own).Text()}
	if r.v2 && query.IsObject() {
		s.UID = cmp.Or(s.UID, query.At("datasource", "name").Text())
		if kind := query.At("kind").Text(); kind != "DataQuery" {
			s.Type = cmp.Or(s.Type, kind)
		}
		s.Type = cmp.Or(query.At("group").Text(), s.Type)
	}
	if r.v2 {
		s.Type = cmp.Or(s.Type, n.At("group").Text())
	}
	if s.Type == "" || s.Type == "datasource" || s.Type == "mixed" {
		s.Type = r.plugin(s.UID)
	}
	return s
}

// skip returns why a query is not for Prometheus, or an empty text. The query's data source counts before the
// panel's. Where neither has a type, a query with an expr is taken for PromQL, unless it can only be LogQL.
func (r *reader) skip(query, panel Source, expr string) string {
	kind := cmp.Or(query.Type, panel.Type)
	switch {
	case query.Type == "" && (panel.Type == "" || query.UID != "") && isLogQL(expr):
		return "its text is LogQL, for Loki, not Prometheus"
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

// The pseudo data sources: what Grafana's server computes, and a panel whose queries each have their own.
const (
	expressions = "__expr__"
	mixed       = "-- Mixed --"
)

// needed marks the queries that Grafana's own expressions use: $A + $B, or A alone, or a parameter in classic
// conditions.
func needed(targets []Target) {
	for _, expression := range targets {
		if expression.Source.Type != expressions {
			continue
		}
		text := expression.Spec.At("expression").Text()
		for _, condition := range expression.Spec.At("conditions").List() {
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

var sourceVariable = regexp.MustCompile(`^(?:\$(\w+)|\$\{(\w+)[^}]*\}|\[\[(\w+)\]\])$`)

// otherSources are words in names that identify other data sources than Prometheus, where the type is missing.
var otherSources = []string{"loki", "tempo", "influx", "elastic", "graphite", "cloudwatch", "postgres", "mysql"}

// plugin returns the type of a data source by its uid or name; empty where the file does not give it.
func (r *reader) plugin(name string) string {
	switch name {
	case mixed, "default", "":
		return ""
	case "-- Grafana --", "grafana":
		return "grafana"
	case "-- Dashboard --":
		return "another panel"
	case expressions:
		return expressions
	}
	if m := sourceVariable.FindStringSubmatch(name); m != nil {
		return r.plugins[m[1]+m[2]+m[3]]
	}
	if kind := r.plugins[name]; kind != "" {
		return kind
	}
	for _, other := range otherSources {
		if strings.Contains(strings.ToLower(name), other) {
			return other
		}
	}
	return ""
}

// learn takes the types of data sources from everything in the board that gives one with its uid, or that asks one in
// LogQL. A uid without a type elsewhere is then known.
func (r *reader) learn(n *Node, above string) {
	source := r.source(n)
	uid := cmp.Or(source.UID, above)
	isFixed := uid != "" && uid != mixed && uid != "default" && !sourceVariable.MatchString(uid)
	switch {
	case !isFixed || r.plugins[uid] != "":
	case source.UID != "" && source.Type != "":
		r.plugins[uid] = source.Type
	case source.Type == "" && isLogQL(n.At("expr").Text()):
		r.plugins[uid] = "loki"
	}
	for child := range n.children {
		if child.kind == Object || child.kind == List {
			r.learn(child, uid)
		}
	}
}

var (
	quotedText = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`")
	logOnly    = regexp.MustCompile(`\||\}\s*!~|\}\s*!=\s*""|\b(?:bytes_rate|bytes_over_time|rate_counter)\s*(?:\(|by\b)`)
)

// isLogQL reports whether a query has what only LogQL has: pipes, line filters, functions over bytes.
func isLogQL(expr string) bool {
	return logOnly.MatchString(quotedText.ReplaceAllString(expr, `""`))
}
