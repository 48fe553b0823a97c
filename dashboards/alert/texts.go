package alert

import (
	"fmt"
	"slices"
	"strings"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// annotations returns the alert's texts, and the links that have an address.
func (a Alert) annotations(e promql.Expr, on shown, routing Routing) map[string]string {
	texts := map[string]string{"summary": who(e) + ": " + a.Summary, "description": a.Description}
	if routing.Runbooks != "" {
		texts["runbook_url"] = routing.Runbooks + "/" + a.Name + ".md"
	}
	if routing.Grafana != "" {
		texts["dashboard_url"] = routing.Grafana + "/d/" + on.uid + choose(e, on.variables)
	}
	return texts
}

// who names the series of the alert by the labels that distinguish them, or by the job.
func who(e promql.Expr) string {
	var names []string
	for _, label := range e.Varying() {
		names = append(names, template(label))
	}
	if len(names) == 0 {
		return template(metric.JobLabel)
	}
	return strings.Join(names, "/")
}

func template(label metric.Label) string { return "{{ $labels." + string(label) + " }}" }

// choose returns the part of a board's address that selects the alert's series in the board's variables.
func choose(e promql.Expr, variables []string) string {
	var chosen []string
	for _, label := range append([]metric.Label{metric.JobLabel}, e.Varying()...) {
		if slices.Contains(variables, string(label)) {
			chosen = append(chosen, fmt.Sprintf("var-%s={{ $labels.%s | urlquery }}", label, label))
		}
	}
	if len(chosen) == 0 {
		return ""
	}
	return "?" + strings.Join(chosen, "&")
}
