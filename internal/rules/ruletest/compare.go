package ruletest

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"

	"gaugewright/internal/engine"

	"gaugewright/internal/rules"
)

// compareAlerts returns a failure where the firing alerts are not the expected ones.
func (t *test) compareAlerts(check alertTest, got []explained) []Failure {
	var want []explained
	for _, alert := range check.ExpAlerts {
		builder := labels.NewBuilder(labels.FromMap(alert.Labels))
		builder.Set(labels.AlertName, check.Alert)
		want = append(want, explained{builder.Labels(), labels.FromMap(alert.Annotations)})
	}
	slices.SortFunc(want, compareExplained)
	slices.SortFunc(got, compareExplained)
	if slices.EqualFunc(want, got, func(a, b explained) bool { return compareExplained(a, b) == 0 }) {
		return nil
	}
	name := ""
	if t.Name != "" {
		name = fmt.Sprintf("    name: %s,\n", t.Name)
	}
	return []Failure{{
		Line:   check.line,
		Check:  fmt.Sprintf("alert %s at %s", check.Alert, check.EvalTime),
		Reason: alertsDiffer(want, got),
		words: fmt.Sprintf("%s    alertname: %s, time: %s, \n        exp:%v, \n        got:%v",
			name, check.Alert, check.EvalTime, alertsText(want), alertsText(got)),
	}}
}

func compareExplained(a, b explained) int {
	if order := labels.Compare(a.labels, b.labels); order != 0 {
		return order
	}
	return labels.Compare(a.annotations, b.annotations)
}

// alertsText writes alerts as promtool does: two lines for each, indented under its number.
func alertsText(all []explained) string {
	if len(all) == 0 {
		return "[]"
	}
	const indent = "            "
	var parts []string
	for i, one := range all {
		parts = append(parts, fmt.Sprintf("%s%d:\n%s  Labels:%s\n%s  Annotations:%s",
			indent, i, indent, one.labels, indent, one.annotations))
	}
	return "[\n" + strings.Join(parts, ",\n") + "\n" + indent + "]"
}

// sample is one sample in the result of an expression under test.
type sample struct {
	labels    labels.Labels
	value     float64
	histogram string // in the notation of series
}

// compareExpr returns a failure where an expression does not return the expected samples.
func (t *test) compareExpr(ctx context.Context, e *engine.Engine, check exprTest) []Failure {
	place := fmt.Sprintf("    expr: %q, time: %s,", check.Expr, check.EvalTime)
	failed := Failure{Line: check.line, Check: fmt.Sprintf("expr %s at %s", rules.OneLine(check.Expr), check.EvalTime)}
	var got []sample
	result, err := t.answer(ctx, e, check.Expr, t.start.Add(time.Duration(check.EvalTime)))
	for _, s := range result {
		got = append(got, sample{s.Metric, s.F, histogramText(s.H)})
	}
	want := []sample(nil)
	if err == nil {
		want, err = expected(check)
	}
	if err != nil {
		failed.Reason, failed.words = rules.OneLine(err.Error()), fmt.Sprintf("%s err: %s", place, err)
		failed.NotJudged = isLimit(err)
		return []Failure{failed}
	}
	byLabels := func(a, b sample) int { return labels.Compare(a.labels, b.labels) }
	slices.SortStableFunc(want, byLabels)
	slices.SortStableFunc(got, byLabels)
	if slices.EqualFunc(want, got, t.same) {
		return nil
	}
	failed.Reason = t.samplesDiffer(want, got)
	failed.words = fmt.Sprintf("%s\n        exp: %v\n        got: %v", place, samplesText(want), samplesText(got))
	return []Failure{failed}
}

func expected(check exprTest) ([]sample, error) {
	var want []sample
	for _, s := range check.ExpSamples {
		set, err := rules.PromQL.ParseMetric(s.Labels)
		if err != nil {
			return nil, fmt.Errorf("labels %q: %w", s.Labels, err)
		}
		one := sample{labels: set, value: s.Value}
		if s.Histogram != "" {
			_, values, err := rules.PromQL.ParseSeriesDesc("{} " + s.Histogram)
			if err != nil {
				return nil, fmt.Errorf("labels %q: %w", s.Labels, err)
			}
			if len(values) != 1 {
				return nil, fmt.Errorf("labels %q: expected 1 value, got %d", s.Labels, len(values))
			}
			if values[0].Histogram == nil {
				return nil, fmt.Errorf("labels %q: expected histogram, got %v", s.Labels, values[0])
			}
			one.histogram = histogramText(values[0].Histogram)
		}
		want = append(want, one)
	}
	return want, nil
}

func histogramText(h *histogram.FloatHistogram) string {
	if h == nil {
		return ""
	}
	return h.TestExpression()
}

// same compares values exactly; with fuzzy_compare, neighbouring numbers are equal too.
func (t *test) same(a, b sample) bool {
	close := a.value == b.value || t.fuzzy &&
		(math.Nextafter(a.value, math.Inf(-1)) == b.value || math.Nextafter(a.value, math.Inf(1)) == b.value)
	return close && a.histogram == b.histogram && labels.Equal(a.labels, b.labels)
}

func samplesText(all []sample) string {
	if len(all) == 0 {
		return "nil"
	}
	var parts []string
	for _, s := range all {
		parts = append(parts, s.labels.String()+" "+s.number('E'))
	}
	return strings.Join(parts, ", ")
}

// number returns the sample's histogram, or its value in a format of strconv.
func (s sample) number(format byte) string {
	if s.histogram != "" {
		return s.histogram
	}
	return strconv.FormatFloat(s.value, format, -1, 64)
}
