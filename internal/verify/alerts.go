package verify

import (
	"fmt"
	"slices"
	"strings"

	"gaugewright/internal/query"
)

// neverAlert returns why a selector never finds an alert, whatever happens; else an empty text. Prometheus itself sets
// alertstate, and only in ALERTS.
func neverAlert(s query.Selector) string {
	for _, m := range s.Matchers {
		passes := passer(m)
		switch {
		case m.Label != "alertstate" || m.Op == "" || strings.Contains(m.Value, "${"):
		case s.Metric == "ALERTS_FOR_STATE" && !passes(""):
			return "ALERTS_FOR_STATE has no label alertstate: use ALERTS"
		case s.Metric == "ALERTS" && !passes("pending") && !passes("firing"):
			return "alertstate is pending or firing"
		}
	}
	return ""
}

// unknownAlert returns a note on a query for an alert that none of the judged rules makes.
func (j *judge) unknownAlert(s query.Selector) string {
	for _, m := range s.Matchers {
		if m.Label == "alertname" && len(j.alerts) > 0 && !slices.ContainsFunc(j.alerts, passer(m)) {
			return fmt.Sprintf("no judged rule has an alert with %s", matcherText(m))
		}
	}
	return ""
}
