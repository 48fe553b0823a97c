package rules

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// ErrForeign is among the errors of Parse where rules are not for Prometheus, so that nothing here can judge them.
var ErrForeign = errors.New("rules that are not for Prometheus")

// foreignError is an error that is ErrForeign, in its own words.
type foreignError struct{ error }

func (e foreignError) Is(target error) bool { return target == ErrForeign }

// logQL finds a selector without a name with a pipe behind it, which only Loki's queries have.
var logQL = regexp.MustCompile(`(^|[^\w:])\{[^{}]*\}\s*\|`)

// isLogQL reports whether an expression is not PromQL, but for Loki.
func isLogQL(expr string) bool {
	_, err := parseExpr(expr)
	return err != nil && logQL.MatchString(expr)
}

// known are the files that look like rule files to a person, or lie beside them, each with the fields that give it
// away.
var known = []struct {
	what   string
	fields []string
}{
	{"a file of rule tests", []string{"tests"}},
	{"an Alertmanager configuration", []string{"receivers"}},
	{"an Alertmanager configuration", []string{"route"}},
	{"a Prometheus configuration: name the files that its rule_files names", []string{"rule_files"}},
	{"a Prometheus configuration", []string{"scrape_configs"}},
	{"a Grafana dashboard", []string{"panels"}},
	{"a Grafana dashboard", []string{"schemaVersion"}},
	{"a Grafana dashboard", []string{"dashboard"}},
	{"a Grafana dashboard", []string{"elements", "layout"}},
	{"Grafana's data sources", []string{"datasources"}},
	{"Grafana's dashboard providers", []string{"providers"}},
	{"Grafana's contact points", []string{"contactPoints"}},
	{"Grafana's notification policies", []string{"policies"}},
	{"Grafana's mute timings", []string{"muteTimes"}},
	{"SLOs of Sloth: generate their rules first", []string{"slos"}},
	{"values of a Helm chart: render the chart first", []string{"additionalPrometheusRulesMap"}},
	{"values of a Helm chart: render the chart first", []string{"additionalPrometheusRules"}},
	{"values of a Helm chart: render the chart first", []string{"serverFiles"}},
	{"values of a Helm chart: render the chart first", []string{"prometheus", "grafana"}},
	{"an answer of Prometheus's API", []string{"status", "data"}},
	{"a Compose file", []string{"services"}},
	{"one group: put it under groups, in a list", []string{"name", "rules"}},
	{"a list of rules: put them under groups, with a name", []string{"rules"}},
	{"one rule: put it under groups, in the rules of a group with a name", []string{"expr"}},
}

// foreign says what a document is that has no rule groups of Prometheus, and nothing for one that has some, and for
// one that cannot be told.
func foreign(node *yaml.Node) string {
	if node.Kind == yaml.SequenceNode {
		return "a list: a rule file has it under groups"
	}
	if node.Kind != yaml.MappingNode {
		return "plain text"
	}
	if kind := word(node, "kind"); kind != "" {
		return foreignResource(node, kind)
	}
	if field(node, "groups") != nil {
		if isManaged(node) {
			return "Grafana-managed alert rules, which Grafana evaluates itself"
		}
		return ""
	}
	for _, one := range known {
		if !slices.ContainsFunc(one.fields, func(name string) bool { return field(node, name) == nil }) {
			return one.what
		}
	}
	if isByNamespace(node) {
		return "a ruler's groups by namespace: put the list of each under groups, in a file of its own"
	}
	return ""
}

// isByNamespace reports whether each field has a list of groups, as in the answers of the rulers of Mimir and Cortex.
func isByNamespace(node *yaml.Node) bool {
	isSo := false
	for _, value := range fields(node) {
		isSo = slices.ContainsFunc(items(value), func(group *yaml.Node) bool { return field(group, "rules") != nil })
		if !isSo {
			return false
		}
	}
	return isSo
}

func foreignResource(node *yaml.Node, kind string) string {
	switch {
	case strings.HasPrefix(word(node, "apiVersion"), "loki."):
		return "rules of Loki, whose queries are LogQL"
	case strings.HasSuffix(kind, "Rule"), strings.HasSuffix(kind, "Rules"):
		if spec := field(node, "spec"); field(spec, "groups") != nil || kind == "PrometheusRule" {
			return ""
		}
	case strings.HasSuffix(kind, "Dashboard"):
		return "a Grafana dashboard"
	}
	return "a Kubernetes resource of the kind " + kind
}

// isManaged reports whether the groups are those of Grafana's own alerting: its rules have conditions over data.
func isManaged(node *yaml.Node) bool {
	if word(node, "apiVersion") == "1" {
		return true
	}
	for _, group := range items(field(node, "groups")) {
		for _, rule := range items(field(group, "rules")) {
			if field(rule, "condition") != nil && field(rule, "data") != nil || field(rule, "grafana_alert") != nil {
				return true
			}
		}
	}
	return false
}
