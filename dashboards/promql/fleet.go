package promql

import (
	"fmt"
	"strings"

	"gaugewright/dashboards/metric"
)

// Fleet keeps a result with one series for each process readable however many there are: up to few processes it shows
// them all; above, those that were worst at some time of the shown range, beside the fleet's minimum, median and maximum,
// which stand in the label that names a process. The worst are chosen for the whole range (@ end()), so that lines do not
// come and go; and their number is a scalar, which is few where there is no process at all.
func (e Expr) Fleet(few, worst int) Expr {
	if e.err != nil {
		return e
	}
	if !e.PerProcess() {
		return e.fail("a fleet has one series for each %s: `%s` has %s", join(e.scope.identity), e, e.labels)
	}
	processes := e.scope.allUp()
	shown := fmt.Sprintf("%d - %d * (scalar(%s) > bool %d)", few, few-worst, processes, few)
	peak := fmt.Sprintf("max_over_time(%s[%s:$__interval] @ end())", e.in(bindsAll), ShownRange)
	e.text = fmt.Sprintf("%s and topk(%s, %s) or (%s) and on () %s > %d",
		e.in(bindsCompare), shown, peak, e.outline(), processes, few)
	e.binding = bindsOr
	return e
}

// outline is the minimum, median and maximum of e's series, told apart by the label that names a process.
func (e Expr) outline() string {
	name := e.scope.identity[len(e.scope.identity)-1]
	lines := []struct {
		name string
		of   Expr
	}{{"minimum", e.Min()}, {"median", e.Middle()}, {"maximum", e.Max()}}
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = fmt.Sprintf(`label_replace(%s, "%s", "%s", "", "")`, line.of, name, line.name)
	}
	return strings.Join(texts, " or ")
}

// allUp counts the scope's processes.
func (s Scope) allUp() Expr {
	s.own, s.offset = nil, 0
	return s.Value(metric.Up).Count()
}
