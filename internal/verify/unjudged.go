package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
)

// queryless are the types of panels for which Grafana runs no queries, though some may be saved with them.
var queryless = []string{
	"alertlist", "annolist", "dashlist", "getting-started", "live", "news", "pluginlist", "text", "welcome",
}

// unjudged returns what a panel asks of Grafana and verify does not judge.
func (o resolved) unjudged(p grafana.Panel) []string {
	var all []string
	if p.TimeFrom != "" && o.timeFrom(p) == 0 {
		all = append(all, fmt.Sprintf("the range of its own, timeFrom %s: common ranges are asked for", p.TimeFrom))
	}
	if p.TimeShift != "" {
		all = append(all, fmt.Sprintf("timeShift %s: the values of now are asked for", p.TimeShift))
	}
	if p.TimeCompare != "" {
		all = append(all, fmt.Sprintf("timeCompare %s: only the values of now are asked for", p.TimeCompare))
	}
	if slices.ContainsFunc(p.Targets, func(t grafana.Target) bool { return t.Exemplar }) {
		all = append(all, "exemplars, which it shows beside its values")
	}
	return all
}

// ranges returns the ranges over which a panel's queries are judged.
func (o resolved) ranges(p grafana.Panel) []time.Duration {
	if own := o.timeFrom(p); own > 0 {
		return []time.Duration{own}
	}
	return shown
}

var rangeText = regexp.MustCompile(`^(?:now-)?(\d+(?:ms|[smhdwMy]))$`)

// timeFrom returns the range that a panel has of its own, or 0.
func (o resolved) timeFrom(p grafana.Panel) time.Duration {
	text := o.put(strings.TrimSpace(p.TimeFrom))
	m := rangeText.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	own, ok := view.Duration(m[1])
	if !ok || own > longest {
		return 0
	}
	return own
}

// longest is the longest range that is asked for.
const longest = 366 * 24 * time.Hour
