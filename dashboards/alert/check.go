package alert

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// complete refuses an alert without one of its parts, or with an impossible one.
func (a Alert) complete() error {
	switch {
	case a.Name == "":
		return errors.New("give it a Name: its runbook and its tests are found by it")
	case a.Severity == "":
		return errors.New("has no Severity: give alert.Warning, or alert.Critical to page somebody")
	case a.Summary == "":
		return errors.New("has no Summary: give one line that goes on after the name of the process")
	case a.Description == "":
		return errors.New("has no Description: give what it means and the first steps, all that its reader has without a runbook")
	case a.Quantity == nil:
		return errors.New("has no Quantity: give what it judges")
	case a.Panel == nil:
		return errors.New("has no Panel: give the one that draws its quantity")
	case a.For != 0 && a.For < time.Second:
		return fmt.Errorf("For is %s: write 10*time.Minute for ten minutes", a.For)
	}
	return nil
}

// keepsJob refuses an expression without the job label: nobody could route the alert, and it would mix the service's
// processes with all others.
func keepsJob(e promql.Expr) error {
	if slices.Contains(e.Labels(), metric.JobLabel) {
		return nil
	}
	return fmt.Errorf("`%s` has lost the label %s, which alerts are routed and linked by: aggregate by it too", e, metric.JobLabel)
}

// drawn refuses an alert whose panel shows something else, or does not show its limit.
func (a Alert) drawn(s Service, on shown) error {
	if a.Limit == 0 {
		return nil
	}
	quantity := a.Quantity(s.Panels)
	if err := quantity.Err(); err != nil {
		return err
	}
	scales := on.scales(quantity.String())
	if len(scales) == 0 {
		return fmt.Errorf("its panel %q on %s does not draw its quantity, `%s`: give the panel that does", on.title(), on.uid, quantity)
	}
	steps := on.steps()
	for _, scale := range scales {
		if slices.Contains(steps, a.Limit*scale) {
			return nil
		}
	}
	return fmt.Errorf("its limit %s is not a colour step of its panel %q on %s, which has %s: use one constant for both",
		number(a.Limit), on.title(), on.uid, listed(steps))
}

// listed returns a panel's steps in words.
func listed(steps []float64) string {
	if len(steps) == 0 {
		return "none"
	}
	texts := make([]string, len(steps))
	for i, step := range steps {
		texts[i] = number(step)
	}
	return strings.Join(texts, " and ")
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
