package lint

import (
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

var rawCounter = Rule{
	Name: "raw-counter", Group: Kinds, Severity: Error,
	Doc: "A counter says how much there was since its process began: it only grows, and falls to nothing at a restart. What it " +
		"does now is its rate, and what it did lately is its increase.",
	Query: func(p *Pass, q *Query) {
		switch {
		case q.Prom != nil && q.Prom.Alert != "":
			p.alertOnCounter(q)
		case q.Panel != nil && !q.Target.Hidden && !showsDifference(q.Panel):
			if s := p.rawCounterIn(q.Tree); s != nil {
				p.Query(q, s.Span, "%s is a counter, shown without rate or increase", s.Selector.Metric)
			}
		}
	},
}

// rawCounterIn returns the counter whose value a part has, or nil.
func (p *Pass) rawCounterIn(part *query.Part) *query.Part {
	var found *query.Part
	switch p.Metrics.ValueKind(part) {
	case scrape.Counter:
		part.Walk(func(below *query.Part) bool {
			if s := below.Selector; found == nil && s != nil && p.Metrics.Kind(s.Metric) == scrape.Counter {
				found = below
			}
			return found == nil
		})
	case scrape.Unknown:
		part.Walk(func(below *query.Part) bool {
			if s := below.Selector; s != nil && s.Range == "" && p.Metrics.Kind(s.Metric) == scrape.Unknown {
				p.Skip(NoKind, s.Metric)
			}
			return true
		})
	}
	if found == nil || p.Metrics.isOfAnother(found.Selector.Metric) {
		return nil
	}
	return found
}

// alertOnCounter finds alerts that compare a counter with a number that it will pass in time.
func (p *Pass) alertOnCounter(q *Query) {
	q.Tree.Walk(func(part *query.Part) bool {
		o := part.Operation
		if o == nil {
			return true
		}
		of, limit := part.Parts[0], part.Parts[1]
		switch {
		case slices.Contains([]string{">", ">="}, o.Op):
		case slices.Contains([]string{"<", "<="}, o.Op):
			of, limit = limit, of
		default:
			return true
		}
		if limit.Kind != query.NumberPart || limit.Variable || limit.Number <= 0 {
			return true
		}
		if s := p.rawCounterIn(of); s != nil {
			p.Query(q, s.Span, "%s is a counter: in time it passes every limit, and the alert then fires until a restart; compare its increase",
				s.Selector.Metric)
		}
		return false
	})
}

// ofAnother are counters that an exporter reads from elsewhere, whose value people know and want to see as it is.
var ofAnother = []string{
	"kube_pod_container_status_restarts_total", "kube_pod_init_container_status_restarts_total",
}

func (m *Metrics) isOfAnother(name string) bool { return slices.Contains(ofAnother, name) }

// differences are calculations that show how much a value has grown.
var differences = []string{"diff", "range", "step", "delta", "diffperc", "changeCount", "count", "distinctCount"}

// showsDifference reports whether a panel computes something of its values, so that a counter may be right in it.
func showsDifference(p *Panel) bool {
	return slices.ContainsFunc(p.Calcs, func(calc string) bool { return slices.Contains(differences, calc) }) ||
		slices.ContainsFunc(p.Transformations, func(t grafana.Transformation) bool {
			return !t.Disabled && !slices.Contains(keepsValues, t.ID)
		})
}

// keepsValues are the transformations that leave each value as it is.
var keepsValues = []string{
	"organize", "renameByRegex", "sortBy", "merge", "seriesToColumns", "joinByField", "filterFieldsByName", "filterByRefId", "labelsToFields",
	"limit", "convertFieldType", "order", "filterByValue", "seriesToRows", "append", "rename", "filterFields", "prepareTimeSeries",
}
