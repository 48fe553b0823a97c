package promql

import (
	"fmt"
	"strings"

	"gaugewright/dashboards/metric"
)

// Fleet keeps a result with one series for each process readable however many there are. Where the shown range saw few
// processes it shows them all. Where it saw more, it shows those that were worst, of the ones still known at its end, and
// beside them the minimum, median and maximum of all, which stand in the label that names a process. Both choices hold for
// the whole range (@ end()): lines do not come and go, and pods that a deployment replaced do not push out the living.
func (e Expr) Fleet(few, worst int) Expr {
	if e.err != nil || e.lacks != "" {
		return e
	}
	if !e.PerProcess() {
		return e.fail("a fleet has one series for each %s: `%s` has %s", join(e.scope.identity), e, e.labels)
	}
	up := e.scope.up()
	seen := fmt.Sprintf("count(max_over_time(%s[%s] @ end()))", up, ShownRange)
	peak := fmt.Sprintf("max_over_time(%s[%s:$__interval] @ end())", e.in(bindsAll), ShownRange)
	living := fmt.Sprintf("%s and on (%s) %s @ end()", peak, join(e.scope.identity), up)
	e.text = fmt.Sprintf("%s and on () %s <= %d or (%s and topk(%d, %s) or %s) and on () %s > %d",
		e.in(bindsCompare), seen, few, e.in(bindsCompare), worst, living, e.outline(), seen, few)
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

// up is the scope's processes, whatever else it is narrowed to.
func (s Scope) up() Expr {
	s.offset = 0
	return s.Whole().Value(metric.Up)
}
