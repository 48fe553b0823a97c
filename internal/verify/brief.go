package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/common/model"

	"gaugewright/internal/query"
)

// tooBrief returns why an empty answer says nothing about a query: it needs more of the past than was observed, or it
// keeps only events, and none happened. It is empty where an empty answer is the query's fault.
func (j *judge) tooBrief(r reading) string {
	if j.observed == 0 {
		return ""
	}
	why := ""
	for _, s := range r.query.Selectors() {
		switch {
		case s.Offset != "" && !j.hasSeen(s.Offset):
			why = "offset " + s.Offset
		case s.Subquery:
			why = "a subquery"
		}
	}
	if strings.Contains(withoutStrings.ReplaceAllString(r.query.Text, ""), "@") {
		why = "@"
	}
	switch {
	case why != "":
		return fmt.Sprintf("observed for %s only: %s needs longer", spelled(j.observed), why)
	case isFilter(r.query) && slices.ContainsFunc(r.query.Selectors(), j.isOfEvents):
		return fmt.Sprintf("observed for %s only: no event passed the filter", spelled(j.observed))
	}
	return ""
}

var withoutStrings = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|` + "`[^`]*`")

// hasSeen reports whether an offset is within the time that was observed.
func (j *judge) hasSeen(offset string) bool {
	d, err := model.ParseDuration(offset)
	return err == nil && time.Duration(d) < j.observed
}

// isFilter reports whether a query keeps only some values.
func isFilter(q *query.Query) bool {
	return slices.ContainsFunc(q.Operations(), func(o query.Operation) bool {
		return !o.Bool && slices.Contains([]string{">", ">=", "<", "<=", "==", "!="}, o.Op)
	})
}

// isOfEvents reports whether a selector's values count events.
func (j *judge) isOfEvents(s query.Selector) bool {
	counts := slices.ContainsFunc([]string{"_total", "_count", "_sum", "_bucket"}, func(suffix string) bool {
		return strings.HasSuffix(s.Metric, suffix)
	})
	return counts || s.Range != "" || j.records[s.Metric] != nil
}

// mayBeRecorded returns why a missing metric proves nothing: its name is one of a recording rule, and a file of rules
// was not read. Else it is empty.
func (j *judge) mayBeRecorded(r reading) string {
	at := slices.IndexFunc(r.noMetric, func(name string) bool { return strings.Contains(name, ":") })
	if !j.lostRules || at < 0 {
		return ""
	}
	return fmt.Sprintf("a rule in a file that was not read may record %s", r.noMetric[at])
}
