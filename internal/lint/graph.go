package lint

import (
	"slices"
	"strings"
	"time"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
)

// aggregatedRaw returns the aggregation that a part's value is, of series as they are, without a function over time; or nil.
func aggregatedRaw(p *query.Part) *query.Part {
	for p != nil {
		switch {
		case p.Is("sum", "avg", "max", "min"):
			if s := plainSelector(p.Operand()); s != nil && s.Selector.Range == "" {
				return p
			}
			p = p.Operand()
		case p.Operation != nil && (p.Operation.Op == "*" || p.Operation.Op == "/") && !p.Parts[1].Vector:
			p = p.Parts[0]
		default:
			return nil
		}
	}
	return nil
}

// isRate reports whether a part's value is a rate, or a sum of rates.
func isRate(p *query.Part) bool {
	for p != nil {
		switch {
		case p.Is("rate", "irate", "deriv"):
			return true
		case p.Is("sum", "avg", "max", "min", "topk", "bottomk", "label_replace", "clamp_min", "clamp_max", "sort", "sort_desc"):
			p = p.Operand()
		case p.Operation != nil && (p.Operation.Op == "*" || p.Operation.Op == "/") && !p.Parts[1].Vector:
			p = p.Parts[0]
		default:
			return false
		}
	}
	return false
}

// neededScrapes is how many scrapes a range should hold: then one may fail.
// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval
const neededScrapes = 4

// stepMacros are the ways to write the step.
var stepMacros = []string{"$__interval", "${__interval}", "[[__interval]]"}

// shortestFixed is the range from which a fixed one is taken for meant: it smooths.
const shortestFixed = 5 * time.Minute

// isGraph reports whether a query is drawn over time.
func isGraph(q *Query) bool {
	return q.Panel != nil && slices.Contains([]string{"timeseries", "graph", "barchart", "state-timeline", "heatmap"}, q.Panel.Type) && q.Target.Range
}

// mostPoints is how many points a panel of the whole width draws on a large screen.
const mostPoints = 2500

// step returns the step of a panel's query over the time that the board opens with, on a large screen; 0 where that is not
// known.
func (q *Query) step() time.Duration {
	least := time.Second
	for _, written := range []string{q.Target.Interval, q.Panel.Interval} {
		if d, ok := view.Duration(written); ok {
			least = max(least, d)
			break
		}
	}
	from := q.Board.Time.From
	if q.Panel.TimeFrom != "" {
		from = "now-" + q.Panel.TimeFrom
	}
	back, ok := strings.CutPrefix(from, "now-")
	shown, isKnown := view.Duration(back)
	if !ok || !isKnown || q.Board.Time.To != "now" && q.Board.Time.To != "" {
		return least
	}
	points := mostPoints
	if q.Panel.MaxDataPoints > 0 {
		points = q.Panel.MaxDataPoints
	} else if at := q.Panel.Position; at != nil && at.W > 0 {
		points = max(mostPoints*at.W/24, 1)
	}
	return max(view.Step(shown, points, least), least)
}
