package lint

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// fractions finds numbers of percent where 1 is 100 percent. Something can be ten times too large, but not as a limit.
func (p *Pass) fractions(panel *Panel) {
	const most = 10
	for _, step := range panel.shownSteps() {
		if step.Value != nil && *step.Value > most {
			p.Panel(panel, step.Node, "the threshold %v is %v percent under the unit \"percentunit\", where 1 is all: %v is meant", *step.Value,
				*step.Value*100, *step.Value/100)
		}
	}
	if top, ok := panel.Defaults.Max.Number(); ok && top > most {
		p.Panel(panel, panel.Defaults.Max, "the maximum %v is %v percent under the unit \"percentunit\", where 1 is all", top, top*100)
	}
}

// percents finds fractions where 100 is all. Less than a percent is a usual limit for what should not be at all, such as errors;
// two steps close to 1 are the usual ones for what may be nearly used up.
func (p *Pass) percents(panel *Panel) {
	const least = 0.6
	top, hasTop := panel.Defaults.Max.Number()
	isTo100 := hasTop && top == 100 || !hasTop && panel.Type == "gauge"
	if panel.Defaults.Unit != "percent" || !isTo100 || !isPercentValue(panel) {
		return
	}
	steps := slices.DeleteFunc(slices.Clone(panel.shownSteps()), func(step grafana.Threshold) bool { return step.Value == nil || *step.Value == 0 })
	isOther := func(step grafana.Threshold) bool { return *step.Value < least || *step.Value >= 1 }
	if len(steps) < 2 || slices.ContainsFunc(steps, isOther) {
		return
	}
	for _, step := range steps {
		p.Panel(panel, step.Node, "the threshold %v is %[1]v percent under the unit \"percent\", where 100 is all: %v is meant", *step.Value, *step.Value*100)
	}
}

// isPercentValue reports whether the panel's queries are multiplied by 100.
func isPercentValue(panel *Panel) bool {
	return len(panel.Queries) > 0 && !slices.ContainsFunc(panel.Queries, func(q *Query) bool { return q.Tree == nil || !isTimes100(q.Tree) })
}

// beyondBuckets finds thresholds that a quantile cannot reach, since its histogram has no bucket that ends so high.
func (p *Pass) beyondBuckets(panel *Panel) {
	for _, q := range panel.Queries {
		shown, isCertain := q.unit()
		unit, isKnown := query.UnitOf(shown.id)
		if q.Parsed == nil || !isCertain || !isKnown || !q.Parsed.IsQuantile() {
			continue
		}
		largest, ok := p.largestBucket(q)
		m, isMeasured := p.measured(q, q.Tree)
		if !ok || !isMeasured || !m.fits(unit) {
			continue
		}
		for _, step := range panel.shownSteps() {
			if step.Value != nil && *step.Value > largest {
				p.Panel(panel, step.Node, "the threshold %v is never reached: the largest bucket ends at %v", *step.Value, largest)
			}
		}
		return
	}
}

// largestBucket returns the largest finite edge of the histogram that a query reads, from a page.
func (p *Pass) largestBucket(q *Query) (largest float64, ok bool) {
	for _, s := range q.Selectors() {
		series, isKnown := p.Metrics.Series(s.Selector.Metric)
		if !isKnown || series.values == nil {
			return 0, false
		}
		for _, value := range series.Values("le") {
			if edge, err := strconv.ParseFloat(value, 64); err == nil && !strings.Contains(value, "Inf") && (!ok || edge > largest) {
				largest, ok = edge, true
			}
		}
	}
	return largest, ok
}

// checkSteps finds the first step behind a higher one. A first step without a value is below all.
func (p *Pass) checkSteps(panel *Panel, steps []grafana.Threshold) {
	value := func(step grafana.Threshold) float64 {
		if step.Value == nil {
			return negativeInfinity
		}
		return *step.Value
	}
	inOrder := slices.Clone(steps)
	slices.SortStableFunc(inOrder, func(a, b grafana.Threshold) int {
		switch {
		case value(a) < value(b):
			return -1
		case value(a) > value(b):
			return 1
		}
		return 0
	})
	if slices.EqualFunc(steps, inOrder, func(a, b grafana.Threshold) bool { return a.Node == b.Node }) {
		return
	}
	var written []string
	for _, step := range inOrder {
		if step.Value == nil {
			written = append(written, "the base")
		} else {
			written = append(written, fmt.Sprint(*step.Value))
		}
	}
	f := p.Panel(panel, steps[0].Node, "the thresholds are out of order, and some are never seen: %s is the order", strings.Join(written, ", "))
	for i, step := range steps {
		if step.Node != inOrder[i].Node {
			span := inOrder[i].Node.Span()
			f.edits = append(f.edits, edit{node: step.Node, text: string(panel.Board.File.Data[span.Start:span.End])})
		}
	}
}

// amounts are the units of amounts of data: whether they count in 1000.
var amounts = []map[string]bool{{
	"bytes": false, "kbytes": false, "mbytes": false, "gbytes": false, "tbytes": false,
	"decbytes": true, "deckbytes": true, "decmbytes": true, "decgbytes": true, "dectbytes": true,
}}

// hasOwnAxis reports whether an override gives some series a unit or an axis of their own.
func hasOwnAxis(panel *Panel) bool {
	own := map[string]bool{"unit": true, "yaxis": true, "custom.axisPlacement": true, "custom.axisLabel": true}
	return slices.ContainsFunc(panel.Overrides, func(o grafana.Override) bool {
		return slices.ContainsFunc(o.Properties, func(property grafana.Property) bool { return own[property.ID] })
	})
}

var negativeInfinity = math.Inf(-1)

// limitsFit reports whether a panel's thresholds and bounds fit values of a factor, so that the unit is wrong and not the query: they say
// which scale its author had in mind. Whether they are fractions or percent shows in the numbers.
func (p *Panel) limitsFit(unit string, factor float64) bool {
	limits := p.limits()
	isAboveOne := func(n float64) bool { return math.Abs(n) > 1 }
	switch {
	case len(limits) == 0:
		return true
	case unit == "percent" && factor == 1:
		return !slices.ContainsFunc(limits, isAboveOne)
	case unit == "percentunit":
		return slices.ContainsFunc(limits, isAboveOne)
	}
	return false
}

// limits returns the thresholds and bounds of a panel but zero, which is the same on each scale.
func (p *Panel) limits() []float64 {
	all := stepsOf(p)
	for _, bound := range []*grafana.Node{p.Defaults.Min, p.Defaults.Max} {
		if n, ok := bound.Number(); ok {
			all = append(all, n)
		}
	}
	return slices.DeleteFunc(all, func(n float64) bool { return n == 0 })
}
